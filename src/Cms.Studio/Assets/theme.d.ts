// What theme.js, which is no module, offers to the modules.
declare global {
  type StudioTheme = 'system' | 'light' | 'dark';

  /** The names of the colour schemes, and the way to change the scheme on this page and on all that are opened later. */
  var studioThemes: { words: Record<StudioTheme, string>; set(theme: StudioTheme): void };
}

export {};
