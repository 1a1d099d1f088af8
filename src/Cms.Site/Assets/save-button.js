// The buttons that save, and the count of bookmarks. Loaded after the page, so that nothing waits for it.
import { say } from './dom.js';
import { settleAccount, settleReader } from './reader.js';
import { add, known, state, take } from './saved.js';
import { canSignIn, explain, isAccount, Offline, Refused, signIn } from './site-api.js';

const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('panel-bookmarks') : undefined;

/** Tells other tabs that bookmarks changed. */
export const tellTabs = () => tabs?.postMessage('changed');

export const later = ' It is sent to your account when you are online.';

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
export async function attempt(act) {
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
export async function changed() {
  tellTabs();
  await paint();
}

/** Shows which things on the page are bookmarked, and how many bookmarks there are. */
async function paint() {
  const ids = [...new Set([...document.querySelectorAll('[data-save]')].map((b) => /** @type {HTMLElement} */ (b).dataset.save ?? ''))];
  const now = await find(ids);
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
 * Which of these are bookmarked. If it is not known now, pages stay as they are.
 * @param {string[]} ids
 */
export async function find(ids) {
  try {
    return await state(ids);
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401 && canSignIn()) {
      say('You are no longer signed in.', { label: 'Sign in again', href: signIn() }, true);
    } else if (!(failure instanceof Offline || failure instanceof Refused)) {
      console.warn(failure);
    }
    return undefined;
  }
}

/** @type {Promise<typeof import('./saved-list.js')> | undefined} */
let list;

/** The panel and the rows of the page, which most pages do not need. */
export function loadList() {
  list ??= import('./saved-list.js');
  list.catch(() => {
    list = undefined;
  });
  return list;
}

/** Shows what another tab changed. */
export async function follow() {
  await paint();
  await (await list)?.follow();
}

async function settle() {
  if (await settleAccount()) {
    tellTabs();
    await (await list)?.renew();
  }
}

/** Called when the page has loaded. */
export async function start() {
  tabs?.addEventListener('message', () => attemptQuietly(follow));
  addEventListener('online', () => attemptQuietly(async () => {
    await settle();
    await paint();
  }));
  // A page that comes back from the browser's memory may be old.
  addEventListener('pageshow', (event) => event.persisted && attemptQuietly(follow));
  await attemptQuietly(settleReader);
  const rows = document.querySelector('[data-bookmarks]') ? await loadList().catch(() => undefined) : undefined;
  rows?.restoreDrafts(document);
  await attemptQuietly(settle);
  await attemptQuietly(paint);
  if (rows) {
    await attemptQuietly(rows.show);
  }
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
