// The rows of a list of bookmarks, with the same structure as on the page that the server makes.
import { el, shortDate, svg } from './dom.js';

/** @typedef {import('./store.js').Saved} Saved */

const marks = { supportive: 'M1 9 6 1l5 8z', mixed: 'M1 3.5h10v3H1z', skeptical: 'M1 1 6 9l5-8z' };

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * @param {Saved} item
 * @param {boolean} [isSmall] whether it is in the panel, which has no pictures
 */
export function row(item, isSmall = false) {
  const idea = isSmall ? 'p' : 'b';
  const goneTitle = item.title || `This ${item.kind} is no longer published`;
  const title = item.isGone ? goneTitle : item.title;
  const isTake = item.kind === 'take' && !item.isGone;
  return el(
    'li',
    {
      class: ['bi', item.isGone && 'gone', item.persona && 'p-' + item.persona].filter(Boolean).join(' '),
      id: `${idea}-${item.id}`,
      'data-item': item.id,
      'data-kind': item.kind,
      'data-saved-at': item.savedAt,
    },
    !isSmall && picture(item),
    el(
      'div',
      {},
      el(
        'p',
        { class: 'kick' },
        item.isGone && el('span', { class: 'tag' }, item.kind === 'article' ? 'Withdrawn' : 'Gone'),
        !item.isGone &&
          item.isChanged &&
          el('span', { class: 'tag ch' }, `${item.isCorrected ? 'Corrected' : 'Changed'} since you saved it`),
        el('span', {}, item.kicker ?? capital(item.kind)),
        item.stance ? stance(item.stance) : null,
      ),
      el(
        'p',
        { class: isTake ? 'bt it' : 'bt' },
        item.isGone || !item.href ? title : el('a', { href: item.href }, title),
      ),
      item.why && !item.isGone && !isSmall && el('p', { class: 'why' }, item.why),
      item.isGone && el('p', { class: 'why' }, item.reason ?? `This ${item.kind} is no longer published.`),
      item.successor &&
        el('p', { class: 'why' }, 'Read instead: ', el('a', { href: item.successor.href }, item.successor.title)),
      item.note && el('p', { class: 'bn' }, el('span', { class: 'vh' }, 'Your note: '), item.note),
      item.refused && el('p', { class: 'fine' }, 'Only in this browser: it did not fit into your account.'),
      el('p', { class: 'meta' }, !isSmall && !item.isGone && item.takes?.length ? strip(item.takes) : null, item.savedAt ? el('span', {}, 'Saved ', shortDate(item.savedAt)) : null),
      note(item, title, idea),
    ),
    el(
      'form',
      { class: 'rf', method: 'post', action: '/bookmarks/remove', 'data-remove-form': true },
      el('button', { type: 'submit', class: 'rm' }, 'Remove', el('span', { class: 'vh' }, ' ' + title)),
    ),
  );
}

/** @param {string} which */
function stance(which) {
  const shape = marks[/** @type {keyof typeof marks} */ (which)];
  return el(
    'span',
    { class: 'stance' },
    ...(shape
      ? [svg('svg', { class: 'g', viewBox: '0 0 12 10', width: 12, height: 10, 'aria-hidden': 'true' }, svg('path', { d: shape }))]
      : []),
    capital(which),
  );
}

/** The panel's line: a bar for each persona. @param {NonNullable<Saved['takes']>} takes */
function strip(takes) {
  const width = takes.length * 10 - 1;
  const label = 'The panel: ' + takes.map((take) => `${take.persona.name} ${take.stance}`).join(', ');
  const bars = takes.map((take, i) => {
    const height = 3 + Math.round(take.confidence / 10);
    const isMixed = take.stance === 'mixed';
    return svg('rect', {
      class: 'p-' + take.persona.slug,
      x: i * 10 + 1,
      y: isMixed ? 11.5 : take.stance === 'supportive' ? 13 - height : 14,
      width: 7,
      height: isMixed ? 4 : height,
    });
  });
  return el(
    'span',
    { class: 'strip' },
    svg(
      'svg',
      { viewBox: `0 0 ${width} 27`, width, height: 27, role: 'img', 'aria-label': label },
      svg('path', { d: `M0 13.5h${width}` }),
      ...bars,
    ),
  );
}

/** @param {Saved} item */
function picture(item) {
  if (item.isGone) {
    return null;
  }
  if (item.kind === 'article' && item.picture) {
    return el(
      'a',
      { class: 'pl', href: item.href, tabindex: -1, 'aria-hidden': 'true' },
      el(
        'span',
        { class: item.isWhole ? 'ph whole' : 'ph' },
        svg('svg', { viewBox: '0 0 16 9', 'aria-hidden': 'true' }, svg('path', { fill: item.colour ?? '#888888', d: 'M0 0h16v9H0z' })),
        el('img', {
          src: item.picture,
          srcset: `${item.picture} 320w, ${item.largePicture ?? item.picture} 640w`,
          sizes: '10rem',
          width: 320,
          height: 180,
          alt: '',
          loading: 'lazy',
        }),
      ),
    );
  }
  return el(
    'span',
    { class: 'pl sq' },
    item.picture
      ? el('img', { class: item.kind === 'take' ? 'av' : null, src: item.picture, width: 72, height: 72, alt: '', loading: 'lazy' })
      : null,
  );
}

