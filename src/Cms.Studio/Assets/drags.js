// Moving articles with a mouse or a pen, on the calendar and on the board. A drop sends the form that the entry has anyway, so
// everything can also be done with the keyboard, by touch and without scripts.
import { el } from './parts.js';

/** Why an entry stays on its day, by the colour of the entry. @type {Record<string, string>} */
const stays = {
  scheduled: 'Only editors move a publication.',
  published: 'What was published stays on its day.',
  changes: 'This is a due date. An editor changes it by assigning the article again, in the list of articles.',
  review: 'This is the end of an embargo. Open the article to change it.',
};

function calendar() {
  const list = document.querySelector('.calendar');
  if (!(list instanceof HTMLElement)) return;
  const say = speaker(list);
  movable(list, {
    items: 'li[data-day] > ul > li',
    places: 'li[data-day]',
    refusal: (item, day) => {
      if (item.closest('li[data-day]') === day) return '';
      if (!item.querySelector('form')) return stays[item.querySelector('.entry')?.getAttribute('data-status') ?? ''] ?? 'This cannot be moved here. Open the article to change it.';
      return (day.dataset['day'] ?? '') < (list.dataset['now'] ?? '') ? 'This day has passed. Choose today or a later day.' : null;
    },
    drop(item, day) {
      const form = item.querySelector('form');
      const field = item.querySelector('input[type="datetime-local"]');
      if (!form || !(field instanceof HTMLInputElement)) return;
      // The day changes, and the time of day stays.
      field.value = `${day.dataset['day']}T${field.value.split('T')[1] ?? '09:00'}`;
      say('Moving…');
      form.requestSubmit();
    },
    say,
  });
}

function board() {
  const list = document.querySelector('.board');
  if (!(list instanceof HTMLElement)) return;
  const say = speaker(list);
  /** The button of a card for the move that leads to a column. @param {HTMLElement} card @param {HTMLElement} column */
  const button = (card, column) => /** @type {HTMLButtonElement | null} */ (column.dataset['move'] ? card.querySelector(`button[value="${column.dataset['move']}"]`) : null);
  movable(list, {
    items: '.board-card',
    places: '.board > li',
    refusal: (card, column) => (card.closest('.board > li') === column ? '' : button(card, column) ? null : reason(card, column)),
    drop(card, column) {
      const pressed = button(card, column);
      const form = pressed?.form;
      if (!pressed || !form) return;
      const comment = column.dataset['move'] === 'RequestChanges' ? form.querySelector('textarea') : null;
      if (comment && comment.value.trim() === '') {
        // The writer needs to know what to change.
        /** @type {HTMLElement | null} */ (form.closest('[popover]'))?.showPopover();
        comment.focus();
        say('Write what to change, then send it.');
        return;
      }
      say('Moving…');
      form.requestSubmit(pressed);
    },
    say,
  });
}

/** Why a card cannot move to a column. @param {HTMLElement} card @param {HTMLElement} column */
function reason(card, column) {
  const from = card.closest('.board > li')?.getAttribute('data-list');
  switch (column.dataset['move']) {
    case 'Submit':
      return from === 'approved' ? 'An approved article is in review again when somebody saves a change to it.' : 'This article is public. Open it to change it.';
    case 'Approve':
      return from === 'review' ? 'Only editors approve articles.' : 'Submit the article for review first. Then an editor can approve it.';
    case 'RequestChanges':
      return from === 'review' || from === 'approved' ? 'Only editors ask for changes.' : 'Changes can be asked for when the article is in review.';
    case 'TakeBack':
      return 'Only an article in review can become a draft again.';
    default:
      return 'Open the article to schedule or publish it, because its checks come first.';
  }
}

/**
 * @typedef {object} Moves
 * @property {string} items what can be moved
 * @property {string} places where it can be dropped
 * @property {(item: HTMLElement, place: HTMLElement) => string | null} refusal why it cannot be dropped there; empty if it is there already, null if it can
 * @property {(item: HTMLElement, place: HTMLElement) => void} drop
 * @property {(words: string) => void} say
 */

/** @param {HTMLElement} list @param {Moves} moves */
function movable(list, { items, places, refusal, drop, say }) {
  /** @type {HTMLElement | null} */
  let dragged = null;
  /** @type {HTMLElement | null} */
  let over = null;
  /** @param {EventTarget | null} target @param {string} selector */
  const near = (target, selector) => /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest(selector) : null);
  /** @param {HTMLElement | null} place @param {string} [state] */
  const mark = (place, state) => {
    if (over && over !== place) delete over.dataset['drop'];
    over = place;
    if (place && state) place.dataset['drop'] = state;
  };
  // A finger scrolls and opens menus, so it moves nothing. Links inside would be dragged instead of their card.
  list.addEventListener('pointerdown', (event) => {
    const item = near(event.target, items);
    if (!item) return;
    item.draggable = event.pointerType !== 'touch' && !near(event.target, 'form, [popover], input, textarea');
    for (const link of item.querySelectorAll('a')) link.draggable = false;
  });
  list.addEventListener('dragstart', (event) => {
    dragged = near(event.target, items);
    if (!dragged || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', named(dragged));
    // What was said stays until the drop, because the page would move under the mouse.
    dragged.dataset['dragged'] = 'true';
  });
  list.addEventListener('dragover', (event) => {
    const place = near(event.target, places);
    if (!dragged || !place) return;
    // The drop is taken in any case: if it is refused, it says why.
    event.preventDefault();
    const why = refusal(dragged, place);
    mark(place, why === null ? 'yes' : why === '' ? undefined : 'no');
  });
  list.addEventListener('dragleave', (event) => {
    if (over && !over.contains(/** @type {Node | null} */ (event.relatedTarget))) {
      delete over.dataset['drop'];
      over = null;
    }
  });
  list.addEventListener('drop', (event) => {
    const place = near(event.target, places);
    if (!dragged || !place) return;
    event.preventDefault();
    const why = refusal(dragged, place);
    if (why === null) drop(dragged, place);
    else say(why && `“${named(dragged)}” was not moved. ${why}`);
  });
  list.addEventListener('dragend', () => {
    if (over) delete over.dataset['drop'];
    if (dragged) {
      delete dragged.dataset['dragged'];
      dragged.draggable = false;
    }
    dragged = over = null;
  });
}

/** The headline of what is moved. @param {HTMLElement} item */
const named = (item) => (item.querySelector('.entry-title') ?? item.querySelector('a'))?.textContent?.trim() ?? '';

/** A line above the list that says what happened. @param {HTMLElement} list @returns {(words: string) => void} */
function speaker(list) {
  const line = el('p', { class: 'drag-said banner', role: 'status' });
  list.before(line);
  return (words) => (line.textContent = words);
}

calendar();
board();
