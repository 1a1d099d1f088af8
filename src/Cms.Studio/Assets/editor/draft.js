// What somebody is writing, from the first key until the server has it. There is no browser in here: everything that the
// draft needs is handed in, so that it can be tested with a clock that does not run.
import { same } from './body-json.js';
import { mergeField, replaceBlock } from './merge.js';

/**
 * @typedef {import('./merge.js').Clash} Clash
 * @typedef {Record<string, unknown>} Fields the value of each field, as JSON
 * @typedef {{ version: number, fields: Fields, by?: string | null, at?: string | null }} Standing what the server has
 * @typedef {{ id: string, version: number, fields: Fields }} Sent a save that the server has not answered
 * @typedef {{ message: string, path: string[] }} Refusal
 *
 * What this device keeps until the server has it.
 * @typedef {object} Kept
 * @property {string} key
 * @property {string} title the headline, for lists of kept texts
 * @property {number} version the version that the changes were made to
 * @property {Fields} base the fields of that version that were changed
 * @property {Fields} mine the changed fields
 * @property {Sent | null} sent
 * @property {Clash[]} [clashes] what nobody has decided yet
 * @property {number} at when it was written, by the clock of the device
 *
 * @typedef {object} Store
 * @property {(key: string) => Promise<Kept | undefined>} get
 * @property {(kept: Kept) => Promise<unknown>} put
 * @property {(key: string) => Promise<unknown>} delete
 *
 * @typedef {{ kind: 'saved', version: number } | { kind: 'conflict' } | { kind: 'signedOut' } | { kind: 'offline', wait?: number }
 *   | { kind: 'refused', errors: Refusal[], isPerson?: boolean }} Outcome `isPerson`: the person may not save, whatever it is
 * @typedef {{ after(ms: number, run: () => void): unknown, cancel(timer: unknown): void, now(): number }} Clock
 * @typedef {'saved' | 'editing' | 'saving' | 'offline' | 'conflict' | 'signedOut' | 'refused' | 'elsewhere'} State
 *
 * @typedef {object} Ports
 * @property {string} key names the person and the article
 * @property {Standing} standing
 * @property {Store} store
 * @property {Clock} clock
 * @property {() => string} newId
 * @property {(save: Sent) => Promise<Outcome>} send
 * @property {() => Promise<Standing | 'signedOut' | 'offline'>} read
 * @property {(field: string) => boolean} [isLocal] whether a field is only kept here: something else sends it, see `settle`
 */

/** How long a pause in typing is before the text is saved. */
const pause = 1_200;
/** Somebody who never pauses is saved after this time. */
const longest = 8_000;
const retries = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** How long a save waits for the device to keep the text first. */
const patience = 1_000;
/** How long the device has to answer. After that, it counts as one that cannot keep text. */
const longestAnswer = 3_000;
/** How long this device keeps text that was not saved. */
export const keptFor = 30 * 24 * 60 * 60 * 1_000;

/** Whether kept text is too old. A clock that was put back makes nothing old. @param {Kept} kept @param {number} now */
export const isExpired = (kept, now) => now - kept.at > keptFor;

/**
 * An answer that may never come: it fails after a time.
 * @template T
 * @param {Promise<T>} answer @param {Pick<Clock, 'after' | 'cancel'>} clock @param {number} ms
 * @returns {Promise<T>}
 */
export const inTime = (answer, clock, ms) =>
  new Promise((resolve, reject) => {
    const timer = clock.after(ms, () => reject(new Error('There was no answer in time.')));
    answer.then(resolve, reject).finally(() => clock.cancel(timer));
  });

export class Draft {
  /** @type {State} */
  state = 'saved';
  /** @type {Clash[]} */
  clashes = [];
  /**
   * The fields that the server refuses, with its words and the value that it refused. It may refuse the field, the whole request
   * or the person.
   * @type {Map<string, { message: string, value: unknown, what: 'field' | 'request' | 'person' }>}
   */
  refused = new Map();
  /** Whose changes were merged into this text, and into which fields. @type {{ by: string | null, at: string | null, fields: string[] } | null} */
  merged = null;
  /** Whether the device keeps the text. It does not if its storage is full or not allowed. */
  isKept = true;

