// What makes the Studio's pages quicker to use. Every page also works without it.
import { bulk } from './bulk.js';
import { colours } from './colours.js';
import { drags } from './drags.js';
import { fronts } from './fronts.js';
import { keys } from './keys.js';
import { media } from './media.js';
import { themes } from './themes.js';
import { uploads } from './uploads.js';

themes();
bulk();
colours();
drags();
fronts();
keys();
media();
uploads();

for (const form of document.querySelectorAll('form[data-submits-on-change]')) {
  if (!(form instanceof HTMLFormElement)) continue;
  form.addEventListener('change', () => form.requestSubmit());
  for (const button of form.querySelectorAll('[data-without-script]')) button.remove();
}

// Filters that are not used stay out of the address.
for (const form of document.forms) {
  if (form.method !== 'get') continue;
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name);
  });
}

// A form is sent once, even if its button is pressed twice.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method === 'get') return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'true';
  const button = event.submitter;
  if (button) button.setAttribute('aria-busy', 'true');
});
const canBeSentAgain = () => {
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
};
window.addEventListener('pageshow', canBeSentAgain);

// The editor keeps text on this device until it is saved. It goes when its writer signs out.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
  if (new URL(form.getAttribute('action') ?? '', location.href).pathname !== '/signout') return;
  event.preventDefault();
  // The form is sent even if the script cannot be loaded: nobody stays signed in because a script failed.
  const isGone = await import('./editor/sign-out.js').then(({ forget }) => forget(), () => true);
  if (isGone) form.submit();
  else canBeSentAgain();
});
