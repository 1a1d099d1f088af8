// Merges what two people changed at the same time: field by field, and inside the body block by block.
import { same } from './body-json.js';

/**
 * @typedef {import('./body-json.js').JsonNode} JsonNode
 *
 * Something that both people changed.
 * @typedef {object} Clash
 * @property {string} field
 * @property {string} [block] the id of the block, if the field is the body
 * @property {string | null} [after] the id of the block before it in their body; null if it is the first
 * @property {unknown} base the value that both began with
 * @property {unknown} mine null if I deleted it
 * @property {unknown} theirs null if they deleted it
 */

/**
 * @param {string} field
 * @param {unknown} base
 * @param {unknown} mine
 * @param {unknown} theirs
 * @returns {{ value: unknown, clashes: Clash[] }} the merged value, which has my side of each clash
 */
export function mergeField(field, base, mine, theirs) {
  if (same(mine, theirs) || same(theirs, base)) {
    return { value: mine, clashes: [] };
  }
  if (same(mine, base)) {
    return { value: theirs, clashes: [] };
  }
  if (field === 'body') {
    return mergeBodies(/** @type {any} */ (base), /** @type {any} */ (mine), /** @type {any} */ (theirs));
  }
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    return { value: mergeLists(Array.isArray(base) ? base : [], mine, theirs), clashes: [] };
  }
  const merged = isRecord(base) && isRecord(mine) && isRecord(theirs) ? mergeRecords(base, mine, theirs) : null;
  return merged ? { value: merged, clashes: [] } : { value: mine, clashes: [{ field, base, mine, theirs }] };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Both people's additions and removals. @template T @param {T[]} base @param {T[]} mine @param {T[]} theirs */
function mergeLists(base, mine, theirs) {
  const kept = mine.filter((item) => theirs.includes(item) || !base.includes(item));
  return [...kept, ...theirs.filter((item) => !base.includes(item) && !kept.includes(item))];
}

/**
 * @param {Record<string, unknown>} base @param {Record<string, unknown>} mine @param {Record<string, unknown>} theirs
 * @returns {Record<string, unknown> | null} null if both changed the same part, or what the record is about
 */
function mergeRecords(base, mine, theirs) {
  /** @type {Record<string, unknown>} */
  const merged = {};
  for (const name of Object.keys({ ...base, ...mine, ...theirs })) {
    const [a, b, c] = [base[name], mine[name], theirs[name]];
    const isOurs = same(c, a) || same(b, c);
    // A description of one image says nothing about another, nor does the version of one model.
    if ((!isOurs && !same(b, a)) || (/^(media|model)$/.test(name) && !(same(a, b) && same(b, c)))) {
      return null;
    }
    merged[name] = isOurs ? b : c;
  }
  return merged;
}

/** @param {JsonNode} block */
const keyOf = (block) => (typeof block.attrs?.id === 'string' ? block.attrs.id : JSON.stringify(block));

/** @param {JsonNode[]} blocks */
const byKey = (blocks) => new Map(blocks.map((block) => [keyOf(block), block]));

/** @param {JsonNode | null} base @param {JsonNode | null} mine @param {JsonNode | null} theirs @returns {{ value: JsonNode, clashes: Clash[] }} */
export function mergeBodies(base, mine, theirs) {
  /** @type {Clash[]} */
  const clashes = [];
  const content = mergeBlocks(base?.content ?? [], mine?.content ?? [], theirs?.content ?? [], clashes);
  const { content: _, ...root } = mine ?? theirs ?? { type: 'doc' };
  return { value: content.length > 0 ? { ...root, content } : root, clashes };
}

/** @param {JsonNode[]} base @param {JsonNode[]} mine @param {JsonNode[]} theirs @param {Clash[]} clashes @returns {JsonNode[]} */
function mergeBlocks(base, mine, theirs, clashes) {
  const [before, ours, others] = [byKey(base), byKey(mine), byKey(theirs)];
  const merged = [];
  for (const key of mergedOrder([...before.keys()], [...ours.keys()], [...others.keys()])) {
    const [b, m, t] = [before.get(key) ?? null, ours.get(key) ?? null, others.get(key) ?? null];
    const isTheirs = same(m, b);
    if (isTheirs || same(t, b) || same(m, t)) {
      const block = isTheirs ? t : m;
      if (block) {
        merged.push(block);
      }
      continue;
    }
    const inside = b && m && t ? mergeInside(b, m, t) : null;
    if (inside) {
      merged.push(inside.block);
      clashes.push(...inside.clashes);
      continue;
    }
    const keys = [...others.keys()];
    const place = keys.indexOf(key);
    clashes.push({ field: 'body', block: key, after: place > 0 ? (keys[place - 1] ?? null) : null, base: b, mine: m, theirs: t });
    if (m) {
      merged.push(m);
    }
  }
  return merged;
}

/**
 * The order of all blocks of both sides: the order of the side that moved blocks, with the blocks that only the other side
 * has after the block that they follow there.
 * @param {string[]} base @param {string[]} mine @param {string[]} theirs
 */
