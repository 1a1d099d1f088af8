// Talks to the site. The browser never talks to the API.
import { say } from './dom.js';

/** Where the browser keeps whose bookmarks its copy has: the key of the account, or of the one whose session has ended. */
export const readerKey = 'panel.reader';
export const endedKey = 'panel.ended';

/** Whether the list is the account's: the page says so, or it is a copy that is read offline by a signed-in reader. */
export const isAccount = () =>
  Boolean(document.body.dataset.reader) || (isCopy() && localStorage.getItem(readerKey) !== null);

/** Whether the page is a copy that is read without a network. */
export const isCopy = () => document.body.dataset.offline === 'true';

export const canSignIn = () => document.body.dataset.canSignIn === 'true';
/** @param {string} [path] where to return to */
export const signIn = (path = location.pathname + location.search + location.hash) =>
  '/signin?returnUrl=' + encodeURIComponent(path);

/** The site did not answer, or asks to try again later. */
export class Offline extends Error {}

/** The site refused, and says why. */
export class Refused extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** @param {string} path @param {unknown} [body] @returns {Promise<any>} */
export async function ask(path, body) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
  } catch {
    throw new Offline();
  }
  if (response.status === 429 || response.status >= 500) {
    throw new Offline();
  }
  const answer = await response.json().catch(() => undefined);
  if (response.ok && !answer) {
    // Something on the way has answered, such as the sign-in page of a network.
    throw new Offline();
  }
  if (!response.ok) {
    throw new Refused(answer?.message ?? 'The site could not do this. Reload the page and try again.', response.status);
  }
  return answer;
}

/** @param {unknown} failure */
export function explain(failure) {
  if (failure instanceof Refused && failure.status === 401 && canSignIn()) {
    say('Your session has ended, so nothing was saved.', { label: 'Sign in again', href: signIn() }, true);
  } else if (failure instanceof Refused) {
    say(failure.message, undefined, true);
  } else if (failure instanceof Offline) {
    say('The site cannot be reached. Try again when you are online, or in a moment.');
  } else if (failure instanceof DOMException) {
    console.error(failure);
    say(
      'This browser does not let the site keep bookmarks.',
      canSignIn() ? { label: 'Sign in to save them', href: signIn() } : undefined,
      true,
    );
  } else {
    console.error(failure);
    say('Something went wrong. Reload the page and try again.', undefined, true);
  }
}
