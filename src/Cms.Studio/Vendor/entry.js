// Everything that the Studio's modules use of other packages. The bundle changes only when a package does.
import htm from 'htm';
import { h } from 'preact';

export { Editor, Extension, Mark, Node, getSchema, markInputRule, textblockTypeInputRule, wrappingInputRule } from '@tiptap/core';
export { DOMParser as BodyParser, DOMSerializer, Fragment, Node as BodyNode, Slice } from '@tiptap/pm/model';
export { NodeSelection, Plugin, PluginKey, Selection, TextSelection } from '@tiptap/pm/state';
export { Decoration, DecorationSet } from '@tiptap/pm/view';
export { closeHistory, history, redo, undo } from '@tiptap/pm/history';
export { dropPoint } from '@tiptap/pm/transform';
export { dropCursor } from '@tiptap/pm/dropcursor';
export { gapCursor } from '@tiptap/pm/gapcursor';
export {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, CellSelection, deleteColumn, deleteRow, deleteTable, fixTables, goToNextCell,
  isInTable, mergeCells, selectedRect, splitCell, tableEditing, toggleHeaderColumn, toggleHeaderRow,
} from '@tiptap/pm/tables';
export { h, render } from 'preact';
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
export { batch, computed, effect, signal, untracked, useComputed, useSignal } from '@preact/signals';
export const html = htm.bind(h);
