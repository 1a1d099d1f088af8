// Reads Markdown that somebody pastes: headings, lists, quotes, code, tables, rules and inline styles. The result is the JSON
// of blocks. Anything else stays text.
import { isAddress } from './addresses.js';

/** @typedef {import('./body-json.js').JsonNode} JsonNode */

const signs = [/^#{1,6} \S/m, /^```/m, /^> \S/m, /\[[^\]\n]+\]\((https?:|mailto:)[^)\s]+\)/, /(^|\s)\*\*[^*\n]+\*\*/, /^\|.+\|\s*\n\|[\s:|-]+\|\s*$/m, /^(\s*[-*+] \S.*\n){2}/m, /^(\s*\d+[.)] \S.*\n){2}/m];

/** Whether a plain text is probably Markdown. @param {string} text */
export const looksLikeMarkdown = (text) => signs.some((sign) => sign.test(`${text}\n`));

const bullet = /^(\s*)([-*+])\s+(.*)$/;
const number = /^(\s*)(\d{1,9})[.)]\s+(.*)$/;
const rule = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/;
const deepest = 20;
/** Longer paragraphs are taken without inline styles, because each style is searched for in all of the rest. */
const longestParagraph = 20_000;

/** @param {string} text @returns {JsonNode[]} */
export const readMarkdown = (text) => blocks(text.replace(/\r\n?/g, '\n').split('\n'), 0);

/** @param {string[]} lines @param {number} depth @returns {JsonNode[]} */
function blocks(lines, depth) {
  /** @type {JsonNode[]} */
  const found = [];
  let i = 0;
  const at = (/** @type {number} */ index) => lines[index] ?? '';
  while (i < lines.length) {
    const line = at(i);
    if (line.trim() === '') {
      i++;
      continue;
    }
    const fence = /^\s{0,3}(`{3,}|~{3,})\s*([\w+#.-]{0,32})(\s[^`]*)?$/.exec(line);
    if (fence) {
      // A title after the language is no part of the model, so it becomes a line of the code.
      const code = fence[3]?.trim() ? [fence[3].trim()] : [];
      for (i++; i < lines.length && !at(i).trimStart().startsWith(fence[1] ?? '```'); i++) code.push(at(i));
      i++;
      found.push({ type: 'codeBlock', attrs: { language: fence[2] || null }, ...(code.join('\n') ? { content: [{ type: 'text', text: code.join('\n') }] } : {}) });
      continue;
    }
    const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line);
    if (heading) {
      found.push(withInlines('heading', heading[2] ?? '', { level: Math.min(4, Math.max(2, heading[1]?.length ?? 2)) }));
      i++;
      continue;
    }
    if (rule.test(line)) {
      found.push({ type: 'horizontalRule' });
      i++;
      continue;
    }
    if (/^\s{0,3}>/.test(line) && depth < deepest) {
      const inner = [];
      for (; i < lines.length && /^\s{0,3}>/.test(at(i)); i++) inner.push(at(i).replace(/^\s{0,3}>\s?/, ''));
      const alert = /^\[!(NOTE|TIP|WARNING|IMPORTANT|CAUTION)\]\s*$/.exec(inner[0] ?? '');
      const content = blocks(alert ? inner.slice(1) : inner, depth + 1);
      if (content.length > 0) {
        const tone = alert?.[1] === 'TIP' ? 'tip' : alert?.[1] === 'WARNING' || alert?.[1] === 'CAUTION' ? 'warning' : 'note';
        found.push(alert ? { type: 'callout', attrs: { tone }, content } : { type: 'blockquote', content });
      }
      continue;
    }
    const isTable = line.includes('|') && /^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$/.test(at(i + 1)) && at(i + 1).includes('-') && at(i + 1).includes('|');
    if (isTable) {
      const columns = cellsOf(at(i + 1)).map((rule) => alignments[`${rule.at(0)}${rule.at(-1)}`]);
      const rows = [line];
      for (i += 2; i < lines.length && at(i).includes('|') && at(i).trim() !== ''; i++) rows.push(at(i));
      found.push(table(rows, columns));
      continue;
    }
    if ((bullet.test(line) || number.test(line)) && depth < deepest) {
      const [list, next] = readList(lines, i, depth);
      found.push(list);
      i = next;
      continue;
    }
    const text = [];
    for (; i < lines.length && at(i).trim() !== '' && !/^\s{0,3}(#{1,6}\s|>|`{3,}|~{3,})/.test(at(i)) && !(text.length > 0 && (bullet.test(at(i)) || number.test(at(i)) || rule.test(at(i)))); i++) text.push(at(i));
    if (text.length === 0) {
      text.push(at(i++));
    }
    found.push(withInlines('paragraph', text.join('\n')));
  }
  return found;
}

