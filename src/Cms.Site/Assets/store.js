// What the browser keeps of a reader: bookmarks of anonymous readers, a copy of the account's list for reading offline,
// and changes that wait for a network.

/**
 * A bookmark as lists show it.
 * @typedef {object} Saved
 * @property {string} id
 * @property {string} kind article, take or tool
 * @property {string} title
 * @property {string} [href]
 * @property {string} [kicker]
 * @property {string} [why]
 * @property {string} [persona]
 * @property {string} [stance]
 * @property {string} [picture]
 * @property {boolean} [isWhole] whether the picture must not be cropped
 * @property {string} [largePicture]
 * @property {string} [colour]
 * @property {string} [savedAt] an ISO time
 * @property {string} [updatedAt]
 * @property {string} [correctedAt]
 * @property {boolean} [isChanged]
 * @property {boolean} [isCorrected]
 * @property {boolean} [isGone]
 * @property {string} [reason]
 * @property {{href: string, title: string}} [successor]
 * @property {string} [note]
 * @property {{stance: string, confidence: number, persona: {slug: string, name: string}}[]} [takes]
 * @property {string} [refused] why the account did not take it
 */

/**
 * A change that waits for a network.
 * @typedef {object} Waiting
 * @property {string} id the id of the article, take or tool
 * @property {string} [reader] the key of the account that it is for
 * @property {boolean} [saved] whether it should be bookmarked
 * @property {string} [note]
 * @property {string} [savedAt]
 */

const name = 'panel';
/** @typedef {'saved' | 'account' | 'waiting'} Table */

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/** @returns {Promise<IDBDatabase>} */
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const table of ['saved', 'account', 'waiting']) {
        request.result.createObjectStore(table, { keyPath: 'id' });
      }
    };
    request.onsuccess = () => {
      // Another tab may delete the database.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('The store is blocked by another tab.'));
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

/**
 * @template T
 * @param {Table} table
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>}
 */
async function run(table, mode, act) {
  const transaction = (await open()).transaction(table, mode);
  const request = act(transaction.objectStore(table));
  await ended(transaction);
  return request.result;
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const ended = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

/** @param {Table} table @returns {Promise<Saved[]>} newest first */
export async function all(table) {
  /** @type {Saved[]} */
  const items = await run(table, 'readonly', (store) => store.getAll());
  return items.sort((a, b) => (b.savedAt ?? '').localeCompare(a.savedAt ?? ''));
}

/** @param {Table} table @returns {Promise<number>} */
export const count = (table) => run(table, 'readonly', (store) => store.count());

/** @param {Table} table @param {string} id @returns {Promise<Saved | undefined>} */
export const get = (table, id) => run(table, 'readonly', (store) => store.get(id));

/** @param {Table} table @param {Saved | Waiting} item */
export const put = (table, item) => run(table, 'readwrite', (store) => store.put(item));

/** @param {Table} table @param {string} id */
export const remove = (table, id) => run(table, 'readwrite', (store) => store.delete(id));

/**
 * Changes items that are still there, so that nothing comes back that was removed in the meantime.
 * @param {Table} table
 * @param {string[]} ids
 * @param {(item: Saved) => Saved} make returns the new item
 * @returns {Promise<Saved[]>} the items that are there
 */
export async function change(table, ids, make) {
  const transaction = (await open()).transaction(table, 'readwrite');
  const store = transaction.objectStore(table);
  /** @type {Saved[]} */
  const items = [];
  for (const id of ids) {
    const request = store.get(id);
    request.onsuccess = () => {
      if (request.result) {
        const item = make(request.result);
        items.push(item);
        store.put(item);
      }
    };
  }
  await ended(transaction);
  return items;
}

/** @param {Table} table */
export const clear = (table) => run(table, 'readwrite', (store) => store.clear());

/** @returns {Promise<Waiting[]>} */
export const waiting = () => run('waiting', 'readonly', (store) => store.getAll());

/**
 * Replaces the copy of the account's list.
 * @param {Saved[]} items
 */
export async function mirror(items) {
  const transaction = (await open()).transaction('account', 'readwrite');
  const store = transaction.objectStore('account');
  store.clear();
  for (const item of items) {
    store.put(item);
  }
  await ended(transaction);
}

// Notes that are being typed survive a reload, the end of a session and sign-in.
const drafts = 'panel.draft.';

/** @returns {number} how many articles have a reading position */
export const countPositions = () => Object.keys(JSON.parse(localStorage.getItem('panel.read') ?? '{}')).length;

/** @returns {number} */
export const countDrafts = () => Object.keys(localStorage).filter((key) => key.startsWith(drafts)).length;

/** @param {string} id @returns {string | null} */
export const draft = (id) => localStorage.getItem(drafts + id);

/** @param {string} id @param {string | null} text */
export function keepDraft(id, text) {
  if (text === null) {
    localStorage.removeItem(drafts + id);
  } else {
    localStorage.setItem(drafts + id, text);
  }
}

/** Forgets the notes that were typed but not saved. */
export const dropDrafts = () => clearLocal(drafts);

/** Forgets what is kept outside the tables. @param {string} [prefix] how the names of what is forgotten begin */
export function clearLocal(prefix = 'panel.') {
  for (const key of Object.keys(localStorage).filter((key) => key.startsWith(prefix))) {
    localStorage.removeItem(key);
  }
}
