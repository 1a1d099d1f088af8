// Whose bookmarks these are: what becomes of them after sign-in, after a session has ended, and after sign-out.
import { count, say } from './dom.js';
import * as kept from './kept-pages.js';
import { merge, sendWaiting } from './saved.js';
import { endedKey, explain, isCopy, readerKey } from './site-api.js';
import * as store from './store.js';

/** Deletes the waiting changes, the drafts and the account's copy of a different reader, and the copy of an ended session. */
export async function settleReader() {
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

/**
 * Brings the account up to date with what waited in this browser.
 * @returns {Promise<boolean>} whether bookmarks changed
 */
export async function settleAccount() {
  const { reader } = document.body.dataset;
  let isChanged = false;
  // A page that stayed open while somebody else signed in sends nothing.
  if (reader && reader === localStorage.getItem(readerKey)) {
    await alone('panel-waiting', async () => {
      const { sent, failures } = await sendWaiting(reader);
      failures.forEach(explain);
      if (sent > 0) {
        say(`${count(sent, 'change')} ${sent === 1 ? 'was' : 'were'} sent to your account.`);
        isChanged = true;
      }
    });
    await alone('panel-merge', async () => {
      const merged = await merge();
      if (merged) {
        tellMerge(merged);
        isChanged = true;
      }
    });
  }
  return isChanged;
}

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

/** @param {{added: number, joined: number, lost: number, refused: number}} merged */
function tellMerge({ added, joined, lost, refused }) {
  const parts = [
    added > 0 && `${count(added, 'bookmark')} ${added === 1 ? 'was' : 'were'} added to your account`,
    joined > 0 && (added > 0 ? `${joined.toLocaleString('en')} ${joined === 1 ? 'was' : 'were'} there already` : `${count(joined, 'bookmark')} ${joined === 1 ? 'was' : 'were'} in your account already`),
    lost > 0 && `${lost.toLocaleString('en')} ${lost === 1 ? 'is' : 'are'} no longer published`,
    refused > 0 && `${refused.toLocaleString('en')} did not fit and ${refused === 1 ? 'stays' : 'stay'} in this browser`,
  ].filter((part) => part !== false);
  const text = parts.join(', ') + '.';
  // The page of bookmarks shows them at once.
  say(text, document.querySelector('[data-bookmarks]') ? undefined : { label: 'Show bookmarks', href: '/bookmarks' }, true);
}

/**
 * Forgets everything of the reader in this browser, except bookmarks that are only here. What waits is sent first. If
 * something is still not in the account, the reader decides.
 * @returns {Promise<boolean>} whether to sign out
 */
export async function signOut() {
  const { reader } = document.body.dataset;
  if (reader) {
    await sendWaiting(reader).catch(() => {});
  }
  const waiting = (await store.waiting().catch(() => [])).filter((change) => change.reader === reader);
  const unsaved = [[waiting.length, 'change'], [store.countDrafts(), 'note']].filter(([number]) => Number(number) > 0);
  if (unsaved.length > 0) {
    const what = new Intl.ListFormat('en').format(unsaved.map(([number, name]) => count(Number(number), String(name))));
    if (!confirm(`Your account does not have ${what} of yours yet. Signing out deletes this from the browser. Sign out anyway?`)) {
      return false;
    }
  }
  store.clearLocal();
  await Promise.allSettled([store.clear('account'), ...waiting.map(({ id }) => store.remove('waiting', id))]);
  await kept.clearPages();
  return true;
}

/** Forgets everything in this browser. */
export async function forget() {
  store.clearLocal();
  await Promise.all([store.clear('saved'), store.clear('account'), store.clear('waiting')]);
  await kept.clearPages();
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
