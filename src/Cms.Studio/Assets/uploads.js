// Uploading images: by the file dialog and by drop, several at once, with progress. An upload that is cut off goes on
// when the network is back: a store that takes blocks gets only the missing ones, others get the file again.
import { operations } from './operations.js';

/** @typedef {{ uploadId: string, uploadUrl: string, method: string, headers: { name: string, value: string }[] }} OpenUpload */
/** @typedef {{ __typename?: string, message: string, path: string[] }} Refusal */

const Parallel = 2;
const BlockBytes = 4 * 1024 * 1024;
const Retries = 3;

// Refusals that go away by themselves.
const Busy = ['ImagesBusyError', 'MediaBusyError'];

/** The server refused, and says why. Trying again does not help. */
class Refused extends Error {}

/** The session has ended. */
class SignedOut extends Error {}

/** The address of the upload does not accept the file any more. */
class Expired extends Error {}

/**
 * Sends a document of the Studio.
 * @param {string} name
 * @param {object} input
 * @returns {Promise<any>}
 */
async function send(name, input) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json', 'GraphQL-Preflight': '1' },
    body: JSON.stringify({ documentId: /** @type {Record<string, string>} */ (operations)[name], variables: { input } }),
  });
  if (response.status === 401) throw new SignedOut();
  if (response.status >= 500) throw new TypeError(`The server answered ${response.status}.`);
  const answer = await response.json();
  if (answer.errors?.length) {
    const [{ message, extensions }] = answer.errors;
    throw /^AUTH_(NOT_AUTHENTICATED|INVALID_TOKEN)$/.test(extensions?.code) ? new SignedOut() : new Refused(message);
  }
  const [outcome] = /** @type {any[]} */ (Object.values(answer.data));
  if (outcome.errors.some((/** @type {Refusal} */ error) => error.__typename && Busy.includes(error.__typename))) throw new TypeError('The server is busy.');
  if (outcome.errors.length) throw new Refused(outcome.errors.map((/** @type {Refusal} */ error) => error.message).join(' '));
  return outcome;
}

/**
 * Sends bytes to the store.
 * @param {OpenUpload} upload
 * @param {string} url
 * @param {Blob} bytes
 * @param {(sent: number) => void} progress
 * @param {AbortSignal} signal
 */
function put(upload, url, bytes, progress, signal) {
  return /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(upload.method, url);
      for (const { name, value } of upload.headers) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded }) => progress(loaded);
      request.onload = () => {
        if (request.status < 300) resolve();
        else if (request.status === 403) reject(new Expired());
        else if (request.status >= 500 || request.status === 408 || request.status === 429) reject(new TypeError());
        else reject(new Refused(reasonOf(request.responseText)));
      };
      request.onerror = () => reject(new TypeError());
      request.ontimeout = () => reject(new TypeError());
      request.onabort = () => reject(signal.reason);
      signal.addEventListener('abort', () => request.abort(), { once: true });
      request.send(bytes);
    })
  );
}

/** @param {string} body Problem details. */
function reasonOf(body) {
  try {
    return JSON.parse(body).detail ?? 'The store did not accept the file. Try again.';
  } catch {
    return 'The store did not accept the file. Try again.';
  }
}

/** One file on its way to the library. */
class Upload {
  /** @type {OpenUpload | null} */
  #open = null;
  #blocks = 0;
  #isSent = false;
  #stop = new AbortController();

  /**
   * @param {File} file
   * @param {(fraction: number) => void} progress
   */
  constructor(file, progress) {
    this.file = file;
    this.progress = progress;
  }

  cancel() {
    this.#stop.abort(new DOMException('Cancelled', 'AbortError'));
  }

  get isCancelled() {
    return this.#stop.signal.aborted;
  }

