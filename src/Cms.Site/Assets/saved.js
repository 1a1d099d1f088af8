// Bookmarks: in the browser for anonymous readers, in the account for signed-in ones.
import { ask, isAccount, isCopy, Offline, readerKey, Refused } from './site-api.js';
import * as kept from './kept-pages.js';
import * as store from './store.js';

/** @typedef {import('./store.js').Saved} Saved */
/** @typedef {import('./store.js').Waiting} Waiting */

const max = 5_000;
const perRequest = 100;
const pathsPerRequest = 20;
// Older bookmarks are seldom removed with the button of their page.
const maxLookups = 10;

/** @param {string | undefined} href */
const pathOf = (href) => new URL(href ?? '/', location.href).pathname;

/** Keeps the page of a bookmark for reading offline. @param {Saved} item */
const keepPage = (item) => item.href && kept.keepPage(pathOf(item.href));

/** @param {Saved} item */
async function dropPage(item) {
  const path = pathOf(item.href);
  const others = await store.all(isAccount() ? 'account' : 'saved');
  if (item.href && !others.some((other) => other.id !== item.id && pathOf(other.href) === path)) {
    kept.dropPage(path);
  }
}

/** @param {Waiting} change */
async function wait(change) {
  const reader = document.body.dataset.reader ?? localStorage.getItem(readerKey) ?? undefined;
  const changed = await store.change('waiting', [change.id], (earlier) => ({ ...earlier, ...change, reader }));
  if (changed.length === 0) {
    await store.put('waiting', { ...change, reader });
  }
}

/** Adds a bookmark with its time and note to the account. @param {Saved | Waiting} item */
async function mergeOne({ id, savedAt, note }) {
  const { refused } = await ask('/bookmarks/merge', { items: [{ id, savedAt, note }] });
  if (refused.length > 0) {
    throw new Refused(
      refused[0].reason === 'TARGET_NOT_FOUND'
        ? 'The bookmark was not saved, because its story is no longer published.'
        : 'The bookmark did not fit into your account. Remove some to save more.',
      409,
    );
  }
}

/**
 * Adds a bookmark.
 * @param {Saved} item
 * @param {boolean} [isUndo] whether it brings back the time and the note of a bookmark that was removed
 * @returns {Promise<'saved' | 'waiting'>}
 */
export async function add(item, isUndo = false) {
  const savedAt = item.savedAt ?? new Date().toISOString();
  const saved = { ...item, savedAt };
  if (!isAccount()) {
    if ((await store.count('saved')) >= max) {
      throw new Refused('You have 5,000 bookmarks, which is the maximum. Remove some to save more.', 409);
    }
    await store.put('saved', saved);
    keepPage(saved);
    return 'saved';
  }
  try {
    if (isUndo) {
      await mergeOne(saved);
    } else {
      await ask('/bookmarks/toggle', { id: item.id, saved: true });
    }
    await store.remove('waiting', item.id).catch(() => {});
  } catch (failure) {
    if (!(failure instanceof Offline)) {
      throw failure;
    }
    await wait({ id: item.id, saved: true, savedAt, note: item.note });
    await store.put('account', saved);
    return 'waiting';
  }
  await store.put('account', saved).catch(() => {});
  keepPage(saved);
  return 'saved';
}

/** @param {Saved} item @returns {Promise<'saved' | 'waiting'>} */
export async function take(item) {
  if (!isAccount()) {
    await store.remove('saved', item.id);
    await dropPage(item);
    return 'saved';
  }
  /** @type {'saved' | 'waiting'} */
  let result = 'saved';
  try {
    await ask('/bookmarks/remove', { id: item.id });
    await store.remove('waiting', item.id).catch(() => {});
  } catch (failure) {
    if (!(failure instanceof Offline)) {
      throw failure;
    }
    await wait({ id: item.id, saved: false });
    result = 'waiting';
  }
  await store.remove('account', item.id).catch(() => {});
  await dropPage(item).catch(() => {});
  return result;
}

/** An earlier note that waits must not replace the one that was just saved. @param {string} id @param {string} note */
async function forgetNote(id, note) {
  const earlier = (await store.waiting()).find((change) => change.id === id);
  if (earlier?.saved === undefined) {
    await store.remove('waiting', id);
  } else {
    await store.put('waiting', { ...earlier, note });
  }
}

