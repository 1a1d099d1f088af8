// The list of keyboard shortcuts.
import { groups, shown } from './keys.js';
import { el } from './parts.js';

/** @type {HTMLDialogElement | null} */
let dialog = null;

/** Shows the list. */
export function openShortcuts() {
  dialog ??= make();
  dialog.showModal();
}

function make() {
  const close = el('button', { type: 'button', class: 'quiet' }, 'Close');
  const made = el(
    'dialog',
    { class: 'shortcuts', 'aria-labelledby': 'shortcuts-title', closedby: 'any' },
    el('header', {}, el('h2', { id: 'shortcuts-title' }, 'Keyboard shortcuts'), close),
    ...groups.map(([group, list]) =>
      el('section', {}, el('h3', {}, group), el('dl', {}, ...list.map(([name, keys]) => el('div', {}, el('dt', {}, name), el('dd', {}, el('kbd', {}, shown(keys))))))),
    ),
  );
  close.addEventListener('click', () => made.close());
  document.body.append(made);
  return made;
}
