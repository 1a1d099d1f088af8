// Small improvements. Pages work without them; larger scripts are loaded when they are needed.
import { keepDraft } from './store.js';

const bookmarks = () => import('./save-button.js');
const list = () => bookmarks().then((m) => m.loadList());

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLElement | null} */ (form.querySelector('[data-save]'));
  // Forms work without scripts too, so they are sent if the script cannot be loaded.
  const send = () => form.submit();
  if (button) {
    event.preventDefault();
    bookmarks().then((m) => m.toggle(button), send);
  } else if (form.matches('[data-remove-form]')) {
    event.preventDefault();
    list().then((m) => m.removeRow(form), send);
  } else if (form.matches('[data-note-form]')) {
    event.preventDefault();
    list().then((m) => m.saveNote(form), send);
  } else if (form.matches('[data-signout]')) {
    event.preventDefault();
    // The form is sent even if a script fails. Only a reader who wants to save something first stays signed in.
    import('./reader.js')
      .then((m) => m.signOut())
      .catch(() => true)
      .then((isForgotten) => isForgotten && form.submit());
  }
});

// A note is kept with each letter, because the page can be left at any time.
document.addEventListener('input', (event) => {
  const text = event.target;
  if (!(text instanceof HTMLTextAreaElement) || !text.closest('[data-note-form]')) {
    return;
  }
  const id = /** @type {HTMLElement | null} */ (text.closest('[data-item]'))?.dataset.item;
  if (id) {
    keepDraft(id, text.value === text.defaultValue ? null : text.value);
  }
});

document.addEventListener('click', (event) => {
  const link = /** @type {Element} */ (event.target).closest('[data-panel]');
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (link && isPlain && !document.querySelector('[data-bookmarks]')) {
    event.preventDefault();
    list().then(
      (m) => m.open(),
      () => location.assign(link.getAttribute('href') ?? '/bookmarks'),
    );
  }
});

// Following a link to a take or a passage puts the keyboard there too.
addEventListener('hashchange', () => {
  // The browser has read the address, which may be cut off in the middle of a letter.
  const target = /** @type {HTMLElement | null} */ (document.querySelector(':target'));
  // Somebody who goes on at once has the keyboard in it already.
  if (!target || target.contains(document.activeElement)) {
    return;
  }
  if (target.tabIndex < 0) {
    target.setAttribute('tabindex', '-1');
  }
  target.focus({ preventScroll: true });
});

// A seat of the bench lights up its take.
for (const seat of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.seat a'))) {
  const take = document.getElementById(seat.hash.slice(1));
  for (const [on, off] of /** @type {const} */ ([['pointerenter', 'pointerleave'], ['focus', 'blur']])) {
    seat.addEventListener(on, () => take?.classList.add('lit'));
    seat.addEventListener(off, () => take?.classList.remove('lit'));
  }
}

// "3 hours ago" for the last day; the date stays in the title.
const units = /** @type {const} */ ([[3_600_000, 'hour'], [60_000, 'minute']]);
const day = 86_400_000;
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
function age() {
  for (const time of document.querySelectorAll('time')) {
    const since = Date.now() - Date.parse(time.dateTime);
    if (!(since >= 0 && since < day) || time.closest('.notice')) {
      if (time.dataset.absolute) {
        time.textContent = time.dataset.absolute;
        delete time.dataset.absolute;
      }
      continue;
    }
    time.dataset.absolute ??= time.textContent ?? '';
    time.title = new Date(time.dateTime).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
    const unit = units.find(([length]) => since >= length);
    time.textContent = unit ? words.format(-Math.floor(since / unit[0]), unit[1]) : 'just now';
  }
}
age();
setInterval(age, 60_000);

function settle() {
  register();
  bookmarks().then((m) => m.start());
  if ('EventSource' in window && document.body.dataset.offline !== 'true') {
    import('./live.js').then((m) => m.start());
  }
  if (document.querySelector('[data-account-page]')) {
    import('./account.js').then((m) => m.start());
  }
}

/** Keeps pages for reading offline. The policy allows this one address and nothing else. */
function register() {
  // A page for one reader, such as a preview, does not register the worker.
  if (!('serviceWorker' in navigator) || location.pathname.startsWith('/preview')) {
    return;
  }
  const address = '/service-worker.js';
  const types = /** @type {{trustedTypes?: {createPolicy(name: string, rules: {createScriptURL(url: string): string}): {createScriptURL(url: string): string}}}} */ (
    /** @type {unknown} */ (window)
  ).trustedTypes;
  const policy = types?.createPolicy('site-worker', {
    createScriptURL: (url) => {
      if (url !== address) {
        throw new TypeError('Only the service worker of the site is registered.');
      }
      return url;
    },
  });
  // The first page comes before the worker, so the worker keeps it afterwards.
  const isFirst = !navigator.serviceWorker.controller && !document.body.dataset.reader && !location.search;
  navigator.serviceWorker
    .register(policy ? policy.createScriptURL(address) : address)
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => isFirst && active?.postMessage({ type: 'read', path: location.pathname }))
    .catch(() => {
      // Private windows may not allow it. The site works without.
    });
}

if (document.readyState === 'complete') {
  settle();
} else {
  addEventListener('load', settle);
}
