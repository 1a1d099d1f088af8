// Sends the Studio's documents to the GraphQL API, with the session of the page.

/** The session has ended. */
export class SignedOut extends Error {
  constructor() {
    super('You are signed out. Sign in again; your text is kept on this device.');
  }
}

/** The server did not answer, or asks to try again later. */
export class Offline extends Error {
  /** @param {number} [wait] how long the server asks to wait, in milliseconds */
  constructor(wait) {
    super('The server does not answer. Try again in a moment.');
    this.wait = wait;
  }
}

/** The server refused the request as a whole, and says why. */
export class Refused extends Error {}

/** The person may not do this, or not any more. */
export class NotAllowed extends Refused {}

const patience = 30_000;
/** Server faults that pass. */
const passing = new Set(['DATABASE_BUSY', 'DATABASE_UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED', 'TIMEOUT', 'INTERNAL']);

/**
 * @typedef {(name: string, variables?: Record<string, unknown>) => Promise<any>} Ask
 * @param {Record<string, string>} operations the id of each document by its name
 * @param {typeof fetch} send
 * @returns {Ask} runs a document and returns its data
 */
export function connect(operations, send) {
  return async (name, variables = {}) => {
    /** @type {Response} */
    let response;
    /** @type {{ data?: any, errors?: { message: string, extensions?: { code?: string } }[] }} */
    let answer;
    try {
      response = await send('/graphql', {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json', 'GraphQL-Preflight': '1' },
        body: JSON.stringify({ documentId: operations[name], variables }),
        signal: AbortSignal.timeout(patience),
      });
      if (response.status === 401) {
        throw new SignedOut();
      }
      if (response.status === 429 || response.status >= 500) {
        const wait = Number(response.headers.get('Retry-After'));
        throw new Offline(wait > 0 ? wait * 1_000 : undefined);
      }
      answer = await response.json();
    } catch (fault) {
      // Something on the way may have answered, such as the sign-in page of a network.
      throw fault instanceof SignedOut || fault instanceof Offline ? fault : new Offline();
    }
    const [error] = answer.errors ?? [];
    const code = error?.extensions?.code ?? '';
    if (code === 'AUTH_NOT_AUTHENTICATED' || code === 'AUTH_INVALID_TOKEN') {
      throw new SignedOut();
    }
    if (error && passing.has(code)) {
      throw new Offline();
    }
    if (error && code === 'AUTH_NOT_AUTHORIZED') {
      // The API names the field that needs a role.
      const isRole = error.message.startsWith('You may not select');
      throw new NotAllowed(isRole ? 'Your account may no longer do this. Ask an administrator for your role, then sign in again.' : error.message);
    }
    if (code === 'REQUEST_TOO_LARGE' || code === 'VARIABLES_TOO_LARGE') {
      throw new Refused('This is more than the server accepts at once. Make it shorter, or divide it between several articles.');
    }
    if (code === 'UNKNOWN_DOCUMENT') {
      throw new Refused('The Studio has been updated. Reload this page; your text is kept on this device.');
    }
    if (error || !answer.data) {
      throw new Refused(error?.message ?? 'The server sent no answer. Reload this page.');
    }
    return answer.data;
  };
}

/** The first reason why a mutation was refused, for a person. @param {{ message: string }[]} errors */
export const reasons = (errors) => [...new Set(errors.map(({ message }) => message))].join(' ');
