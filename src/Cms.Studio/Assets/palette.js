// Finds pages, articles and actions by name.
import { Offline, SignedOut, connect } from './editor/api.js';
import { operations } from './operations.js';
import { el, post, studioData } from './parts.js';
import { openShortcuts } from './shortcuts.js';

/**
 * @typedef {object} Item something that can be chosen
 * @property {string} name
 * @property {string} group
 * @property {string} [more] a few words beside the name
 * @property {string} [words] other words that find it
 * @property {string} [href] where it leads
 * @property {() => void} [run] what it does, if it leads nowhere
 */

const pause = 150;
const shortest = 2;
/** @type {Record<string, string>} */
const statuses = { DRAFT: 'Draft', PUBLISHED: 'Published', WITHDRAWN: 'Withdrawn' };

/** @returns {Item[]} */
function known() {
  const { places, site } = studioData();
  return [
    ...places.map(({ name, href }) => ({ name, href, group: 'Pages' })),
    ...(site ? [{ name: 'Reader site', href: site, group: 'Pages' }] : []),
    { name: 'New article', group: 'Actions', words: 'create write', run: () => post('/studio/articles', { _handler: 'new-article', ChangeId: crypto.randomUUID() }) },
    ...Object.entries(studioThemes.words).map(([theme, name]) => ({ name, group: 'Actions', words: 'theme colors', run: () => studioThemes.set(/** @type {StudioTheme} */ (theme)) })),
    { name: 'Keyboard shortcuts', group: 'Actions', words: 'keys help', run: openShortcuts },
    { name: 'Sign out', group: 'Actions', words: 'log out leave', run: () => post('/signout?returnUrl=/studio') },
  ];
}

/** Those that have a word beginning with each word of a text. Names that begin with the text come first. @param {Item[]} items @param {string} text */
export function matching(items, text) {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter(({ name, words = '' }) => {
    const all = `${name} ${words}`.toLowerCase().split(/[\s:]+/);
    return wanted.every((word) => all.some((one) => one.startsWith(word)));
  });
  const begins = (/** @type {Item} */ { name }) => Number(name.toLowerCase().startsWith(text.trim().toLowerCase()));
  return wanted.length === 0 ? found : found.sort((a, b) => begins(b) - begins(a));
}

class Palette {
  /** @type {Item[]} */
  #items = [];
  /** What is shown, in the order of the list. @type {Item[]} */
  #shown = [];
  /** @type {Item[]} */
  #articles = [];
  #at = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #asking = new AbortController();

