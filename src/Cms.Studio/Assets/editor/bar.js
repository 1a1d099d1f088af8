// The bar at the top, and the messages under it.
import { html, useEffect, useRef } from '../vendor/vendor.js';
import { Conflict } from './conflict.js';
import { inSentence, nameOf, statusNames } from './fields.js';
import { signInUrl } from './island.js';
import { inWords } from './lease.js';
import { Icon } from './parts.js';
import { ago, told } from './time.js';

/** @typedef {import('./island.js').Island} Island */

/** @type {Record<import('./draft.js').State, string>} */
const states = {
  saved: 'Saved',
  editing: 'Saving…',
  saving: 'Saving…',
  offline: 'Offline, kept on this device',
  conflict: 'Conflict: both versions are kept',
  signedOut: 'Signed out, kept on this device',
  refused: 'Not saved yet',
  elsewhere: 'Open in another tab',
};

/** The state of saving, in words. @param {import('./draft.js').Draft} draft */
export function stateInWords(draft) {
  if (!draft.isKept && ['offline', 'signedOut', 'conflict', 'refused'].includes(draft.state)) {
    return 'Not saved, and not kept on this device';
  }
  return states[draft.state];
}

/** @type {Record<string, string>} */
const reviews = { DRAFTING: '', IN_REVIEW: 'In review', CHANGES_REQUESTED: 'Changes requested', APPROVED: 'Approved' };

/** @param {{ island: Island }} props */
export function Bar({ island }) {
  island.changes.value;
  const { draft, zone } = island;
  const { status, scheduledAt, embargoUntil, review, trashedAt } = island.meta.value;
  const isHeld = embargoUntil && Date.parse(embargoUntil) > island.now();
  const hasChanges = island.hasChanges();
  const words = trashedAt ? 'In the trash' : scheduledAt ? `Scheduled for ${told(scheduledAt, zone)}` : isHeld ? `Embargo until ${told(embargoUntil, zone)}` : (statusNames[status] ?? status);
  const others = inWords(island.present.value);
  const isStopped = ['conflict', 'signedOut', 'elsewhere'].includes(draft.state);
  const isSheet = matchMedia('(max-width: 1020px)').matches;
  const isPreviewed = island.tab.value === 'preview' && (!isSheet || island.isOpen.value);
  const togglePreview = () => {
    if (!isPreviewed) island.showTab('preview');
    else if (isSheet) island.isOpen.value = false;
    else island.showTab('details');
  };
  const canSubmit = review === 'DRAFTING' || review === 'CHANGES_REQUESTED';
  const isChanged = hasChanges && !scheduledAt && !isHeld;
  const publicUrl = island.publicUrl();
  return html`<header class="bar">
    <a class="button icon-only" href="/studio/articles" aria-label="All articles"><${Icon} path="M15 5l-7 7 7 7" /></a>
    <h1 class="sr">Edit: ${String(draft.get('headline')).slice(0, 300) || 'article without a headline'}</h1>
    <span class="status" data-status=${trashedAt ? 'trashed' : scheduledAt ? 'scheduled' : isChanged ? 'changed' : status.toLowerCase()}>${words}${isChanged ? html`<span class="more">, with changes that are not public</span>` : null}</span>
    ${publicUrl ? html`<a class="public-link" href=${publicUrl} target="_blank" rel="noopener">Read it on the site</a>` : null}
    ${reviews[review] ? html`<span class="review" data-review=${review}>${reviews[review]}</span>` : null}
    <span class="save" data-state=${draft.state} data-kept=${String(draft.isKept)} role="status">${stateInWords(draft)}</span>
    <span class="grow"></span>
    ${others ? html`<span class="present" title="They can save too. Changes to different parts are merged.">${others}</span>` : null}
    <button type="button" class="preview-button" aria-pressed=${String(isPreviewed)} onClick=${togglePreview}>Preview</button>
    ${trashedAt ? null : html`<button type="button" class=${!island.isEditor && canSubmit ? 'primary' : 'review-button'} disabled=${isStopped} onClick=${() => island.open('review')}>${canSubmit ? 'Submit' : 'Review'}</button>
      ${island.isEditor ? html`<button type="button" class="primary" disabled=${isStopped} onClick=${() => island.open('publish')}>${hasChanges ? 'Publish changes' : 'Publish'}</button>` : null}`}
  </header>`;
}

