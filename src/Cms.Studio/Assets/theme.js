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

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('[data-theme-switch]');
    if (!(button instanceof HTMLButtonElement)) return;
    const label = button.querySelector('.sr');
    const show = () => {
      button.title = words[current()];
      if (label) label.textContent = button.title;
    };
    button.addEventListener('click', () => {
      const next = names[(names.indexOf(current()) + 1) % names.length] ?? 'system';
      if (next === 'system') delete root.dataset.theme;
      else root.dataset.theme = next;
      try {
        if (next === 'system') localStorage.removeItem(key);
        else localStorage.setItem(key, next);
      } catch {
        // The choice lasts until the page is left.
      }
      show();
    });
    show();
  });
})();