function mergedOrder(base, mine, theirs) {
  const ours = new Set(mine);
  const began = new Set(base);
  const hasMoved = !same(base.filter((key) => ours.has(key)), mine.filter((key) => began.has(key)));
  const [order, other] = hasMoved ? [[...mine], theirs] : [[...theirs], mine];
  const known = new Set(order);
  for (const [i, key] of other.entries()) {
    if (!known.has(key)) {
      order.splice(i === 0 ? 0 : order.indexOf(other[i - 1] ?? '') + 1, 0, key);
      known.add(key);
    }
  }
  return order;
}

// A table is merged as a whole: rows that were merged one by one could have different numbers of cells.
const containers = new Set(['bulletList', 'orderedList', 'listItem', 'blockquote', 'callout']);

/** @param {JsonNode} base @param {JsonNode} mine @param {JsonNode} theirs @returns {{ block: JsonNode, clashes: Clash[] } | null} */
function mergeInside(base, mine, theirs) {
  const isSame = base.type === mine.type && mine.type === theirs.type && same(base.attrs, mine.attrs) && same(mine.attrs, theirs.attrs);
  if (!isSame || !containers.has(mine.type)) {
    return null;
  }
  /** @type {Clash[]} */
  const clashes = [];
  const content = mergeBlocks(base.content ?? [], mine.content ?? [], theirs.content ?? [], clashes);
  const isWhole = content.length > 0 && (mine.type !== 'listItem' || content[0]?.type === 'paragraph');
  return isWhole ? { block: { ...mine, content }, clashes } : null;
}

/**
 * Puts a block in the place of the one that a clash is about.
 * @param {JsonNode} body
 * @param {Clash} clash
 * @param {JsonNode | null} block null deletes it
 * @returns {JsonNode}
 */
export function replaceBlock(body, clash, block) {
  let isDone = false;
  /** @param {JsonNode} parent @returns {JsonNode} */
  const visit = (parent) => {
    if (isDone || !parent.content) {
      return parent;
    }
    const place = parent.content.findIndex((child) => child.attrs && keyOf(child) === clash.block);
    if (place >= 0) {
      isDone = true;
      return { ...parent, content: parent.content.toSpliced(place, 1, ...(block ? [block] : [])) };
    }
    const content = parent.content.map(visit).filter((child) => child.content?.length !== 0);
    return { ...parent, content };
  };
  const replaced = visit(body);
  if (isDone || !block) {
    const { content, ...root } = replaced;
    return content?.length ? replaced : root;
  }
  return insertAfter(body, clash.after ?? null, block);
}

/** @param {JsonNode} body @param {string | null} after @param {JsonNode} block @returns {JsonNode} */
function insertAfter(body, after, block) {
  let isDone = false;
  /** @param {JsonNode} parent @returns {JsonNode} */
  const visit = (parent) => {
    const place = isDone || !parent.content ? -1 : parent.content.findIndex((child) => keyOf(child) === after);
    // A block can follow only a block, not an item of a list.
    if (place >= 0 && (block.type === 'listItem') === (parent.content?.[place]?.type === 'listItem')) {
      isDone = true;
      return { ...parent, content: (parent.content ?? []).toSpliced(place + 1, 0, block) };
    }
    return isDone || !parent.content ? parent : { ...parent, content: parent.content.map(visit) };
  };
  const inserted = visit(body);
  if (isDone) {
    return inserted;
  }
  // An item whose list is gone gets a list of its own.
  const whole = block.type === 'listItem' ? { type: 'bulletList', attrs: {}, content: [block] } : block;
  const content = body.content ?? [];
  return { ...body, content: after === null ? [whole, ...content] : [...content, whole] };
}

/**
 * The differences of two texts, word by word.
 * @param {string} from
 * @param {string} to
 * @returns {{ change: 'kept' | 'removed' | 'added', text: string }[]}
 */
export function differences(from, to) {
  const a = from.match(/\s+|[^\s]+/gu) ?? [];
  const b = to.match(/\s+|[^\s]+/gu) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  /** @type {{ change: 'kept' | 'removed' | 'added', text: string }[]} */
  const parts = [];
  /** @param {'kept' | 'removed' | 'added'} change @param {string[]} words */
  const say = (change, words) => {
    const text = words.join('');
    const last = parts.at(-1);
    if (text !== '' && last?.change === change) {
      last.text += text;
    } else if (text !== '') {
      parts.push({ change, text });
    }
  };
  say('kept', a.slice(0, start));
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  // Two long texts that share little are shown as a whole: comparing them word by word takes long and says nothing.
  if (left.length * right.length > 4_000_000) {
    say('removed', left);
    say('added', right);
  } else {
    for (const { change, word } of longestCommon(left, right)) say(change, [word]);
  }
  say('kept', a.slice(a.length - end));
  return parts;
}

/** @param {string[]} a @param {string[]} b @returns {{ change: 'kept' | 'removed' | 'added', word: string }[]} */
function longestCommon(a, b) {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  /** @type {{ change: 'kept' | 'removed' | 'added', word: string }[]} */
  const parts = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push({ change: 'kept', word: a[i++] ?? '' });
      j++;
    } else if (j >= b.length || (i < a.length && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))) {
      parts.push({ change: 'removed', word: a[i++] ?? '' });
    } else {
      parts.push({ change: 'added', word: b[j++] ?? '' });
    }
  }
  return parts;
}
