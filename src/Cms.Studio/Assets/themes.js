// Switches between the system's colours, light and dark.
const names = /** @type {const} */ (['system', 'light', 'dark']);
const words = { system: 'Colours: follow the system', light: 'Colours: light', dark: 'Colours: dark' };

/** Makes the button for the colours work. */
export function themes() {
  const button = document.querySelector('[data-theme-switch]');
  if (!(button instanceof HTMLButtonElement)) return;
  const label = button.querySelector('.sr');
  const show = () => {
    const now = current();
    button.title = words[now];
    if (label) label.textContent = words[now];
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    const next = names[(names.indexOf(current()) + 1) % names.length] ?? 'system';
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      if (next === 'system') localStorage.removeItem('studio-theme');
      else localStorage.setItem('studio-theme', next);
    } catch {
      // The choice lasts until the page is left.
    }
    show();
  });
  show();
}

/** @returns {'system' | 'light' | 'dark'} */
function current() {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}
