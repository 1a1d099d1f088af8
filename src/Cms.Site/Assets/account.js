// The page about the reader's data: what this browser keeps, and how to delete it.
import { count, say } from './dom.js';
import { forget, summary } from './reader.js';
import { changed } from './save-button.js';

export async function start() {
  const box = /** @type {HTMLElement | null} */ (document.querySelector('[data-browser-data]'));
  const line = box?.querySelector('[data-browser-summary]');
  const button = /** @type {HTMLButtonElement | null | undefined} */ (box?.querySelector('[data-browser-delete]'));
  if (!box || !line || !button) {
    return;
  }
  box.hidden = false;
  const show = async () => {
    const { saved, account, waiting, drafts, positions, pages } = await summary();
    const parts = [
      saved > 0 && count(saved, 'bookmark'),
      account > 0 && `a copy of ${count(account, 'bookmark')} of your account`,
      waiting > 0 && `${count(waiting, 'change')} that ${waiting === 1 ? 'waits' : 'wait'} for a network`,
      drafts > 0 && `${count(drafts, 'note')} that you have not saved`,
      positions > 0 && `where you stopped in ${count(positions, 'article')}`,
      pages > 0 && 'copies of pages for reading offline',
    ].filter((part) => part !== false);
    line.textContent = parts.length > 0 ? `This browser keeps ${list(parts)}.` : 'This browser keeps nothing of yours.';
    button.hidden = parts.length === 0;
    delete button.dataset.asked;
    button.textContent = 'Delete from this browser';
  };
  button.addEventListener('click', async () => {
    // What is only here cannot be restored, so it is asked once.
    if (!button.dataset.asked) {
      button.dataset.asked = 'true';
      button.textContent = 'Delete from this browser? This cannot be undone';
      return;
    }
    try {
      await forget();
      await changed();
      await show();
      say('Deleted from this browser.');
    } catch {
      say('It could not be deleted. Close other tabs of this site and try again.', undefined, true);
    }
  });
  try {
    await show();
  } catch {
    line.textContent = 'This browser does not let the site keep anything.';
    button.hidden = true;
  }
}

/** @param {string[]} parts */
const list = (parts) => new Intl.ListFormat('en').format(parts);
