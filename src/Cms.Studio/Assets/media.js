// The page of an image: the focal point by click, crops that follow it, texts of the file, and fields for images.
import { ask } from './ask.js';

/** Makes the page of an image, and fields for images, quicker to use. */
export function media() {
  focus();
  fills();
  for (const field of document.querySelectorAll('[data-image-field]')) if (field instanceof HTMLElement) imageField(field);
}

function focus() {
  const figure = document.querySelector('[data-focus]');
  const image = figure?.querySelector('img');
  const mark = figure?.querySelector('[data-focus-mark]');
  const [x, y] = ['f-Describe-X', 'f-Describe-Y'].map((id) => document.getElementById(id));
  if (!image || !mark || !(x instanceof HTMLInputElement) || !(y instanceof HTMLInputElement)) return;
  figure?.setAttribute('data-focus', 'on');
  const [width, height] = [Number(image.getAttribute('width')), Number(image.getAttribute('height'))];
  const crops = /** @type {HTMLImageElement[]} */ ([...document.querySelectorAll('img[data-crop]')]);

  const fraction = (/** @type {HTMLInputElement} */ field) => Math.min(1, Math.max(0, Number(field.value) / 100));
  // The crop has the focal point in its middle, or as near to it as the edges of the image allow.
  const show = () => {
    const [left, top] = [fraction(x), fraction(y)];
    mark.setAttribute('transform', `translate(${left * width} ${top * height})`);
    for (const crop of crops) {
      if (crop.src !== image.src) crop.src = image.src;
      const ratio = Number(crop.dataset.crop);
      const whole = width / height;
      const [shareX, shareY] = whole > ratio ? [ratio / whole, 1] : [1, whole / ratio];
      crop.style.objectPosition = `${position(left, shareX)}% ${position(top, shareY)}%`;
    }
  };
  image.addEventListener('click', (event) => {
    const box = image.getBoundingClientRect();
    x.value = (((event.clientX - box.left) / box.width) * 100).toFixed(1);
    y.value = (((event.clientY - box.top) / box.height) * 100).toFixed(1);
    show();
    x.dispatchEvent(new Event('input', { bubbles: true }));
  });
  for (const field of [x, y]) field.addEventListener('input', show);
}

/**
 * Returns where the browser must place an image of which a share is visible.
 * @param {number} point
 * @param {number} share
 */
function position(point, share) {
  if (share >= 1) return 50;
  const start = Math.min(1 - share, Math.max(0, point - share / 2));
  return (start / (1 - share)) * 100;
}

function fills() {
  for (const button of document.querySelectorAll('button[data-fills]')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const field = document.getElementById(button.dataset.fills ?? '');
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      field.value = button.dataset.text ?? '';
      field.focus();
      button.closest('.suggested')?.remove();
    });
  }
}

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
      const { desk } = await ask('StudioImageChoices', { text: search.value.trim() || null });
      if (mine !== asked) return;
      const nodes = /** @type {{ id: string, fileName: string, alt: string | null, image: { url: string }, rights: { expiresAt: string | null } }[]} */ (
        desk.media.nodes
      ).filter(({ rights }) => !rights.expiresAt || Date.parse(rights.expiresAt) > Date.now());
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
