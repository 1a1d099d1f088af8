// What every page of the Studio loads: it makes lists and forms quicker to use. Every page also works without it.
// Parts of a page that need more bring a script of their own, so that the lists stay small.

for (const form of document.querySelectorAll('form[data-submits-on-change]')) {
  if (!(form instanceof HTMLFormElement)) continue;
  form.addEventListener('change', () => form.requestSubmit());
}

// Filters that are not used stay out of the address.
for (const form of document.forms) {
  if (form.method !== 'get') continue;
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
  });
}

// A form is sent once, even if its button is pressed twice.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method === 'get') return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'true';
  const button = event.submitter;
  if (button) button.setAttribute('aria-busy', 'true');
});

// A bar at the top of the page shows that another one is on its way.
const wait = () => document.documentElement.toggleAttribute('data-waits', true);
/** Opens something whose script must be loaded first. @template T @param {Promise<T>} script @param {(script: T) => void} open */
const openWhenLoaded = async (script, open) => {
  wait();
  await script.then(open).finally(() => document.documentElement.removeAttribute('data-waits'));
};
document.addEventListener('submit', (event) => {
  if (!event.defaultPrevented && event.target instanceof HTMLFormElement && event.target.method !== 'dialog') wait();
});
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const isHere = link.hash !== '' && link.pathname === location.pathname && link.search === location.search;
  if (!isHere && !link.hasAttribute('download') && (link.target === '' || link.target === '_self')) wait();
});

const stay = () => {
  document.documentElement.removeAttribute('data-waits');
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
};
window.addEventListener('pageshow', stay);
// The browser stops loading the next page.
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) stay();
});

/** Whether a form holds text that was entered and not sent: typed in this page, or given back by the server, which refused it. @param {HTMLFormElement} form */
const isUnsent = (form) =>
  form.method === 'post' &&
  !form.dataset.sent &&
  (form.matches('[data-unsent]') ||
    [...form.elements].some(
      (field) =>
        (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) &&
        isText(field) &&
        (field.value !== field.defaultValue || field.matches('[aria-invalid="true"]') || (field.value !== '' && document.querySelector('.banner.conflict') !== null)),
    ));

/** The text of forms that this device keeps; null if no form of the page has text, or if this browser cannot keep it. @type {typeof import('./kept-forms.js') | null} */
let kept = null;

// Text that would be lost with the page needs a question. If the person stays, every form can still be sent.
window.addEventListener('beforeunload', (event) => {
  if (![...document.forms].some((form) => isUnsent(form) && !kept?.isKept(form))) return;
  event.preventDefault();
  setTimeout(stay);
});

// The editor keeps text on this device until it is saved. That of a person goes when they sign out.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
  if (new URL(form.getAttribute('action') ?? '', location.href).pathname !== '/signout') return;
  event.preventDefault();
  // The form is sent even if the script cannot be loaded: nobody stays signed in because a script failed.
  const isGone = await import('./editor/sign-out.js').then(({ forget }) => forget(), () => true);
  if (isGone) form.submit();
  else stay();
});

bulk();

// Only a mouse or a pen drags, and it comes over the list first.
for (const list of document.querySelectorAll('.calendar, .board')) {
  list.addEventListener('pointerover', () => import('./drags.js'), { once: true });
}

/** Makes the form for several articles work: its bar appears when one is selected, and shows the fields that its action needs. */
function bulk() {
  const form = document.querySelector('form[data-bulk]');
  if (!(form instanceof HTMLFormElement)) return;
  const all = /** @type {HTMLInputElement | null} */ (form.querySelector('[data-bulk-all]'));
  const action = /** @type {HTMLSelectElement | null} */ (form.querySelector('[data-bulk-action]'));
  const count = form.querySelector('[data-bulk-count]');
  const clear = /** @type {HTMLButtonElement | null} */ (form.querySelector('[data-bulk-clear]'));
  const boxes = () => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('input[name="Bulk.Ids"]')]);
  if (!all || !action || !count || !clear) return;
  all.hidden = false;
  clear.hidden = false;

  const show = () => {
    const selected = boxes().filter((box) => box.checked).length;
    form.toggleAttribute('data-has-selection', selected > 0);
    count.textContent = selected === 1 ? '1 selected' : `${selected} selected`;
    all.checked = selected > 0 && selected === boxes().length;
    all.indeterminate = selected > 0 && !all.checked;
    for (const field of form.querySelectorAll('[data-for]')) {
      if (field instanceof HTMLElement) field.hidden = !(field.dataset.for ?? '').split(' ').includes(action.value);
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

// The palette has the only two keys that every page knows. Their names are in keys.js, which only the list of shortcuts needs.
const isApple = /Mac|iP(hone|ad)/.test(navigator.platform);

/** Whether keys that are pressed here are text. @param {EventTarget | null} target */
const isText = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="range"], [type="color"], [type="file"])'));

/** Whether this device keeps text of forms. */
export function hasKeptText() {
  try {
    return [sessionStorage, localStorage].some((storage) => Object.keys(storage).some((key) => key.startsWith('cms-studio')));
  } catch {
    return false;
  }
}

/** Keeps the text of forms from now on. */
function keepForms() {
  for (const kind of ['focusin', 'input']) document.removeEventListener(kind, onWriting);
  import('./kept-forms.js').then((module) => (kept = module), () => {});
}

/** Most pages are only read, so the script is loaded when somebody begins to write. @param {Event} event */
function onWriting(event) {
  if (isText(event.target)) keepForms();
}

for (const kind of ['focusin', 'input']) document.addEventListener(kind, onWriting);
if (hasKeptText()) keepForms();

/** Makes the keys and the buttons for the palette and for the list of shortcuts work. Both are loaded when they are first used. */
function keys() {
  if (!document.querySelector('#studio-data:not([data-portal])')) return;
  const palette = () => void openWhenLoaded(import('./palette.js'), (m) => m.openPalette());
  for (const button of document.querySelectorAll('[data-palette]')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const hint = button.querySelector('kbd');
    if (hint) hint.textContent = isApple ? '⌘K' : 'Ctrl+K';
    button.setAttribute('aria-keyshortcuts', isApple ? 'Meta+K' : 'Control+K');
    button.hidden = false;
    button.addEventListener('click', palette);
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || isText(event.target) || document.querySelector('dialog:modal')) return;
    const hasControl = isApple ? event.metaKey : event.ctrlKey;
    if (hasControl && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      palette();
    } else if (event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      void openWhenLoaded(import('./shortcuts.js'), (m) => m.openShortcuts());
    }
  });
}

keys();
