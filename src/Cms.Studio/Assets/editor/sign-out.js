// Deletes the text that this device keeps when somebody signs out.
import { keptIn } from './kept.js';

/** Asks before text is lost. @returns {Promise<boolean>} whether the text is gone; false if the writer stays to save it */
export async function forget() {
  const kept = keptIn(indexedDB);
  try {
    if ((await kept.count()) > 0 && !confirm('Some of your text is not saved, and signing out deletes it from this device. Sign out anyway?')) {
      return false;
    }
    await kept.clear();
  } catch {
    // A device that does not allow storage has kept nothing.
  }
  return true;
}
