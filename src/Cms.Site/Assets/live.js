// Says politely that the article changed or that a new one is out. Never reloads, and never moves what is read.
import { el } from './dom.js';

/** @typedef {{id: string, kind: string, headline: string | null, path: string | null, at: string}} Change */

const last = 'panel.live';

// A page that was refused waits for a minute, then for twice as long each time.
const shortest = 60_000;
const longest = 16 * 60_000;

/** @type {EventSource | undefined} */
let source;
let pause = shortest;
let notBefore = 0;
/** How far the clock of this computer is behind the server's. */
let skew = 0;
/** The last change that this page has seen. Other pages of the tab may have seen more. @type {string | null} */
let cursor = null;
// Screen readers notice text that appears in an element that was there before.
const box = el('div', { class: 'live', role: 'status', 'data-live': true });
let dismissed = '';

const article = () => /** @type {HTMLElement | null} */ (document.querySelector('[data-article]'));

function listen() {
  if (source || document.visibilityState !== 'visible' || Date.now() < notBefore) {
    return;
  }
  // A new page begins where the page before it ended.
  const after = cursor ?? sessionStorage.getItem(last);
  source = new EventSource('/live' + (after ? '?after=' + encodeURIComponent(after) : ''));
  source.addEventListener('hello', (event) => {
    skew = Date.parse(JSON.parse(event.data).now) - Date.now();
    pause = shortest;
    remember(event);
  });
  source.addEventListener('article', (event) => {
    remember(event);
    show(JSON.parse(event.data));
  });
  source.onerror = () => {
    // The browser tries again by itself unless it was refused.
    if (source?.readyState === EventSource.CLOSED) {
      source = undefined;
      // Pages that were refused at the same time must not come back at the same time.
      const wait = pause * (1 + Math.random() / 2);
      notBefore = Date.now() + wait;
      pause = Math.min(2 * pause, longest);
      setTimeout(listen, wait + 1);
    }
  };
}

/** @param {MessageEvent} event */
function remember(event) {
  if (event.lastEventId) {
    cursor = event.lastEventId;
    sessionStorage.setItem(last, cursor);
  }
}

/** @param {Change} change */
function show(change) {
  // The page already has what was published before it was made.
  if (Date.parse(change.at) <= performance.timeOrigin + skew) {
    return;
  }
  if (change.path === location.pathname || article()?.dataset.article === change.id) {
    const words = {
      corrected: 'This story was just corrected.',
      updated: 'This story was just updated.',
      published: 'This story was just published again.',
      withdrawn: 'This story was just withdrawn.',
    }[change.kind];
    tell(change.kind + change.at, words ?? 'This story has just changed.', 'Reload', location.href);
  } else if (location.pathname === '/' && change.kind === 'published' && change.path && change.headline) {
    tell(change.id, 'New: ', change.headline, change.path);
  }
}

/** @param {string} key @param {string} text @param {string} label @param {string} href */
function tell(key, text, label, href) {
  if (dismissed === key) {
    return;
  }
  const link = el('a', { href }, label);
  if (href === location.href) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      location.reload();
    });
  }
  const close = () => {
    dismissed = key;
    box.replaceChildren();
  };
  box.replaceChildren(
    el('span', {}, text, ' ', link),
    el('button', { type: 'button', 'aria-label': 'Close', onclick: close }, '×'),
  );
}

export function start() {
  document.body.append(box);
  listen();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      listen();
    } else {
      source?.close();
      source = undefined;
    }
  });
}
