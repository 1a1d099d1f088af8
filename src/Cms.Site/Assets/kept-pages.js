// The pages that the service worker keeps for reading offline.

// The worker gives the names. Other programs of the same origin have caches of their own.
const caching = /^panel-[0-9a-f]+-(?:pages|saved|images)$/;

/** @param {object} message */
const tell = (message) => navigator.serviceWorker?.controller?.postMessage(message);

/** @param {string} path */
export const keepPage = (path) => tell({ type: 'keep', path });

/** @param {string} path */
export const dropPage = (path) => tell({ type: 'drop', path });

/** @returns {Promise<string[]>} */
const names = async () => ('caches' in window ? (await caches.keys()).filter((name) => caching.test(name)) : []);

/** Returns how many pages are kept that not everybody has. */
export async function countPages() {
  const lists = await Promise.all(
    (await names()).filter((name) => !name.endsWith('-images')).map(async (name) => (await caches.open(name)).keys()),
  );
  return lists.flat().filter((request) => !['/offline', '/bookmarks'].includes(new URL(request.url).pathname)).length;
}

/** Forgets the pages, and waits until they are gone. */
export async function clearPages() {
  const found = await names().catch(() => []);
  await Promise.all(found.map((name) => caches.delete(name)));
  // The worker fetches the page that it shows without a network again.
  tell({ type: 'clear' });
}
