// What this device keeps of texts that are not saved yet, in the browser's database.
import { isExpired } from './draft.js';

/** @typedef {import('./draft.js').Kept} Kept */

const name = 'cms-studio';

/** @param {IDBFactory} factory @returns the store of kept texts */
export function keptIn(factory) {
  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;

  /** @returns {Promise<IDBDatabase>} */
  function open() {
    opened ??= new Promise((resolve, reject) => {
      const request = factory.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('drafts', { keyPath: 'key' });
      request.onsuccess = () => {
        // Another tab may delete the database.
        request.result.onversionchange = () => {
          request.result.close();
          opened = undefined;
        };
        // The browser closes the database when somebody deletes the data of the site. The next text opens a new one.
        request.result.onclose = () => (opened = undefined);
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  }

  /**
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(drafts: IDBObjectStore) => IDBRequest<T>} act
   * @returns {Promise<T>}
   */
  async function run(mode, act) {
    const transaction = (await open()).transaction('drafts', mode);
    const request = act(transaction.objectStore('drafts'));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  /** @param {string} key */
  const remove = (key) => run('readwrite', (drafts) => drafts.delete(key));

  return {
    /** @param {string} key @returns {Promise<Kept | undefined>} */
    get: (key) => run('readonly', (drafts) => drafts.get(key)),
    /** @param {Kept} kept */
    put: (kept) => run('readwrite', (drafts) => drafts.put(kept)),
    delete: remove,

    /** The texts of a person. @param {string} person @returns {Promise<Kept[]>} */
    of: async (person) => /** @type {Kept[]} */ (await run('readonly', (drafts) => drafts.getAll())).filter(({ key }) => personOf(key) === person),

    /** Deletes texts that are older than 30 days. @param {number} now */
    async sweep(now) {
      for (const kept of /** @type {Kept[]} */ (await run('readonly', (drafts) => drafts.getAll()))) {
        if (isExpired(kept, now)) {
          await remove(kept.key);
        }
      }
    },
  };
}

/** The name under which a text is kept: each person has their own. @param {string} person @param {string} article */
export const keyOf = (person, article) => `${person} ${article}`;

/** Whose text it is. The id of an article has no space. @param {string} key */
const personOf = (key) => key.slice(0, key.lastIndexOf(' '));
