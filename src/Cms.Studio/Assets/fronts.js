// Putting the articles of a front in order without a request for each step, with the buttons or by dragging. The order is kept on
// this device until it is saved.
import { hasKeptText } from './pages.js';

fronts();

/** Makes the list of a front quicker. Every button also works as a form. */
function fronts() {
  const page = document.querySelector('[data-front]');
  const list = page?.querySelector('[data-front-slots]');
  if (!(page instanceof HTMLElement) || !(list instanceof HTMLElement)) return;
  const said = page.querySelector('[data-front-said]');
  const count = page.querySelector('[data-front-count]');
  const unsaved = document.querySelector('[data-front-unsaved]');
  const saved = page.dataset.saved ?? '';
  const slots = () => /** @type {HTMLElement[]} */ ([...list.children].filter((item) => item instanceof HTMLElement));
  const ids = () => slots().map((slot) => slot.dataset.id ?? '');
  /** @param {HTMLElement} slot */
  const headline = (slot) => slot.querySelector('.line a')?.textContent ?? '';

  /** @param {string} sentence */
  const show = (sentence) => {
    const all = slots();
    for (const [index, slot] of all.entries()) {
      const number = slot.querySelector('[data-front-number]');
      if (number) number.textContent = String(index + 1);
      for (const button of slot.querySelectorAll('[data-front-move]')) {
        if (!(button instanceof HTMLButtonElement)) continue;
        button.disabled = button.dataset.frontMove === '-1' ? index === 0 : index === all.length - 1;
      }
    }
    for (const holder of document.querySelectorAll('[data-front-ids]')) {
      if (!(holder instanceof HTMLElement)) continue;
      holder.replaceChildren(
        ...ids().map((id) => {
          const input = document.createElement('input');
          input.type = 'hidden';
          input.name = holder.dataset.frontIds ?? '';
          input.value = id;
          return input;
        }),
      );
    }
    if (count) count.textContent = `${all.length} of 20`;
    if (unsaved instanceof HTMLElement) unsaved.hidden = ids().join(' ') === saved;
    if (said) said.textContent = sentence;
    history.replaceState(null, '', `${location.pathname}?${query()}`);
    keep();
  };
  /** The order as the address has it. */
  const query = () => {
    const form = document.querySelector('#front-draft');
    const made = new URLSearchParams();
    for (const [name, value] of new FormData(form instanceof HTMLFormElement ? form : undefined)) if (typeof value === 'string' && value) made.append(name, value);
    return String(made);
  };
  /** @param {string | null} text */
  const keepText = (text) => void import('./kept-forms.js').then(({ keepMore }) => keepMore('front', text), () => {});
  const keep = () => keepText(ids().join(' ') === saved ? null : query());

  const isPlain = !new URLSearchParams(location.search).has('draft') && ids().join(' ') === saved;
  // The address says that the kept order is discarded, because a page that is left may still be loading the script that keeps it.
  const isDiscarded = new URLSearchParams(location.search).get('from') === 'saved';
  if (isDiscarded) history.replaceState(null, '', location.pathname);
  /** Offers the order that was kept. */
  const offer = async () => {
    const [{ keptMore }, { ago }, { el }] = await Promise.all([import('./kept-forms.js'), import('./editor/time.js'), import('./parts.js')]);
    const kept = keptMore('front');
    if (kept && isPlain && !isDiscarded && new URLSearchParams(kept.text).getAll('a').join(' ') !== saved) {
      const discard = el('button', { type: 'button', class: 'small quiet' }, 'Discard them');
      const banner = el('div', { class: 'banner', 'data-kind': 'kept', role: 'status' },
        el('p', {}, `You changed this front ${ago(kept.at, Date.now())} and did not save the changes.`),
        el('a', { class: 'button small', href: `${location.pathname}?${kept.text}` }, 'Put the changes back'), discard);
      discard.addEventListener('click', () => {
        keepText(null);
        banner.remove();
        document.getElementById('content')?.focus();
      });
      document.getElementById('content')?.prepend(banner);
    } else {
      keep();
    }
  };
  if (hasKeptText()) offer().catch(() => {});
  else if (!isPlain) keep();
  /** @param {HTMLElement} slot */
  const place = (slot) => `“${headline(slot)}” is now number ${slots().indexOf(slot) + 1}. Save the front to show this to readers.`;

  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const slot = button?.closest('li');
    if (!button || !slot) return;
    if (button.dataset.frontMove !== undefined) {
      event.preventDefault();
      const isUp = button.dataset.frontMove === '-1';
      const other = isUp ? slot.previousElementSibling : slot.nextElementSibling;
      if (!other) return;
      if (isUp) other.before(slot);
      else other.after(slot);
      show(place(slot));
      // A button at the end of the list is disabled, so the focus goes to the other one.
      const next = button.disabled ? slot.querySelector(`[data-front-move="${isUp ? '1' : '-1'}"]`) : button;
      if (next instanceof HTMLElement) next.focus();
    } else if (button.dataset.frontRemove !== undefined) {
      event.preventDefault();
      const near = slot.nextElementSibling ?? slot.previousElementSibling;
      const sentence = `“${headline(slot)}” was removed. Save the front to show this to readers.`;
      slot.remove();
      show(sentence);
      const next = near?.querySelector('[data-front-remove]') ?? document.querySelector('#q');
      if (next instanceof HTMLElement) next.focus();
    }
  });

  /** @type {HTMLElement | null} */
  let dragged = null;
  for (const slot of slots()) slot.draggable = true;
  list.addEventListener('dragstart', (event) => {
    dragged = event.target instanceof Element ? event.target.closest('li') : null;
    if (dragged && event.dataTransfer) {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', headline(dragged));
      dragged.dataset.dragged = 'true';
    }
  });
  list.addEventListener('dragover', (event) => {
    const over = event.target instanceof Element ? event.target.closest('li') : null;
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
  list.addEventListener('drop', (event) => event.preventDefault());
  list.addEventListener('dragend', () => {
    if (!dragged) return;
    delete dragged.dataset.dragged;
    show(place(dragged));
    dragged = null;
  });
}
