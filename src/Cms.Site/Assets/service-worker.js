// Keeps pages and files for reading offline. Pages of bookmarks are fetched without the cookie. A page that a reader
// opens is fetched with it, as always, and is kept only if the answer is for everybody: pages of signed-in readers are
// `private, no-store`. The API and the account are never touched.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const version = '[[version]]';
const files = '[[files]]'.split(' ').filter((file) => file.startsWith('/'));

const names = {
  /** The stylesheet, scripts and fonts. */
  assets: `panel-${version}-assets`,
  /** The pages that were opened last. */
  pages: `panel-${version}-pages`,
  /** The pages of bookmarks. */
  saved: `panel-${version}-saved`,
  images: `panel-${version}-images`,
};
const offline = '/offline';
const maxPages = 40;
const maxSaved = 500;
const maxImages = 150;

// Everything else, such as /graphql, /studio, /partner, /preview, /account and sign-in, goes to the network untouched.
const kept = /^\/(?:$|(?:articles|tools|categories|tags|sources|authors)\/[^/]+$|panel(?:\/[^/]+)?$|bookmarks$|offline$)/;

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', (event) => {
  const { type, path } = event.data ?? {};
  if (type === 'keep' && typeof path === 'string' && kept.test(path)) {
    event.waitUntil(keep(path).catch(() => {}));
  } else if (type === 'read' && typeof path === 'string' && kept.test(path)) {
    // The browser has just loaded the page, so its own copy is good enough.
    event.waitUntil(keep(path, names.pages, 'force-cache').catch(() => {}));
  } else if (type === 'drop' && typeof path === 'string') {
    event.waitUntil(drop(path));
  } else if (type === 'clear') {
    event.waitUntil(clear());
  }
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) {
    return;
  }
  if (url.pathname.startsWith('/assets/')) {
    event.respondWith(asset(event));
  } else if (url.pathname.startsWith('/i/')) {
    event.respondWith(image(event));
  } else if (request.mode === 'navigate' && kept.test(url.pathname)) {
    event.respondWith(page(event, url));
  }
});

async function install() {
  const assets = await caches.open(names.assets);
  await assets.addAll(files);
  await keep(offline, names.pages);
  await keep('/bookmarks', names.pages);
  // A new release takes over at once; its pages name their own files.
  await worker.skipWaiting();
}

