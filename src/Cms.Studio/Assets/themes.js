// Switches between the system's colours, light and dark. The choice is kept on this device.

/** @typedef {'system' | 'light' | 'dark'} Theme */

const names = /** @type {const} */ (['system', 'light', 'dark']);

/** The choices, in words. @type {Record<Theme, string>} */
export const themeNames = { system: 'Colours: follow the system', light: 'Colours: light', dark: 'Colours: dark' };

/** Makes the button for the colours work. */
export function themes() {
  const button = document.querySelector('[data-theme-switch]');
  if (!(button instanceof HTMLButtonElement)) return;
  button.hidden = false;
  button.addEventListener('click', () => setTheme(names[(names.indexOf(current()) + 1) % names.length] ?? 'system'));
  show();
}

/** Changes the colours, on this page and on all that are opened later. @param {Theme} theme */
export function setTheme(theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem('studio-theme');
    else localStorage.setItem('studio-theme', theme);
  } catch {
    // The choice lasts until the page is left.
  }
  show();
}

function show() {
  const button = document.querySelector('[data-theme-switch]');
  if (!(button instanceof HTMLButtonElement)) return;
  button.title = themeNames[current()];
  const label = button.querySelector('.sr');
  if (label) label.textContent = themeNames[current()];
}

/** @returns {Theme} */
function current() {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}
