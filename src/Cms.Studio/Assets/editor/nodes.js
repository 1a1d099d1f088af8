// The node model of a body for ProseMirror: the same nodes, marks and attributes as the server's model, so that the editor
// cannot make anything that the server refuses. Commands, keys and typing shortcuts of each node are here too.
import { Mark, Node, markInputRule, textblockTypeInputRule, wrappingInputRule } from '../vendor/vendor.js';
import { isAddress } from './addresses.js';
import { liftAtStart, toggleList, toggleWrap } from './toggles.js';

/**
 * @typedef {import('../vendor/vendor.js').Editor} Editor
 * @typedef {import('../vendor/vendor.js').BodyNode} BodyNode
 * @typedef {object} BlockConfig what a block is made of; see ProseMirror's NodeSpec
 * @property {number} [priority]
 * @property {string} [group]
 * @property {string} [content]
 * @property {string} [marks]
 * @property {boolean} [code]
 * @property {boolean} [defining]
 * @property {boolean} [atom]
 * @property {boolean} [draggable]
 * @property {boolean} [isolating]
 * @property {string} [tableRole]
 * @property {Record<string, object>} [attributes]
 * @property {() => import('../vendor/vendor.js').TagParseRule[]} [parseHTML]
 * @property {(rendered: { node: BodyNode, HTMLAttributes: Record<string, unknown> }) => import('../vendor/vendor.js').DOMOutputSpec} renderHTML
 * @property {(editor: Editor) => Record<string, () => boolean>} [keys] its keyboard shortcuts
 * @property {(type: import('../vendor/vendor.js').NodeType) => import('../vendor/vendor.js').InputRule[]} [rules] what to type to get it
 */

/** An attribute that is never written to HTML; `parseHTML` reads it from pasted HTML. @param {unknown} value @param {(element: HTMLElement) => unknown} [parseHTML] */
const attribute = (value, parseHTML) => ({ default: value, rendered: false, parseHTML: parseHTML ?? (() => value) });

const id = {
  default: null,
  keepOnSplit: false,
  parseHTML: (/** @type {HTMLElement} */ element) => element.getAttribute('data-id'),
  renderHTML: (/** @type {{ id: string | null }} */ attributes) => (attributes.id ? { 'data-id': attributes.id } : {}),
};

/**
 * A block. `others` holds attributes that this version does not know, so that they survive.
 * @param {string} name
 * @param {BlockConfig} config
 */
const block = (name, { attributes = {}, keys, rules, ...config }) =>
  Node.create({
    name,
    group: 'block',
    defining: true,
    addAttributes: () => ({ id, others: attribute(null), ...attributes }),
    addKeyboardShortcuts() {
      return keys?.(this.editor) ?? {};
    },
    addInputRules() {
      return rules?.(this.type) ?? [];
    },
    ...config,
  });

const doc = Node.create({
  name: 'doc',
  topNode: true,
  content: 'block+',
  addAttributes: () => ({ schemaVersion: attribute(1), others: attribute(null) }),
});

const text = Node.create({ name: 'text', group: 'inline' });

const paragraph = block('paragraph', {
  priority: 1000,
  content: 'inline*',
  defining: false,
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
  keys(editor) {
    return { 'Mod-Alt-0': () => editor.commands.setNode('paragraph') };
  },
});

const levels = [2, 3, 4];

const heading = block('heading', {
  content: 'inline*',
  attributes: { level: attribute(2) },
  // The headline is level 1, so pasted headings of level 1 become level 2.
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(4, Math.max(2, level)) } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs.level}`, HTMLAttributes, 0],
  keys(editor) {
    return Object.fromEntries(
      levels.map((level) => [`Mod-Alt-${level}`, () => editor.commands.toggleNode('heading', 'paragraph', { level })]),
    );
  },
  rules(type) {
    return levels.map((level) =>
      textblockTypeInputRule({ find: new RegExp(`^(#{${level}})\\s$`), type, getAttributes: { level } }),
    );
  },
});