  /** @type {Map<string, () => unknown>} */
  #mine = new Map();
  /** @type {Set<(change: { field?: string, value?: unknown }) => void>} */
  #listeners = new Set();
  /** @type {Promise<void> | null} */
  #saving = null;
  /** @type {Sent | null} */
  #sent = null;
  /** @type {unknown} */
  #pauseTimer = null;
  /** @type {unknown} */
  #longestTimer = null;
  #failures = 0;
  #changes = 0;
  #isKeeping = false;
  /** Whether it is unknown what an earlier page kept. Until it is known, nothing is put in its place. */
  #isUnread = false;
  /** Whether fields are sent one by one, because one of them may be why a request was refused. */
  #isApart = false;
  /** What `recover` brought back, and what the server had instead. @type {Map<string, { found: unknown, before: unknown }>} */
  #recovered = new Map();

  /** @param {Ports} ports */
  constructor(ports) {
    this.ports = ports;
    this.base = ports.standing;
  }

  /**
   * Takes back what an earlier page kept because it could not save it. Call it once, before `set`.
   * @returns {Promise<{ at: number, fields: string[] } | null>} when it was written and what it is; null if there is none
   */
  async recover() {
    const kept = await this.#readKept();
    if (!kept) {
      return null;
    }
    for (const [field, value] of Object.entries(kept.mine)) {
      this.#mine.set(field, () => value);
    }
    const now = this.base;
    this.base = { version: kept.version, fields: { ...now.fields, ...kept.base } };
    this.#sent = kept.sent;
    this.clashes = kept.clashes ?? [];
    // If a save is open, its answer says what the server has. Otherwise the page knows it.
    if (!this.#sent) {
      this.#merge(now);
    }
    // The earlier page may have closed before it heard that a field was saved.
    const fields = [...this.#mine.keys()].filter((field) => !same(this.get(field), now.fields[field]));
    for (const field of fields) {
      this.#recovered.set(field, { found: this.get(field), before: now.fields[field] });
      this.#tell({ field, value: this.get(field) });
    }
    this.#rest();
    return fields.length > 0 ? { at: kept.at, fields } : null;
  }

  /** What an earlier page kept, if it is not too old. If the device does not say, nothing is kept in this page either. */
  async #readKept() {
    const { store, key, clock } = this.ports;
    try {
      const kept = await inTime(store.get(key), clock, longestAnswer);
      this.#isUnread = false;
      if (!kept || !isExpired(kept, clock.now())) {
        return kept;
      }
      await inTime(store.delete(key), clock, longestAnswer).catch(() => {});
    } catch {
      this.#isUnread = true;
      this.isKept = false;
    }
    return undefined;
  }

