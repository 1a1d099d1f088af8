// Selecting several articles: the bar appears when one is selected, and shows the fields that its action needs.

/** Makes the form for several articles work. */
export function bulk() {
  const form = document.querySelector('form[data-bulk]');
  if (!(form instanceof HTMLFormElement)) return;
  const all = /** @type {HTMLInputElement | null} */ (form.querySelector('[data-bulk-all]'));
  const action = /** @type {HTMLSelectElement | null} */ (form.querySelector('[data-bulk-action]'));
  const count = form.querySelector('[data-bulk-count]');
  const clear = /** @type {HTMLButtonElement | null} */ (form.querySelector('[data-bulk-clear]'));
  const boxes = () => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('input[name="Bulk.Ids"]')]);
  if (!all || !action || !count || !clear) return;
  form.dataset.bulk = 'on';
  all.hidden = false;
  clear.hidden = false;

  const show = () => {
    const selected = boxes().filter((box) => box.checked).length;
    form.toggleAttribute('data-has-selection', selected > 0);
    count.textContent = selected === 1 ? '1 selected' : `${selected} selected`;
    all.checked = selected > 0 && selected === boxes().length;
    all.indeterminate = selected > 0 && !all.checked;
    for (const field of form.querySelectorAll('[data-for]')) {
      if (field instanceof HTMLElement) field.hidden = field.dataset.for !== action.value;
    }
  };
  /** @type {HTMLInputElement | null} */
  let last = null;
  form.addEventListener('click', (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== 'Bulk.Ids') return;
    if (event.shiftKey && last) {
      const list = boxes();
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      for (const between of list.slice(from, (to ?? 0) + 1)) between.checked = box.checked;
    }
    last = box;
    show();
  });
  form.addEventListener('change', show);
  all.addEventListener('change', () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  clear.addEventListener('click', () => {
    for (const box of boxes()) box.checked = false;
    show();
    all.focus();
  });
  show();
}
