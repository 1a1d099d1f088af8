// Bookmarks: in the browser for anonymous readers, in the account for signed-in ones. The browser talks only to the
// site. Loaded after the page, so that nothing waits for it.
import { count, el, say } from './dom.js';
import * as kept from './kept-pages.js';
import { row, rows, empty, noneOfKind, bones } from './rows.js';
import * as store from './store.js';

/** @typedef {import('./store.js').Saved} Saved */
/** @typedef {import('./store.js').Waiting} Waiting */

const readerKey = 'panel.reader';
const endedKey = 'panel.ended';
const max = 5_000;
const perRequest = 100;
const pathsPerRequest = 20;
// Older bookmarks are seldom removed with the button of their page.
const maxLookups = 10;
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('panel-bookmarks') : undefined;

/** Whether the list is the account's: the page says so, or it is a copy that is read offline by a signed-in reader. */
export const isAccount = () =>
  Boolean(document.body.dataset.reader) || (isCopy() && localStorage.getItem(readerKey) !== null);

/** Whether the page is a copy that is read without a network. */
const isCopy = () => document.body.dataset.offline === 'true';

const canSignIn = () => document.body.dataset.canSignIn === 'true';
/** @param {string} [path] where to return to */
const signIn = (path = location.pathname + location.search + location.hash) =>
  '/signin?returnUrl=' + encodeURIComponent(path);

/** The site did not answer, or asks to try again later. */
class Offline extends Error {}

/** The site refused, and says why. */
class Refused extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** @param {string} path @param {unknown} [body] @returns {Promise<any>} */
async function ask(path, body) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
  } catch {
    throw new Offline();
  }
  if (response.status === 429 || response.status >= 500) {
    throw new Offline();
  }
  const answer = await response.json().catch(() => undefined);
  if (response.ok && !answer) {
    // Something on the way has answered, such as the sign-in page of a network.
    throw new Offline();
  }
  if (!response.ok) {
    throw new Refused(answer?.message ?? 'The site could not do this. Reload the page and try again.', response.status);
  }
  return answer;
}

/** @param {unknown} failure */
function explain(failure) {
  if (failure instanceof Refused && failure.status === 401 && canSignIn()) {
    say('Your session has ended, so nothing was saved.', { label: 'Sign in again', href: signIn() }, true);
  } else if (failure instanceof Refused) {
    say(failure.message, undefined, true);
  } else if (failure instanceof Offline) {
    say('The site cannot be reached. Try again when you are online, or in a moment.');
  } else if (failure instanceof DOMException) {
    console.error(failure);
    say(
      'This browser does not let the site keep bookmarks.',
      canSignIn() ? { label: 'Sign in to save them', href: signIn() } : undefined,
      true,
    );
  } else {
    console.error(failure);
    say('Something went wrong. Reload the page and try again.', undefined, true);
  }
}

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

// ---- One bookmark ----