/** @param {string} id @param {string} note @returns {Promise<'saved' | 'waiting'>} */
export async function writeNote(id, note) {
  const table = isAccount() ? 'account' : 'saved';
  /** @type {'saved' | 'waiting'} */
  let result = 'saved';
  if (isAccount()) {
    try {
      await ask('/bookmarks/note', { id, note });
      await forgetNote(id, note).catch(() => {});
    } catch (failure) {
      if (!(failure instanceof Offline)) {
        throw failure;
      }
      await wait({ id, note });
      result = 'waiting';
    }
  }
  const writing = store.change(table, [id], (item) => ({ ...item, note: note || undefined }));
  // In an account this is only a copy.
  await (isAccount() ? writing.catch(() => {}) : writing);
  return result;
}

/**
 * A bookmark with its time and note, so that its removal can be undone.
 * @param {string} id
 * @returns {Promise<Saved | undefined>}
 */
export async function known(id) {
  if (!isAccount()) {
    return store.get('saved', id).catch(() => undefined);
  }
  try {
    let next = '';
    for (let page = 0; page < maxLookups; page++) {
      const answer = await ask('/bookmarks/items' + (next ? '?after=' + encodeURIComponent(next) : ''));
      const found = answer.items.find((/** @type {Saved} */ item) => item.id === id);
      if (found || !answer.next) {
        return found;
      }
      next = answer.next;
    }
  } catch {
    // The copy in the browser is all that can be had.
  }
  return store.get('account', id).catch(() => undefined);
}

/**
 * Which of these are bookmarked.
 * @param {string[]} ids
 * @returns {Promise<{saved: Set<string>, total: number}>}
 */
export async function state(ids) {
  if (!isAccount() || isCopy()) {
    const items = await store.all(isAccount() ? 'account' : 'saved').catch(() => []);
    return { saved: new Set(items.map((item) => item.id)), total: items.length };
  }
  /** @type {Set<string>} */
  const saved = new Set();
  let total = 0;
  for (let from = 0; from === 0 || from < ids.length; from += perRequest) {
    const answer = await ask('/bookmarks/items?has=' + ids.slice(from, from + perRequest).join(','));
    answer.saved.forEach((/** @type {string} */ id) => saved.add(id));
    total = answer.total;
  }
  for (const change of await store.waiting().catch(() => [])) {
    if (change.saved === true && !saved.has(change.id)) {
      saved.add(change.id);
      total++;
    } else if (change.saved === false && saved.delete(change.id)) {
      total--;
    }
  }
  return { saved, total };
}

/**
 * Brings the bookmarks of the browser up to date: current titles, what changed, what is gone and why.
 * @param {Saved[]} items
 * @returns {Promise<Saved[]>}
 */
async function refresh(items) {
  /** @type {Map<string, Saved>} */
  const fresh = new Map();
  for (let from = 0; from < items.length; from += perRequest) {
    const ids = items.slice(from, from + perRequest).map((item) => item.id);
    const answer = await ask('/bookmarks/items?ids=' + ids.join(','));
    answer.items.forEach((/** @type {Saved} */ item) => fresh.set(item.id, item));
  }
  const current = items.map((item) => {
    const now = fresh.get(item.id);
    if (!now) {
      return item;
    }
    const own = { savedAt: item.savedAt, note: item.note, refused: item.refused };
    if (now.isGone) {
      // Only this browser knows what it was called.
      const { reason, successor } = item;
      return { ...item, ...own, isGone: true, isChanged: true, isCorrected: false, reason, successor };
    }
    const since = Date.parse(item.savedAt ?? '');
    return {
      ...now,
      ...own,
      isChanged: Date.parse(now.updatedAt ?? '') > since,
      isCorrected: Date.parse(now.correctedAt ?? '') > since,
    };
  });
  const lost = current.filter((item) => item.isGone && !item.reason && item.kind === 'article' && item.href);
  for (let from = 0; from < lost.length; from += pathsPerRequest) {
    const some = lost.slice(from, from + pathsPerRequest);
    const answer = await ask('/bookmarks/items?gone=' + some.map((item) => encodeURIComponent(pathOf(item.href))).join(','));
    for (const { path, reason, successor } of answer.items) {
      some.filter((item) => pathOf(item.href) === path).forEach((item) => Object.assign(item, { reason, successor }));
    }
  }
  const newest = new Map(current.map((item) => [item.id, item]));
  const left = await store.change('saved', [...newest.keys()], (known) => {
    const { savedAt, note, refused } = known;
    return { ...known, ...newest.get(known.id), savedAt, note, refused };
  });
  for (const item of left) {
    if (item.isGone && item.href) {
      kept.dropPage(pathOf(item.href));
    }
  }
  return left;
}

