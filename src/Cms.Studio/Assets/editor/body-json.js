// The JSON of a body: from the server's JSON to a ProseMirror document and back, byte for byte.

/**
 * A node in the JSON of a body.
 * @typedef {object} JsonNode
 * @property {string} type
 * @property {Record<string, unknown>} [attrs]
 * @property {JsonNode[]} [content]
 * @property {{ type: string, attrs?: Record<string, unknown> }[]} [marks]
 * @property {string} [text]
 *
 * @typedef {import('../vendor/vendor.js').BodyNode} BodyNode
 * @typedef {import('../vendor/vendor.js').Schema} Schema
 */

// The attributes of each node in the order in which the server writes them. A value that is null is always written; any
// other value is the one that the server leaves out.
const always = null;
/** @type {Record<string, Record<string, unknown>>} */
const attributes = {
  doc: { schemaVersion: always },
  paragraph: {},
  heading: { level: always },
  bulletList: {},
  orderedList: { start: 1 },
  listItem: {},
  blockquote: {},
  callout: { tone: always },
  codeBlock: { language: undefined },
  horizontalRule: {},
  image: { mediaId: always, alt: always, caption: '', decorative: false },
  embed: { kind: always, target: always },
  externalEmbed: { url: always, title: '' },
  table: {},
  tableRow: {},
  tableHeader: { colspan: 1, rowspan: 1, align: undefined },
  tableCell: { colspan: 1, rowspan: 1, align: undefined },
  hardBreak: {},
  text: {},
};
/** @type {Record<string, Record<string, unknown>>} */
const markAttributes = { link: { href: always, title: '' }, bold: {}, italic: {}, strike: {}, code: {} };

const inlineParents = new Set(['paragraph', 'heading']);

const controls = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]/;
const controlsEach = new RegExp(controls, 'g');

/** Text as the server keeps it: line ends and tabs are spaces outside code, and other control characters are left out. @param {string} text @param {boolean} isCode */
export function cleanText(text, isCode) {
  const clean = !controls.test(text)
    ? text
    : text.replace(/\r\n/g, '\n').replace(controlsEach, (character) => {
        const isLineEnd = '\n\r\u2028\u2029'.includes(character);
        return isLineEnd ? (isCode ? '\n' : ' ') : character === '\t' ? (isCode ? '\t' : ' ') : '';
      });
  return clean.toWellFormed();
}

/** Attributes with words. The server cleans them like text, and leaves out spaces around them. */
const labels = new Set(['alt', 'caption', 'title']);

/** @param {unknown} value */
const cleanLabel = (value) => (typeof value === 'string' ? cleanText(value, false).trim() : value);

/**
 * The attributes that a node has in JSON.
 * @param {Record<string, unknown>} known the values that the server leaves out
 * @param {Record<string, unknown>} values
 */
function writtenAttributes(known, values) {
  /** @type {Record<string, unknown>} */
  const written = {};
  if (typeof values.id === 'string') {
    written.id = values.id;
  }
  for (const [name, silent] of Object.entries(known)) {
    const value = labels.has(name) ? cleanLabel(values[name]) : values[name];
    if (silent === always || (value !== silent && value !== null && value !== undefined)) {
      written[name] = value;
    }
  }
  return Object.assign(written, values.others);
}

/** ProseMirror's nodes never change, so the JSON of a node that stays can be used again. @type {WeakMap<BodyNode, JsonNode>} */
const known = new WeakMap();

/** @param {BodyNode} node @returns {JsonNode} */
export function toJson(node) {
  const found = known.get(node);
  if (found) {
    return found;
  }
  const written = write(node);
  known.set(node, written);
  return written;
}

/** @param {BodyNode} node @returns {JsonNode} */
function write(node) {
  const name = node.type.name;
  if (name === 'unknownBlock' || name === 'unknownInline') {
    return node.attrs.json;
  }
  if (name === 'hardBreak') {
    return { type: 'hardBreak' };
  }
  /** @type {JsonNode} */
  const json = { type: name, attrs: writtenAttributes(attributes[name] ?? {}, node.attrs) };
  if (name === 'doc' && isBlank(node)) {
    return json;
  }
  const content = inlineParents.has(name) || name === 'codeBlock' ? inlines(node) : node.children.map(toJson);
  if (content.length > 0) {
    json.content = content;
  }
  return json;
}

/** Whether a document is the empty paragraph that stands for a body without content. @param {BodyNode} node */
const isBlank = (node) =>
  node.childCount === 1 && node.firstChild?.type.name === 'paragraph' && node.firstChild.content.size === 0 && node.firstChild.attrs.id === null;

/** @param {BodyNode} parent @returns {JsonNode[]} */
function inlines(parent) {
  const isCode = parent.type.name === 'codeBlock';
  /** @type {JsonNode[]} */
  const written = [];
  for (const child of parent.children) {
    if (!child.isText) {
      written.push(write(child));
      continue;
    }
    const text = cleanText(child.text ?? '', isCode);
    if (text === '') {
      continue;
    }
    const marks = isCode ? [] : child.marks.map(writeMark);
    const last = written.at(-1);
    if (last?.type === 'text' && same(last.marks ?? [], marks)) {
      last.text += text;
    } else {
      written.push(marks.length > 0 ? { type: 'text', marks, text } : { type: 'text', text });
    }
  }
  return written;
}

