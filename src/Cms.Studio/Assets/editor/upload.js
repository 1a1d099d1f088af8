// Sends images to the library. An upload that is cut off goes on when the network is back: a store that takes blocks gets only
// the missing ones, others get the file again.
import { Offline, Refused, reasons } from './api.js';

/**
 * Where and how to send the file.
 * @typedef {{ uploadId: string, uploadUrl: string, method: string, headers: { name: string, value: string }[] }} Place
 */

const blockBytes = 4 * 1024 * 1024;
const retries = 3;
/** Refusals that go away by themselves. */
const passing = new Set(['ImagesBusyError', 'MediaBusyError']);

/** The address of the upload does not accept the file any more. The next attempt gets a new one. */
class Expired extends Offline {}

/**
 * Why the API did not do what it was asked.
 * @param {{ __typename?: string, message: string }[]} errors
 */
const refusal = (errors) => (errors.some(({ __typename = '' }) => passing.has(__typename)) ? new Offline() : new Refused(reasons(errors)));

/** One file on its way to the library. */
export class Upload {
  /** @type {Place | null} */
  #place = null;
  #blocks = 0;
  #isSent = false;
  #stop = new AbortController();

  /**
   * @param {import('./api.js').Ask} ask
   * @param {File} file
   * @param {(part: number) => void} onProgress
   */
  constructor(ask, file, onProgress) {
    this.ask = ask;
    this.file = file;
    this.onProgress = onProgress;
  }

  cancel() {
    this.#stop.abort(new DOMException('Cancelled', 'AbortError'));
  }

  get isCancelled() {
    return this.#stop.signal.aborted;
  }

  /**
   * Sends what has not arrived yet, and adds the file to the library. After a failure it can be called again.
   * @param {(waits: boolean) => void} [onWait] hears when the upload waits for the network, and when it goes on
   * @returns {Promise<any>} the image in the library
   */
  async finish(onWait = () => {}) {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#commit();
      } catch (fault) {
        if (!(fault instanceof Offline) || (navigator.onLine && attempt >= retries)) {
          throw fault;
        }
        if (!(fault instanceof Expired)) {
          onWait(true);
          await untilOnline(attempt, this.#stop.signal);
          onWait(false);
        }
      }
    }
  }

  async #commit() {
    const { uploadId } = await this.#send();
    this.#stop.signal.throwIfAborted();
    const { media, errors } = (await this.ask('EditorCommitUpload', { input: { uploadId, clientMutationId: uploadId } })).commitMediaUpload;
    if (!media) {
      throw refusal(errors);
    }
    return media;
  }

  /** @returns {Promise<Place>} */
  async #send() {
    this.#stop.signal.throwIfAborted();
    const place = (this.#place ??= await this.#open());
    if (this.#isSent) {
      return place;
    }
    try {
      const takesBlocks = place.headers.some(({ name }) => name.toLowerCase() === 'x-ms-blob-type');
      if (takesBlocks && this.file.size > blockBytes) {
        await this.#sendBlocks(place);
      } else {
        await this.#put(place, place.uploadUrl, this.file, (sent) => this.onProgress(sent / this.file.size));
      }
    } catch (fault) {
      if (fault instanceof Expired) {
        this.#place = null;
        this.#blocks = 0;
      }
      throw fault;
    }
    this.#isSent = true;
    return place;
  }

  /** @returns {Promise<Place>} */
  async #open() {
    const { upload, errors } = (await this.ask('EditorOpenUpload', { input: { fileName: this.file.name || 'pasted.png', bytes: this.file.size } })).createMediaUpload;
    if (!upload) {
      throw refusal(errors);
    }
    return upload;
  }

  // Azure Blob Storage: blocks that have arrived stay there until the list of all blocks is sent.
  /** @param {Place} place */
  async #sendBlocks(place) {
    const count = Math.ceil(this.file.size / blockBytes);
    const id = (/** @type {number} */ block) => btoa(String(block).padStart(6, '0'));
    const bare = { ...place, headers: [] };
    for (; this.#blocks < count; this.#blocks++) {
      const start = this.#blocks * blockBytes;
      const block = this.file.slice(start, start + blockBytes);
      await this.#put(bare, `${place.uploadUrl}&comp=block&blockid=${encodeURIComponent(id(this.#blocks))}`, block, (sent) =>
        this.onProgress((start + sent) / this.file.size),
      );
    }
    const list = Array.from({ length: count }, (_, block) => `<Latest>${id(block)}</Latest>`).join('');
    const body = new Blob([`<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`]);
    await this.#put(bare, `${place.uploadUrl}&comp=blocklist`, body, () => {});
  }

  /**
   * Sends bytes to the store. Only XMLHttpRequest tells how much has been sent.
   * @param {Pick<Place, 'method' | 'headers'>} how
   * @param {string} url
   * @param {Blob} bytes
   * @param {(sent: number) => void} onSent
   */
  #put({ method, headers }, url, bytes, onSent) {
    const { signal } = this.#stop;
    return /** @type {Promise<void>} */ (
      new Promise((resolve, reject) => {
        // A signal tells nobody who begins to listen after it.
        signal.throwIfAborted();
        const request = new XMLHttpRequest();
        const stop = () => request.abort();
        request.open(method, url);
        for (const { name, value } of headers) {
          request.setRequestHeader(name, value);
        }
        request.upload.onprogress = ({ loaded }) => onSent(loaded);
        request.onload = () => {
          if (request.status < 300) resolve();
          else if (request.status === 403) reject(new Expired());
          else if (request.status >= 500 || request.status === 408 || request.status === 429) reject(new Offline());
          else reject(new Refused(reasonOf(request.responseText)));
        };
        request.onerror = request.ontimeout = () => reject(new Offline());
        request.onabort = () => reject(signal.reason);
        request.onloadend = () => signal.removeEventListener('abort', stop);
        signal.addEventListener('abort', stop);
        request.send(bytes);
      })
    );
  }
}

/**
 * Sends an image to the library.
 * @param {import('./api.js').Ask} ask
 * @param {File} file
 * @param {(part: number) => void} onProgress
 * @returns {Promise<any>} the image in the library
 */
export const upload = (ask, file, onProgress) => new Upload(ask, file, onProgress).finish();

/** Why a store did not accept a file. @param {string} body problem details */
function reasonOf(body) {
  const unknown = 'The store did not accept the file. Try again.';
  try {
    return JSON.parse(body).detail ?? unknown;
  } catch {
    return unknown;
  }
}

/**
 * Waits until the browser is online again, or a while if it seems to be. A signal ends the wait.
 * @param {number} attempt
 * @param {AbortSignal} signal
 */
const untilOnline = (attempt, signal) =>
  /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        removeEventListener('online', done);
        resolve();
      };
      signal.addEventListener('abort', done);
      if (navigator.onLine) {
        setTimeout(done, 1_000 * 2 ** attempt);
      } else {
        addEventListener('online', done);
      }
    })
  );
