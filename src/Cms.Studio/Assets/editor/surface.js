// The writing surface. It is made once and never again: what comes from outside changes only the blocks that differ, so that
// the caret stays where it is.
import {
  Decoration, DecorationSet, Editor, Extension, NodeSelection, Plugin, PluginKey, dropCursor, gapCursor, goToNextCell, history,
  Selection, redo, signal, tableEditing, undo,
} from '../vendor/vendor.js';
import { isAddress } from './addresses.js';
import { fromJson, toJson } from './body-json.js';
import { rowBelow } from './commands.js';
import { button, drawn, element } from './drawings.js';
import { findPlugin } from './find.js';
import { mergeBodies } from './merge.js';
import { nodes } from './nodes.js';
import { contents, insert, pictures, read, withIds } from './paste.js';
import { replaceBlocks } from './replace.js';

/**
 * @typedef {import('./body-json.js').JsonNode} JsonNode
 * @typedef {import('../vendor/vendor.js').BodyNode} BodyNode
 * @typedef {import('../vendor/vendor.js').EditorView} EditorView
 * @typedef {import('../vendor/vendor.js').Transaction} Transaction
 *
 * What is typed after a slash, and where.
 * @typedef {{ from: number, to: number, query: string, left: number, top: number, bottom: number }} Slash
 *
 * What the surface needs from the page around it.
 * @typedef {object} Surroundings
 * @property {string} label the name for assistive technology
 * @property {(mediaId: string) => string | undefined} imageUrl
 * @property {(target: string) => string | undefined} titleOf the title of an embedded article or tool
 * @property {(json: () => JsonNode) => void} onChange
 * @property {(files: File[], position: number) => void} onFiles
 * @property {(event: KeyboardEvent) => boolean} onSlashKey
 * @property {(what: 'link' | 'find' | 'image' | 'external', position?: number) => void} onAsk opens a dialog
 * @property {(words: string) => void} onSay
 */

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => letters[byte % 32]).join('');

/** A block keeps its id for life. New blocks get one, and so do copies. */
const blockIds = () =>
  new Plugin({
    appendTransaction(transactions, before, state) {
      if (!transactions.some((one) => one.docChanged)) {
        return null;
      }
      /** @type {Map<string, number[]>} */
      const places = new Map();
      /** @type {number[]} */
      const without = [];
      state.doc.descendants((node, position) => {
        if (node.isBlock && 'id' in node.attrs) {
          if (node.attrs['id'] === null) without.push(position);
          else places.set(node.attrs['id'], [...(places.get(node.attrs['id']) ?? []), position]);
        }
        return !node.isTextblock;
      });
      const doubles = [...places].filter(([, positions]) => positions.length > 1);
      if (without.length === 0 && doubles.length === 0) {
        return null;
      }
      const change = state.tr;
      for (const [id, positions] of doubles) {
        const original = originalOf(id, before.doc, transactions, positions);
        without.push(...positions.filter((position) => position !== original));
      }
      for (const position of without) {
        change.setNodeAttribute(position, 'id', newId());
      }
      return change;
    },
  });

/** Where the block is that had the id before a copy was pasted. @param {string} id @param {BodyNode} doc @param {readonly Transaction[]} transactions @param {number[]} positions */
function originalOf(id, doc, transactions, positions) {
  let found = -1;
  doc.descendants((node, position) => {
    if (node.attrs['id'] === id) found = position;
    return found < 0;
  });
  const moved = transactions.reduce((position, one) => (position < 0 ? -1 : one.mapping.map(position)), found);
  return positions.includes(moved) ? moved : positions[0];
}

/**
 * Tables whose rows are uneven are repaired when somebody edits them. What comes from outside stays as it is: a repair would
 * be saved as if somebody had written it.
 * @param {() => boolean} isIncoming
 */
const tables = (isIncoming) => {
  const { spec } = tableEditing();
  return new Plugin({
    ...spec,
    appendTransaction(...change) {
      return isIncoming() ? null : spec.appendTransaction?.apply(this, change);
    },
  });
};