/** @param {import('../vendor/vendor.js').BodyMark} mark */
function writeMark(mark) {
  if (mark.type.name === 'unknownMark') {
    return mark.attrs.json;
  }
  const attrs = writtenAttributes(markAttributes[mark.type.name] ?? {}, mark.attrs);
  return Object.keys(attrs).length > 0 ? { type: mark.type.name, attrs } : { type: mark.type.name };
}

/** Whether two values are the same JSON. @param {unknown} a @param {unknown} b */
export const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

/**
 * @param {Schema} schema
 * @param {JsonNode | null} json null is a body without content
 * @returns {BodyNode}
 */
export function fromJson(schema, json) {
  const read = readable(json ?? { type: 'doc', attrs: { schemaVersion: 1 } });
  if (!read.content?.length) {
    read.content = [{ type: 'paragraph' }];
  }
  return schema.nodeFromJSON(read);
}

/** JSON that the schema can read: what it does not know is put into nodes that keep it. @param {JsonNode} json @returns {JsonNode} */
function readable(json) {
  const names = attributes[json.type];
  if (json.type === 'text') {
    const marks = (json.marks ?? []).map((mark) =>
      mark.type in markAttributes
        ? { type: mark.type, ...(mark.attrs ? { attrs: readAttributes(markAttributes[mark.type] ?? {}, mark.attrs) } : {}) }
        : { type: 'unknownMark', attrs: { json: mark } },
    );
    return { type: 'text', text: json.text ?? '', ...(marks.length > 0 ? { marks } : {}) };
  }
  /** @type {JsonNode} */
  const node = { type: json.type };
  if (json.attrs && names) {
    node.attrs = readAttributes(names, json.attrs);
  }
  if (json.content) {
    const isInline = inlineParents.has(json.type) || json.type === 'codeBlock';
    node.content = json.content
      .filter((child) => child.type !== 'text' || child.text)
      .map((child) =>
        child.type in attributes ? readable(child) : { type: isInline ? 'unknownInline' : 'unknownBlock', attrs: { json: child } },
      );
  }
  return node;
}

/** @param {Record<string, unknown>} names @param {Record<string, unknown>} values */
function readAttributes(names, values) {
  /** @type {Record<string, unknown>} */
  const read = {};
  /** @type {Record<string, unknown>} */
  const others = {};
  for (const [name, value] of Object.entries(values)) {
    if (name === 'id' || name in names) {
      // The server takes null for a value that is not given.
      if (value !== null) {
        read[name] = value;
      }
    } else {
      others[name] = value;
    }
  }
  return Object.keys(others).length > 0 ? { ...read, others } : read;
}

/** @param {JsonNode | null | undefined} node @param {(node: JsonNode) => void} visit */
export function walk(node, visit) {
  if (!node) {
    return;
  }
  visit(node);
  for (const child of node.content ?? []) {
    walk(child, visit);
  }
}

/** The text of a node, with a line for each block. @param {JsonNode | null | undefined} node @returns {string} */
export function plainText(node) {
  if (!node) {
    return '';
  }
  switch (node.type) {
    case 'text':
      return node.text ?? '';
    case 'hardBreak':
      return '\n';
    case 'image':
      return String(node.attrs?.caption || node.attrs?.alt || '');
    case 'externalEmbed':
      return String(node.attrs?.title || node.attrs?.url || '');
    case 'embed':
      return String(node.attrs?.target ?? '');
    case 'paragraph':
    case 'heading':
    case 'codeBlock':
      return (node.content ?? []).map(plainText).join('');
    case 'tableRow':
      return (node.content ?? []).map(plainText).join('\t');
    default:
      return (node.content ?? []).map(plainText).join('\n');
  }
}

const wordsPerMinute = 220;
const wordsPerLineOfCode = 4;

/**
 * The words and the reading time of a body, counted like the server counts them: code adds reading time but no words.
 * @param {JsonNode | null | undefined} body
 */
export function length(body) {
  let words = 0;
  let lines = 0;
  walk(body, (node) => {
    if (node.type === 'paragraph' || node.type === 'heading') {
      words += wordsIn((node.content ?? []).map((child) => (child.type === 'text' ? child.text : ' ')).join(''));
    } else if (node.type === 'image') {
      words += wordsIn(String(node.attrs?.caption ?? ''));
    } else if (node.type === 'externalEmbed') {
      words += wordsIn(String(node.attrs?.title ?? ''));
    } else if (node.type === 'codeBlock') {
      lines += plainText(node).split('\n').filter((line) => line.trim() !== '').length;
    }
  });
  return { words, minutes: Math.ceil((words + lines * wordsPerLineOfCode) / wordsPerMinute) };
}

/** @param {string} text */
export const wordsIn = (text) => text.split(/\s+/u).filter((run) => /[\p{L}\p{Nd}]/u.test(run)).length;
