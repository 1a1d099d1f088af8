// Deletes the text that this device keeps of a person who signs out. That of other people stays for them.
import { forgetForms, keptForms } from '../kept-forms.js';
import { studioData } from '../parts.js';
import { inTime } from './draft.js';
import { keptIn } from './kept.js';

/** How long signing out waits for the device. If it does not answer, nothing is deleted. */
const patience = 3_000;
/** @type {Pick<import('./draft.js').Clock, 'after' | 'cancel'>} */
const clock = { after: (ms, run) => setTimeout(run, ms), cancel: (timer) => clearTimeout(/** @type {number} */ (timer)) };

/** @param {{ title: string }[]} texts */
const question = (texts) => {
  const titles = [...new Set(texts.map(({ title }) => (title === '' ? 'an article without a headline' : `“${title}”`)))];
  return `Text that you wrote is not saved, in ${new Intl.ListFormat('en').format(titles)}. Signing out deletes it from this device. To keep it, choose Cancel, open the page and save it. Sign out anyway?`;
};

/** Asks before text is lost. @returns {Promise<boolean>} whether to sign out; false if the writer stays to save the text */
export async function forget() {
  const { person } = studioData();
  const kept = keptIn(indexedDB);
  const forms = keptForms(person);
  /** @type {import('./draft.js').Kept[]} */
  let texts = [];
  try {
    texts = await inTime(kept.of(person), clock, patience);
  } catch {
    // A device that does not allow storage has kept nothing, and from one that does not answer nothing is deleted.
  }
  if (texts.length + forms.length > 0 && !confirm(question([...texts, ...forms]))) {
    return false;
  }
  forgetForms(forms);
  for (const { key } of texts) {
    await inTime(kept.delete(key), clock, patience).catch(() => {});
  }
  return true;
}
