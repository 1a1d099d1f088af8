// The keyboard shortcuts of the Studio: one table for the menus' hints, the list of shortcuts and the keys that every page knows.

/** Opens the palette, outside text fields. In text, the same keys make a link. */
export const paletteKeys = 'Mod+K';
export const sheetKeys = '?';

/** The shortcuts of the editor by the name of the command. @type {Record<string, string>} */
export const commandKeys = {
  Bold: 'Mod+B', Italic: 'Mod+I', Strikethrough: 'Mod+Shift+X', Code: 'Mod+E', Link: 'Mod+K', Heading: 'Mod+Alt+2', Subheading: 'Mod+Alt+3', 'Small heading': 'Mod+Alt+4',
  'Bulleted list': 'Mod+Shift+8', 'Numbered list': 'Mod+Shift+7', Quote: 'Mod+Shift+9', 'Code block': 'Mod+Alt+C',
};

/** All shortcuts in groups, for the list. @type {[group: string, shortcuts: [name: string, keys: string][]][]} */
export const groups = [
  ['On every page, outside text fields', [['Go to a page or an article', paletteKeys], ['Show this list', sheetKeys]]],
  ['While you write', [
    ...Object.entries(commandKeys), ['Paragraph', 'Mod+Alt+0'], ['Insert a block', '/'], ['Find and replace', 'Mod+F'], ['Undo', 'Mod+Z'], ['Redo', 'Mod+Shift+Z'],
    ['New line, or leave a code block', 'Mod+Enter'], ['Go to the toolbar', 'Alt+F10'], ['Save now', 'Mod+S'],
  ]],
  ['In the list of articles', [['Select all between two boxes', 'Shift+Click']]],
];

const isApple = () => /Mac|iP(hone|ad)/.test(navigator.platform);

/** A shortcut as it is written on the keys of this machine. @param {string} keys */
export const shown = (keys) => (isApple() ? keys.replace('Mod', '⌘').replace('Shift', '⇧').replace('Alt', '⌥').replaceAll('+', '') : keys.replace('Mod', 'Ctrl'));

/** Whether keys that are pressed here are text. @param {EventTarget | null} target */
const isText = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="range"], [type="color"], [type="file"])'));

/** Makes the keys and the buttons for the palette and for the list of shortcuts work. Both are loaded when they are first used. */
export function keys() {
  if (!document.getElementById('studio-data')) return;
  const palette = () => void import('./palette.js').then((m) => m.openPalette());
  for (const button of document.querySelectorAll('[data-palette]')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const hint = button.querySelector('kbd');
    if (hint) hint.textContent = shown(paletteKeys);
    button.setAttribute('aria-keyshortcuts', isApple() ? 'Meta+K' : 'Control+K');
    button.hidden = false;
    button.addEventListener('click', palette);
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || isText(event.target) || document.querySelector('dialog:modal')) return;
    const hasControl = isApple() ? event.metaKey : event.ctrlKey;
    if (hasControl && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      palette();
    } else if (event.key === sheetKeys && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      void import('./shortcuts.js').then((m) => m.openShortcuts());
    }
  });
}
