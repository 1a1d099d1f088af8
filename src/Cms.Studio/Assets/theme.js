// Runs before the page is drawn, so that a chosen colour scheme never flashes. It is no module for that reason.
try {
  const theme = localStorage.getItem('studio-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that stores nothing follows the system.
}