  /** Sends what has not arrived yet. @returns {Promise<OpenUpload>} The upload with its file. */
  async send() {
    this.#open ??= (await send('StudioCreateUpload', { fileName: this.file.name, bytes: this.file.size })).upload;
    const open = /** @type {OpenUpload} */ (this.#open);
    if (this.#isSent) return open;
    try {
      if (open.headers.some(({ name }) => name.toLowerCase() === 'x-ms-blob-type') && this.file.size > BlockBytes) await this.#sendBlocks(open);
      else await put(open, open.uploadUrl, this.file, (sent) => this.progress(sent / this.file.size), this.#stop.signal);
    } catch (failure) {
      if (failure instanceof Expired) this.#forget();
      throw failure;
    }
    this.#isSent = true;
    return open;
  }

  /** Adds the file to the library. @returns {Promise<string>} The id of the image. */
  async commit() {
    const { uploadId } = await this.send();
    return (await send('StudioCommitUpload', { uploadId, clientMutationId: uploadId })).media.id;
  }

  #forget() {
    this.#open = null;
    this.#blocks = 0;
  }

  // Azure Blob Storage: blocks that have arrived stay there until the list of all blocks is sent.
  /** @param {OpenUpload} open */
  async #sendBlocks(open) {
    const count = Math.ceil(this.file.size / BlockBytes);
    const id = (/** @type {number} */ block) => btoa(String(block).padStart(6, '0'));
    const bare = { ...open, headers: [] };
    for (; this.#blocks < count; this.#blocks++) {
      const start = this.#blocks * BlockBytes;
      await put(
        bare,
        `${open.uploadUrl}&comp=block&blockid=${encodeURIComponent(id(this.#blocks))}`,
        this.file.slice(start, start + BlockBytes),
        (sent) => this.progress((start + sent) / this.file.size),
        this.#stop.signal,
      );
    }
    const list = Array.from({ length: count }, (_, block) => `<Latest>${id(block)}</Latest>`).join('');
    const body = new Blob([`<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`]);
    await put(bare, `${open.uploadUrl}&comp=blocklist`, body, () => {}, this.#stop.signal);
  }
}

/** Waits until the browser is online again, or a while if it seems to be. @param {number} attempt */
const untilOnline = (attempt) =>
  navigator.onLine
    ? new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** attempt))
    : new Promise((resolve) => window.addEventListener('online', resolve, { once: true }));

/**
 * Does something that needs the network, again if it is cut off.
 * @template T
 * @param {() => Promise<T>} work
 * @param {(waits: boolean) => void} wait Called when the work waits, and when it goes on.
 * @returns {Promise<T>}
 */
async function persist(work, wait) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (failure) {
      const isCut = failure instanceof TypeError || failure instanceof Expired;
      if (!isCut || (navigator.onLine && attempt >= Retries)) throw failure;
      if (failure instanceof TypeError) {
        wait(true);
        await untilOnline(attempt);
        wait(false);
      }
    }
  }
}

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

/** Lets the library take files. */
export function uploads() {
  const form = document.querySelector('form[data-upload]');
  if (!(form instanceof HTMLFormElement)) return;
  const input = /** @type {HTMLInputElement | null} */ (form.querySelector('input[type=file]'));
  const list = /** @type {HTMLElement | null} */ (form.querySelector('[data-upload-list]'));
  const done = form.querySelector('[data-upload-done]');
  if (!input || !list || !done) return;
  form.dataset.upload = 'on';
  for (const shown of form.querySelectorAll('[data-with-script]')) if (shown instanceof HTMLElement) shown.hidden = false;
  for (const button of form.querySelectorAll('[data-without-script]')) button.remove();

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
    const upload = new Upload(file, (fraction) => {
      row.bar.value = fraction;
      row.words.textContent = fraction < 1 ? `${Math.floor(fraction * 100)} %` : 'Checking';
    });
    const run = async () => {
      if (upload.isCancelled) return;
      row.show('Uploading', 'busy');
      row.offer('Cancel', file.name, () => upload.cancel());
      try {
        const id = await persist(
          () => upload.commit(),
          (waits) => row.show(waits ? 'Cut off. It goes on when the network is back.' : 'Uploading', waits ? 'waits' : 'busy'),
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
          row.element.remove();
          list.hidden = list.childElementCount === 0;
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
        if (failure instanceof Refused) row.offer('Remove', file.name, () => row.element.remove());
        else row.offer('Try again', file.name, () => (waiting.push(run), next()));
      }
    };
    row.offer('Cancel', file.name, () => {
      upload.cancel();
      row.element.remove();
    });
    waiting.push(run);
  };

  input.addEventListener('change', () => {
    for (const file of input.files ?? []) add(file);
    input.value = '';
    next();
  });
  form.addEventListener('submit', (event) => event.preventDefault());

  let depth = 0;
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragenter', (event) => {
    if (hasFiles(event)) form.toggleAttribute('data-drop', ++depth > 0);
  });
  document.addEventListener('dragleave', (event) => {
    if (hasFiles(event)) form.toggleAttribute('data-drop', --depth > 0);
  });
  document.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    form.removeAttribute('data-drop');
    for (const file of event.dataTransfer?.files ?? []) add(file);
    next();
    form.scrollIntoView({ block: 'nearest' });
  });
  window.addEventListener('beforeunload', (event) => {
    if (running > 0) event.preventDefault();
  });
}
