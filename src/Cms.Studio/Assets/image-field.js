// A field for an image: it can search the library.

for (const field of document.querySelectorAll('[data-image-field]')) if (field instanceof HTMLElement) imageField(field);

/** Lets a field for an image search the library. @param {HTMLElement} field */
function imageField(field) {
  const label = /** @type {HTMLElement | null} */ (field.querySelector('[data-image-search]'));
  const search = label?.querySelector('input');
  const list = field.querySelector('.image-choices');
  const found = field.querySelector('[data-image-found]');
  if (!label || !search || !list || !found) return;
  label.hidden = false;
  const name = list.querySelector('input')?.name ?? '';
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const load = async () => {
    const mine = ++asked;
    try {
      const { ask } = await import('./ask.js');
      const { desk } = await ask('StudioImageChoices', { text: search.value.trim() || null });
      if (mine !== asked) return;
      const nodes = (desk?.media?.nodes ?? []).filter(({ rights }) => !rights.expiresAt || Date.parse(rights.expiresAt) > Date.now());
      const chosen = list.querySelector('input:checked');
      for (const choice of [...list.children]) if (!choice.matches('.none') && !choice.contains(chosen)) choice.remove();
      for (const node of nodes) {
        if (list.querySelector(`input[value="${CSS.escape(node.id)}"]`)) continue;
        list.append(choiceOf(name, node));
      }
      found.textContent = nodes.length === 0 ? 'No image matches.' : `${nodes.length} images.`;
      found.classList.toggle('sr', nodes.length > 0);
    } catch {
      if (mine !== asked) return;
      found.textContent = 'The library did not answer. Try again.';
      found.classList.remove('sr');
    }
  };
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(load, 200);
  });
  search.addEventListener('keydown', (event) => {
    // Enter searches, and does not send the form.
    if (event.key === 'Enter') event.preventDefault();
  });
}

/** @param {string} name @param {{ id: string, fileName: string, alt: string | null, image: { url: string } }} node */
function choiceOf(name, node) {
  const label = document.createElement('label');
  label.className = 'image-choice';
  const input = document.createElement('input');
  Object.assign(input, { type: 'radio', name, value: node.id });
  const image = document.createElement('img');
  Object.assign(image, { src: node.image.url, alt: node.alt ?? '', width: 80, height: 60 });
  const words = document.createElement('span');
  words.textContent = node.fileName;
  label.append(input, image, words);
  return label;
}
