// One article that somebody writes: the draft, the surface and everything that the panels show, in one place.
import { batch, effect, signal } from '../vendor/vendor.js';
import { NotAllowed, Offline, Refused, SignedOut, connect, listen, reasons, there } from './api.js';
import { Draft } from './draft.js';
import { walk } from './body-json.js';
import { inWords, inputOf, isLocal, refusalsOf, standingOf, takeField, takeOf } from './fields.js';
import { keptIn, keyOf } from './kept.js';
import { Lease } from './lease.js';
import { Upload } from './upload.js';
import { whileWaiting } from '../waits.js';

/**
 * What the page hands over, in the element #editor-data.
 * @typedef {object} PageData
 * @property {import('./api.js').Documents['EditorArticle']['data']} article
 * @property {Record<string, string>} operations the id of each document by its name
 * @property {{ timeZone?: string, siteUrl?: string | null, previewUrl?: string | null, now?: string }} settings `siteUrl` is null if there is no reader site; it may be relative to the page.
 *   `previewUrl` is the page that shows the newest revision; null if this server does not have it. `now` is the time of the server.
 *
 * @typedef {{ kind: string, position?: number, data?: any }} Shown which dialog is shown
 * @typedef {ReturnType<typeof makeIsland>} Island
 */

/** @type {import('./draft.js').Clock} */
export const clock = {
  after: (ms, run) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(/** @type {number | undefined} */ (timer)),
  now: () => Date.now(),
};