  constructor() {
    this.field = el('input', {
      type: 'text', role: 'combobox', 'aria-label': 'Go to a page or an article', 'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list',
      placeholder: 'Go to a page, find an article, do something…', autocomplete: 'off', spellcheck: 'false', maxlength: '200',
    });
    this.list = el('div', { id: 'palette-list', role: 'listbox', 'aria-label': 'Results' });
    this.said = el('p', { class: 'palette-said', role: 'status' });
    this.dialog = el(
      'dialog', { class: 'palette', 'aria-label': 'Go to', closedby: 'any' }, this.field, this.list, this.said,
      el('footer', { class: 'palette-foot' }, el('span', {}, 'Arrow keys to choose, Enter to open, Ctrl+Enter for a new tab'), el('span', {}, `Times are those of ${studioData().timeZone.replaceAll('_', ' ')}`)),
    );
    this.field.addEventListener('input', () => this.#search());
    this.field.addEventListener('keydown', (event) => this.#press(event));
    // The field keeps the focus while somebody chooses with the mouse.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
      if (option) this.#choose(Number(option.id.replace('palette-', '')), event.ctrlKey || event.metaKey);
    });
    this.dialog.addEventListener('close', () => this.#stop());
    document.body.append(this.dialog);
  }

  open() {
    if (this.dialog.open) return;
    this.#items = known();
    this.field.value = '';
    this.dialog.showModal();
    this.#search();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  #search() {
    const text = this.field.value.trim();
    this.#stop();
    this.#articles = [];
    this.#at = 0;
    if (text.length < shortest) {
      this.#draw('');
      return;
    }
    this.#draw('Looking for articles…');
    this.#timer = setTimeout(() => void this.#find(text), pause);
  }

  /** @param {string} text */
  async #find(text) {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const ask = connect(operations, (url, init) => fetch(url, { ...init, signal: AbortSignal.any([signal, ...(init?.signal ? [init.signal] : [])]) }));
    try {
      const { desk } = await ask('EditorFind', { text });
      if (signal.aborted) return;
      this.#articles = (desk?.articles?.nodes ?? []).map((/** @type {any} */ one) => ({
        name: one.headline, group: 'Articles', more: statuses[one.status] ?? '', href: `/studio/articles/${one.id}`,
      }));
      this.#draw();
    } catch (fault) {
      // Only the last text that was typed matters.
      if (signal.aborted) return;
      if (fault instanceof SignedOut) {
        this.#articles = [{ name: 'Sign in again', group: 'Articles', href: `/signin?returnUrl=${encodeURIComponent(location.pathname + location.search)}` }];
      }
      this.#draw(
        fault instanceof SignedOut ? 'You are signed out, so no articles can be found.'
        : fault instanceof Offline ? 'The server does not answer, so no articles can be found. Type something to try again.'
        : fault instanceof Error ? fault.message : 'No articles could be found. Reload the page.',
      );
    }
  }

  /** @param {string} [words] what to say; left out for the number of results */
  #draw(words) {
    this.#shown = [...matching(this.#items, this.field.value), ...this.#articles];
    this.#at = Math.min(this.#at, Math.max(0, this.#shown.length - 1));
    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    for (const [index, item] of this.#shown.entries()) {
      const group = groups.get(item.group) ?? el('div', { role: 'group', 'aria-labelledby': `palette-group-${groups.size}` }, el('p', { id: `palette-group-${groups.size}`, role: 'presentation' }, item.group));
      groups.set(item.group, group);
      group.append(el('div', { role: 'option', id: `palette-${index}`, 'aria-selected': 'false' }, el('span', { dir: 'auto' }, item.name), ...(item.more ? [' ', el('small', {}, item.more)] : [])));
    }
    this.list.replaceChildren(...groups.values());
    this.list.hidden = this.#shown.length === 0;
    this.field.setAttribute('aria-expanded', String(this.#shown.length > 0));
    const count = this.#shown.length;
    this.said.textContent = words ?? (count === 0 ? 'Nothing has this name. Check the spelling, or use fewer words.' : count === 1 ? '1 result' : `${count} results`);
    this.#mark();
  }

  #mark() {
    for (const option of this.list.querySelectorAll('[role="option"]')) option.setAttribute('aria-selected', String(option.id === `palette-${this.#at}`));
    const current = document.getElementById(`palette-${this.#at}`);
    if (current) {
      this.field.setAttribute('aria-activedescendant', current.id);
      current.scrollIntoView({ block: 'nearest' });
    } else {
      this.field.removeAttribute('aria-activedescendant');
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.isComposing) return;
    const count = this.#shown.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count > 0) {
      event.preventDefault();
      this.#at = (this.#at + step + count) % count;
      this.#mark();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#choose(this.#at, event.ctrlKey || event.metaKey);
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      this.dialog.close();
    }
  }

  /** @param {number} index @param {boolean} isApart whether to open it in a new tab */
  #choose(index, isApart) {
    const item = this.#shown[index];
    if (!item) return;
    this.dialog.close();
    if (item.run) item.run();
    else if (item.href && isApart) window.open(item.href, '_blank', 'noopener');
    else if (item.href) location.assign(item.href);
  }
}

/** @type {Palette | null} */
let palette = null;

/** Opens the palette. */
export function openPalette() {
  palette ??= new Palette();
  palette.open();
}