/** @param {{ value: Slash | null }} shown @param {(event: KeyboardEvent) => boolean} onKey */
const slashMenu = (shown, onKey) =>
  new Plugin({
    view: () => ({
      update(view, before) {
        const { selection, doc } = view.state;
        const { $from, empty } = selection;
        const isText = empty && view.hasFocus() && !view.composing && $from.parent.isTextblock && !$from.parent.type.spec.code;
        const typed = isText ? /(?:^|\s)\/([\p{L}\p{N} ]{0,20})$/u.exec($from.parent.textBetween(0, $from.parentOffset, undefined, '\uFFFC')) : null;
        if (!typed) {
          shown.value &&= null;
          return;
        }
        // A menu that was closed stays closed until more is typed.
        if (doc.eq(before.doc) && !shown.value) {
          return;
        }
        const from = $from.pos - (typed[1]?.length ?? 0) - 1;
        const { left, top, bottom } = view.coordsAtPos(from);
        shown.value = { from, to: $from.pos, query: typed[1] ?? '', left, top, bottom };
      },
    }),
    props: { handleKeyDown: (_, event) => shown.value !== null && onKey(event) },
  });

/** @type {PluginKey<DecorationSet>} */
const uploads = new PluginKey('uploads');

/** Places of files that are on their way. They move with the text around them, and are not part of the body. */
const uploadPlaces = () =>
  new Plugin({
    key: uploads,
    state: {
      init: () => DecorationSet.empty,
      apply(change, places) {
        const moved = places.map(change.mapping, change.doc);
        const { add, remove } = change.getMeta(uploads) ?? {};
        if (add) {
          return moved.add(change.doc, [Decoration.widget(add.position, add.element, { key: add.key, side: -1 })]);
        }
        return remove ? moved.remove(moved.find(undefined, undefined, (spec) => spec['key'] === remove)) : moved;
      },
    },
    props: { decorations: (state) => uploads.getState(state) },
  });

/** @param {string} words */
const placeholder = (words) =>
  new Plugin({
    props: {
      decorations({ doc, selection }) {
        const isBlank = doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph' && doc.firstChild.content.size === 0;
        const { $from } = selection;
        const isHere = selection.empty && $from.depth === 1 && $from.parent.type.name === 'paragraph' && $from.parent.content.size === 0;
        const at = isBlank ? 0 : isHere ? $from.before() : -1;
        return at < 0 ? null : DecorationSet.create(doc, [Decoration.node(at, at + 2, { class: 'is-empty', 'data-placeholder': words })]);
      },
    },
  });

/** Languages that are written from right to left. */
const rightToLeft = /^(ar|fa|he|ur|yi|dv|ps|ckb)\b/;

/**
 * @param {HTMLElement} host
 * @param {JsonNode | null} json
 * @param {Surroundings} outside
 */
