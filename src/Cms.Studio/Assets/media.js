// The page of an image: the focal point by click, crops that follow it, and texts of the file.

focus();
fills();

/** Puts the focal point where somebody clicks. */
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

/** Copies a text that was found in the file into its field. */
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
