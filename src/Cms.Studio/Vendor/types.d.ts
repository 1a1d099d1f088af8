// The types of the bundle: what entry.js exports, and types that only the check of the scripts needs.
export * from './entry.js';
export type { InputRule } from '@tiptap/core';
export type { DOMOutputSpec, Mark as BodyMark, NodeType, ResolvedPos, Schema, TagParseRule } from '@tiptap/pm/model';
export type { Command, EditorState, Transaction } from '@tiptap/pm/state';
export type { EditorView, NodeView } from '@tiptap/pm/view';
export type { ComponentChildren, VNode } from 'preact';
export type { ReadonlySignal, Signal } from '@preact/signals';