const listItem = block('listItem', {
  group: '',
  content: 'paragraph block*',
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
  keys(editor) {
    return {
      Enter: () => editor.commands.splitListItem('listItem'),
      Backspace: () => liftAtStart(editor),
      Tab: () => editor.commands.sinkListItem('listItem'),
      'Shift-Tab': () => editor.commands.liftListItem('listItem'),
    };
  },
});

const bulletList = block('bulletList', {
  content: 'listItem+',
  parseHTML: () => [{ tag: 'ul' }],
  renderHTML: ({ HTMLAttributes }) => ['ul', HTMLAttributes, 0],
  keys(editor) {
    return { 'Mod-Shift-8': () => toggleList(editor, 'bulletList') };
  },
  rules(type) {
    return [wrappingInputRule({ find: /^\s*[-*]\s$/, type })];
  },
});

/** The largest number that a list can start with. */
const largestStart = 999_999_999;

const orderedList = block('orderedList', {
  content: 'listItem+',
  attributes: {
    start: attribute(1, (list) => Math.min(largestStart, Math.max(0, Number.parseInt(list.getAttribute('start') ?? '1', 10) || 1))),
  },
  parseHTML: () => [{ tag: 'ol' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'ol',
    node.attrs.start === 1 ? HTMLAttributes : { ...HTMLAttributes, start: node.attrs.start },
    0,
  ],
  keys(editor) {
    return { 'Mod-Shift-7': () => toggleList(editor, 'orderedList') };
  },
  rules(type) {
    return [
      wrappingInputRule({ find: /^(\d{1,9})\.\s$/, type, getAttributes: (match) => ({ start: Number(match[1]) }) }),
    ];
  },
});

const blockquote = block('blockquote', {
  content: 'block+',
  parseHTML: () => [{ tag: 'blockquote' }],
  renderHTML: ({ HTMLAttributes }) => ['blockquote', HTMLAttributes, 0],
  keys(editor) {
    return { 'Mod-Shift-9': () => toggleWrap(editor, 'blockquote') };
  },
  rules(type) {
    return [wrappingInputRule({ find: /^\s*>\s$/, type })];
  },
});

/** The tones of a callout, each with its name. @type {Record<string, string>} */
export const tones = { note: 'Note', tip: 'Tip', warning: 'Warning' };

const callout = block('callout', {
  content: 'block+',
  attributes: {
    tone: attribute('note', (element) => Object.keys(tones).find((tone) => element.classList.contains(`callout-${tone}`)) ?? 'note'),
  },
  parseHTML: () => [{ tag: 'aside' }, { tag: 'div.callout' }],
  renderHTML: ({ node, HTMLAttributes }) => ['div', { ...HTMLAttributes, class: `callout callout-${node.attrs.tone}` }, 0],
});

const codeBlock = block('codeBlock', {
  content: 'text*',
  marks: '',
  code: true,
  attributes: {
    language: attribute(null, (element) => /(?:^|\s)language-([\w+#.-]{1,32})/.exec((element.querySelector('code') ?? element).className)?.[1] ?? null),
  },
  parseHTML: () => [{ tag: 'pre', preserveWhitespace: 'full' }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'pre',
    { ...HTMLAttributes, spellcheck: 'false' },
    ['code', node.attrs.language ? { class: `language-${node.attrs.language}` } : {}, 0],
  ],
  keys(editor) {
    const inCode = (/** @type {() => boolean} */ act) => () => editor.isActive('codeBlock') && act();
    return {
      'Mod-Alt-c': () => editor.commands.toggleNode('codeBlock', 'paragraph'),
      Enter: inCode(() => editor.commands.newlineInCode()),
      'Mod-Enter': inCode(() => editor.commands.exitCode()),
      Tab: inCode(() => editor.commands.insertContent({ type: 'text', text: '\t' })),
    };
  },
  rules(type) {
    return [
      textblockTypeInputRule({
        find: /^```([\w+#.-]{0,32})\s$/,
        type,
        getAttributes: (match) => ({ language: match[1] || null }),
      }),
    ];
  },
});

const horizontalRule = block('horizontalRule', {
  parseHTML: () => [{ tag: 'hr' }],
  renderHTML: ({ HTMLAttributes }) => ['div', { ...HTMLAttributes, class: 'rule' }, ['hr']],
});

// The next three are written to HTML only for the clipboard of this editor: readers get their HTML from the server.
const image = block('image', {
  atom: true,
  draggable: true,
  attributes: {
    mediaId: attribute(null, (figure) => figure.getAttribute('data-media')),
    alt: attribute('', (figure) => figure.getAttribute('data-alt') ?? ''),
    caption: attribute('', (figure) => figure.getAttribute('data-caption') ?? ''),
    decorative: attribute(false, (figure) => figure.hasAttribute('data-decorative')),
  },
  parseHTML: () => [
    {
      tag: 'figure[data-media]',
      getAttrs: (/** @type {HTMLElement} */ figure) => (/^med_[0-9a-f]{32}$/.test(figure.getAttribute('data-media') ?? '') ? null : false),
    },
  ],
  renderHTML: ({ node: { attrs }, HTMLAttributes }) => [
    'figure',
    {
      ...HTMLAttributes,
      'data-media': attrs.mediaId,
      'data-alt': attrs.alt,
      'data-caption': attrs.caption,
      ...(attrs.decorative ? { 'data-decorative': '' } : {}),
    },
  ],
});

const embed = block('embed', {
  atom: true,
  draggable: true,
  attributes: {
    kind: attribute('article', (card) => card.getAttribute('data-kind')),
    target: attribute(null, (card) => card.getAttribute('data-target')),
  },
  parseHTML: () => [
    {
      tag: 'div[data-target]',
      getAttrs: (/** @type {HTMLElement} */ card) =>
        /^(article art|tool tol)_[0-9a-f]{32}$/.test(`${card.getAttribute('data-kind')} ${card.getAttribute('data-target')}`) ? null : false,
    },
  ],
  renderHTML: ({ node: { attrs }, HTMLAttributes }) => ['div', { ...HTMLAttributes, 'data-kind': attrs.kind, 'data-target': attrs.target }],
});

const externalEmbed = block('externalEmbed', {
  atom: true,
  draggable: true,
  attributes: {
    url: attribute(null, (card) => card.getAttribute('data-embed-url')),
    title: attribute('', (card) => card.getAttribute('data-title') ?? ''),
  },
  parseHTML: () => [
    { tag: 'div[data-embed-url]', getAttrs: (/** @type {HTMLElement} */ card) => (/^https:\/\//.test(card.getAttribute('data-embed-url') ?? '') ? null : false) },
  ],
  renderHTML: ({ node: { attrs }, HTMLAttributes }) => ['div', { ...HTMLAttributes, 'data-embed-url': attrs.url, 'data-title': attrs.title }],
});

/** The largest number of columns or rows that a cell can span. */
const largestSpan = 50;

/** @param {string} name */
const span = (name) => ({
  [name]: attribute(1, (cell) => Math.min(largestSpan, Math.max(1, Number.parseInt(cell.getAttribute(name) ?? '1', 10) || 1))),
});

/** How a cell is aligned. Other programs write it as a style or an old attribute, and say "left" for every cell. */
const align = attribute(null, (cell) => {
  const given = /(?:^| )align-(left|center|right)(?: |$)/.exec(cell.className)?.[1];
  const other = cell.style.textAlign || cell.getAttribute('align');
  return given ?? (other === 'center' || other === 'right' ? other : null);
});

/** @param {string} name @param {string} tag @param {string} tableRole */
const cell = (name, tag, tableRole) =>
  block(name, {
    group: '',
    content: 'paragraph+',
    isolating: true,
    tableRole,
    // ProseMirror's tables keep a width for each column of a cell. The model has no widths, so it is never written.
    attributes: { ...span('colspan'), ...span('rowspan'), align, colwidth: attribute(null) },
    parseHTML: () => [{ tag }],
    renderHTML: ({ node: { attrs }, HTMLAttributes }) => [
      tag,
      {
        ...HTMLAttributes,
        ...(attrs.colspan === 1 ? {} : { colspan: attrs.colspan }),
        ...(attrs.rowspan === 1 ? {} : { rowspan: attrs.rowspan }),
        ...(typeof attrs.align === 'string' ? { class: `align-${attrs.align}` } : {}),
      },
      0,
    ],
  });

const table = block('table', {
  content: 'tableRow+',
  isolating: true,
  tableRole: 'table',
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: ({ HTMLAttributes }) => ['table', HTMLAttributes, ['tbody', 0]],
});

const tableRow = block('tableRow', {
  group: '',
  content: '(tableCell | tableHeader)+',
  tableRole: 'row',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: ({ HTMLAttributes }) => ['tr', HTMLAttributes, 0],
});

const hardBreak = Node.create({
  name: 'hardBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: () => ['br'],
  renderText: () => '\n',
  addKeyboardShortcuts() {
    const insert = () => !this.editor.isActive('codeBlock') && this.editor.commands.insertContent({ type: 'hardBreak' });
    return { 'Shift-Enter': insert, 'Mod-Enter': insert };
  },
});

// A newer server may send nodes that this version does not know. They are shown as a grey box and kept as they are.
const unknownBlock = Node.create({
  name: 'unknownBlock',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({ json: attribute(null) }),
  renderHTML: () => ['div', { class: 'unknown' }, 'This part needs a newer version of the Studio. It is kept as it is.'],
});

const unknownInline = Node.create({
  name: 'unknownInline',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ json: attribute(null) }),
  renderHTML: () => ['span', { class: 'unknown' }, '?'],
});

const unknownMark = Mark.create({
  name: 'unknownMark',
  excludes: '',
  addAttributes: () => ({ json: attribute(null) }),
  renderHTML: () => ['span', 0],
});

const link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({ href: { default: null }, title: { default: null }, others: attribute(null) }),
  parseHTML: () => [{ tag: 'a[href]', getAttrs: (anchor) => (isAddress(anchor.getAttribute('href') ?? '') ? null : false) }],
  renderHTML: ({ HTMLAttributes }) => ['a', { ...HTMLAttributes, rel: 'noopener nofollow' }, 0],
  // A link as Markdown writes it: the last bracket makes the words a link.
  addInputRules() {
    return [
      markInputRule({
        type: this.type,
        find(text) {
          const [all, words = '', href = ''] = /(?<!!)\[([^[\]\n]+)\]\(([^\s()]+)\)$/.exec(text) ?? [];
          return all && isAddress(href) ? { index: text.length - all.length, text: all, replaceWith: words, data: { href } } : null;
        },
        getAttributes: (match) => ({ href: match.data?.['href'] }),
      }),
    ];
  },
});

/** @param {string} name @param {string[]} tags the first is the one that is written @param {string} key @param {RegExp[]} typed */
const style = (name, tags, key, ...typed) =>
  Mark.create({
    name,
    parseHTML: () => tags.map((tag) => ({ tag })),
    renderHTML: () => [tags[0] ?? 'span', 0],
    addKeyboardShortcuts() {
      return { [key]: () => this.editor.commands.toggleMark(name) };
    },
    addInputRules() {
      return typed.map((find) => markInputRule({ find, type: this.type }));
    },
  });

/** The order of the marks is the order in which the server writes them. */
export const nodes = [
  doc, text, paragraph, heading, bulletList, orderedList, listItem, blockquote, callout, codeBlock, horizontalRule,
  image, embed, externalEmbed, table, tableRow, cell('tableHeader', 'th', 'header_cell'), cell('tableCell', 'td', 'cell'),
  hardBreak, unknownBlock, unknownInline, link,
  style('bold', ['strong', 'b'], 'Mod-b', /(?:^|\s)(\*\*(?!\s)([^*]+)\*\*)$/, /(?:^|\s)(__(?!\s)([^_]+)__)$/),
  style('italic', ['em', 'i'], 'Mod-i', /(?:^|\s)(\*(?!\s|\*)([^*]+)\*)$/, /(?:^|\s)(_(?!\s|_)([^_]+)_)$/),
  style('strike', ['s', 'del', 'strike'], 'Mod-Shift-x', /(?:^|\s)(~~(?!\s)([^~]+)~~)$/),
  style('code', ['code', 'kbd', 'samp'], 'Mod-e', /(?:^|\s)(`([^`]+)`)$/),
  unknownMark,
];
