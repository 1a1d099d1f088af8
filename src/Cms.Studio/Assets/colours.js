// A field for a colour shows it while it is typed, and offers the browser's own picker.

colours();

/** Makes the fields for colours show their colour. */
function colours() {
  for (const part of document.querySelectorAll('[data-colour]')) {
    const field = part.querySelector('input');
    const swatch = part.querySelector('[data-swatch] rect');
    const now = part.querySelector('.colour-now');
    if (!field || !swatch || !now) continue;
    const picker = document.createElement('input');
    picker.type = 'color';
    picker.setAttribute('aria-label', 'Pick a colour');
    const show = () => {
      const isColour = /^#[0-9a-f]{6}$/i.test(field.value);
      swatch.setAttribute('fill', isColour ? field.value : 'none');
      if (isColour) picker.value = field.value;
    };
    field.addEventListener('input', show);
    picker.addEventListener('input', () => {
      field.value = picker.value;
      show();
    });
    now.append(picker);
    show();
  }
}
