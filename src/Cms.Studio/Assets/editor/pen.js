// One tab writes. A second tab shows that the article is open elsewhere, and can take over on request. The lock goes by
// itself when a tab is closed or crashes.

/** How long the other tab has to hand over its text. A tab that the browser has frozen does not answer. */
const patience = 3_000;

/**
 * @typedef {object} PenPorts
 * @property {string} key
 * @property {Pick<LockManager, 'request'>} locks
 * @property {{ postMessage(message: unknown): void, onmessage: ((event: any) => unknown) | null, close(): void }} channel
 * @property {Pick<import('./draft.js').Clock, 'after' | 'cancel'>} clock
 * @property {() => void} onHeld this tab may write
 * @property {() => void} onElsewhere another tab writes
 * @property {() => Promise<unknown>} onAsked another tab asks to write: keep the text
 */

/** @param {PenPorts} ports */
export function holdPen({ key, locks, channel, clock, onHeld, onElsewhere, onAsked }) {
  let release = () => {};
  let isWaiting = false;

  /** @param {LockOptions} options */
  const take = (options) =>
    locks
      .request(key, options, (lock) => {
        isWaiting = false;
        if (!lock) {
          onElsewhere();
          return undefined;
        }
        onHeld();
        return /** @type {Promise<void>} */ (new Promise((resolve) => (release = resolve)));
      })
      // Another tab has taken the lock because this one did not answer.
      .catch(() => onElsewhere());

  channel.onmessage = async ({ data }) => {
    if (data === 'take over') {
      await onAsked();
      release();
      release = () => {};
    }
  };
  void take({ ifAvailable: true });

  return {
    /** Asks the other tab to hand over, and takes the lock from it if it does not. */
    takeOver() {
      if (isWaiting) {
        return;
      }
      isWaiting = true;
      channel.postMessage('take over');
      const waiting = new AbortController();
      const timer = clock.after(patience, () => {
        if (isWaiting) {
          waiting.abort();
          void take({ steal: true });
        }
      });
      void locks
        .request(key, { signal: waiting.signal }, () => {
          isWaiting = false;
          clock.cancel(timer);
          onHeld();
          return /** @type {Promise<void>} */ (new Promise((resolve) => (release = resolve)));
        })
        .catch((fault) => {
          if (!waiting.signal.aborted) {
            throw fault;
          }
        })
        .catch(() => onElsewhere());
    },
    close() {
      release();
      channel.close();
    },
  };
}
