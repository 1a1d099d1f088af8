// Sharing, embedded players and the reading position. The article works without them.
import { el } from './dom.js';

/** @template {Element} T @param {string} selector @returns {Iterable<T>} */
const every = (selector) => /** @type {NodeListOf<T>} */ (document.querySelectorAll(selector));

// Sharing. Without scripts the link writes an email.
for (const link of /** @type {Iterable<HTMLAnchorElement>} */ (every('[data-share]'))) {
  const said = el('span', { role: 'status', class: 'said' });
  link.after(said);
  link.addEventListener('click', async (event) => {
    const { share: url = location.href, title } = link.dataset;
    const { clipboard } = navigator;
    if (!('share' in navigator) && !clipboard) {
      return;
    }
    event.preventDefault();
    try {
      if ('share' in navigator) {
        await navigator.share({ title, url });
      } else {
        await clipboard.writeText(url);
        said.textContent = 'Link copied';
        setTimeout(() => (said.textContent = ''), 4000);
      }
    } catch (error) {
      // The reader changed their mind, or the browser does not allow it: then an email is left.
      if (!(error instanceof DOMException && error.name === 'AbortError')) {
        location.href = link.href;
      }
    }
  });
}

// A player of another site replaces its card when the reader asks for it.
for (const button of every('[data-load]')) {
  button.addEventListener('click', () => {
    const card = /** @type {HTMLElement | null} */ (button.closest('[data-frame]'));
    const link = card?.querySelector('a');
    if (!card?.dataset.frame || !link) {
      return;
    }
    const frame = el('iframe', {
      src: card.dataset.frame,
      title: card.dataset.title ?? '',
      allow: 'fullscreen; picture-in-picture; encrypted-media',
      sandbox: 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation',
    });
    card.replaceChildren(frame, el('figcaption', {}, link));
    card.classList.add('playing');
    frame.focus();
  });
}

// The contents show where the reader is.
/** @type {Map<HTMLElement, HTMLAnchorElement>} */
const entries = new Map();
for (const link of /** @type {Iterable<HTMLAnchorElement>} */ (every('.rail a'))) {
  const heading = document.getElementById(link.hash.slice(1));
  if (heading) {
    entries.set(heading, link);
  }
}
if (entries.size) {
  const mark = () => {
    /** @type {HTMLAnchorElement | undefined} */
    let now;
    for (const [heading, entry] of entries) {
      if (heading.getBoundingClientRect().top < innerHeight / 3) {
        now = entry;
      }
    }
    for (const entry of entries.values()) {
      if (entry === now) {
        entry.setAttribute('aria-current', 'true');
      } else {
        entry.removeAttribute('aria-current');
      }
    }
  };
  let waits = false;
  addEventListener(
    'scroll',
    () => {
      if (!waits) {
        waits = true;
        requestAnimationFrame(() => {
          waits = false;
          mark();
        });
      }
    },
    { passive: true },
  );
  mark();
}

// The reading position of long stories is kept in this browser for a month, as a share of the text.
const article = /** @type {HTMLElement | null} */ (document.querySelector('[data-article]'));
const text = /** @type {HTMLElement | null} */ (document.querySelector('.body'));
const key = 'panel.read';
const month = 2_592_000_000;

/** @returns {Record<string, {at: number, t: number}>} */
function load() {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {HTMLElement} story @param {HTMLElement} body @param {string} id */
function follow(story, body, id) {
  const known = load()[id];
  const keep = () => {
    const all = load();
    const box = body.getBoundingClientRect();
    const at = (innerHeight / 3 - box.top) / box.height;
    for (const [other, { t }] of Object.entries(all)) {
      if (Date.now() - t > month) {
        delete all[other];
      }
    }
    if (at > 0.12 && at < 0.95) {
      all[id] = { at: +at.toFixed(3), t: Date.now() };
    } else {
      delete all[id];
    }
    try {
      localStorage.setItem(key, JSON.stringify(all));
    } catch {
      // Private windows may not allow it.
    }
  };
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  if (known && !location.hash && scrollY < 100 && visit?.type === 'navigate') {
    const go = el('button', { type: 'button', class: 'btn go' }, 'Continue where you stopped');
    const gone = () => {
      if (scrollY > 400) {
        go.remove();
        removeEventListener('scroll', gone);
      }
    };
    addEventListener('scroll', gone, { passive: true });
    go.addEventListener('click', () => {
      const box = body.getBoundingClientRect();
      scrollTo({ top: scrollY + box.top + box.height * known.at - innerHeight / 3 });
      go.remove();
    });
    story.prepend(go);
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  addEventListener(
    'scroll',
    () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 400);
    },
    { passive: true },
  );
}

if (article?.dataset.article && text && text.offsetHeight > innerHeight * 2) {
  follow(article, text, article.dataset.article);
}