/** @param {Saved} item @param {string} title @param {string} idea */
function note(item, title, idea) {
  const id = `${idea}n-${item.id}`;
  return el(
    'details',
    { class: 'nt' },
    el('summary', {}, item.note ? 'Edit the note' : 'Add a note', el('span', { class: 'vh' }, ' to ' + title)),
    el(
      'form',
      { method: 'post', action: '/bookmarks/note', 'data-note-form': true },
      el('label', { class: 'vh', for: id }, 'Your note'),
      el('textarea', { id, name: 'note', rows: 3, maxlength: 1000, placeholder: 'Only you can read it' }, item.note ?? ''),
      el(
        'p',
        { class: 'meta' },
        el('button', { type: 'submit', class: 'btn' }, 'Save note'),
        el('span', { class: 'fine' }, 'At most 1,000 characters. To remove the note, leave it empty.'),
      ),
    ),
  );
}

/**
 * What is shown instead of a list without bookmarks.
 * @param {string} [heading]
 * @param {string} [words]
 * @param {string} [href] where the button leads to
 * @param {string} [label] what the button says
 */
export function empty(
  heading = 'No bookmarks yet',
  words = 'Bookmark tools, articles and takes to save them for later.',
  href = '/',
  label = 'Read the latest',
) {
  return el(
    'div',
    { class: 'none' },
    svg(
      'svg',
      { viewBox: '0 0 64 48', width: 64, height: 48, 'aria-hidden': 'true' },
      svg('path', { d: 'M0 24.5h64' }),
      svg('path', { d: 'M10 8h10v26l-5-4-5 4zM28 12h10v26l-5-4-5 4zM46 4h10v26l-5-4-5 4z' }),
    ),
    el('h2', { tabindex: -1 }, heading),
    el('p', {}, words),
    el('p', {}, el('a', { class: 'btn', href }, label)),
  );
}

export const noneOfKind = () => empty('None of this kind', 'You have bookmarks of other kinds.', '/bookmarks', 'Show all');

export const bones = () =>
  el(
    'div',
    { class: 'bones', role: 'status' },
    el('p', { class: 'vh' }, 'Fetching your bookmarks'),
    ...[1, 2, 3].map(() => el('i', {}, el('b'), el('b'), el('b'))),
  );

/** How many rows a list shows before a reader asks for more: thousands would keep the browser busy for seconds. */
export const perPage = 100;

/** @param {() => void} act */
export const olderButton = (act) => el('button', { class: 'btn', type: 'button', onclick: act }, 'Older bookmarks');

const kinds = { article: 'Articles', take: 'Takes', tool: 'Tools' };

/**
 * Fills the page: kinds, then what changed, then the rest.
 * @param {HTMLElement} list
 * @param {Saved[]} items
 * @param {string | null} kind
 * @param {() => void} again fills it again, with the rows that the reader has asked for
 */
export function rows(list, items, kind, again) {
  const most = Number(list.dataset.most ?? perPage);
  const all = items.filter((item) => !kind || !Object.hasOwn(kinds, kind) || item.kind === kind);
  const isRest = all.length > most;
  const shown = [...all.filter((item) => item.isChanged), ...all.filter((item) => !item.isChanged)].slice(0, most);
  const groups = /** @type {const} */ ([
    ['Changed since you saved them', shown.filter((item) => item.isChanged)],
    ['Saved', shown.filter((item) => !item.isChanged)],
  ]);
  const more = () => {
    list.dataset.most = String(most + perPage);
    again();
    const next = /** @type {HTMLElement | undefined} */ (list.querySelectorAll('[data-item]')[most]);
    /** @type {HTMLElement | null | undefined} */ (next?.querySelector('a,button'))?.focus();
  };
  const link = (/** @type {string | null} */ which, /** @type {string} */ words, /** @type {number} */ n) =>
    el(
      'li',
      {},
      el(
        'a',
        { href: which ? '?kind=' + which : '/bookmarks', 'aria-current': (kind ?? null) === which ? 'page' : null },
        words + ' ',
        el('span', { 'data-kinds': which ?? 'all' }, String(n)),
      ),
    );
  list.replaceChildren(
    ...(items.length > 0
      ? [
          el(
            'nav',
            { class: 'kinds', 'aria-label': 'Kinds' },
            el(
              'ul',
              {},
              link(null, 'All', items.length),
              ...Object.entries(kinds).map(([which, words]) => link(which, words, items.filter((item) => item.kind === which).length)),
            ),
          ),
        ]
      : []),
    ...groups.flatMap(([heading, some]) =>
      some.length > 0
        ? [el('h2', { class: 'bg' }, heading), el('ul', { class: 'bl' }, ...some.map((item) => row(item)))]
        : [],
    ),
    ...(items.length === 0 ? [empty()] : shown.length === 0 ? [noneOfKind()] : []),
    ...(isRest ? [el('p', { class: 'more' }, olderButton(more))] : []),
  );
}
