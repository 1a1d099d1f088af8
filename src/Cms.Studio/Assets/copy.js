// A button that puts a text of the page on the clipboard.

for (const button of document.querySelectorAll('[data-copy]')) {
  const text = document.getElementById(button.getAttribute('data-copy') ?? '')?.textContent ?? '';
  const said = button.parentElement?.querySelector('[data-copied]');
  if (!(button instanceof HTMLElement) || !said) continue;
  button.hidden = false;
  button.addEventListener('click', () =>
    navigator.clipboard.writeText(text).then(
      () => (said.textContent = 'Copied.'),
      () => (said.textContent = 'The browser did not allow it. Select the text and copy it.'),
    ),
  );
}