/**
 * Reads a list: first what the browser knows, if anything, then what is current.
 * @param {(items: Saved[], next?: string, total?: number) => void} show
 * @param {boolean} [isShown] whether the list is there already; without a network it stays as it is
 */
export async function load(show, isShown = false) {
  if (isAccount()) {
    try {
      const answer = await ask('/bookmarks/items');
      await store.mirror(answer.items).catch(() => {});
      show(answer.items, answer.next, answer.total);
    } catch (failure) {
      if (isShown || !(failure instanceof Offline)) {
        throw failure;
      }
      const copy = await store.all('account');
      if (copy.length === 0 && !isCopy()) {
        throw failure;
      }
      show(copy);
    }
    return;
  }
  const items = await store.all('saved');
  show(items);
  if (items.length > 0) {
    try {
      show(await refresh(items));
    } catch (failure) {
      if (!(failure instanceof Offline)) {
        throw failure;
      }
    }
  }
}

/**
 * Reads older bookmarks of the account.
 * @param {string} next where the list went on
 * @returns {Promise<{items: Saved[], next?: string}>}
 */
export async function loadMore(next) {
  const answer = await ask('/bookmarks/items?after=' + encodeURIComponent(next));
  await Promise.all(answer.items.map((/** @type {Saved} */ item) => store.put('account', item))).catch(() => {});
  return answer;
}

/** Keeps the newest bookmarks of the account for reading them without a network. */
export async function mirror() {
  const { items } = await ask('/bookmarks/items');
  await store.mirror(items);
}

/** Adds the bookmarks of this browser to the account. Returns what became of them; undefined if there are none. */
export async function merge() {
  const items = (await store.all('saved')).filter((item) => !item.refused);
  if (items.length === 0) {
    return undefined;
  }
  let [added, joined, lost, refused] = [0, 0, 0, 0];
  for (let from = 0; from < items.length; from += perRequest) {
    const some = items.slice(from, from + perRequest);
    const answer = await ask('/bookmarks/merge', {
      items: some.map(({ id, savedAt, note }) => ({ id, savedAt, note })),
    });
    added += answer.added;
    joined += answer.joined;
    /** @type {Map<string, string>} */
    const reasons = new Map(answer.refused.map((/** @type {{targetId: string, reason: string}} */ r) => [r.targetId, r.reason]));
    for (const item of some) {
      const reason = reasons.get(item.id);
      const now = await store.get('saved', item.id);
      if (reason === 'TARGET_NOT_FOUND') {
        lost++;
        await store.remove('saved', item.id);
      } else if (reason) {
        // It stays in the browser, so that nothing is lost.
        refused++;
        await store.change('saved', [item.id], (known) => ({ ...known, refused: reason }));
      } else if (now && now.savedAt === item.savedAt && now.note === item.note) {
        await store.remove('saved', item.id);
      }
    }
  }
  return { added, joined, lost, refused };
}

/**
 * Sends a note that waited. If the bookmark was removed on another device meanwhile, it comes back with the note.
 * @param {{ id: string, note: string, savedAt: string }} written
 */
async function sendNote(written) {
  try {
    await ask('/bookmarks/note', { id: written.id, note: written.note });
  } catch (failure) {
    if (written.note === '' || !(failure instanceof Refused) || failure.status !== 400) throw failure;
    await mergeOne(written);
  }
}

/**
 * Sends the changes of a reader that waited for a network.
 * @param {string} owner the key of the account
 * @returns {Promise<{sent: number, failures: unknown[]}>} how many were sent, and why others never will be
 */
export async function sendWaiting(owner) {
  let sent = 0;
  /** @type {unknown[]} */
  const failures = [];
  for (const { id, reader, saved, note, savedAt } of await store.waiting()) {
    if (reader !== owner) {
      continue;
    }
    try {
      if (saved === false) {
        await ask('/bookmarks/remove', { id });
      } else if (saved === true) {
        await mergeOne({ id, savedAt, note });
        // A merge keeps the longer note. The reader wrote this one last.
        if (note !== undefined) await ask('/bookmarks/note', { id, note });
      } else if (note !== undefined) {
        await sendNote({ id, note, savedAt: new Date().toISOString() });
      }
      sent++;
      await store.remove('waiting', id);
    } catch (failure) {
      if (failure instanceof Offline || (failure instanceof Refused && failure.status === 401)) {
        break;
      }
      await store.remove('waiting', id);
      failures.push(failure);
    }
  }
  return { sent, failures };
}
