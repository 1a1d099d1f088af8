// Everything that the Studio's modules use of other packages. The bundle changes only when a package does.
import htm from 'htm';
import { h } from 'preact';

export { Editor, Extension, Mark, Node, getSchema, markInputRule, textblockTypeInputRule, wrappingInputRule } from '@tiptap/core';
export { DOMParser as BodyParser, Fragment, Node as BodyNode, Slice } from '@tiptap/pm/model';
export { NodeSelection, Plugin, PluginKey, Selection, TextSelection } from '@tiptap/pm/state';
export { Decoration, DecorationSet } from '@tiptap/pm/view';
export { history, redo, undo } from '@tiptap/pm/history';
export { dropCursor } from '@tiptap/pm/dropcursor';
export { gapCursor } from '@tiptap/pm/gapcursor';
export {
  TableMap, addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, goToNextCell,
  isInTable, mergeCells, selectedRect, splitCell, tableEditing, toggleHeader,
} from '@tiptap/pm/tables';
export { h, render } from 'preact';
export { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
export { batch, effect, signal, useSignal } from '@preact/signals';
export const html = htm.bind(h);
