// Tells others that this tab has the article open, and knows who else has. A lease never prevents anybody from saving.
import { Offline } from './api.js';

/** How often the tab says that it is still open. The server forgets a tab after 60 seconds. */
const every = 25_000;

/**
 * @typedef {{ name: string, since: string, isMe: boolean, isHolder: boolean }} Present
 *
 * @typedef {object} LeasePorts
 * @property {string} article
 * @property {string} tab a random id of the tab
 * @property {import('./api.js').Ask} ask
 * @property {Pick<import('./draft.js').Clock, 'after' | 'cancel'>} clock
 * @property {(present: Present[], isMine: boolean) => void} onChange
 */

export class Lease {
  /** @type {Present[]} */
  present = [];
  isMine = false;
  #isOpen = false;
  /** @type {unknown} */
  #timer = null;

  /** @param {LeasePorts} ports */
  constructor(ports) {
    this.ports = ports;
  }

  /**
   * The tab has the article open from now on. If the lease belongs to another tab of this person, where they no longer write, it
   * comes to this one: otherwise somebody else could get it when that tab closes, and count as the one who writes.
   * @param {Present[]} [present] who has it open already
   */
  async open(present = []) {
    this.#isOpen = true;
    if (present.some(({ isMe, isHolder }) => isMe && isHolder)) {
      await this.#send(async () => (await this.ports.ask('EditorTakeOverLease', this.#input)).takeOverLease);
      return;
    }
    await this.#send(async () => (await this.ports.ask('EditorAcquireLease', this.#input)).acquireLease);
  }

  /** The tab no longer has the article open. */
  async close() {
    if (!this.#isOpen) {
      return;
    }
    this.#isOpen = false;
    this.ports.clock.cancel(this.#timer);
    await this.ports.ask('EditorReleaseLease', this.#input).catch(() => {});
  }

  get #input() {
    return { input: { article: this.ports.article, tab: this.ports.tab } };
  }

  /** @param {() => Promise<{ lease: { present: Present[], isMine: boolean } | null }>} ask */
  async #send(ask) {
    this.ports.clock.cancel(this.#timer);
    let next = every;
    try {
      const { lease } = await ask();
      if (lease && this.#isOpen) {
        this.present = lease.present;
        this.isMine = lease.isMine;
        this.ports.onChange(this.present, this.isMine);
      }
    } catch (fault) {
      // Presence is only information: a tab that cannot tell others tries again, and bothers nobody.
      next = fault instanceof Offline && fault.wait ? Math.max(every, fault.wait) : every;
    }
    if (this.#isOpen) {
      this.#timer = this.ports.clock.after(next, () => void this.#send(async () => (await this.ports.ask('EditorRenewLease', this.#input)).renewLease));
    }
  }
}

/**
 * Who else has the article open, in words. One person with several tabs is named once.
 * @param {Present[]} present
 * @returns {string} empty if nobody else has it open
 */
export function inWords(present) {
  const others = [...new Map(present.filter(({ isMe }) => !isMe).map((one) => [one.name, one])).values()];
  const writer = present.find(({ isMe, isHolder }) => !isMe && isHolder);
  if (others.length === 0) {
    return '';
  }
  const names = others.map(({ name }) => name).filter((name) => name !== writer?.name);
  const list = new Intl.ListFormat('en').format(names);
  const open = `${list} ${names.length === 1 ? 'has' : 'have'} it open`;
  return !writer ? open : names.length === 0 ? `${writer.name} is writing here too` : `${writer.name} is writing here too, and ${open}`;
}
