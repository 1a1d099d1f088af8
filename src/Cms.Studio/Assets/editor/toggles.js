// Lists, quotes and callouts around the selection: the toolbar, the slash menu and the keys put them there and take them away.
import { Fragment, NodeSelection, TextSelection } from '../vendor/vendor.js';

/**
 * @typedef {import('../vendor/vendor.js').Editor} Editor
 * @typedef {import('../vendor/vendor.js').EditorState} EditorState
 * @typedef {import('../vendor/vendor.js').BodyNode} BodyNode
 */

/** What is selected, from text to text if everything is selected. @param {EditorState['selection']} selection */
const inText = (selection) =>
  selection.empty || selection instanceof NodeSelection || selection.$from.parent.inlineContent ? selection : TextSelection.between(selection.$from, selection.$to);

const lists = ['bulletList', 'orderedList'];

/**
 * The list whose items are selected, or in whose item the caret is. A list around a quote with the caret is not.
 * @param {EditorState} state
 * @returns {{ node: BodyNode, position: number } | null}
 */
export function listAround({ selection }) {
  const { $from, $to } = inText(selection);
  const depth = $from.blockRange($to)?.depth ?? 0;
  // The selection is in one item, or covers several items.
  const found = [depth, depth - 1].find((one) => one > 0 && lists.includes($from.node(one).type.name));
  return found === undefined ? null : { node: $from.node(found), position: $from.before(found) };
}

/**
 * Takes a list of this kind away, changes a list of the other kind, or makes one. An item of a list inside a list moves out one level.
 * @param {Editor} editor @param {string} name
 */
export function toggleList(editor, name) {
  const list = listAround(editor.state);
  const type = editor.schema.nodes[name];
  if (!list || !type) {
    return editor.commands.toggleList(name, 'listItem');
  }
  if (list.node.type === type) {
    editor.view.dispatch(editor.state.tr.setSelection(inText(editor.state.selection)));
    return editor.commands.liftListItem('listItem');
  }
  const { id, others } = list.node.attrs;
  editor.view.dispatch(editor.state.tr.setNodeMarkup(list.position, type, { id, others }));
  return true;
}

/** The blocks of the selection inside the nearest block of a kind, such as a quote; null if it is in none. @param {EditorState} state @param {string} name */
export function partOf({ selection }, name) {
  const { $from, $to } = inText(selection);
  return $from.blockRange($to, ({ type }) => type.name === name);
}

/**
 * Takes the selected blocks out of a quote or a callout, or puts one around them. What cannot be in a quote by itself, such as an
 * item of a list, is put into it with everything around it.
 * @param {Editor} editor @param {string} name
 */
export function toggleWrap(editor, name) {
  const { state, view } = editor;
  const { $from, $to } = inText(state.selection);
  const part = partOf(state, name);
  if (part) {
    view.dispatch(state.tr.lift(part, part.depth - 1).scrollIntoView());
    return true;
  }
  const type = state.schema.nodes[name];
  for (let depth = $from.sharedDepth($to.pos); type && depth >= 0; depth--) {
    const parent = $from.node(depth);
    const range = $from.blockRange($to, (node) => node === parent);
    if (range && parent.canReplaceWith(range.startIndex, range.endIndex, type) && type.validContent(Fragment.from(parent.children.slice(range.startIndex, range.endIndex)))) {
      view.dispatch(state.tr.wrap(range, [{ type }]).scrollIntoView());
      return true;
    }
    // A quote that does not fit into a cell is not put around the table.
    if (parent.type.spec.isolating) {
      return false;
    }
  }
  return false;
}

/** Moves an item out of its list if the caret is at its start. @param {Editor} editor */
export function liftAtStart(editor) {
  const { $from, empty } = editor.state.selection;
  const isAtStart = empty && $from.parentOffset === 0 && $from.depth > 1 && $from.node(-1).type.name === 'listItem' && $from.index(-1) === 0;
  // What a typing shortcut has made a moment ago becomes what was typed again.
  return isAtStart && (editor.commands.undoInputRule() || editor.commands.liftListItem('listItem'));
}
