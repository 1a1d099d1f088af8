// The lists of bookmarks: the panel, and the page of bookmarks.
import { count, el, say } from './dom.js';
import { bones, empty, noneOfKind, olderButton, perPage, row, rows } from './rows.js';
import { attempt, changed, find, follow as followAll, later, tellTabs } from './save-button.js';
import { add, load, loadMore, mirror, take, writeNote } from './saved.js';
import { canSignIn, explain, isAccount, Refused, signIn } from './site-api.js';
import * as store from './store.js';

/** @typedef {import('./store.js').Saved} Saved */

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
        const box = el('ul', { class: 'bl' });
        list.replaceChildren(el('p', { class: 'fine', 'data-total': total ?? items.length }, count(total ?? items.length, 'bookmark')), box);
        showSome(list, box, inOrder(items), next);
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

/**
 * Shows the next rows of what the browser has, and then what the account has.
 * @param {HTMLElement} list
 * @param {HTMLElement} box
 * @param {Saved[]} items
 * @param {string} [next]
 */
function showSome(list, box, items, next) {
  const added = items.slice(0, perPage).map((item) => row(item, true));
  box.append(...added);
  if (items.length <= perPage) {
    more(list, box, next);
    return added;
  }
  const button = olderButton(() => {
    button.remove();
    const [first] = showSome(list, box, items.slice(perPage), next);
    /** @type {HTMLElement | null | undefined} */ (first?.querySelector('a,button'))?.focus();
  });
  list.append(button);
  return added;
}

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
          const answer = await loadMore(next);
          const added = answer.items.map((item) => row(item, true));
          box.append(...added);
          button.remove();
          more(list, box, answer.next);
          /** @type {HTMLElement | null | undefined} */ (added[0]?.querySelector('a,button'))?.focus();
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
    /** @param {Saved[]} items */
    const fill = (items) => replaceRows(list, () => rows(list, items, kind, () => fill(items)));
    await load(fill, isShown);
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

/** Called when the page of bookmarks has loaded. */
export async function show() {
  await fillPage();
  if (document.querySelector('[data-bookmarks="account"]')) {
    await mirror();
  }
}

/** Shows the page of an account as the site makes it now. */
export async function renew() {
  const main = document.querySelector('[data-bookmarks="account"]');
  const now = main && (await fetchPage())?.querySelector('[data-bookmarks="account"]');
  if (main && now) {
    replaceRows(/** @type {HTMLElement} */ (main), () => main.replaceChildren(...now.childNodes));
  }
}

/** @returns {Promise<Document | null>} null if the page cannot be had now */
const fetchPage = () =>
  new Promise((resolve) => {
    // The browser parses the page without running anything in it.
    const request = new XMLHttpRequest();
    request.open('GET', location.href);
    request.responseType = 'document';
    request.onload = () => resolve(request.status === 200 ? request.responseXML : null);
    request.onerror = () => resolve(null);
    request.send();
  });

/** Notes that were typed but not saved, for example because the session ended. @param {ParentNode} list */
export function restoreDrafts(list) {
  for (const form of list.querySelectorAll('[data-note-form]')) {
    const text = /** @type {HTMLTextAreaElement | null} */ (form.querySelector('textarea'));
    const id = /** @type {HTMLElement | null} */ (form.closest('[data-item]'))?.dataset.item ?? '';
    const draft = store.draft(id);
    if (!text || draft === null) {
      continue;
    }
    // Browsers fill in what was typed before a reload, but that is not saved.
    if (draft === text.defaultValue) {
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
  // The list may be made again in the meantime.
  const current = () => /** @type {HTMLElement | null} */ (li.isConnected ? li : list.querySelector(`[data-item="${CSS.escape(item.id)}"]`));
  const buttons = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[data-item]:not([hidden]) .rm')]);
  const at = buttons().findIndex((button) => li.contains(button));
  try {
    const result = await take(item);
    hide(current(), true);
    const rest = buttons();
    (rest[Math.min(at, rest.length - 1)] ?? list.querySelector('.none a, .none h2') ?? dialog?.querySelector('h2') ?? document.querySelector('h1'))?.focus();
    say('Removed from your bookmarks.' + (result === 'waiting' ? later : ''), {
      label: 'Undo',
      act: () =>
        attempt(async () => {
          await add(item, true);
          if (!current()) {
            await followAll();
          }
          hide(current(), false);
          /** @type {HTMLElement | null | undefined} */ (current()?.querySelector('.rm'))?.focus();
        }),
    });
    await changed();
  } catch (failure) {
    explain(failure);
  }
}

/** Hides or shows a row, the heading of its group, and the empty state. @param {HTMLElement | null} li @param {boolean} isHidden */
function hide(li, isHidden) {
  if (!li?.isConnected || li.hidden === isHidden) {
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
    tellTabs();
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

/** Shows what another tab changed. */
export async function follow() {
  if (dialog?.open) {
    await fill(/** @type {HTMLElement} */ (dialog.querySelector('[data-list]')), true);
  }
  await fillPage(true);
  const rowsOfAccount = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-bookmarks="account"] [data-item]')]);
  if (rowsOfAccount.length > 0) {
    const now = await find(rowsOfAccount.map((li) => li.dataset.item ?? ''));
    if (now) {
      rowsOfAccount.forEach((li) => hide(li, !now.saved.has(li.dataset.item ?? '')));
    }
  }
}