/** @param {Waiting} change */
async function wait(change) {
  const added = await store.change('waiting', [change.id], (earlier) => ({ ...earlier, ...change }));
  if (added.length === 0) {
    await store.put('waiting', change);
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
async function add(item, isUndo = false) {
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
async function take(item) {
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
async function writeNote(id, note) {
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

const later = ' It is sent to your account when you are online.';

/**
 * A bookmark with its time and note, so that its removal can be undone.
 * @param {string} id
 * @returns {Promise<Saved | undefined>}
 */
async function known(id) {
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

/** A Save button. @param {HTMLElement} button */
export async function toggle(button) {
  const { save: id = '', kind = 'article', title = '', href = '' } = button.dataset;
  const item = { id, kind, title, href: href.startsWith('#') ? location.pathname + href : href };
  const was = button.getAttribute('aria-pressed') === 'true';
  // The button answers at once; if the change is refused, it goes back.
  press(id, !was);
  try {
    const before = was ? await known(id) : undefined;
    const result = was ? await take(before ?? item) : await add(item);
    const where = isAccount() ? 'Saved to your bookmarks.' : 'Saved in this browser.';
    say((was ? 'Removed from your bookmarks.' : where) + (result === 'waiting' ? later : ''), {
      label: 'Undo',
      act: () => attempt(was ? () => add(before ?? item, Boolean(before)) : () => take(item)),
    });
    await changed();
  } catch (failure) {
    press(id, was);
    explain(failure);
  }
}

/** @param {() => Promise<unknown>} act */
async function attempt(act) {
  try {
    await act();
    await changed();
  } catch (failure) {
    explain(failure);
  }
}

/** @param {string} id @param {boolean} isSaved */
function press(id, isSaved) {
  for (const button of document.querySelectorAll(`[data-save="${CSS.escape(id)}"]`)) {
    button.setAttribute('aria-pressed', String(isSaved));
    const words = button.querySelector('span:not(.vh)');
    if (words) {
      words.textContent = isSaved ? 'Saved' : 'Save';
    }
  }
}

/** Tells other tabs, and shows the new state. */
async function changed() {
  tabs?.postMessage('changed');
  await paint();
}

// ---- Buttons and count ----

/** Shows which things on the page are bookmarked, and how many bookmarks there are. */
export async function paint() {
  const ids = [...new Set([...document.querySelectorAll('[data-save]')].map((b) => /** @type {HTMLElement} */ (b).dataset.save ?? ''))];
  const now = await state(ids);
  if (!now) {
    return;
  }
  const { saved, total } = now;
  for (const id of ids) {
    press(id, saved.has(id));
  }
  for (const badge of document.querySelectorAll('[data-count]')) {
    badge.toggleAttribute('hidden', total === 0);
    badge.textContent = total > 999 ? '999+' : String(total);
  }
}

/**
 * Which of these are bookmarked.
 * @param {string[]} ids
 * @returns {Promise<{saved: Set<string>, total: number} | undefined>} undefined if it is not known now
 */
async function state(ids) {
  if (!isAccount() || isCopy()) {
    const items = await store.all(isAccount() ? 'account' : 'saved').catch(() => []);
    return { saved: new Set(items.map((item) => item.id)), total: items.length };
  }
  /** @type {Set<string>} */
  const saved = new Set();
  let total = 0;
  try {
    for (let from = 0; from === 0 || from < ids.length; from += perRequest) {
      const answer = await ask('/bookmarks/items?has=' + ids.slice(from, from + perRequest).join(','));
      answer.saved.forEach((/** @type {string} */ id) => saved.add(id));
      total = answer.total;
    }
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401 && canSignIn()) {
      say('You are no longer signed in.', { label: 'Sign in again', href: signIn() }, true);
    }
    return undefined;
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

// ---- Lists: the panel and the page ----

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
async function load(show, isShown = false) {
  if (isAccount()) {
    try {
      const answer = await ask('/bookmarks/items');
      await store.mirror(answer.items).catch(() => {});
      show(answer.items, answer.next, answer.total);
    } catch (failure) {
      const copy = failure instanceof Offline && !isShown ? await store.all('account') : [];
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

/** Bookmarks that changed come first. @param {Saved[]} items */
const inOrder = (items) => [...items.filter((item) => item.isChanged), ...items.filter((item) => !item.isChanged)];

/** @type {HTMLDialogElement | undefined} */
let dialog;

/** Opens the panel. */
export async function open() {
  dialog ??= makeDialog();
  const list = /** @type {HTMLElement} */ (dialog.querySelector('[data-list]'));
  list.replaceChildren(bones());
  dialog.showModal();
  await fill(list);
}

function makeDialog() {
  const box = el(
    'dialog',
    { class: 'drawer', 'aria-labelledby': 'bm-h', 'data-drawer': true },
    el(
      'header',
      {},
      el('h2', { id: 'bm-h', tabindex: -1 }, 'Bookmarks'),
      el('button', { class: 'x', type: 'button', 'aria-label': 'Close', onclick: () => box.close() }, '×'),
    ),
    el('div', { 'data-list': true }),
    el('p', { class: 'fine' }, el('a', { class: 'in', href: '/bookmarks' }, 'All bookmarks on one page')),
    el(
      'p',
      { class: 'fine', 'data-where': true },
      ...(isAccount()
        ? ['Kept in your account.']
        : [
            'Kept in this browser only.',
            ...(canSignIn() ? [' ', el('a', { class: 'in', href: signIn() }, 'Sign in'), ' to have them everywhere.'] : []),
          ]),
    ),
  );
  // A click outside closes it.
  box.addEventListener('click', (event) => event.target === box && box.close());
  document.body.append(box);
  return box;
}

/**
 * Shows new rows and leaves readers where they were: the focus, the text that they type, and the forms that are open.
 * @param {HTMLElement} list
 * @param {() => void} make
 */
function replaceRows(list, make) {
  const focused = list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : undefined;
  const item = /** @type {HTMLElement | null | undefined} */ (focused?.closest('[data-item]'))?.dataset.item;
  const part = ['.rm', 'summary', '.bt a'].find((selector) => focused?.matches(selector));
  const selection = focused instanceof HTMLTextAreaElement ? [focused.selectionStart, focused.selectionEnd] : undefined;
  const open = [...list.querySelectorAll('details[open] textarea')].map(({ id }) => id);
  make();
  restoreDrafts(list);
  for (const id of open) {
    document.getElementById(id)?.closest('details')?.setAttribute('open', '');
  }
  const again = /** @type {HTMLElement | null} */ (
    focused?.id
      ? document.getElementById(focused.id)
      : item && part && list.querySelector(`[data-item="${CSS.escape(item)}"] ${part}`)
  );
  again?.focus({ preventScroll: true });
  if (selection && again instanceof HTMLTextAreaElement) {
    again.setSelectionRange(selection[0] ?? 0, selection[1] ?? 0);
  }
}

/** @param {HTMLElement} list @param {boolean} [isShown] whether the list is there already */
async function fill(list, isShown = false) {
  try {
    await load((items, next, total) => {
      replaceRows(list, () => {
        if (items.length === 0) {
          list.replaceChildren(empty());
          return;
        }
        const box = el('ul', { class: 'bl' }, ...inOrder(items).map((item) => row(item, true)));
        list.replaceChildren(el('p', { class: 'fine', 'data-total': total ?? items.length }, count(total ?? items.length, 'bookmark')), box);
        more(list, box, next);
      });
    }, isShown);
  } catch (failure) {
    if (isShown) {
      throw failure;
    }
    list.replaceChildren(el('p', { class: 'none', role: 'alert' }, 'Your bookmarks cannot be shown now. Close this panel and open it again.'));
    explain(failure);
  }
}

/** Adds older bookmarks to the account's copy. @param {Saved[]} items */
const keepInMirror = (items) => Promise.all(items.map((item) => store.put('account', item))).catch(() => {});

/** @param {HTMLElement} list @param {HTMLElement} box @param {string} [next] */
function more(list, box, next) {
  if (!next) {
    return;
  }
  const button = el(
    'button',
    {
      class: 'btn',
      type: 'button',
      onclick: async () => {
        button.disabled = true;
        try {
          const answer = await ask('/bookmarks/items?after=' + encodeURIComponent(next));
          await keepInMirror(answer.items);
          const added = answer.items.map((/** @type {Saved} */ item) => row(item, true));
          box.append(...added);
          button.remove();
          more(list, box, answer.next);
          added[0]?.querySelector('a,button')?.focus();
        } catch (failure) {
          button.disabled = false;
          explain(failure);
        }
      },
    },
    'Older bookmarks',
  );
  list.append(button);
}

const page = () => /** @type {HTMLElement | null} */ (document.querySelector('[data-bookmarks="browser"] [data-saved-list]'));

/**
 * Fills the page of an anonymous reader, and the page that a signed-in reader opens offline.
 * @param {boolean} [isShown] whether the list is there already
 */
async function fillPage(isShown = false) {
  const list = page();
  if (!list) {
    return;
  }
  list.hidden = false;
  const kind = new URLSearchParams(location.search).get('kind');
  try {
    await load((items) => replaceRows(list, () => rows(list, items, kind)), isShown);
    if (!isShown) {
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
    }
  } catch (failure) {
    if (isShown) {
      throw failure;
    }
    list.replaceChildren(el('p', { class: 'none', role: 'alert' }, 'Your bookmarks cannot be shown now. Reload the page to try again.'));
    explain(failure);
  }
}

/** Keeps what the page of an account shows, for reading it without a network. */
async function mirrorPage() {
  if (document.querySelector('[data-bookmarks="account"]')) {
    const { items } = await ask('/bookmarks/items');
    await store.mirror(items);
  }
}

/** Notes that were typed but not saved, for example because the session ended. @param {ParentNode} list */
function restoreDrafts(list) {
  for (const form of list.querySelectorAll('[data-note-form]')) {
    const text = /** @type {HTMLTextAreaElement | null} */ (form.querySelector('textarea'));
    const id = /** @type {HTMLElement | null} */ (form.closest('[data-item]'))?.dataset.item ?? '';
    const draft = store.draft(id);
    if (!text || draft === null) {
      continue;
    }
    if (draft === text.value) {
      store.keepDraft(id, null);
      continue;
    }
    text.value = draft;
    form.closest('details')?.setAttribute('open', '');
    tell(form, 'You typed this before. It is not saved yet.');
  }
}

/** @param {Element} form @param {...(Node | string)} words */
function tell(form, ...words) {
  let line = form.querySelector('[data-told]');
  if (!line) {
    line = el('p', { class: 'fine told', role: 'status', 'data-told': true });
    form.append(line);
  }
  line.replaceChildren(...words);
}

/** What a row in the page says about its bookmark. @param {HTMLElement} li @returns {Saved} */
function itemOf(li) {
  const link = li.querySelector('.bt a');
  return {
    id: li.dataset.item ?? '',
    kind: li.dataset.kind ?? 'article',
    title: li.querySelector('.bt')?.textContent?.trim() ?? '',
    href: link?.getAttribute('href') ?? undefined,
    savedAt: li.dataset.savedAt,
    note: li.querySelector('.bn')?.lastChild?.textContent ?? undefined,
  };
}

/** @param {HTMLFormElement} form */
export async function removeRow(form) {
  const li = /** @type {HTMLElement} */ (form.closest('[data-item]'));
  const list = /** @type {HTMLElement} */ (li.closest('[data-list],[data-saved-list]'));
  const table = isAccount() ? 'account' : 'saved';
  const item = { ...itemOf(li), ...(await store.get(table, li.dataset.item ?? '').catch(() => undefined)) };
  const buttons = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[data-item]:not([hidden]) .rm')]);
  const at = buttons().findIndex((button) => li.contains(button));
  try {
    const result = await take(item);
    hide(li, true);
    const rest = buttons();
    (rest[Math.min(at, rest.length - 1)] ?? list.querySelector('.none a, .none h2') ?? dialog?.querySelector('h2') ?? document.querySelector('h1'))?.focus();
    say('Removed from your bookmarks.' + (result === 'waiting' ? later : ''), {
      label: 'Undo',
      act: () =>
        attempt(async () => {
          await add(item, true);
          if (!li.isConnected) {
            // The list was made again in the meantime.
            await follow();
            return;
          }
          hide(li, false);
          /** @type {HTMLElement | null} */ (li.querySelector('.rm'))?.focus();
        }),
    });
    await changed();
  } catch (failure) {
    explain(failure);
  }
}

/** Hides or shows a row, the heading of its group, and the empty state. @param {HTMLElement} li @param {boolean} isHidden */
function hide(li, isHidden) {
  if (li.hidden === isHidden || !li.isConnected) {
    return;
  }
  li.hidden = isHidden;
  const group = /** @type {HTMLElement} */ (li.parentElement);
  const isEmpty = !group.querySelector('[data-item]:not([hidden])');
  group.hidden = isEmpty;
  if (group.previousElementSibling instanceof HTMLElement && group.previousElementSibling.matches('.bg')) {
    group.previousElementSibling.hidden = isEmpty;
  }
  const list = /** @type {HTMLElement} */ (li.closest('[data-list],[data-saved-list]'));
  const step = isHidden ? -1 : 1;
  for (const number of document.querySelectorAll(`[data-kinds="all"],[data-kinds="${li.dataset.kind}"]`)) {
    number.textContent = String(Math.max(0, Number(number.textContent) + step));
  }
  const total = /** @type {HTMLElement | null} */ (list.querySelector('[data-total]'));
  if (total) {
    // The panel may show only the first of many.
    const n = Math.max(0, Number(total.dataset.total) + step);
    total.dataset.total = String(n);
    total.textContent = count(n, 'bookmark');
  }
  list.querySelector('.none')?.remove();
  if (!list.querySelector('[data-item]:not([hidden])')) {
    const others = Number(total?.dataset.total ?? document.querySelector('[data-kinds="all"]')?.textContent ?? 0);
    const isKind = !total && new URLSearchParams(location.search).has('kind');
    list.append(others === 0 ? empty() : isKind ? noneOfKind() : empty('None here any more', 'You have older bookmarks.', '/bookmarks', 'Show all'));
  }
}

/** @param {HTMLFormElement} form */
export async function saveNote(form) {
  const li = /** @type {HTMLElement} */ (form.closest('[data-item]'));
  const id = li.dataset.item ?? '';
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector('textarea'));
  const note = text.value.trim();
  store.keepDraft(id, text.value);
  try {
    const result = await writeNote(id, note);
    store.keepDraft(id, null);
    text.defaultValue = text.value = note;
    li.querySelector('.bn')?.remove();
    if (note) {
      li.querySelector('.meta')?.before(el('p', { class: 'bn' }, el('span', { class: 'vh' }, 'Your note: '), note));
    }
    form.querySelector('[data-told]')?.remove();
    const details = /** @type {HTMLDetailsElement} */ (form.closest('details'));
    details.open = false;
    const summary = /** @type {HTMLElement} */ (details.querySelector('summary'));
    summary.firstChild?.replaceWith(note ? 'Edit the note' : 'Add a note');
    summary.focus();
    say((note ? 'Note saved.' : 'Note removed.') + (result === 'waiting' ? later : ''));
    tabs?.postMessage('changed');
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401) {
      tell(
        form,
        'Your session has ended, so the note was not saved. The text is kept in this browser. ',
        el('a', { class: 'in', href: signIn('/bookmarks#b-' + id) }, 'Sign in again'),
        ' and save it then.',
      );
    } else if (failure instanceof Refused) {
      tell(form, failure.message);
    } else {
      explain(failure);
    }
  }
}

/** @param {HTMLTextAreaElement} text */
export function keepDraft(text) {
  const id = /** @type {HTMLElement | null} */ (text.closest('[data-item]'))?.dataset.item;
  if (id) {
    store.keepDraft(id, text.value === text.defaultValue ? null : text.value);
  }
}

// ---- The account: merge, changes that waited, sign-out ----

/**
 * @param {string} name
 * @param {() => Promise<void>} act
 */
async function alone(name, act) {
  if (navigator.locks) {
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => lock && (await act()));
  } else {
    await act();
  }
}

/** After sign-in: adds the bookmarks of this browser to the account, and says so. */
async function merge() {
  const items = (await store.all('saved')).filter((item) => !item.refused);
  if (items.length === 0) {
    return;
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
  const parts = [
    added > 0 && `${count(added, 'bookmark')} ${added === 1 ? 'was' : 'were'} added to your account`,
    joined > 0 && (added > 0 ? `${joined.toLocaleString('en')} ${joined === 1 ? 'was' : 'were'} there already` : `${count(joined, 'bookmark')} ${joined === 1 ? 'was' : 'were'} in your account already`),
    lost > 0 && `${lost.toLocaleString('en')} ${lost === 1 ? 'is' : 'are'} no longer published`,
    refused > 0 && `${refused.toLocaleString('en')} did not fit and ${refused === 1 ? 'stays' : 'stay'} in this browser`,
  ].filter((part) => part !== false);
  const text = parts.join(', ') + '.';
  say(
    text,
    document.querySelector('[data-bookmarks]')
      ? { label: 'Show them', href: location.pathname }
      : { label: 'Show bookmarks', href: '/bookmarks' },
    true,
  );
  tabs?.postMessage('changed');
}

/** Sends the changes that waited for a network. */
async function sendWaiting() {
  let sent = 0;
  for (const { id, saved, note, savedAt } of await store.waiting()) {
    try {
      if (saved === false) {
        await ask('/bookmarks/remove', { id });
      } else if (saved === true) {
        await mergeOne({ id, savedAt, note });
      } else if (note !== undefined) {
        await ask('/bookmarks/note', { id, note });
      }
      sent++;
      await store.remove('waiting', id);
    } catch (failure) {
      if (failure instanceof Offline || (failure instanceof Refused && failure.status === 401)) {
        return;
      }
      await store.remove('waiting', id);
      explain(failure);
    }
  }
  if (sent > 0) {
    say(`${count(sent, 'change')} ${sent === 1 ? 'was' : 'were'} sent to your account.`);
    tabs?.postMessage('changed');
  }
}

/** Sees to it that a reader gets only what the same reader left: changes that wait, drafts and the account's copy. */
async function settleReader() {
  const { reader } = document.body.dataset;
  const last = localStorage.getItem(readerKey);
  if (reader) {
    const owner = last ?? localStorage.getItem(endedKey);
    if (owner !== null && owner !== reader) {
      store.dropDrafts();
      await Promise.all([store.clear('account'), store.clear('waiting')]);
    }
    localStorage.setItem(readerKey, reader);
    localStorage.removeItem(endedKey);
  } else if (!isCopy() && last !== null) {
    // The session has ended. What the account showed must not stay for the next person; what waits stays for its reader.
    localStorage.setItem(endedKey, last);
    localStorage.removeItem(readerKey);
    await store.clear('account');
    await kept.clearPages();
  }
}

async function settleAccount() {
  await settleReader();
  if (document.body.dataset.reader) {
    await alone('panel-waiting', sendWaiting);
    await alone('panel-merge', merge);
  }
}

/** Forgets everything of the reader in this browser, except bookmarks that are only here. */
export async function signOut() {
  store.clearLocal();
  await Promise.allSettled([store.clear('account'), store.clear('waiting')]);
  await kept.clearPages();
}

/** Forgets everything in this browser. */
export async function forget() {
  store.clearLocal();
  await Promise.all([store.clear('saved'), store.clear('account'), store.clear('waiting')]);
  await kept.clearPages();
  await changed();
}

/** What this browser keeps, for the page that says so. */
export async function summary() {
  const [saved, account, waiting, pages] = await Promise.all([
    store.count('saved'),
    store.count('account'),
    store.count('waiting'),
    kept.countPages(),
  ]);
  return { saved, account, waiting, drafts: store.countDrafts(), positions: store.countPositions(), pages };
}

/** What another tab changed. */
async function follow() {
  await paint();
  if (dialog?.open) {
    await fill(/** @type {HTMLElement} */ (dialog.querySelector('[data-list]')), true);
  }
  await fillPage(true);
  const rowsOfAccount = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-bookmarks="account"] [data-item]')]);
  if (rowsOfAccount.length > 0) {
    const now = await state(rowsOfAccount.map((li) => li.dataset.item ?? ''));
    if (now) {
      rowsOfAccount.forEach((li) => hide(li, !now.saved.has(li.dataset.item ?? '')));
    }
  }
}

/** Called when the page has loaded. */
export async function start() {
  tabs?.addEventListener('message', () => attemptQuietly(follow));
  addEventListener('online', () => attemptQuietly(async () => {
    await settleAccount();
    await paint();
  }));
  // A page that comes back from the browser's memory may be old.
  addEventListener('pageshow', (event) => event.persisted && attemptQuietly(follow));
  await attemptQuietly(settleReader);
  restoreDrafts(document);
  await attemptQuietly(settleAccount);
  await attemptQuietly(paint);
  await attemptQuietly(fillPage);
  await attemptQuietly(mirrorPage);
}

/** @param {() => Promise<unknown>} act */
async function attemptQuietly(act) {
  try {
    await act();
  } catch (failure) {
    // The page works without it.
    if (!(failure instanceof Offline)) {
      console.warn(failure);
    }
  }
}