export function mountSurface(host, json, outside) {
  /** @type {import('../vendor/vendor.js').Signal<Slash | null>} */
  const shown = signal(null);
  /** Counts changes of the text and of the selection. */
  const changed = signal(0);
  /** @type {Set<() => void>} */
  const redraws = new Set();
  let isIncoming = false;
  /** What others wrote while a letter was being composed, and the text that it was merged with. @type {{ base: JsonNode, body: JsonNode | null } | null} */
  let waiting = null;
  /** The id of the paragraph that stands for a body without content. @type {string | null} */
  let blank = null;

  /** @param {{ html: string, text: string, isCode: boolean }} pasted @param {EditorView} view @param {ClipboardEvent | DragEvent} event */
  const paste = (pasted, view, event) => {
    const { slice, images } = read(view, pasted);
    insert(view, withIds(slice, newId), event);
    if (images > 0) {
      outside.onSay(images === 1 ? 'An image was not pasted. Save it as a file, then drop it here.' : `${images} images were not pasted. Save them as files, then drop them here.`);
    }
  };

  const behaviour = Extension.create({
    name: 'behaviour',
    // ProseMirror's tables know rows and cells by a role in the schema, which Tiptap does not pass on by itself.
    extendNodeSchema: ({ config }) => ('tableRole' in config ? { tableRole: config['tableRole'] } : {}),
    addProseMirrorPlugins: () => [
      history(), dropCursor({ color: false, class: 'drop-here' }), gapCursor(), tables(() => isIncoming), blockIds(), uploadPlaces(), findPlugin(),
      slashMenu(shown, outside.onSlashKey), placeholder('Write, or type / for more'),
    ],
    addKeyboardShortcuts: () => ({
      'Mod-z': ({ editor }) => undo(editor.state, editor.view.dispatch),
      'Mod-y': ({ editor }) => redo(editor.state, editor.view.dispatch),
      'Mod-Shift-z': ({ editor }) => redo(editor.state, editor.view.dispatch),
      'Mod-k': () => (outside.onAsk('link'), true),
      'Mod-f': () => (outside.onAsk('find'), true),
      Tab: ({ editor }) => {
        const { state, view } = editor;
        return (
          goToNextCell(1)(state, view.dispatch) ||
          ((editor.isActive('tableCell') || editor.isActive('tableHeader')) && rowBelow(state, view.dispatch) && goToNextCell(1)(view.state, view.dispatch))
        );
      },
      'Shift-Tab': ({ editor }) => goToNextCell(-1)(editor.state, editor.view.dispatch),
    }),
  });

  const editor = new Editor({
    element: host,
    injectCSS: false,
    enableInputRules: true,
    extensions: [...nodes.map((one) => drawn(one, outside, redraws)), behaviour],
    // Tiptap parses anything but JSON as HTML.
    content: { type: 'doc', content: [{ type: 'paragraph' }] },
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': outside.label, class: 'prose', spellcheck: 'true' },
      handleDOMEvents: {
        // ProseMirror would parse HTML in the page itself, which Trusted Types forbid. So the event never gets there.
        paste(view, event) {
          event.preventDefault();
          if (!view.editable) return true;
          const files = pictures(event.clipboardData);
          const pasted = contents(event.clipboardData);
          const url = pasted.text.trim();
          if (files.length > 0 && !/<(p|table|li|h\d)\b/i.test(pasted.html)) {
            outside.onFiles(files, view.state.selection.to);
          } else if (!view.state.selection.empty && isAddress(url) && view.state.selection.$from.sameParent(view.state.selection.$to)) {
            editor.commands.setMark('link', { href: url });
          } else {
            paste(pasted, view, event);
          }
          return true;
        },
        drop(view, event) {
          // Something that is moved inside the text needs no parsing.
          if (view.dragging || !event.dataTransfer) {
            return false;
          }
          event.preventDefault();
          if (!view.editable) return true;
          const files = pictures(event.dataTransfer);
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.doc.content.size;
          if (files.length > 0) {
            outside.onFiles(files, place);
          } else {
            editor.commands.setTextSelection(place);
            paste(contents(event.dataTransfer), view, event);
          }
          return true;
        },
        compositionend() {
          // The browser ends a composition before ProseMirror has read it.
          setTimeout(() => {
            if (waiting && !editor.view.composing) receive(written(editor.state.doc));
          }, 50);
          return false;
        },
      },
    },
    onUpdate({ editor: { state } }) {
      changed.value++;
      // A document never changes, so it can be written later as it was now, with what waits to be shown now.
      const pending = waiting;
      if (!isIncoming) outside.onChange(() => written(state.doc, pending));
    },
    onSelectionUpdate: () => void changed.value++,
    onFocus: () => void changed.value++,
    onBlur: () => void changed.value++,
  });

  /** A document as it is saved: with what waits to be shown. @param {BodyNode} doc @returns {JsonNode} */
  const written = (doc, pending = waiting) => (pending ? mergeBodies(pending.base, shownOnly(doc), pending.body).value : shownOnly(doc));

  /** @param {BodyNode} doc @returns {JsonNode} */
  const shownOnly = (doc) => {
    const [first] = doc.children;
    if (doc.childCount === 1 && first?.type.name === 'paragraph' && first.content.size === 0 && first.attrs['id'] === blank) {
      const { content: _, ...root } = toJson(doc);
      return root;
    }
    return toJson(doc);
  };

  /** Every block of a new document has an id before somebody types in it: a change of the id would disturb the composition of a letter. @param {JsonNode | null} body */
  const prepared = (body) => {
    if (!body?.content?.length) {
      blank ??= newId();
      return fromJson(editor.schema, { type: 'doc', attrs: { schemaVersion: 1 }, content: [{ type: 'paragraph', attrs: { id: blank } }] });
    }
    return fromJson(editor.schema, body);
  };

  /** @param {(change: Transaction) => void} edit */
  const silently = (edit) => {
    const change = editor.state.tr;
    edit(change);
    isIncoming = true;
    editor.view.dispatch(change.setMeta('addToHistory', false));
    isIncoming = false;
  };

  /** Shows what others wrote. @param {JsonNode | null} body */
  function receive(body) {
    if (editor.view.composing) {
      waiting = { base: waiting?.base ?? shownOnly(editor.state.doc), body };
      return;
    }
    waiting = null;
    const next = prepared(body);
    silently((change) => replaceBlocks(change, next));
  }

  silently((change) => change.replaceWith(0, change.doc.content.size, prepared(json).content));

  return {
    editor,
    slash: shown,
    changed,
    json: () => written(editor.state.doc),
    receive,
    /** Draws images and embeds again, for example with new addresses. */
    redraw: () => redraws.forEach((redraw) => redraw()),
    /** Whether the text can only be read. @param {boolean} isReadOnly */
    setReadOnly(isReadOnly) {
      editor.setEditable(!isReadOnly, false);
      editor.view.dom.setAttribute('aria-readonly', String(isReadOnly));
    },
    /** @param {string} language */
    setLanguage(language) {
      editor.view.dom.lang = language;
      editor.view.dom.dir = rightToLeft.test(language) ? 'rtl' : 'ltr';
    },

    /** A place that shows how far a file has come. @param {number} position @param {string} name */
    place(position, name) {
      const key = newId();
      const dom = element('div', 'uploading');
      const label = dom.appendChild(element('span', '', name));
      const bar = /** @type {HTMLProgressElement} */ (dom.appendChild(document.createElement('progress')));
      bar.max = 1;
      bar.setAttribute('aria-label', `Upload of ${name}`);
      const $place = editor.state.doc.resolve(Math.min(position, editor.state.doc.content.size));
      editor.view.dispatch(editor.state.tr.setMeta(uploads, { add: { key, position: $place.depth > 0 ? $place.after(1) : $place.pos, element: dom } }));
      const end = (/** @type {Record<string, unknown> | null} */ attrs) => {
        const [found] = uploads.getState(editor.state)?.find(undefined, undefined, (spec) => spec['key'] === key) ?? [];
        const change = editor.state.tr.setMeta(uploads, { remove: key });
        const type = editor.schema.nodes['image'];
        if (attrs && type) change.insert(found?.from ?? change.doc.content.size, type.create({ ...attrs, id: newId() }));
        editor.view.dispatch(change);
      };
      return {
        progress: (/** @type {number} */ part) => void (bar.value = part),
        end,
        /** @param {string} words @param {(() => void) | null} again sends the file again; null if that is no use */
        fail(words, again) {
          const shown = [label, bar];
          label.textContent = `${name}: ${words}`;
          dom.dataset['failed'] = 'true';
          const retry = button('Try again', () => {
            label.textContent = name;
            delete dom.dataset['failed'];
            dom.replaceChildren(...shown);
            again?.();
          });
          dom.replaceChildren(label, ...(again ? [retry] : []), button('Remove', () => end(null)));
        },
      };
    },

    /** Shows a block and puts the caret into it. @param {string} id @returns {boolean} whether it is there */
    goTo(id) {
      let place = -1;
      editor.state.doc.descendants((node, position) => {
        if (node.attrs['id'] === id) place = position;
        return place < 0;
      });
      const node = place < 0 ? null : editor.state.doc.nodeAt(place);
      if (!node) return false;
      const { doc, tr } = editor.state;
      editor.view.dispatch(node.isAtom ? tr.setSelection(NodeSelection.create(doc, place)) : tr.setSelection(near(doc, place + 1)));
      editor.view.focus();
      editor.view.dom.querySelector(`[data-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'center' });
      return true;
    },

    /** Asks for the description of an image. @param {string} id the id of its block */
    describe(id) {
      const { selection } = editor.state;
      if (selection instanceof NodeSelection && selection.node.type.name === 'image' && selection.node.attrs['id'] === id) outside.onAsk('image', selection.from);
    },

    /** The block of the selection, and the selected words. @returns {{ blockId: string, quote: string | null } | null} */
    passage() {
      const { $from, from, to, empty } = editor.state.selection;
      for (let depth = $from.depth; depth > 0; depth--) {
        const id = $from.node(depth).attrs['id'];
        if (id) {
          const quote = empty || to > $from.end(depth) ? null : editor.state.doc.textBetween(from, to, ' ');
          return { blockId: id, quote: quote || null };
        }
      }
      return null;
    },
    closeSlash: () => void (shown.value = null),
    destroy: () => editor.destroy(),
  };
}

/** @param {BodyNode} doc @param {number} position */
const near = (doc, position) => {
  const $position = doc.resolve(Math.min(position, doc.content.size));
  return /** @type {typeof import('../vendor/vendor.js').Selection} */ (Selection).near($position);
};

/** @typedef {ReturnType<typeof mountSurface>} Surface */
