// Brings what others wrote into the text that somebody is writing.

/** @typedef {import('../vendor/vendor.js').BodyNode} BodyNode @typedef {import('../vendor/vendor.js').Transaction} Transaction */

/**
 * Changes a document into another one. Blocks that are the same on both sides are not touched.
 * @param {Transaction} change
 * @param {BodyNode} next
 */
export function replaceBlocks(change, next) {
  const idsOf = (/** @type {BodyNode} */ doc) => doc.children.map((block) => /** @type {string | null} */ (block.attrs['id'] ?? null));
  const [before, after] = [idsOf(change.doc), idsOf(next)];
  const [old, wanted] = [new Set(before), new Set(after)];
  const isOrdered = before.filter((id) => wanted.has(id)).join(' ') === after.filter((id) => old.has(id)).join(' ');
  const isKnown = !old.has(null) && !wanted.has(null) && old.size === before.length && wanted.size === after.length;
  if (!isOrdered || !isKnown) {
    replaceDifference(change, 0, change.doc, next);
    return;
  }
  let position = 0;
  let i = 0;
  for (const block of next.children) {
    // New blocks come first, so that the document is never empty in between.
    if (!old.has(block.attrs['id'])) {
      change.insert(position, block);
      position += block.nodeSize;
      continue;
    }
    while (before[i] !== block.attrs['id']) {
      change.delete(position, position + (change.doc.nodeAt(position)?.nodeSize ?? 0));
      i++;
    }
    const current = change.doc.nodeAt(position);
    if (current && !current.eq(block)) {
      replaceInside(change, position, current, block);
    }
    position += block.nodeSize;
    i++;
  }
  if (position < change.doc.content.size) {
    change.delete(position, change.doc.content.size);
  }
}

/** @param {Transaction} change @param {number} position @param {BodyNode} current @param {BodyNode} block */
function replaceInside(change, position, current, block) {
  if (!current.sameMarkup(block) || current.isLeaf || current.content.eq(block.content)) {
    change.replaceWith(position, position + current.nodeSize, block);
  } else {
    replaceDifference(change, position + 1, current, block);
  }
}

/**
 * Replaces only the part of a content that differs, so that a caret in the rest stays.
 * @param {Transaction} change
 * @param {number} start where the content begins
 * @param {BodyNode} current
 * @param {BodyNode} next
 */
function replaceDifference(change, start, current, next) {
  const first = current.content.findDiffStart(next.content);
  if (first === null) {
    return;
  }
  let { a, b } = current.content.findDiffEnd(next.content) ?? { a: current.content.size, b: next.content.size };
  // The two ends can overlap in repeated text.
  const overlap = first - Math.min(a, b);
  if (overlap > 0) {
    a += overlap;
    b += overlap;
  }
  change.replace(start + first, start + a, next.slice(first, b));
}
