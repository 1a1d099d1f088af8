// Threads of comments on the article and on its passages.
import { html, useEffect, useSignal } from '../vendor/vendor.js';
import { there } from './api.js';
import { noteField } from './fields.js';
import { Text } from './parts.js';
import { told } from './time.js';

/** @typedef {import('./island.js').Island} Island */

/** @param {{ island: Island }} props */
export function Comments({ island }) {
  /** @type {import('../vendor/vendor.js').Signal<any[] | null>} */
  const threads = useSignal(null);
  const [why, isAll] = [useSignal(''), useSignal(false)];
  const load = async () => {
    try {
      const found = [];
      for (let page = { hasNextPage: true, endCursor: /** @type {string | null} */ (null) }; page.hasNextPage; ) {
        const { nodes, pageInfo } = there((await island.ask('EditorComments', { id: island.id, after: page.endCursor })).desk?.article).comments;
        found.push(...nodes);
        page = pageInfo;
      }
      threads.value = found;
    } catch (fault) {
      why.value = island.explain(fault);
    }
  };
  useEffect(() => void load(), [island.comments.value]);
  useEffect(() => void island.loadTerms(), []);
  /** @template {keyof import('./api.js').Documents} N @param {N} name @param {keyof import('./api.js').Documents[N]['data']} field @param {import('./api.js').Input<N>} input */
  const run = async (name, field, input) => {
    const answer = await island.run(name, field, input);
    why.value = answer.why;
    if (answer.made) {
      island.comments.value++;
      void island.loadChecks();
    }
    return answer.why === '';
  };
  const shown = (threads.value ?? []).filter((/** @type {any} */ thread) => isAll.value || !thread.resolvedAt);
  return html`<div class="stack">
    <${Composer} island=${island} field=${noteField('comment')} label="New comment" canAnchor onSend=${(/** @type {any} */ input) => run('EditorAddComment', 'addComment', input)} />
    ${why.value ? html`<p class="problem" role="alert">${why.value}</p>` : null}
    <label class="check"><input type="checkbox" checked=${isAll.value} onChange=${(/** @type {any} */ event) => (isAll.value = event.target.checked)} /> Show resolved threads</label>
    ${threads.value === null ? html`<p class="hint" role="status">Loading…</p>` : shown.length === 0 ? html`<p class="hint">No open comments.</p>` : null}
    ${shown.map((/** @type {any} */ thread) => html`<section class="card thread" key=${thread.id} aria-label=${`Comment of ${thread.author}`}>
      ${[thread, ...thread.replies].map((one) => html`<${One} key=${one.id} island=${island} comment=${one} onDelete=${() => run('EditorDeleteComment', 'deleteComment', { id: one.id })} />`)}
      ${thread.resolvedAt ? html`<p class="hint">Resolved by ${thread.resolvedBy}</p>` : null}
      <${Composer} island=${island} field=${noteField('reply', thread.id)} label="Reply" onSend=${(/** @type {any} */ input) => run('EditorAddComment', 'addComment', { ...input, inReplyTo: thread.id })} />
      <button type="button" class="small" onClick=${() => run('EditorResolveComment', 'resolveComment', { id: thread.id, isResolved: !thread.resolvedAt })}>${thread.resolvedAt ? 'Open again' : 'Resolve'}</button>
    </section>`)}
  </div>`;
}

/** @param {{ island: Island, comment: any, onDelete(): void }} props */
function One({ island, comment, onDelete }) {
  return html`<article class="comment">
    <p><b>${comment.author}</b> <time datetime=${comment.createdAt}>${told(comment.createdAt, island.zone)}</time></p>
    ${comment.deletedAt ? html`<p class="hint">Deleted</p>` : html`<p class="comment-text" dir="auto">${comment.text}</p>`}
    ${comment.mentions.length > 0 ? html`<p class="hint">For ${comment.mentions.map((/** @type {any} */ one) => one.name).join(', ')}</p>` : null}
    ${comment.blockId
      ? comment.isBlockGone
        ? html`<p class="hint">The passage is no longer in the text.</p>`
        : html`<button type="button" class="small quiet" onClick=${() => island.jump(['body', comment.blockId])}>Show the passage</button>`
      : null}
    ${comment.isMine && !comment.deletedAt ? html`<button type="button" class="small danger" onClick=${onDelete}>Delete<span class="sr"> your comment</span></button>` : null}
  </article>`;
}