  /** @param {(change: { field?: string, value?: unknown }) => void} listener hears of each new state, and of values that did not come from `set` */
  on(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Somebody changed a field. A value that takes time to write can be handed over as a function.
   * @param {string} field
   * @param {unknown | (() => unknown)} value
   */
  set(field, value) {
    if (this.state === 'elsewhere') {
      return;
    }
    this.#mine.set(field, typeof value === 'function' ? /** @type {() => unknown} */ (value) : () => value);
    this.#keep();
    if (this.ports.isLocal?.(field)) {
      return;
    }
    if (this.state === 'saved' || this.state === 'refused') {
      this.#become('editing');
    }
    if (this.state === 'editing' || this.state === 'saving') {
      this.#plan(pause);
    }
  }

  /** @param {string} field */
  get(field) {
    const mine = this.#mine.get(field);
    return mine ? mine() : this.base.fields[field];
  }

  /** All fields as they are now. @returns {Fields} */
  all() {
    return Object.fromEntries([...new Set([...Object.keys(this.base.fields), ...this.#mine.keys()])].map((field) => [field, this.get(field)]));
  }

  /** Whether something is on this device only. */
  get isUnsaved() {
    return this.unsaved.length > 0;
  }

  /** The fields that are on this device only. */
  get unsaved() {
    return [...this.#mine].filter(([field, value]) => !same(value(), this.base.fields[field])).map(([field]) => field);
  }

  /** Saves now. @returns {Promise<boolean>} whether the server has everything */
  async flush() {
    await this.#saving;
    while (['editing', 'saving', 'offline', 'saved'].includes(this.state) && (this.#sent || this.#unsent().length > 0)) {
      await this.#save();
      if (this.state === 'offline') {
        break;
      }
    }
    // What was typed and taken back needs no save.
    if (this.state === 'editing' && !this.#sent && this.#unsent().length === 0) {
      this.#stop();
      this.#settle();
    }
    return this.state === 'saved';
  }

  /**
   * Saves everything, then does something else with the article, such as publishing it. No save comes in between.
   * @template T
   * @param {(version: number) => Promise<{ version?: number, result: T }>} run
   * @returns {Promise<T | null>} null if not everything could be saved
   */
  async act(run) {
    if (!(await this.flush())) {
      return null;
    }
    const acting = run(this.base.version);
    this.#saving = acting.then(
      ({ version }) => {
        if (version !== undefined) {
          this.base = { ...this.base, version };
        }
      },
      () => {},
    );
    void this.#saving.finally(() => {
      this.#saving = null;
      if (this.state === 'editing') {
        this.#plan(pause);
      }
    });
    return (await acting).result;
  }

  /** The session has ended, or somebody else is signed in, so nothing is sent until the writer is back. */
  leave() {
    if (this.state !== 'elsewhere') {
      this.#stop();
      this.#become('signedOut');
    }
  }

  /** Goes on after a sign-in, or when the network is back. */
  resume() {
    if (['signedOut', 'offline'].includes(this.state)) {
      this.#failures = 0;
      this.#rest(0);
    }
  }

  /** Takes in what others have saved, if nothing is under way. */
  async refresh() {
    const isQuiet = () => !this.#saving && ['saved', 'editing', 'refused'].includes(this.state);
    if (!isQuiet()) {
      return;
    }
    const now = await this.ports.read();
    if (typeof now === 'object' && isQuiet() && !this.#sent && now.version > this.base.version) {
      this.#merge(now);
      this.#rest();
    }
  }

  /** Another tab is writing, so this one keeps and sends nothing. */
  watch() {
    this.#stop();
    this.#become('elsewhere');
  }

  /** Hands the text over to another tab: when this ends, the device keeps all of it. */
  async yield() {
    this.#stop();
    await this.#saving;
    await this.#put();
    this.watch();
  }

  /**
   * Decides a clash. After the last one, the text is saved.
   * @param {Clash} clash
   * @param {{ side: 'mine' | 'theirs' | 'edited', value?: unknown }} decision `value` is what an edited side becomes
   */
  resolve(clash, decision) {
    if (!this.clashes.includes(clash)) {
      return;
    }
    this.clashes = this.clashes.filter((other) => other !== clash);
    if (decision.side !== 'mine') {
      const chosen = decision.side === 'theirs' ? clash.theirs : decision.value;
      const value = clash.block
        ? replaceBlock(/** @type {any} */ (this.get(clash.field) ?? { type: 'doc' }), clash, /** @type {any} */ (chosen))
        : chosen;
      this.#mine.set(clash.field, () => value);
      this.#tell({ field: clash.field, value });
    }
    this.#keep();
    this.#rest(0);
  }

  /** The server has a new version that did not come from a save, for example after a revision was restored. @param {Partial<Standing>} standing */
  adopt(standing) {
    this.base = { ...this.base, ...standing, fields: { ...this.base.fields, ...standing.fields } };
    for (const [field, value] of Object.entries(standing.fields ?? {})) {
      this.#mine.delete(field);
      this.#tell({ field, value });
    }
    this.#keep();
    this.#rest();
  }

  /** Something else has sent a local field. @param {string} field @param {unknown} value the value that was sent */
  settle(field, value) {
    this.base = { ...this.base, fields: { ...this.base.fields, [field]: value } };
    if (same(this.get(field), value)) {
      this.#mine.delete(field);
    }
    this.#keep();
    this.#tell({});
  }

  /** Lets go of what `recover` brought back, even if it is saved by now. What was typed since then stays. */
  discard() {
    for (const [field, { found, before }] of this.#recovered) {
      const { value } = mergeField(field, found, this.get(field), before);
      if (same(value, this.base.fields[field])) {
        this.#mine.delete(field);
      } else {
        this.#mine.set(field, () => value);
      }
      this.refused.delete(field);
      this.#tell({ field, value });
    }
    this.clashes = this.clashes.filter(({ field }) => !this.#recovered.has(field));
    this.#recovered.clear();
    this.#keep();
    this.#rest(0);
  }

  /** Sends again what was refused: somebody may have their role back. */
  retry() {
    this.refused.clear();
    this.#rest(0);
  }

  /** The changed fields that can be sent: a field that was refused is sent again only after it has changed. @returns {[string, unknown][]} */
  #unsent() {
    /** @type {[string, unknown][]} */
    const unsent = [];
    for (const [field, read] of this.#mine) {
      if (this.ports.isLocal?.(field)) {
        continue;
      }
      const value = read();
      const refused = this.refused.get(field);
      if (!same(value, this.base.fields[field]) && !(refused && same(refused.value, value))) {
        unsent.push([field, value]);
      }
    }
    return unsent;
  }

  #stop() {
    this.ports.clock.cancel(this.#pauseTimer);
    this.ports.clock.cancel(this.#longestTimer);
    this.#pauseTimer = this.#longestTimer = null;
  }

  /** @param {number} delay */
  #plan(delay) {
    const { clock } = this.ports;
    clock.cancel(this.#pauseTimer);
    this.#pauseTimer = clock.after(delay, () => void this.#save());
    // A second timer, not a time of day: the clock of the device can be changed while somebody writes.
    this.#longestTimer ??= clock.after(longest, () => void this.#save());
  }

  // One save at a time: two would be in conflict with each other.
  #save() {
    this.#stop();
    this.#saving ??= this.#saveOnce().finally(() => {
      this.#saving = null;
      if (this.state === 'editing') {
        this.#plan(pause);
      }
    });
    return this.#saving;
  }

  async #saveOnce() {
    if (!['editing', 'offline', 'saved'].includes(this.state)) {
      return;
    }
    const unsent = this.#unsent();
    if (!this.#sent && unsent.length === 0) {
      this.#settle();
      return;
    }
    // A save without an answer is repeated as it was: the server knows its id and does not save it twice.
    const fields = Object.fromEntries(this.#isApart ? unsent.slice(0, 1) : unsent);
    const save = this.#sent ?? { id: this.ports.newId(), version: this.base.version, fields };
    this.#sent = save;
    this.#become('saving');
    await Promise.race([this.#put(), new Promise((resolve) => this.ports.clock.after(patience, () => resolve(undefined)))]);
    this.#take(save, await this.ports.send(save));
    if (this.state === 'saving') {
      await this.#readAgain();
    }
  }

  /** @param {Sent} save @param {Outcome} outcome */
  #take(save, outcome) {
    if (this.state === 'elsewhere') {
      return;
    }
    switch (outcome.kind) {
      case 'saved':
        this.#failures = 0;
        this.#sent = null;
        this.base = { ...this.base, version: save.version + 1, fields: { ...this.base.fields, ...save.fields } };
        for (const field of Object.keys(save.fields)) {
          this.refused.delete(field);
        }
        // If the answer to an earlier save was lost, somebody else may have saved since.
        if (outcome.version === save.version + 1) {
          this.#settle();
        }
        break;
      case 'offline':
        this.#retry(outcome.wait);
        break;
      case 'signedOut':
        this.#become('signedOut');
        break;
      case 'refused': {
        this.#failures = 0;
        this.#sent = null;
        const named = outcome.errors.filter(({ path }) => path[0] !== undefined && path[0] in save.fields);
        for (const { message, path } of named) {
          const field = path[0] ?? '';
          this.refused.set(field, { message, value: save.fields[field], what: 'field' });
        }
        if (named.length === 0) {
          const message = outcome.errors.map((error) => error.message).join(' ');
          const all = Object.entries(save.fields);
          this.#isApart = all.length > 1 && !outcome.isPerson;
          for (const [field, value] of this.#isApart ? [] : all) {
            this.refused.set(field, { message, value, what: outcome.isPerson ? 'person' : 'request' });
          }
        }
        // The other fields are saved without it.
        this.#rest(0);
        break;
      }
      case 'conflict':
        break;
    }
  }

  /** Tries again after a while, which grows with each attempt. @param {number} [wait] how long the server asks to wait */
  #retry(wait) {
    this.#become('offline');
    const delay = wait ?? retries[Math.min(this.#failures, retries.length - 1)] ?? 0;
    this.#failures++;
    this.#pauseTimer = this.ports.clock.after(delay, () => void this.#save());
  }

  /** Reads what the server has now, and merges it with what is written here. */
  async #readAgain() {
    const now = await this.ports.read();
    if (/** @type {State} */ (this.state) === 'elsewhere') {
      return;
    }
    if (now === 'signedOut') {
      this.#become('signedOut');
    } else if (now === 'offline') {
      this.#retry();
    } else {
      this.#merge(now);
      this.#rest(0);
    }
  }

  /** @param {Standing} now */
  #merge(now) {
    const began = { ...this.base.fields };
    // The server may have taken a save whose answer was lost. Nobody is in conflict with themselves.
    for (const [field, value] of Object.entries(this.#sent?.fields ?? {})) {
      if (same(value, now.fields[field])) {
        began[field] = value;
      }
    }
    this.#sent = null;
    const undecided = this.clashes;
    this.clashes = [];
    /** @type {string[]} */
    const taken = [];
    for (const [field, theirs] of Object.entries(now.fields)) {
      const isMine = this.#mine.has(field);
      const mine = isMine ? this.get(field) : began[field];
      const { value, clashes } = mergeField(field, began[field], mine, theirs);
      this.clashes.push(...clashes);
      if (!same(value, mine)) {
        taken.push(field);
      }
      if (same(value, theirs)) {
        this.#mine.delete(field);
      } else {
        this.#mine.set(field, () => value);
      }
      if (!same(value, mine)) {
        this.#tell({ field, value });
      }
    }
    const isNew = (/** @type {Clash} */ old) => this.clashes.some(({ field, block }) => field === old.field && block === old.block);
    this.clashes.push(...undecided.filter((old) => this.#mine.has(old.field) && !isNew(old)));
    const isSomebody = now.version !== this.base.version && (taken.length > 0 || this.clashes.length > 0);
    this.base = now;
    this.merged = isSomebody ? { by: now.by ?? null, at: now.at ?? null, fields: taken } : this.merged;
    this.#keep();
  }

  #settle() {
    for (const [field, value] of this.#mine) {
      if (same(value(), this.base.fields[field])) {
        this.#mine.delete(field);
        this.refused.delete(field);
      }
    }
    this.#rest();
    this.#keep();
  }

  /** Finds out which state the draft is in while nothing is under way. @param {number} [delay] when to save what is not saved */
  #rest(delay = pause) {
    // Only a reload ends this state, because the other tab has changed the text since.
    if (this.state === 'elsewhere') {
      return;
    }
    const unsent = this.#sent !== null || this.#unsent().length > 0;
    this.#isApart &&= unsent;
    for (const [field, { value }] of this.refused) {
      if (!same(this.get(field), value)) {
        this.refused.delete(field);
      }
    }
    this.#become(this.clashes.length > 0 ? 'conflict' : unsent ? 'editing' : this.refused.size > 0 ? 'refused' : 'saved');
    if (this.state === 'editing' && !this.#saving) {
      this.#plan(delay);
    }
  }

  /** @param {State} state */
  #become(state) {
    this.state = state;
    this.#tell({});
  }

  /** @param {{ field?: string, value?: unknown }} change */
  #tell(change) {
    for (const listener of this.#listeners) {
      listener(change);
    }
  }

  // As soon as the key is on the screen. While one write is under way the next one waits, and then takes the latest text.
  #keep() {
    this.#changes++;
    if (this.#isKeeping) {
      return;
    }
    this.#isKeeping = true;
    this.ports.clock.after(0, async () => {
      for (let seen = -1; seen !== this.#changes; ) {
        seen = this.#changes;
        await this.#put();
      }
      this.#isKeeping = false;
    });
  }

  async #put() {
    if (this.state === 'elsewhere') {
      return;
    }
    const { key, store, clock } = this.ports;
    /** @type {Fields} */
    const mine = {};
    for (const [field, read] of this.#mine) {
      const value = read();
      if (!same(value, this.base.fields[field])) {
        mine[field] = value;
      }
    }
    const fields = Object.keys({ ...mine, ...this.#sent?.fields });
    const base = Object.fromEntries(fields.map((field) => [field, this.base.fields[field]]));
    let isKept = true;
    try {
      // The device did not answer when the page was opened. If it has an older text, that text stays for the next page.
      if (this.#isUnread && (await inTime(store.get(key), clock, longestAnswer))) {
        throw new Error('The place is taken.');
      }
      this.#isUnread = false;
      const written = fields.length === 0
        ? store.delete(key)
        : store.put({ key, title: String(this.get('headline') ?? ''), version: this.base.version, base, mine, sent: this.#sent, clashes: this.clashes, at: clock.now() });
      await inTime(written, clock, longestAnswer);
    } catch {
      isKept = fields.length === 0;
    }
    if (isKept !== this.isKept) {
      this.isKept = isKept;
      this.#tell({});
    }
  }
}
