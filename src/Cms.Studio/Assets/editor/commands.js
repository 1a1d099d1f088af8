// What the toolbar and the slash menu offer.
import {
  NodeSelection, Selection, TableMap, addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, isInTable,
  mergeCells, selectedRect, splitCell, toggleHeader,
} from '../vendor/vendor.js';
import { commandKeys } from '../keys.js';
import { listAround, partOf, toggleList, toggleWrap } from './toggles.js';

export { shown } from '../keys.js';

/**
 * @typedef {import('./surface.js').Surface} Surface
 * @typedef {'link' | 'image' | 'embed' | 'external' | 'find'} Question what a dialog asks for
 *
 * @typedef {object} Command
 * @property {string} name
 * @property {string} icon the path of a drawing, 24 by 24
 * @property {string} [keys] its keyboard shortcut
 * @property {string} [words] more words that find it in the slash menu
 * @property {boolean} [isMark] whether it changes words and not blocks
 * @property {(surface: Surface, ask: (what: Question) => void) => unknown} run
 * @property {(surface: Surface) => boolean} [isOn]
 */

/** The shortcut of a command, if it has one. @param {string} name */
const keysOf = (name) => (commandKeys[name] ? { keys: commandKeys[name] } : {});

/** @param {string} name @param {string} type @param {string} icon @returns {Command} */
const mark = (name, type, icon) => ({
  name, icon, ...keysOf(name), isMark: true,
  run: ({ editor }) => editor.chain().focus().toggleMark(type).run(),
  isOn: ({ editor }) => editor.isActive(type),
});

/** @param {string} name @param {string} type @param {Record<string, unknown>} attrs @param {string} icon @param {string} words @returns {Command} */
const block = (name, type, attrs, icon, words) => ({
  name, icon, ...keysOf(name), words,
  run: ({ editor }) => editor.chain().focus().toggleNode(type, 'paragraph', attrs).run(),
  isOn: ({ editor }) => editor.isActive(type, attrs),
});

/** @param {string} name @param {string} type @param {string} icon @param {string} words @returns {Command} */
const list = (name, type, icon, words) => ({
  name, icon, ...keysOf(name), words,
  run: ({ editor }) => (editor.commands.focus(), toggleList(editor, type)),
  isOn: ({ editor }) => listAround(editor.state)?.node.type.name === type,
});

/** @param {string} name @param {string} type @param {string} icon @param {string} words @returns {Command} */
const wrap = (name, type, icon, words) => ({
  name, icon, ...keysOf(name), words,
  run: ({ editor }) => (editor.commands.focus(), toggleWrap(editor, type)),
  isOn: ({ editor }) => partOf(editor.state, type) !== null,
});

/**
 * Inserts a block in place of the empty paragraph with the caret, or after the block with the caret. Nothing that is selected is
 * replaced. The caret goes to the next place to write.
 * @param {Surface} surface
 * @param {import('./body-json.js').JsonNode} json
 */
export function insertBlock({ editor }, json) {
  const { state, view } = editor;
  const node = state.schema.nodeFromJSON(json);
  const { selection, tr: change } = state;
  const { $from } = selection;
  const fits = (/** @type {number} */ depth, /** @type {number} */ from, /** @type {number} */ to) => $from.node(depth).canReplaceWith(from, to, node.type);
  const isEmpty = selection.empty && $from.depth > 0 && $from.parent.type.name === 'paragraph' && $from.parent.content.size === 0;
  const index = $from.depth > 0 ? $from.index($from.depth - 1) : 0;
  let place;
  // A list item begins with a paragraph, so that one stays.
  if (isEmpty && fits($from.depth - 1, index, index + 1) && ($from.node($from.depth - 1).type.name !== 'listItem' || index > 0)) {
    place = $from.before();
    change.replaceWith(place, $from.after(), node);
  } else {
    let depth = selection instanceof NodeSelection ? $from.depth : $from.depth - 1;
    place = selection instanceof NodeSelection ? selection.to : $from.depth > 0 ? $from.after() : $from.pos;
    while (depth > 0 && !fits(depth, $from.indexAfter(depth), $from.indexAfter(depth))) {
      place = $from.after(depth);
      depth--;
    }
    change.insert(place, node);
  }
  const end = place + node.nodeSize;
  const paragraph = state.schema.nodes['paragraph'];
  if (end === change.doc.content.size && paragraph) {
    change.insert(end, paragraph.create());
  }
  change.setSelection(Selection.near(change.doc.resolve(node.isAtom || node.isLeaf ? end : place + 1), 1));
  view.dispatch(change.scrollIntoView());
  view.focus();
}

