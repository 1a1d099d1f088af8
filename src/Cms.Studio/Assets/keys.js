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
