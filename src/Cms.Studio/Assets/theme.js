// The colours that somebody has chosen: the system's, light or dark. This runs before the page is drawn, so that a chosen scheme
// never flashes. It is no module for that reason.
(() => {
  const key = 'studio-theme';
  const root = document.documentElement;
  const words = /** @type {const} */ ({ system: 'Colours: follow the system', light: 'Colours: light', dark: 'Colours: dark' });
  const names = /** @type {(keyof typeof words)[]} */ (Object.keys(words));
  const current = () => names.find((name) => name === root.dataset.theme) ?? 'system';

  try {
    const chosen = localStorage.getItem(key);
    if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen;
  } catch {
    // A browser that stores nothing follows the system.
  }

  const show = () => {
    const button = document.querySelector('[data-theme-switch]');
    if (!(button instanceof HTMLButtonElement)) return;
    button.title = words[current()];
    const label = button.querySelector('.sr');
    if (label) label.textContent = button.title;
  };
  /** @param {keyof typeof words} next */
  const set = (next) => {
    if (next === 'system') delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      if (next === 'system') localStorage.removeItem(key);
      else localStorage.setItem(key, next);
    } catch {
      // The choice lasts until the page is left.
    }
    show();
  };
  globalThis.studioThemes = { words, set };

  document.addEventListener('DOMContentLoaded', () => {
    document
      .querySelector('[data-theme-switch]')
      ?.addEventListener('click', () => set(names[(names.indexOf(current()) + 1) % names.length] ?? 'system'));
    show();
  });
})();