/**
 * What somebody is writing. It is kept on this device until it is sent.
 * @typedef {{ text: string, mention: string, passage: { blockId: string, quote: string | null } | null }} Written
 */

/** An @ at the start of a word, and the letters of a name. */
const mentioned = /(?:^|\s)@([\p{L}\p{N}'’.-]{0,40})$/u;

/** @param {{ island: Island, field: string, label: string, canAnchor?: boolean, onSend(input: object): Promise<boolean> }} props */
function Composer({ island, field, label, canAnchor = false, onSend }) {
  island.changes.value;
  const kept = () => /** @type {Written | undefined} */ (island.draft.get(field));
  const { text, mention } = kept() ?? { text: '', mention: '' };
  const isBusy = useSignal(false);
  /** An @ at the start of a word with the letters after it, as they were typed last. */
  const asked = useSignal(/** @type {{ at: number, letters: string } | null} */ (null));
  /** The passage with the caret, until something is written. @type {import('../vendor/vendor.js').Signal<Written['passage']>} */
  const place = useSignal(null);
  const passage = text === '' ? place.value : (kept()?.passage ?? null);
  const set = (/** @type {Partial<Written>} */ change) => {
    const next = { text, mention, passage, ...change };
    island.set(field, next.text === '' ? undefined : next);
  };
  const people = /** @type {{ id: string, name: string }[]} */ (island.terms.value?.people ?? []);
  const { at = 0, letters = '' } = asked.value ?? {};
  // The text may have been sent or taken away since.
  const isAsking = asked.value !== null && text.slice(at, at + 1 + letters.length) === `@${letters}`;
  const begun = letters.toLowerCase();
  const matches = !isAsking ? [] : people.filter(({ name }) => name.toLowerCase().split(' ').some((word) => word.startsWith(begun))).slice(0, 6);
  const ask = (/** @type {{ id: string, name: string }} */ person) => {
    set({ mention: person.id, text: `${text.slice(0, at)}@${person.name}${text.slice(at + 1 + letters.length)}` });
    asked.value = null;
  };
  const send = async () => {
    isBusy.value = true;
    const isSent = await onSend({
      article: island.id,
      text,
      ...(passage ? { blockId: passage.blockId } : {}),
      ...(mention ? { mentions: [mention] } : {}),
    });
    isBusy.value = false;
    if (isSent) {
      place.value = null;
      // What was typed since then stays.
      if (kept()?.text === text) island.set(field, undefined);
    }
  };
  return html`<div class="composer">
    <${Text} lines=${canAnchor ? 2 : 1} aria-label=${label} placeholder=${label} value=${text} onText=${(/** @type {string} */ now) => {
        const { activeElement } = document;
        const caret = activeElement instanceof HTMLTextAreaElement ? activeElement.selectionStart : now.length;
        const letters = mentioned.exec(now.slice(0, caret))?.[1];
        asked.value = letters === undefined ? null : { at: caret - letters.length - 1, letters };
        set({ text: now });
      }}
      onFocus=${() => (place.value ??= canAnchor ? (island.surface.value?.passage() ?? null) : null)} />
    ${text === ''
      ? null
      : html`${passage ? html`<p class="hint">About ${passage.quote ? html`<q>${passage.quote}</q>` : 'the block with the caret'} <button type="button" class="small quiet" onClick=${() => set({ passage: null })}>About the whole article</button></p>` : null}
          ${matches.length > 0
            ? html`<div class="row-buttons" role="group" aria-label="Ask somebody who works here">${matches.map((one) => html`<button type="button" class="small" key=${one.id} onClick=${() => ask(one)}>Ask ${one.name}</button>`)}</div>`
            : null}
          <label class="field"><span>Ask somebody</span><select onChange=${(/** @type {any} */ event) => set({ mention: event.target.value })}><option value="" selected=${mention === ''}>Nobody</option>
            ${people.map((one) => html`<option value=${one.id} selected=${one.id === mention}>${one.name}</option>`)}</select></label>
          <button type="button" class="primary small" disabled=${isBusy.value || text.trim() === ''} onClick=${send}>Send</button>`}
  </div>`;
}
