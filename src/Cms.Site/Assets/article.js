// What an article is better for and works without: sharing, players of other sites, and the reading position.
const article = document.querySelector('[data-article]');

// Sharing. Without scripts the link writes a mail.
for (const link of document.querySelectorAll('[data-share]')) {
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  said.className = 'said';
  link.after(said);
  link.addEventListener('click', async event => {
    const { share: url, title } = link.dataset;
    if (!navigator.share && !navigator.clipboard) return;
    event.preventDefault();
    try {
      if (navigator.share) await navigator.share({ title, url });
      else { await navigator.clipboard.writeText(url); said.textContent = 'Link copied'; setTimeout(() => { said.textContent = ''; }, 4000); }
    } catch (error) {
      // The reader changed their mind, or the browser forbids it: then a mail is left.
      if (error.name !== 'AbortError') location.href = link.href;
    }
  });
}

// A player of another site replaces its card when the reader asks for it.
for (const button of document.querySelectorAll('[data-load]')) button.addEventListener('click', () => {
  const card = button.closest('[data-frame]');
  const frame = document.createElement('iframe');
  frame.src = card.dataset.frame;
  frame.title = card.dataset.title;
  frame.allow = 'fullscreen; picture-in-picture; encrypted-media';
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation');
  const link = card.querySelector('a');
  const caption = document.createElement('figcaption');
  caption.append(link);
  card.replaceChildren(frame, caption);
  card.classList.add('playing');
  frame.focus();
});

// Following a link to a take or a passage puts the keyboard there too.
const settle = () => { const target = document.getElementById(decodeURIComponent(location.hash.slice(1))); if (target) { if (target.tabIndex < 0) target.setAttribute('tabindex', '-1'); target.focus({ preventScroll: true }); } };
addEventListener('hashchange', settle);

// A seat of the bench lights up its take.
for (const seat of document.querySelectorAll('.seat a')) for (const [on, off] of [['pointerenter', 'pointerleave'], ['focus', 'blur']]) {
  const take = document.getElementById(seat.hash.slice(1));
  seat.addEventListener(on, () => take?.classList.add('lit'));
  seat.addEventListener(off, () => take?.classList.remove('lit'));
}

// The contents show where the reader is.
const entries = new Map([...document.querySelectorAll('.rail a')].map(a => [document.getElementById(a.hash.slice(1)), a]).filter(([heading]) => heading));
if (entries.size) {
  const mark = () => {
    let now; for (const [heading, entry] of entries) if (heading.getBoundingClientRect().top < innerHeight / 3) now = entry;
    for (const entry of entries.values()) entry === now ? entry.setAttribute('aria-current', 'true') : entry.removeAttribute('aria-current');
  };
  let waits = false;
  addEventListener('scroll', () => { if (!waits) { waits = true; requestAnimationFrame(() => { waits = false; mark(); }); } }, { passive: true });
  mark();
}

// The reading position of long stories is kept in the browser for a month, as a share of the text.
const body = document.querySelector('.body');
const key = 'read', month = 2592e6;
const load = () => { try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; } };
const share = () => { const box = body.getBoundingClientRect(); return (innerHeight / 3 - box.top) / box.height; };
if (article && body && body.offsetHeight > innerHeight * 2) {
  const id = article.dataset.article, known = load()[id];
  let timer;
  const keep = () => {
    const all = load(), at = share();
    for (const k in all) if (Date.now() - all[k].t > month) delete all[k];
    if (at > .12 && at < .95) all[id] = { at: +at.toFixed(3), t: Date.now() }; else delete all[id];
    try { localStorage.setItem(key, JSON.stringify(all)); } catch { /* Private windows may refuse. */ }
  };
  if (known && !location.hash && scrollY < 100 && performance.getEntriesByType('navigation')[0]?.type === 'navigate') {
    const go = document.createElement('button');
    go.type = 'button';
    go.className = 'btn go';
    go.textContent = 'Continue where you stopped';
    const gone = () => { if (scrollY > 400) { go.remove(); removeEventListener('scroll', gone); } };
    addEventListener('scroll', gone, { passive: true });
    go.addEventListener('click', () => { const box = body.getBoundingClientRect(); scrollTo({ top: scrollY + box.top + box.height * known.at - innerHeight / 3 }); go.remove(); });
    article.prepend(go);
  }
  addEventListener('scroll', () => { clearTimeout(timer); timer = setTimeout(keep, 400); }, { passive: true });
}
