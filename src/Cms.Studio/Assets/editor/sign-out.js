// Deletes the text that this device keeps when somebody signs out. Every page of the Studio that has a sign-out form loads this.
import { keptIn } from './kept.js';

/** @param {Event} event */
const isSignOut = ({ target }) => target instanceof HTMLFormElement && new URL(target.action, location.href).pathname === '/signout';

/**
 * @param {() => Promise<boolean>} [mayLeave] asked first; false stays on the page
 */
export function forgetAtSignOut(mayLeave = () => Promise.resolve(true)) {
  document.addEventListener('submit', async (event) => {
    if (!isSignOut(event)) {
      return;
    }
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (await mayLeave()) {
      await keptIn(indexedDB).clear().catch(() => {});
      form.submit();
    }
  });
}