const columns = 3;
const rows = 3;

/** A table with a header row. @param {Surface} surface */
const insertTable = (surface) =>
  insertBlock(surface, {
    type: 'table',
    content: Array.from({ length: rows }, (_, row) => ({
      type: 'tableRow',
      content: Array.from({ length: columns }, () => ({ type: row === 0 ? 'tableHeader' : 'tableCell', content: [{ type: 'paragraph' }] })),
    })),
  });

/** @type {Command[]} */
export const commands = [
  mark('Bold', 'bold', 'M7 5h6a3.5 3.5 0 010 7H7zM7 12h7a3.5 3.5 0 010 7H7z'),
  mark('Italic', 'italic', 'M10 5h7M7 19h7M14 5l-4 14'),
  mark('Strikethrough', 'strike', 'M5 12h14M16 7.5C16 5.5 14 5 12 5S8 6 8 8c0 4 8.500 3.500 8.500 8 0 2-2 3-4.500 3s-4-1-4-3'),
  mark('Code', 'code', 'M9 8l-4 4 4 4M15 8l4 4-4 4'),
  {
    name: 'Link', ...keysOf('Link'), isMark: true,
    icon: 'M10 14a4 4 0 006 0l3-3a4 4 0 00-6-6l-1 1M14 10a4 4 0 00-6 0l-3 3a4 4 0 006 6l1-1',
    run: (_, ask) => ask('link'),
    isOn: ({ editor }) => editor.isActive('link'),
  },
  block('Heading', 'heading', { level: 2 }, 'M4 6v12M11 6v12M4 12h7M15.500 10.500c0-3 5-3 5 0 0 2.500-5 4-5 7.500h5', 'h2 title'),
  block('Subheading', 'heading', { level: 3 }, 'M4 6v12M11 6v12M4 12h7M15.500 8.500h5l-3 4c4 0 4 5.500 0 5.500-1 0-2-.500-2.500-1.200', 'h3'),
  block('Small heading', 'heading', { level: 4 }, 'M4 6v12M11 6v12M4 12h7M19.500 18v-9.500l-5 6.500h7', 'h4'),
  list('Bulleted list', 'bulletList', 'M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01', 'points unordered'),
  list('Numbered list', 'orderedList', 'M10 6h10M10 12h10M10 18h10M4 5l1-1v4M4 13c0-2 3-2 2.500 0L4 16h2.500', 'ordered'),
  wrap('Quote', 'blockquote', 'M9 7c-3 1-4 3-4 6v4h5v-5H7c0-2 1-3 2-3zM18 7c-3 1-4 3-4 6v4h5v-5h-3c0-2 1-3 2-3z', 'blockquote'),
  wrap('Callout', 'callout', 'M12 4a8 8 0 110 16 8 8 0 010-16zM12 11v5M12 8h.01', 'note tip warning box'),
  block('Code block', 'codeBlock', {}, 'M4 5h16v14H4zM9 10l-2 2 2 2M13 14h4', 'pre program'),
  { name: 'Image', icon: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.01', words: 'picture photo upload', run: (_, ask) => ask('image') },
  { name: 'Article or tool', icon: 'M4 6h16v12H4zM8 10h8M8 14h5', words: 'embed related card', run: (_, ask) => ask('embed') },
  { name: 'Video or post', icon: 'M4 6h16v12H4zM10 9.500v5l4.500-2.500z', words: 'embed external youtube vimeo', run: (_, ask) => ask('external') },
  { name: 'Table', icon: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14', words: 'grid rows columns', run: insertTable },
  { name: 'Divider', icon: 'M4 12h16', words: 'rule line hr', run: (surface) => insertBlock(surface, { type: 'horizontalRule' }) },
];

/**
 * Aligns the columns of the selected cells; once more takes the alignment away.
 * @param {'left' | 'center' | 'right'} align
 * @returns {import('../vendor/vendor.js').Command}
 */
const alignColumns = (align) => (state, dispatch) => {
  if (!isInTable(state)) return false;
  const { map, table, tableStart, left, right } = selectedRect(state);
  const cells = map.cellsInRect({ left, right, top: 0, bottom: map.height });
  const isOn = cells.every((at) => table.nodeAt(at)?.attrs['align'] === align);
  const change = state.tr;
  for (const at of cells) change.setNodeAttribute(tableStart + at, 'align', isOn ? null : align);
  dispatch?.(change);
  return true;
};

/**
 * Adds a row whose cells are aligned like those beside them.
 * @param {import('../vendor/vendor.js').Command} add
 * @param {'top' | 'bottom'} side
 * @returns {import('../vendor/vendor.js').Command}
 */
const addRow = (add, side) => (state, dispatch) =>
  add(
    state,
    dispatch &&
      ((change) => {
        const { map, table, tableStart, [side]: row } = selectedRect(state);
        const beside = side === 'top' ? row : row - 1;
        const after = change.doc.nodeAt(tableStart - 1);
        const places = after ? TableMap.get(after).map.slice(row * map.width, (row + 1) * map.width) : [];
        places.forEach((at, column) => {
          const align = table.nodeAt(map.map[beside * map.width + column] ?? 0)?.attrs['align'];
          if (align && after?.nodeAt(at)?.attrs['align'] === null) change.setNodeAttribute(tableStart + at, 'align', align);
        });
        dispatch(change);
      }),
  );

export const [rowAbove, rowBelow] = [addRow(addRowBefore, 'top'), addRow(addRowAfter, 'bottom')];

/** What is offered inside a table. @type {[string, import('../vendor/vendor.js').Command][]} */
export const tableCommands = [
  ['Row above', rowAbove], ['Row below', rowBelow], ['Column before', addColumnBefore], ['Column after', addColumnAfter],
  ['Header row', toggleHeader('row')], ['Header column', toggleHeader('column')], ['Merge cells', mergeCells], ['Split cell', splitCell],
  ['Align left', alignColumns('left')], ['Align centre', alignColumns('center')], ['Align right', alignColumns('right')],
  ['Delete row', deleteRow], ['Delete column', deleteColumn], ['Delete table', deleteTable],
];

/** @param {Surface} surface @param {string} href empty removes the link @param {string} [text] what to write if nothing is selected */
export function setLink({ editor }, href, text) {
  const chain = editor.chain().focus().extendMarkRange('link');
  if (href === '') {
    return chain.unsetMark('link').run();
  }
  if (!editor.state.selection.empty || editor.isActive('link')) {
    return chain.setMark('link', { href }).run();
  }
  return chain.insertContent({ type: 'text', text: text || href.replace(/^(https?:\/\/|mailto:)/, ''), marks: [{ type: 'link', attrs: { href } }] }).run();
}

/** The commands that fit what was typed after a slash. @param {string} query */
export const matching = (query) => {
  const words = query.trim().toLowerCase();
  return commands.filter(({ isMark, name, words: more = '' }) => !isMark && `${name} ${more}`.toLowerCase().split(' ').some((word) => word.startsWith(words)));
};
