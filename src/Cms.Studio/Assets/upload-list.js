// The files on their way to the library, each in a line with its progress. Loaded with the first file.
import { ask } from './ask.js';
import { Refused, SignedOut } from './editor/api.js';
import { Upload } from './editor/upload.js';

const Parallel = 2;

/** A line that shows how far a file is. */
class Row {
  /**
   * @param {File} file
   * @param {HTMLElement} list
   */
  constructor(file, list) {
    this.element = document.createElement('li');
    this.name = document.createElement('b');
    this.name.textContent = file.name;
    this.bar = document.createElement('progress');
    this.bar.max = 1;
    this.bar.setAttribute('aria-label', `Upload of ${file.name}`);
    this.words = document.createElement('span');
    this.words.textContent = 'Waiting';
    this.button = document.createElement('button');
    this.button.type = 'button';
    this.button.className = 'quiet';
    this.element.append(this.name, this.bar, this.words, this.button);
    list.append(this.element);
  }

  /** @param {string} label @param {string} file @param {() => void} action */
  offer(label, file, action) {
    this.button.hidden = false;
    this.button.textContent = label;
    this.button.setAttribute('aria-label', `${label}: ${file}`);
    this.button.onclick = action;
  }

  /** @param {string} words @param {'busy' | 'waits' | 'done' | 'failed'} state */
  show(words, state) {
    this.words.textContent = words;
    this.element.dataset.state = state;
    this.bar.hidden = state === 'done' || state === 'failed';
  }
}

/** @param {unknown} failure */
const wordsFor = (failure) =>
  failure instanceof Refused ? failure.message
  : failure instanceof SignedOut ? 'Your session has ended.'
  : 'The upload was cut off. It goes on from here when you try again.';

/**
 * Shows files in a list, and uploads a few of them at the same time.
 * @param {HTMLElement} list
 * @param {Element} done where to say that all have arrived
 */
export function uploadsIn(list, done) {
  /** @type {(() => Promise<void>)[]} */
  const waiting = [];
  let running = 0;
  let added = 0;

  const next = () => {
    while (running < Parallel && waiting.length) {
      running++;
      /** @type {() => Promise<void>} */ (waiting.shift())().finally(() => {
        running--;
        next();
      });
    }
    if (running === 0 && added > 0) {
      done.textContent = added === 1 ? '1 image was uploaded. ' : `${added} images were uploaded. `;
      const link = document.createElement('a');
      link.href = location.pathname;
      link.textContent = 'Show the newest images';
      done.append(link);
    }
  };

  /** @param {File} file */
  const add = (file) => {
    const row = new Row(file, list);
    list.hidden = false;
    const remove = () => {
      row.element.remove();
      list.hidden = list.childElementCount === 0;
    };
    const upload = new Upload(ask, file, (fraction) => {
      row.bar.value = fraction;
      row.words.textContent = fraction < 1 ? `${Math.floor(fraction * 100)} %` : 'Checking';
    });
    const run = async () => {
      if (upload.isCancelled) return;
      row.show('Uploading', 'busy');
      row.offer('Cancel', file.name, () => upload.cancel());
      try {
        const { id } = await upload.finish((waits) =>
          row.show(waits ? 'Cut off. It goes on when the network is back.' : 'Uploading', waits ? 'waits' : 'busy'),
        );
        added++;
        row.button.hidden = true;
        const link = document.createElement('a');
        link.href = `/studio/media/${id}`;
        link.textContent = file.name;
        row.name.replaceChildren(link);
        row.show('Uploaded. Add alternative text and a credit.', 'done');
      } catch (failure) {
        if (upload.isCancelled) {
          remove();
          return;
        }
        row.show(wordsFor(failure), 'failed');
        if (failure instanceof SignedOut) {
          const link = document.createElement('a');
          link.href = '/signin?returnUrl=/studio/signed-in';
          link.target = '_blank';
          link.textContent = 'Sign in in a new tab';
          row.words.append(' ', link);
        }
        if (failure instanceof Refused) row.offer('Remove', file.name, remove);
        else row.offer('Try again', file.name, () => (waiting.push(run), next()));
      }
    };
    row.offer('Cancel', file.name, () => {
      upload.cancel();
      remove();
    });
    waiting.push(run);
  };

  return {
    /** @param {File[]} files */
    add(files) {
      for (const file of files) add(file);
      next();
    },
    /** Whether a file is on its way. */
    isBusy: () => running > 0,
  };
}