// The buttons here leave the caret where it is: they act without taking the focus from the text.
const keepFocus = (/** @type {MouseEvent} */ event) => {
  if (/** @type {Element} */ (event.target).closest('button')) event.preventDefault();
};

const toolbarHeight = 64;

/** What became of the window for signing in. */
const signIns = {
  '': '',
  blocked: ' The browser did not open the window for signing in. Allow pop-up windows for this site and try again, or sign in in a new tab. Then this page goes on by itself.',
  closed: ' You have not signed in yet. If the window for signing in is closed, open it again.',
};

/** Browsers open links even if they block windows. @param {Island} island */
const inNewTab = (island) => (island.signInTrouble.value === 'blocked' ? html`<a class="button" href=${signInUrl} target="_blank" rel="noopener">Sign in in a new tab</a>` : null);

/** @param {{ island: Island }} props */
export function Messages({ island }) {
  island.changes.value;
  const { draft, recovered, said, zone } = island;
  /** @type {{ kind: string, text: string, link?: { href: string, words: string }, actions?: unknown }[]} */
  const messages = [];
  if (island.meta.value.trashedAt) {
    messages.push({
      kind: 'act',
      text: `This article is in the trash. Its text is kept, with everything that was written before.${island.isEditor ? '' : ' To go on writing, ask an editor to take it out.'}`,
      actions: island.isEditor ? html`<button type="button" class="primary" onClick=${() => takeOutOfTrash(island)}>Take it out of the trash</button>` : null,
    });
  }
  if (!draft.isKept && draft.isUnsaved) {
    messages.push({
      kind: 'act',
      text: 'This device cannot keep your text, because its storage is full, is not allowed or does not answer. Leave this page open until everything is saved, or copy the text.',
      actions: html`<button type="button" onClick=${() => island.copy(allText(island), 'The text is on the clipboard.')}>Copy the text</button>`,
    });
  }
  if (draft.state === 'offline') {
    messages.push({
      kind: 'wait',
      text: draft.isKept ? 'The server does not answer. Your text is kept on this device and saved as soon as the server answers.' : 'The server does not answer.',
      actions: html`<button type="button" onClick=${() => draft.flush()}>Try now</button>`,
    });
  }
  if (draft.state === 'signedOut') {
    messages.push({
      kind: 'act',
      text: `${draft.isKept ? 'You are signed out. Your text is kept on this device.' : 'You are signed out.'}${signIns[island.signInTrouble.value]}`,
      actions: html`<button type="button" class="primary" onClick=${() => island.signIn()}>Sign in and go on</button>${inNewTab(island)}`,
    });
  }
  if (draft.state === 'elsewhere') {
    messages.push({
      kind: 'act',
      text: 'You are writing this article in another tab.',
      actions: html`<button type="button" class="primary" onClick=${() => takeOver(island)}>Write here instead</button>`,
    });
  }
  for (const [message, refused] of Map.groupBy(draft.refused, ([, { message }]) => message)) {
    const fields = refused.map(([field]) => field);
    const isMany = fields.length > 1 || ['about', 'authors', 'seo', 'tags'].includes(fields[0] ?? '');
    const what = refused[0]?.[1].what;
    messages.push({
      kind: 'act',
      text: `${new Intl.ListFormat('en').format(fields.map((field) => nameOf(field)))} ${isMany ? 'are' : 'is'} not saved: ${message}${what === 'person' ? signIns[island.signInTrouble.value] : ''}`,
      actions: html`${what === 'person' ? null : html`<button type="button" onClick=${() => island.jump([fields[0] ?? ''])}>Show</button>`}
        ${what === 'field' ? null : html`<button type="button" onClick=${() => draft.retry()}>Try again</button>`}
        ${what === 'person' ? html`<button type="button" class="primary" onClick=${() => island.signIn()}>Sign in again</button>${inNewTab(island)}` : null}`,
    });
  }
  const found = recovered.value;
  if (found && draft.state !== 'conflict') {
    const parts = found.fields.map(inSentence);
    messages.push({
      kind: 'note',
      text: `Text from ${ago(found.at, Date.now())} had not been saved and is back: ${new Intl.ListFormat('en').format([...new Set(parts)])}.`,
      actions: html`<button type="button" onClick=${() => (recovered.value = null)}>Keep it</button>
        <button type="button" class="quiet" onClick=${() => ((recovered.value = null), letGo(island))}>Discard it</button>`,
    });
  }
  if (draft.merged && draft.state !== 'conflict') {
    const { by, at, fields } = draft.merged;
    messages.push({
      kind: 'note',
      text: `${by ?? 'Somebody'} saved${at ? ` at ${told(at, zone)}` : ''}. ${fields.length > 0 ? `The changes are in your text: ${fields.map((/** @type {string} */ field) => nameOf(field).toLowerCase()).join(', ')}.` : 'Your version is the newest now.'}`,
      actions: html`<button type="button" onClick=${() => ((draft.merged = null), island.changes.value++)}>OK</button>`,
    });
  }
  if (said.value) {
    messages.push({ kind: 'note', text: said.value, actions: html`<button type="button" onClick=${() => (said.value = '')}>OK</button>` });
  }
  if (island.published.value) {
    const { words, href } = island.published.value;
    messages.push({
      kind: 'note', text: words, ...(href ? { link: { href, words: 'Read it on the site' } } : {}),
      actions: html`<button type="button" onClick=${() => (island.published.value = null)}>OK</button>`,
    });
  }
  /** @type {{ current: HTMLElement | null }} */
  const region = useRef(null);
  useEffect(() => {
    /** Not known before the page is drawn: the messages that an article is opened with move nothing. @type {number | null} */
    let height = null;
    // The text scrolls by the height of a message that appears above it, so that no line moves under the eyes. If the message
    // would cover the line that is being written, this line moves below it. If nobody is writing and the headline is in sight, the
    // message moves it down instead of cutting it off.
    const watch = new ResizeObserver(([entry]) => {
      const sheet = document.querySelector('.sheet');
      const now = entry?.target.clientHeight ?? 0;
      const before = height;
      height = now;
      if (before === null) return;
      const active = document.activeElement;
      const view = island.surface.value?.editor.view;
      if (sheet && (sheet.scrollTop > 0 || sheet.contains(active))) sheet.scrollBy(0, now - before);
      const written = view?.hasFocus() ? view.coordsAtPos(view.state.selection.head) : sheet?.contains(active) ? active?.getBoundingClientRect() : null;
      const top = (sheet?.getBoundingClientRect().top ?? 0) + toolbarHeight;
      if (sheet && written && written.top < top) sheet.scrollBy(0, written.top - top);
    });
    if (region.current) watch.observe(region.current);
    return () => watch.disconnect();
  }, []);
  return html`<div class="messages" ref=${region} role="region" aria-label="Messages" onMouseDown=${keepFocus}>
    <div aria-live="polite">${messages.map(
      ({ kind, text, link, actions }) => html`<div class="message" data-kind=${kind} key=${text}><p>${text}${link ? html` <a href=${link.href} target="_blank" rel="noopener">${link.words}</a>` : null}</p>${actions}</div>`,
    )}</div>
    ${draft.state === 'conflict' ? html`<${Conflict} island=${island} />` : null}
  </div>`;
}

/** @param {Island} island */
const allText = ({ draft, surface }) => [draft.get('headline'), draft.get('summary'), surface.value?.editor.getText() ?? ''].join('\n\n');

/** @param {Island} island */
async function takeOutOfTrash(island) {
  const answer = await island.change('EditorTakeOutOfTrash', 'restoreArticle');
  island.say(answer.made ? 'The article is out of the trash. You can write again.' : answer.why);
}

/** @param {Island} island */
const takeOver = (island) => island.pen?.takeOver();

/** @param {Island} island */
function letGo(island) {
  island.draft.discard();
  island.say('The text that came back was discarded.');
}
