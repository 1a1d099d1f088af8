// Find and replace in the text.
import { Decoration, DecorationSet, Plugin, PluginKey, TextSelection } from '../vendor/vendor.js';

/**
 * @typedef {{ from: number, to: number }} Found
 * @typedef {{ query: string, isExact: boolean, found: Found[], at: number }} Search `at` is the place of the selected one, or -1
 * @typedef {import('../vendor/vendor.js').EditorView} EditorView
 */

/** @type {PluginKey<Search>} */
const key = new PluginKey('find');
const most = 2_000;

/** @param {import('../vendor/vendor.js').BodyNode} doc @param {string} query @param {boolean} isExact whether capitals count @returns {Found[]} */
export function findIn(doc, query, isExact) {
  /** @type {Found[]} */
  const found = [];
  if (query === '') {
    return found;
  }
  const pattern = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), isExact ? 'gu' : 'giu');
  doc.descendants((node, position) => {
    if (!node.isTextblock) {
      return true;
    }
    // Every other inline node takes one place, like this character.
    const text = node.textBetween(0, node.content.size, undefined, '\uFFFC');
    for (const match of text.matchAll(pattern)) {
      if (found.length < most) {
        found.push({ from: position + 1 + match.index, to: position + 1 + match.index + match[0].length });
      }
    }
    return false;
  });
  return found;
}

export const findPlugin = () =>
  new Plugin({
    key,
    state: {
      init: () => ({ query: '', isExact: false, found: [], at: -1 }),
      apply(change, search) {
        const next = { ...search, ...change.getMeta(key) };
        if (change.docChanged || next.query !== search.query || next.isExact !== search.isExact) {
          next.found = findIn(change.doc, next.query, next.isExact);
          next.at = Math.min(next.at, next.found.length - 1);
        }
        return next;
      },
    },
    props: {
      decorations(state) {
        const search = key.getState(state);
        return search && search.found.length > 0
          ? DecorationSet.create(state.doc, search.found.map(({ from, to }, i) => Decoration.inline(from, to, { class: i === search.at ? 'found is-current' : 'found' })))
          : null;
      },
    },
  });

/** @param {EditorView} view @returns {Search} */
export const searchOf = (view) => key.getState(view.state) ?? { query: '', isExact: false, found: [], at: -1 };

/** @param {EditorView} view @param {string} query @param {boolean} isExact */
export const search = (view, query, isExact) => view.dispatch(view.state.tr.setMeta(key, { query, isExact, at: -1 }));

/** Selects the next or the previous one. @param {EditorView} view @param {1 | -1} step */
export function move(view, step) {
  const { found, at } = searchOf(view);
  if (found.length === 0) {
    return;
  }
  const { from, to } = view.state.selection;
  const start = at >= 0 ? at + step : step > 0 ? Math.max(0, found.findIndex((one) => one.from >= from)) : found.findLastIndex((one) => one.to <= to);
  const next = (start + found.length) % found.length;
  const place = found[next];
  if (place) {
    view.dispatch(view.state.tr.setMeta(key, { at: next }).setSelection(TextSelection.create(view.state.doc, place.from, place.to)).scrollIntoView());
  }
}

/** Replaces the selected one and goes to the next. @param {EditorView} view @param {string} text */
export function replaceOne(view, text) {
  const { found, at } = searchOf(view);
  const place = found[at];
  if (!place) {
    move(view, 1);
    return;
  }
  replace(view, [place], text);
  // What follows the new text is next, not what the new text contains.
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place.from + text.length)));
  move(view, 1);
}

/** Replaces all in one step, which can be undone in one step. @param {EditorView} view @param {string} text @returns {number} how many */
export function replaceAll(view, text) {
  const { found } = searchOf(view);
  replace(view, found, text);
  return found.length;
}

/** @param {EditorView} view @param {Found[]} places @param {string} text */
function replace(view, places, text) {
  const change = view.state.tr.setMeta(key, { at: -1 });
  for (const { from, to } of places.toReversed()) {
    const marks = view.state.doc.resolve(from).marksAcross(view.state.doc.resolve(to)) ?? [];
    if (text === '') {
      change.delete(from, to);
    } else {
      change.replaceWith(from, to, view.state.schema.text(text, marks));
    }
  }
  view.dispatch(change);
}
