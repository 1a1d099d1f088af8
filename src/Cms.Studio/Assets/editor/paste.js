// What somebody pastes or drops, from Word, Google Docs, web pages, Markdown or this editor. HTML is only ever parsed into a
// document that has no scripts, no images and no styles, and only what the schema knows is taken from it.
import { BodyParser, Fragment, Slice } from '../vendor/vendor.js';
import { addressOf, isAddress } from './addresses.js';
import { looksLikeMarkdown, readMarkdown } from './markdown.js';

/** @typedef {import('../vendor/vendor.js').EditorView} EditorView */

/** @type {{ createHTML(html: string): any } | undefined} */
let policy;

/**
 * Renames attributes that the content security policy of the page would report, even though they do nothing in an inert document.
 * Safety does not depend on this: the schema takes no attribute from pasted HTML that it does not check.
 * @param {string} html
 */
const quiet = (html) =>
  html
    .replace(/<style\b[^]*?<\/style\s*>/gi, '')
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])style(?=\s*=)/gi, '$1data-style').replace(/([\s"'/])on[a-z]+(?=\s*=)/gi, '$1data-handler'));

/** A document that runs and loads nothing. @param {string} html @returns {Document} */
function inert(html) {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  policy ??= trustedTypes?.createPolicy('studio-paste', { createHTML: (/** @type {string} */ trusted) => trusted });
  const text = quiet(html);
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html');
}

const unwanted =
  'script, style, meta, link, title, template, iframe, object, embed, svg, math, form, input, button, select, textarea, noscript, audio, video, canvas, [hidden], .callout-label';

/** The value of a property in a style attribute, which is only read as text and has been renamed. @param {Element} element @param {string} property */
const styleOf = (element, property) =>
  new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, 'i').exec(element.getAttribute('data-style') ?? '')?.[1]?.trim().toLowerCase() ?? '';

/** @param {Element} element */
const unwrap = (element) => element.replaceWith(...element.childNodes);

/** @param {Element} element @param {string} tag */
function wrapContent(element, tag) {
  const wrapper = element.ownerDocument.createElement(tag);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

/**
 * Turns the HTML of other programs into the plain HTML that the schema reads.
 * @param {Document} document
 * @returns {number} how many images were left out
 */
export function clean(document) {
  const { body } = document;
  for (const element of body.querySelectorAll(unwanted)) {
    element.remove();
  }
  for (const element of body.querySelectorAll('[data-style]')) {
    if (styleOf(element, 'display') === 'none' || styleOf(element, 'mso-hide') === 'all' || styleOf(element, 'visibility') === 'hidden') {
      element.remove();
    }
  }
  // Ids of blocks in another article mean nothing here.
  for (const element of body.querySelectorAll('[data-id]')) {
    element.removeAttribute('data-id');
  }
  wordLists(document);
  for (const element of [...body.querySelectorAll('b, strong')]) {
    // Google Docs wraps everything in a b that is not bold.
    if (/^(normal|400)$/.test(styleOf(element, 'font-weight'))) {
      unwrap(element);
    }
  }
  for (const element of [...body.querySelectorAll('span, font, p, a')]) {
    const isHeading = element.closest('h1, h2, h3, h4, h5, h6') !== null;
    if (!isHeading && /^(bold|[6-9]00)$/.test(styleOf(element, 'font-weight'))) wrapContent(element, 'strong');
    if (styleOf(element, 'font-style') === 'italic') wrapContent(element, 'em');
    if (/line-through/.test(styleOf(element, 'text-decoration') || styleOf(element, 'text-decoration-line'))) wrapContent(element, 's');
  }
  for (const anchor of body.querySelectorAll('a[href]')) {
    const href = anchor.getAttribute('href') ?? '';
    const url = URL.canParse(href) ? new URL(href) : null;
    const target = url?.hostname === 'www.google.com' && url.pathname === '/url' ? (url.searchParams.get('q') ?? href) : href;
    const address = isAddress(target) ? target : /^https?:|^mailto:/i.test(target) ? addressOf(target) : null;
    if (address) {
      anchor.setAttribute('href', address);
    } else {
      unwrap(anchor);
    }
  }
  // Google Docs puts a nested list beside the item that it belongs to.
  for (const list of body.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    const item = list.previousElementSibling;
    if (item?.tagName === 'LI') {
      item.append(list);
    }
  }
  for (const element of body.querySelectorAll('br.Apple-interchange-newline')) {
    element.remove();
  }
  for (const paragraph of body.querySelectorAll('p, div')) {
    // Word writes a space that does not break into empty paragraphs.
    if (!paragraph.querySelector('img, table, hr, figure, [data-media], [data-target], [data-embed-url]') && paragraph.textContent?.replace(/\u00A0/g, ' ').trim() === '') {
      paragraph.remove();
    }
  }
  const images = [...body.querySelectorAll('img, picture > source')];
  for (const element of images) {
    element.remove();
  }
  return images.filter((element) => element.tagName === 'IMG').length;
}

/** Word writes lists as paragraphs with a marker. @param {Document} document */
function wordLists(document) {
  /** @type {{ list: Element, level: number }[]} */
  let open = [];
  /** @type {Element | null} */
  let last = null;
  for (const paragraph of [...document.body.querySelectorAll('p')]) {
    const level = Number(/level(\d+)/.exec(styleOf(paragraph, 'mso-list'))?.[1] ?? 0);
    if (level === 0) {
      continue;
    }
    const marker = [...paragraph.querySelectorAll('span')].find((span) => styleOf(span, 'mso-list') === 'ignore');
    const isNumbered = /^\s*\(?(\d+|[a-z]{1,3})[.)]/i.test(marker?.textContent ?? '');
    marker?.remove();
    if (last !== null && paragraph.previousElementSibling !== (open[0]?.list ?? null)) {
      open = [];
    }
    open = open.filter((one) => one.level <= level);
    const item = document.createElement('li');
    const inner = document.createElement('p');
    inner.append(...paragraph.childNodes);
    item.append(inner);
    let top = open.at(-1);
    if (!top || top.level < level) {
      const list = document.createElement(isNumbered ? 'ol' : 'ul');
      if (top) {
        (top.list.lastElementChild ?? top.list).append(list);
        paragraph.remove();
      } else {
        paragraph.replaceWith(list);
      }
      top = { list, level };
      open.push(top);
    } else {
      paragraph.remove();
    }
    top.list.append(item);
    last = item;
  }
}

/**
 * What is pasted, for the schema.
 * @param {EditorView} view
 * @param {{ html: string, text: string, isCode: boolean }} pasted
 * @returns {{ slice: Slice, images: number }}
 */
export function read(view, { html, text, isCode }) {
  const { schema, selection } = view.state;
  if (selection.$from.parent.type.spec.code) {
    return { slice: new Slice(text === '' ? Fragment.empty : Fragment.from(schema.text(text.replace(/\r\n?/g, '\n'))), 0, 0), images: 0 };
  }
  if (html !== '' && !isCode) {
    const document = inert(html);
    const own = document.querySelector('[data-pm-slice]');
    const images = own ? 0 : clean(document);
    const slice = BodyParser.fromSchema(schema).parseSlice(own?.parentElement ?? document.body, {
      preserveWhitespace: own !== null,
      context: selection.$from,
    });
    return { slice: own ? asCopied(view, slice, own.getAttribute('data-pm-slice') ?? '') : open(slice), images };
  }
  if (isCode || looksLikeMarkdown(text)) {
    const blocks = isCode ? [{ type: 'codeBlock', content: [{ type: 'text', text: text.replace(/\r\n?/g, '\n') }] }] : readMarkdown(text);
    const isOneLine = isCode && !text.trim().includes('\n');
    if (!isOneLine) {
      return { slice: open(new Slice(Fragment.from(blocks.map((block) => schema.nodeFromJSON(block))), 0, 0)), images: 0 };
    }
  }
  const marks = selection.$from.marks();
  const lines = text.split(/(?:\r\n?|\n)+/).map((line) => schema.nodes['paragraph']?.create(null, line === '' ? null : schema.text(line, marks)));
  return { slice: open(new Slice(Fragment.from(lines.filter((line) => line !== undefined)), 0, 0)), images: 0 };
}

/**
 * What was copied in this editor, open at the depths that it was copied with, inside the lists and quotes that it was copied from.
 * @param {EditorView} view @param {Slice} slice @param {string} described ProseMirror's description: two depths and the nodes around
 */
function asCopied(view, slice, described) {
  const [, start, end, around = '[]'] = /^(\d+) (\d+)(?: -\d+)? (.*)$/.exec(described) ?? [];
  if (start === undefined) {
    return open(slice);
  }
  let [content, openStart, openEnd] = [slice.content, Math.min(Number(start), slice.openStart), Math.min(Number(end), slice.openEnd)];
  /** @type {unknown[]} */
  let nodes = [];
  try {
    nodes = JSON.parse(around);
  } catch {
    // Something that only looks like a copy of this editor.
  }
  for (let i = nodes.length - 2; i >= 0; i -= 2) {
    const type = view.state.schema.nodes[String(nodes[i])];
    if (!type || type.hasRequiredAttrs() || !type.validContent(content)) {
      break;
    }
    content = Fragment.from(type.create(/** @type {any} */ (nodes[i + 1]), content));
    openStart++;
    openEnd++;
  }
  return new Slice(content, openStart, openEnd);
}

/** A slice that flows into the paragraph where it is pasted, if it begins or ends with text. @param {Slice} slice */
function open(slice) {
  const { firstChild, lastChild } = slice.content;
  const flows = (/** @type {import('../vendor/vendor.js').BodyNode | null} */ node) => node?.type.name === 'paragraph';
  if (slice.content.childCount === 1 && (firstChild?.type.name === 'table' || firstChild?.isAtom)) {
    return new Slice(slice.content, 0, 0);
  }
  return slice.openStart > 0 || slice.openEnd > 0
    ? slice
    : new Slice(slice.content, flows(firstChild) ? 1 : 0, flows(lastChild) ? 1 : 0);
}

/**
 * Gives new blocks their ids before they are in the document. There, each id would be a change of its own, which takes minutes for
 * a whole book.
 * @param {Slice} slice
 * @param {() => string} newId
 */
export function withIds(slice, newId) {
  /** @param {Fragment} fragment @returns {Fragment} */
  const identified = (fragment) =>
    Fragment.from(
      fragment.content.map((node) => {
        const content = node.isTextblock ? node.content : identified(node.content);
        const attrs = node.attrs['id'] === null ? { ...node.attrs, id: newId() } : node.attrs;
        return node.isText ? node : node.type.create(attrs, content, node.marks);
      }),
    );
  return new Slice(identified(slice.content), slice.openStart, slice.openEnd);
}

/**
 * Inserts what was pasted.
 * @param {EditorView} view
 * @param {Slice} slice
 * @param {ClipboardEvent | DragEvent} event
 */
export function insert(view, slice, event) {
  // Tables take pasted cells themselves.
  if (event.type === 'paste' && view.someProp('handlePaste', (/** @type {any} */ handle) => handle(view, /** @type {ClipboardEvent} */ (event), slice))) {
    return;
  }
  const only = slice.openStart === 0 && slice.openEnd === 0 && slice.content.childCount === 1 ? slice.content.firstChild : null;
  const change = only ? view.state.tr.replaceSelectionWith(only, false) : view.state.tr.replaceSelection(slice);
  view.dispatch(change.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', event.type));
}

/** @param {DataTransfer | null} data */
export const pictures = (data) => [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));

/** @param {DataTransfer | null} data */
export const contents = (data) => ({
  html: data?.getData('text/html') ?? '',
  text: data?.getData('text/plain') || (data?.getData('text/uri-list') ?? ''),
  // Editors of code describe their text as coloured HTML.
  isCode: data?.types.includes('vscode-editor-data') ?? false,
});