/** How long the hands rest before what looks at the whole text is counted again. */
const rest = 300;
const soon = 5 * 60 * 1_000;
/** The bytes of the largest request that browsers send while a page is closed. They refuse to send a larger one that asks for it. */
const largestKeepalive = 60_000;
/** How many seconds pass before the editor looks again whether the writer has signed in in another tab. */
const lookEvery = 5;
/** The page for signing in, which ends with one that can be closed. */
export const signInUrl = '/signin?again=true&returnUrl=/studio/signed-in';
const somebodyElse = 'Somebody else has signed in. This text is kept for you: sign in as yourself to go on.';
/** @param {PageData} data */
export function makeIsland(data) {
  const me = there(data.article.viewer);
  const desk = there(data.article.desk);
  const article = there(desk.article);
  const subject = me.subject;
  const zone = data.settings.timeZone ?? desk.timeZone ?? 'UTC';
  /** How far the clock of the device is behind that of the server, which counts for plans and for addresses of images. */
  const behind = data.settings.now ? Date.parse(data.settings.now) - Date.now() : 0;
  const now = () => Date.now() + behind;
  const ask = connect(data.operations, (url, init) => fetch(url, { ...init, keepalive: new Blob([String(init?.body ?? '')]).size < largestKeepalive }));
  const kept = keptIn(indexedDB);

  /** Counts changes of the draft. */
  const changes = signal(0);
  const slow = signal(0);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  effect(() => {
    changes.value;
    clearTimeout(resting);
    resting = setTimeout(() => slow.value++, rest);
  });

  const state = {
    /** The article without the fields that somebody writes. */
    meta: signal(article),
    /** @type {import('../vendor/vendor.js').Signal<{ at: number, fields: string[] } | null>} */
    recovered: signal(null),
    said: signal(''),
    /** That the article was just published, and where readers find it, until somebody writes again. @type {import('../vendor/vendor.js').Signal<{ words: string, href: string } | null>} */
    published: signal(/** @type {{ words: string, href: string } | null} */ (null)),
    /** Why the window for signing in is of no use: the browser did not open it, or it was closed too early; empty if it may be. */
    signInTrouble: signal(/** @type {'' | 'blocked' | 'closed'} */ ('')),
    tab: signal('details'),
    /** Whether the panel is open on a phone. */
    isOpen: signal(false),
    /** @type {import('../vendor/vendor.js').Signal<Shown | null>} */
    dialog: signal(null),
    /** @type {import('../vendor/vendor.js').Signal<import('./surface.js').Surface | null>} */
    surface: signal(null),
    /** @type {import('../vendor/vendor.js').Signal<import('./lease.js').Present[]>} */
    present: signal(article.present),
    /** @type {import('../vendor/vendor.js').Signal<import('./fields.js').Check[] | null>} */
    checks: signal(null),
    /** @type {import('../vendor/vendor.js').Signal<any>} */
    terms: signal(null),
    isFinding: signal(false),
    /** @type {{ takeOver(): void, close(): void } | null} */
    pen: null,
    /** Counts changes of the comments. */
    comments: signal(0),
    /** Counts changes of the history. */
    revisions: signal(0),
  };
  /** The names of categories, tags and other things by id. @type {Map<string, string>} */
  const names = new Map();
  /** @type {Map<string, { url: string, expires: number }>} */
  const images = new Map();
  /** The ids of changes that got no answer. @type {Map<string, string>} */
  const unanswered = new Map();

  /** @param {string} id @param {{ url: string, urlsExpireAt?: string | null } | null} image */
  const rememberImage = (id, image) => {
    if (image) images.set(id, { url: image.url, expires: image.urlsExpireAt ? Date.parse(image.urlsExpireAt) : Infinity });
  };

  /** Keeps the names and the images that an article refers to. @param {import('./fields.js').Article} now */
  function remember(now) {
    for (const one of [...now.tags, ...now.about, ...now.authors, now.category, now.source]) {
      if (one) names.set(one.id, one.name);
    }
    for (const one of now.body?.references ?? []) names.set(one.id, 'name' in one ? one.name : one.headline);
    for (const { mediaId, image } of now.body?.images ?? []) rememberImage(mediaId, image);
    if (now.heroImage) rememberImage(now.heroImage.mediaId, now.heroImage);
  }
  remember(article);

  const draft = new Draft({
    key: keyOf(subject, article.id),
    standing: standingOf(article),
    store: kept,
    clock,
    newId: () => crypto.randomUUID(),
    isLocal,
    async send(save) {
      try {
        const { article: saved, errors } = (await ask('EditorSave', { input: inputOf(article.id, save) })).saveArticle;
        if (saved) {
          state.meta.value = { ...state.meta.value, ...saved };
          // The address of a new article follows its headline.
          if (saved.slug !== draft.base.fields['slug']) draft.settle('slug', saved.slug);
          return { kind: 'saved', version: saved.version };
        }
        const isConflict = errors.some((/** @type {any} */ error) => /^(VersionConflict|IdempotencyKeyReused)Error$/.test(error.__typename));
        return isConflict ? { kind: 'conflict' } : { kind: 'refused', errors: refusalsOf(errors) };
      } catch (fault) {
        return fault instanceof SignedOut
          ? { kind: 'signedOut' }
          : fault instanceof Offline
            ? { kind: 'offline', ...(fault.wait ? { wait: fault.wait } : {}) }
            : { kind: 'refused', errors: [{ message: explain(fault), path: [] }], isPerson: fault instanceof NotAllowed };
      }
    },
    async read() {
      try {
        const found = (await ask('EditorArticle', { id: article.id })).desk;
        // Only staff see the desk.
        if (!found) return 'signedOut';
        const now = found.article;
        if (!now) {
          state.said.value = 'You can no longer open this article: it was deleted, or it is no longer assigned to you. Your text is kept on this device. Copy it, or ask an editor.';
          return 'offline';
        }
        remember(now);
        state.meta.value = now;
        return standingOf(now);
      } catch (fault) {
        return fault instanceof SignedOut ? 'signedOut' : 'offline';
      }
    },
  });

  const lease = new Lease({
    article: article.id,
    tab: crypto.randomUUID(),
    ask,
    clock,
    onChange(present) {
      state.present.value = present;
    },
  });

  /** Who is signed in; null if nobody is, or if the server does not answer. @returns {Promise<{ subject: string } | null>} */
  const viewerNow = () => ask('EditorViewer').then(({ viewer: found }) => (found?.subject ? found : null), () => null);

  /** @type {Window | null} */
  let popup = null;
  /** Who was signed in when the sign-in was opened. @type {string | null} */
  let before = null;
  /** Somebody else who has signed in, and of whom the writer was told. @type {string | null} */
  let other = null;
  let isLooking = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let looking;

  /** Whether text waits for a sign-in: the session has ended, or this person may not save. */
  const isOut = () => draft.state === 'signedOut' || (popup !== null && [...draft.refused.values()].some(({ what }) => what === 'person'));

  /** Goes on if the writer has signed in again, in the window beside the page or in another tab. */
  async function look() {
    if (isLooking) return;
    isLooking = true;
    const found = await viewerNow();
    isLooking = false;
    if (!isOut()) return;
    const isSignedOut = draft.state === 'signedOut';
    if (found?.subject === subject && (isSignedOut || before !== subject)) {
      popup?.close();
      popup = null;
      state.signInTrouble.value = '';
      if (state.said.value === somebodyElse) state.said.value = '';
      if (isSignedOut) draft.resume();
      else draft.retry();
      void lease.open();
      return;
    }
    if (found && found.subject !== subject && found.subject !== other && (isSignedOut || found.subject !== before)) {
      other = found.subject;
      state.said.value = somebodyElse;
    }
    // A window with the page of another site counts as closed at once. It is closed, or behind this page, if this page has the focus.
    if (popup?.closed && document.hasFocus()) {
      popup = null;
      if (isSignedOut) state.signInTrouble.value = 'closed';
      else draft.retry();
    }
  }

  /** Looks every second while the window for signing in is open, and less often without it, until nothing waits for a sign-in. */
  function lookOften() {
    let seconds = 0;
    looking ??= setInterval(() => {
      seconds++;
      if (!isOut()) {
        clearInterval(looking);
        looking = undefined;
        state.signInTrouble.value = '';
      } else if (popup || (seconds % lookEvery === 0 && document.visibilityState === 'visible')) {
        void look();
      }
    }, 1_000);
  }

  /** @param {unknown} fault */
  const explain = (fault) =>
    fault instanceof SignedOut || fault instanceof Offline || fault instanceof Refused
      ? fault.message
      : 'Something went wrong. Reload the page; your text is kept on this device.';

  const island = {
    ...state,
    id: /** @type {string} */ (article.id),
    subject,
    zone,
    /** The full address of the reader site, without a slash at the end; empty if there is none. */
    siteUrl: data.settings.siteUrl ? new URL(data.settings.siteUrl, location.href).href.replace(/\/$/, '') : '',
    /** The page that shows the newest revision as readers would see it; null if this server does not have it. */
    previewUrl: data.settings.previewUrl ?? null,
    /** Runs a subscription until the function that it returns is called. */
    listen: listen(data.operations, (url, init) => fetch(url, init), clock),
    isEditor: /** @type {boolean} */ (me.roles.includes('EDITOR')),
    now,
    /** Runs a document that the person waits for. @type {import('./api.js').Ask} */
    ask: (name, ...variables) => whileWaiting(ask(name, ...variables)),
    draft,
    lease,
    kept,
    changes,
    slow,
    names,
    /** @param {string} id */
    imageUrl: (id) => images.get(id)?.url,
    remember,
    rememberImage,
    explain,
    /** @param {string} words */
    say: (words) => void (state.said.value = words),
    /** Puts a text on the clipboard. @param {string} text @param {string} words what to say when it is there */
    copy: (text, words) =>
      navigator.clipboard.writeText(text).then(
        () => island.say(words),
        () => island.say('The browser did not allow copying. Allow it for this site, then try again.'),
      ),

    /** @param {string} field @param {unknown} value */
    set(field, value) {
      state.published.value = null;
      draft.set(field, value);
      changes.value++;
    },
    /**
     * A small text that this device keeps until it is sent.
     * @param {string} field see `noteField`
     */
    note(field) {
      const text = String(draft.get(field) ?? '');
      return {
        text,
        set: (/** @type {string} */ next) => island.set(field, next === '' ? undefined : next),
        /** The text was sent. What was typed since then stays. */
        sent: () => {
          if (draft.get(field) === text) island.set(field, undefined);
        },
      };
    },
    /** @param {string} kind @param {Partial<Shown>} [more] */
    open: (kind, more = {}) => void (state.dialog.value = { kind, ...more }),
    close: () => void (state.dialog.value = null),

    /**
     * Runs a mutation and returns what it made, or says why it was refused.
     * @template {keyof import('./api.js').Documents} N
     * @param {N} name @param {keyof import('./api.js').Documents[N]['data']} field @param {import('./api.js').Input<N>} input
     * @returns {Promise<import('./api.js').Outcome<N>>}
     */
    async run(name, field, input) {
      // Something that got no answer may be done already. It is sent again with the same id, so that it is done once.
      const key = JSON.stringify([name, input]);
      const clientMutationId = unanswered.get(key) ?? crypto.randomUUID();
      unanswered.set(key, clientMutationId);
      try {
        const data = await whileWaiting(ask(name, .../** @type {any} */ ([{ input: { .../** @type {object} */ (input), clientMutationId } }])));
        unanswered.delete(key);
        const { errors, ...things } = /** @type {any} */ (data[field]);
        const made = Object.values(things)[0] ?? null;
        return { made, why: made ? '' : inWords(reasons(errors), names), errors };
      } catch (fault) {
        if (!(fault instanceof Offline)) unanswered.delete(key);
        // The message at the top offers to sign in.
        if (fault instanceof SignedOut) draft.leave();
        return { made: null, why: explain(fault), errors: [] };
      }
    },

    /**
     * Saves everything, then runs a mutation that changes the state of the article.
     * @template {keyof import('./api.js').Documents} N
     * @param {N} name @param {keyof import('./api.js').Documents[N]['data']} field @param {Omit<import('./api.js').Input<N>, 'id' | 'expectedVersion'>} [input]
     * @returns {Promise<import('./api.js').Outcome<N>>}
     */
    async change(name, field, input) {
      // The person waits for the words to be saved, too.
      const result = await whileWaiting(draft.act(async (expectedVersion) => {
        const answer = await island.run(name, field, /** @type {any} */ ({ id: article.id, expectedVersion, ...input }));
        const made = /** @type {import('../answers.d.ts').EditedStateFragment | null} */ (answer.made);
        if (made) state.meta.value = { ...state.meta.value, ...made };
        return { ...(made ? { version: made.version } : {}), result: answer };
      }));
      return result ?? { made: null, why: 'Not everything is saved yet, so nothing was changed. Solve what the message at the top says, then try again.', errors: [] };
    },

    /**
     * Runs a mutation of a take.
     * @template {keyof import('./api.js').Documents} N
     * @param {string} persona @param {N} name @param {keyof import('./api.js').Documents[N]['data']} field @param {import('./api.js').Input<N>} input
     * @param {unknown} [sent] the text that the mutation saved; left out if it saves none, so that unsaved text stays on this device
     */
    async changeTake(persona, name, field, input, sent) {
      const answer = await island.run(name, field, input);
      const made = /** @type {import('../answers.d.ts').EditedTakeFragment | null} */ (answer.made);
      if (made) {
        state.meta.value = {
          ...state.meta.value,
          panel: state.meta.value.panel.map((cell) => (cell.persona.id === persona ? { ...cell, take: made } : cell)),
        };
        draft.settle(takeField(persona), sent ?? takeOf(made));
        void island.loadChecks();
        // A take that readers get or lose at once changes the version of the article.
        if (name === 'EditorRetractTake' || /** @type {{ publish?: boolean | null }} */ (/** @type {unknown} */ (input)).publish) void draft.refresh();
      }
      return answer.why;
    },

    async loadChecks() {
      try {
        const found = (await ask('EditorChecks', { id: article.id })).desk?.article;
        state.checks.value = found?.checks ?? null;
        // Takes that others approve, and the trash, change no field that somebody writes.
        if (found && found.version >= state.meta.value.version) {
          const { trashedAt, hasUnpublishedChanges } = found;
          state.meta.value = { ...state.meta.value, trashedAt, hasUnpublishedChanges };
        }
      } catch {
        // The checks that are shown stay until the server answers.
      }
    },

    /** Categories, tags, sources, authors, tools and people. */
    async loadTerms() {
      if (state.terms.value) return;
      try {
        const found = there((await ask('EditorTerms')).desk);
        /** @type {Record<string, any[]>} */
        const terms = Object.fromEntries(Object.entries(found).map(([name, list]) => [name, /** @type {any} */ (list)?.nodes ?? []]));
        for (let page = found.tags?.pageInfo; page?.hasNextPage; ) {
          const more = there((await ask('EditorTags', { after: page.endCursor })).desk?.tags);
          terms['tags']?.push(...more.nodes);
          page = more.pageInfo;
        }
        for (const one of Object.values(terms).flat()) names.set(one.id, one.name);
        state.terms.value = terms;
      } catch (fault) {
        state.said.value = explain(fault);
      }
    },

    /** Shows a panel beside the text; on a phone, as a sheet. @param {string} tab */
    showTab: (tab) =>
      batch(() => {
        state.tab.value = tab;
        state.isOpen.value = true;
      }),

    /** The page of the image that a check is about, for what is said about the image in the library; empty if the check is about something else. @param {import('./fields.js').Check} check */
    imagePage({ rule, path: [field, block] }) {
      if (rule !== 'IMAGE_CREDIT' && rule !== 'IMAGE_RIGHTS') return '';
      let id = field === 'heroImage' ? String(/** @type {any} */ (draft.get('heroImage'))?.media ?? '') : '';
      walk(/** @type {any} */ (draft.get('body')), ({ type, attrs }) => {
        if (type === 'image' && block && attrs?.['id'] === block) id = String(attrs['mediaId']);
      });
      return id && `/studio/media/${id}`;
    },

    /** Shows where a check can be solved. @param {import('./fields.js').Check} check */
    showCheck({ rule, path }) {
      const [field = '', block = ''] = path;
      if (field === 'review') island.open('review');
      else if (field === 'heroImage') island.jump([rule === 'HERO_ALT' ? 'hero-alt' : rule === 'IMAGE_CREDIT' || rule === 'IMAGE_RIGHTS' ? 'hero-media' : field]);
      else island.jump(path, rule === 'BODY_ALT' ? () => state.surface.value?.describe(block) : undefined);
    },

    /** Shows the field that a check or a refusal is about. @param {string[]} path @param {() => void} [then] what to do at a block of the text */
    jump(path, then) {
      const [field = '', part = ''] = path;
      state.dialog.value = null;
      if (field === 'review') {
        island.open('review');
        return;
      }
      if (field === 'body') {
        // The dialog gives the focus back first.
        requestAnimationFrame(() => {
          if (!part || !state.surface.value?.goTo(part)) state.surface.value?.editor.commands.focus();
          else then?.();
        });
        return;
      }
      if (!['headline', 'summary', 'slug'].includes(field)) {
        island.showTab(field === 'takes' || field === 'panel' ? 'panel' : field === 'comments' ? 'comments' : 'details');
      }
      requestAnimationFrame(() => {
        const target = document.getElementById(`field-${field}`) ?? document.getElementById(`field-${field}-${part}`) ?? document.querySelector('.tabpanel');
        // What is folded away can be neither seen nor given the focus.
        const folded = target?.closest('details');
        if (folded) folded.open = true;
        /** @type {HTMLElement | null} */ (target)?.focus();
        target?.scrollIntoView({ block: 'center' });
      });
    },

    /** @param {File[]} files @param {number} position */
    addFiles(files, position) {
      for (const file of files) {
        const place = state.surface.value?.place(position, file.name || 'Pasted image');
        const upload = new Upload(ask, file, (part) => place?.progress(part));
        const send = () =>
          void upload.finish().then(
            (media) => {
              rememberImage(media.id, media.image);
              place?.end({ mediaId: media.id, alt: media.isDecorative ? '' : (media.alt ?? media.suggestions.alt ?? ''), decorative: media.isDecorative });
            },
            (fault) => place?.fail(explain(fault), fault instanceof Refused ? null : send),
          );
        send();
      }
    },

    /**
     * Asks for addresses of images. Those on the desk end after a while, and images that came back from this device or were pasted
     * from another article have none yet.
     */
    async refreshImages() {
      const ids = new Set([...images].filter(([, { expires }]) => expires - now() < soon).map(([id]) => id));
      const need = (/** @type {unknown} */ id) => {
        if (typeof id === 'string' && !images.has(id)) ids.add(id);
      };
      walk(/** @type {any} */ (draft.get('body')), ({ type, attrs }) => {
        if (type === 'image') need(attrs?.['mediaId']);
      });
      need(/** @type {any} */ (draft.get('heroImage'))?.media);
      if (ids.size === 0) return;
      try {
        const found = there((await ask('EditorImages', { ids: [...ids].slice(0, 100) })).desk?.images);
        for (const image of found) if (image) rememberImage(image.mediaId, image);
        batch(() => {
          changes.value++;
          state.surface.value?.redraw();
        });
      } catch {
        // Asked again with the next round.
      }
    },

    /** Asks for the addresses of images that the article does not have now. @param {string[]} ids */
    async loadImages(ids) {
      const unknown = ids.filter((id) => !images.has(id));
      if (unknown.length === 0) return;
      try {
        for (const image of there((await ask('EditorImages', { ids: unknown })).desk?.images)) if (image) rememberImage(image.mediaId, image);
      } catch {
        // Without a picture, words say that it cannot be shown.
      }
    },

    /** The titles of embedded articles that are not public, which the body does not bring with it. */
    async loadTitles() {
      /** @type {Set<string>} */
      const unknown = new Set();
      walk(/** @type {any} */ (draft.get('body')), ({ type, attrs }) => {
        const target = String(attrs?.['target'] ?? '');
        if (type === 'embed' && attrs?.['kind'] === 'article' && !names.has(target)) unknown.add(target);
      });
      for (const target of unknown) {
        try {
          const found = (await ask('EditorTitle', { article: target })).desk?.article;
          names.set(target, found?.headline ?? 'An article that you cannot see');
        } catch {
          return;
        }
      }
      if (unknown.size > 0) state.surface.value?.redraw();
    },

    /** Opens the sign-in beside the page. The text is saved when the same person has signed in. */
    async signIn() {
      popup = window.open(signInUrl, 'studio-sign-in', 'popup,width=520,height=640');
      state.signInTrouble.value = popup ? '' : 'blocked';
      other = null;
      // Somebody may be signed in already: somebody else, or the same person without the role.
      before = (await viewerNow())?.subject ?? null;
      lookOften();
    },

    /** Looks who is signed in, when the writer comes back to this page: nothing is saved under the name of somebody else. */
    async recognise() {
      if (draft.state === 'signedOut') {
        await look();
        return;
      }
      const found = await viewerNow();
      if (!found || found.subject === subject) return;
      other = found.subject;
      state.said.value = somebodyElse;
      draft.leave();
    },

    /** Whether the article is in the trash, so that nobody can write. */
    isTrashed: () => state.meta.value.trashedAt !== null,
    /** Whether readers see the article and something of it is not public yet. The API says so of what is saved. */
    hasChanges: () =>
      state.meta.value.status === 'PUBLISHED' && (state.meta.value.hasUnpublishedChanges || ['editing', 'saving', 'offline', 'conflict', 'refused'].includes(draft.state)),
    /** The page that readers see; empty if there is none, or if there is no reader site. */
    publicUrl: () => (island.siteUrl && state.meta.value.publishedEdition !== null ? `${island.siteUrl}/articles/${state.meta.value.slug}` : ''),
  };

  draft.on(({ field, value }) => {
    if (field === 'body') state.surface.value?.receive(/** @type {any} */ (value));
    if (draft.state === 'signedOut') lookOften();
    changes.value++;
  });
  return island;
}
