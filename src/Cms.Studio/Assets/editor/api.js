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
const passing = new Set(['DATABASE_BUSY', 'DATABASE_UNAVAILABLE', 'STORE_UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED', 'TIMEOUT', 'INTERNAL']);

/** What each document returns and needs. @typedef {import('../answers.d.ts').Documents} Documents */
/** The payload of a mutation. @template {keyof Documents} N @typedef {Documents[N]['data'][keyof Documents[N]['data']]} Payload */
/** The input of a mutation. @template {keyof Documents} N @typedef {Documents[N]['variables'] extends { input: infer I } ? I : never} Input */
/** What a mutation made. @template {keyof Documents} N @typedef {NonNullable<Payload<N>[Exclude<keyof Payload<N>, 'errors'>]>} Made */
/** How a mutation ended; `why` is empty if it succeeded. @template {keyof Documents} N @typedef {{ made: Made<N> | null, why: string, errors: any[] }} Outcome */
/**
 * Runs a document and returns its data.
 * @typedef {<N extends keyof Documents>(name: N, ...variables: {} extends Documents[N]['variables'] ? [Documents[N]['variables']?] : [Documents[N]['variables']]) => Promise<Documents[N]['data']>} Ask
 */

/**
 * @param {Record<string, string>} operations the id of each document by its name
 * @param {typeof fetch} send
 * @returns {Ask}
 */
export function connect(operations, send) {
  return async (name, ...[variables = {}]) => {
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

/** How long to wait before a stream that has ended is opened again. */
const pauses = [2_000, 5_000, 15_000, 30_000, 60_000];

/**
 * @param {Record<string, string>} operations the id of each document by its name
 * @param {typeof fetch} send
 * @param {Pick<import('./draft.js').Clock, 'after' | 'cancel'>} clock
 */
export function listen(operations, send, clock) {
  /**
   * Runs a subscription over server-sent events, and opens it again when the connection breaks.
   * @param {string} name @param {Record<string, unknown>} variables
   * @param {() => void} onItem also called after a new connection, because items may have been missed
   * @returns {() => void} ends it
   */
  return (name, variables, onItem) => {
    const ending = new AbortController();
    const { signal } = ending;
    let failures = 0;
    let isFirst = true;
    const run = async () => {
      const response = await send('/graphql', {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream', 'GraphQL-Preflight': '1' },
        body: JSON.stringify({ documentId: operations[name], variables }),
        signal,
      });
      if (!response.ok || !response.body || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) return;
      if (!isFirst) onItem();
      isFirst = false;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ''; ; ) {
        const { done, value } = await reader.read();
        if (done) return;
        const lines = (text + value).split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) {
          if (!line.startsWith('data: {')) continue;
          // The article is no longer on the desk of this person, or the session has ended. Asking again would not help.
          if (JSON.parse(line.slice('data: '.length)).errors) return ending.abort();
          failures = 0;
          onItem();
        }
      }
    };
    const open = async () => {
      await run().catch(() => {});
      if (signal.aborted) return;
      const timer = clock.after(pauses[Math.min(failures++, pauses.length - 1)] ?? 0, () => void open());
      signal.addEventListener('abort', () => clock.cancel(timer), { once: true });
    };
    void open();
    return () => ending.abort();
  };
}

/**
 * Something that members of staff can read. It is null if they have lost their role, or if the article has gone.
 * @template T @param {T} value @returns {NonNullable<T>}
 */
export function there(value) {
  if (value === null || value === undefined) throw new Refused('You cannot read this any more. Reload the page; your text is kept on this device.');
  return value;
}

/** The first reason why a mutation was refused, for a person. @param {{ message: string }[]} errors */
export const reasons = (errors) => [...new Set(errors.map(({ message }) => message))].join(' ');