async function activate() {
  const all = await caches.keys();
  const own = new Set(Object.values(names));
  const old = all.filter((name) => name.startsWith('panel-') && !own.has(name));
  // Bookmarks stay readable after an update. Nothing is fetched, because pages wait for this; a copy is renewed when its
  // page is opened.
  const folders = new Set();
  await copy(old, '-saved', names.saved, async (_, page) => {
    for (const [folder] of (await page.text()).matchAll(/\/assets\/[^"/]+\//g)) {
      folders.add(folder);
    }
    return true;
  });
  await copy(old, '-images', names.images, () => true);
  await copy(old, '-assets', names.assets, (path) => folders.has(/^\/assets\/[^/]+\//.exec(path)?.[0]));
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/**
 * Copies what older versions of the worker kept.
 * @param {string[]} old the names of their caches
 * @param {string} kind how the names end
 * @param {string} to
 * @param {(path: string, response: Response) => boolean | Promise<boolean>} isNeeded
 */
async function copy(old, kind, to, isNeeded) {
  const target = await caches.open(to);
  for (const name of old.filter((name) => name.endsWith(kind))) {
    const before = await caches.open(name);
    for (const request of await before.keys()) {
      const response = await before.match(request, { ignoreVary: true });
      if (response && (await isNeeded(new URL(request.url).pathname, response.clone()))) {
        await target.put(request, response);
      }
    }
  }
}

/** Whether a response may be stored. @param {Response} response */
function isPublic(response) {
  return response.ok && !response.redirected && !/no-store|private/.test(response.headers.get('cache-control') ?? '');
}

/**
 * Fetches a page as anonymous readers see it, and what it needs.
 * @param {string} path
 * @param {string} [name]
 * @param {RequestCache} [cache]
 */
async function keep(path, name = names.saved, cache = 'default') {
  const response = await fetch(path, { cache, credentials: 'omit', headers: { accept: 'text/html' } });
  if (response.status === 404 || response.status === 410) {
    await drop(path);
    return;
  }
  if (!isPublic(response)) {
    throw new Error(`${path} must not be stored.`);
  }
  const html = await response.clone().text();
  await put(name, path, response, name === names.saved ? maxSaved : maxPages);
  await keepParts(html, name === names.saved);
}

/** @param {string} html @param {boolean} hasImages */
async function keepParts(html, hasImages) {
  const assets = await caches.open(names.assets);
  for (const [, url] of html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
    if (url && !(await assets.match(url, { ignoreVary: true }))) {
      await assets.add(url).catch(() => {});
    }
  }
  if (hasImages) {
    const sources = [...html.matchAll(/<img[^>]* src="([^"]+)"/g)].map(([, src]) => (src ?? '').replaceAll('&amp;', '&'));
    for (const source of sources.filter((source) => new URL(source, location.href).origin === location.origin).slice(0, 20)) {
      const response = await fetch(source, { credentials: 'omit' }).catch(() => undefined);
      if (response && isPublic(response)) {
        await put(names.images, source, response, maxImages);
      }
    }
  }
}

/** @param {string} name @param {string} key @param {Response} response @param {number} max */
async function put(name, key, response, max) {
  const cache = await caches.open(name);
  // The time of the copy is shown with it. Deleting first makes the order of the keys the order of use.
  const headers = new Headers(response.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  headers.delete('vary');
  headers.set('x-kept-at', new Date().toISOString());
  const copy = new Response(await response.blob(), { status: response.status, headers });
  await cache.delete(key, { ignoreVary: true });
  await cache.put(key, copy);
  const keys = await cache.keys();
  const fixed = keys.filter((request) => ![offline, '/bookmarks'].includes(new URL(request.url).pathname));
  await Promise.all(fixed.slice(0, Math.max(0, keys.length - max)).map((request) => cache.delete(request)));
}

/** @param {string} path */
async function drop(path) {
  await Promise.all([names.saved, names.pages].map(async (name) => (await caches.open(name)).delete(path, { ignoreVary: true, ignoreSearch: true })));
}

/** After sign-out: only the files and the offline page stay. */
async function clear() {
  await Promise.all([names.pages, names.saved, names.images].map((name) => caches.delete(name)));
  await keep(offline, names.pages).catch(() => {});
  await keep('/bookmarks', names.pages).catch(() => {});
}

/** @param {FetchEvent} event */
async function asset(event) {
  const { request } = event;
  const known = await caches.match(request, { ignoreVary: true });
  if (known) {
    return known;
  }
  const response = await fetch(request);
  if (isPublic(response)) {
    const copy = response.clone();
    // A full disk must not break the page.
    event.waitUntil(caches.open(names.assets).then((cache) => cache.put(request, copy)).catch(() => {}));
  }
  return response;
}

/** @param {FetchEvent} event */
async function image(event) {
  try {
    return await fetch(event.request);
  } catch (failure) {
    const known = await caches.match(event.request, { ignoreVary: true });
    if (known) {
      return known;
    }
    // Another size of the same picture is better than none.
    const cache = await caches.open(names.images);
    const other = await cache.match(event.request, { ignoreVary: true, ignoreSearch: true });
    return other ?? Response.error();
  }
}

/** @param {FetchEvent} event @param {URL} url */
async function page(event, url) {
  try {
    // Asks the site in any case: browsers may otherwise show an old page as if it were current.
    const response = await fetch(event.request.url, {
      headers: event.request.headers,
      cache: 'no-cache',
      redirect: 'manual',
    });
    if (response.status === 404 || response.status === 410) {
      // A story that was withdrawn must not stay here.
      event.waitUntil(drop(url.pathname));
    } else if (isPublic(response) && !url.search) {
      const copy = response.clone();
      event.waitUntil(store(url.pathname, copy).catch(() => {}));
    }
    return response;
  } catch (failure) {
    return (await copyOf(url)) ?? Response.error();
  }
}

/** @param {string} path @param {Response} response */
async function store(path, response) {
  const saved = await caches.open(names.saved);
  const isSaved = await saved.match(path, { ignoreVary: true });
  await put(isSaved ? names.saved : names.pages, path, response, isSaved ? maxSaved : maxPages);
}

/** The copy of a page, labelled; the page that says that there is none otherwise. @param {URL} url */
async function copyOf(url) {
  for (const name of [names.saved, names.pages]) {
    const known = await (await caches.open(name)).match(url.pathname, { ignoreVary: true });
    if (known) {
      return label(known, true);
    }
  }
  const none = await (await caches.open(names.pages)).match(offline, { ignoreVary: true });
  return none && label(none, false);
}

/** @param {Response} response @param {boolean} isCopy */
async function label(response, isCopy) {
  const at = response.headers.get('x-kept-at') ?? '';
  const day = new Date(at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  const html = (await response.text()).replace('<body', '<body data-offline="true"').replace(
    '<!--notice-->',
    isCopy
      ? `<p class="notice" role="status" data-offline-copy><b>You are offline.</b> This copy was kept on <time datetime="${at}">${day}</time>. The page may have changed since then.</p>`
      : '',
  );
  return new Response(html, { status: isCopy ? 200 : 503, headers: response.headers });
}