/** @param {string[]} lines @param {number} start @param {number} depth @returns {[JsonNode, number]} */
function readList(lines, start, depth) {
  const first = lines[start] ?? '';
  const isBullet = bullet.test(first);
  const pattern = isBullet ? bullet : number;
  const indent = (pattern.exec(first)?.[1] ?? '').length;
  /** @type {JsonNode[]} */
  const items = [];
  let i = start;
  while (i < lines.length) {
    const match = pattern.exec(lines[i] ?? '');
    if (!match || (match[1] ?? '').length > indent + 1 || (match[1] ?? '').length < indent) {
      break;
    }
    const inner = [match[3] ?? ''];
    for (i++; i < lines.length; i++) {
      const line = lines[i] ?? '';
      const deeper = line.search(/\S/) > indent;
      if (line.trim() === '' ? !((lines[i + 1] ?? '').search(/\S/) > indent) : !deeper) {
        break;
      }
      inner.push(line.slice(Math.min(line.search(/\S/), indent + 2)));
    }
    const content = blocks(inner, depth + 1);
    items.push({ type: 'listItem', content: content[0]?.type === 'paragraph' ? content : [{ type: 'paragraph' }, ...content] });
    while ((lines[i] ?? 'x').trim() === '' && pattern.test(lines[i + 1] ?? '')) i++;
  }
  const from = Number(number.exec(first)?.[2] ?? 1);
  return [isBullet ? { type: 'bulletList', content: items } : { type: 'orderedList', attrs: { start: from }, content: items }, i];
}

/** @param {string} row */
const cellsOf = (row) => row.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((text) => text.trim().replaceAll('\\|', '|'));

/** The ends of the rule under a column's head. @type {Record<string, string>} */
const alignments = { ':-': 'left', '::': 'center', '-:': 'right' };

/** @param {string[]} rows @param {(string | undefined)[]} aligned @returns {JsonNode} */
function table(rows, aligned) {
  const cells = rows.map(cellsOf);
  const columns = Math.max(...cells.map((row) => row.length));
  return {
    type: 'table',
    content: cells.map((row, i) => ({
      type: 'tableRow',
      content: Array.from({ length: columns }, (_, j) => ({
        type: i === 0 ? 'tableHeader' : 'tableCell',
        ...(aligned[j] ? { attrs: { align: aligned[j] } } : {}),
        content: [withInlines('paragraph', row[j] ?? '')],
      })),
    })),
  };
}

/** @param {string} type @param {string} text @param {Record<string, unknown>} [attrs] @returns {JsonNode} */
function withInlines(type, text, attrs) {
  const content = text.length > longestParagraph ? plain(text, []) : inlines(text, [], 0);
  return { type, ...(attrs ? { attrs } : {}), ...(content.length > 0 ? { content } : {}) };
}

/** @typedef {{ type: string, attrs?: Record<string, unknown> }} JsonMark */

/** @type {[RegExp, string][]} */
const styles = [
  [/`([^`\n]+)`/, 'code'],
  [/!?\[([^\]\n]+)\]\(([^)\s]+)(?:\s+"[^"]*")?\)/, 'link'],
  [/<((?:https?:\/\/|mailto:)[^>\s]+)>/, 'link'],
  // An underscore inside a word is a letter of a name, as in snake__case.
  [/\*\*(?=[^\s*]|\*[^\s*])([^]*?\S)\*\*(?!\*)|(?<![\p{L}\p{N}_])__(?=\S)([^]*?[^\s_])__(?![\p{L}\p{N}_])/u, 'bold'],
  [/~~(?=\S)([^]*?[^\s~])~~/, 'strike'],
  [/\*(?=\S)([^*\n]*[^*\s])\*|(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*[^_\s])_(?![\p{L}\p{N}_])/u, 'italic'],
];

/** @param {string} text @param {JsonMark[]} marks @param {number} depth @returns {JsonNode[]} */
function inlines(text, marks, depth) {
  let best = null;
  for (const [pattern, type] of depth < deepest ? styles : []) {
    const match = pattern.exec(text);
    if (match && (best === null || match.index < best.match.index)) {
      best = { match, type };
    }
  }
  if (!best) {
    return plain(text, marks);
  }
  const { match, type } = best;
  const inner = match[1] ?? match[2] ?? '';
  const rest = inlines(text.slice(match.index + match[0].length), marks, depth);
  const before = plain(text.slice(0, match.index), marks);
  if (type === 'code') {
    return [...before, { type: 'text', text: inner, marks: [...marks, { type: 'code' }] }, ...rest];
  }
  if (type === 'link') {
    const href = match[2] ?? inner;
    const isLink = isAddress(href) && !match[0].startsWith('!') && !marks.some((mark) => mark.type === 'link');
    return [...before, ...inlines(inner, isLink ? [{ type: 'link', attrs: { href } }, ...marks] : marks, depth + 1), ...rest];
  }
  const isNew = !marks.some((mark) => mark.type === type);
  return [...before, ...inlines(inner, isNew ? [...marks, { type }] : marks, depth + 1), ...rest];
}

/** @param {string} text @param {JsonMark[]} marks @returns {JsonNode[]} */
function plain(text, marks) {
  const pieces = text.split(/(?: {2,}|\\)\n/);
  return pieces.flatMap((piece, i) => {
    const words = piece.replace(/\n/g, ' ').replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1');
    /** @type {JsonNode[]} */
    const nodes = words === '' ? [] : [{ type: 'text', text: words, ...(marks.length > 0 ? { marks } : {}) }];
    return i < pieces.length - 1 ? [...nodes, { type: 'hardBreak' }] : nodes;
  });
}
