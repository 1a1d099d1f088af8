// The takes of the panel: a card for each persona.
import { html, useEffect, useRef, useSignal } from '../vendor/vendor.js';
import { same, wordsIn } from './body-json.js';
import { modelInput, noteField, takeField, takeOf } from './fields.js';
import { TakeOrigin, missingIn } from './origin.js';
import { Text } from './parts.js';
import { told } from './time.js';

/** @typedef {import('./island.js').Island} Island */

const stances = [['SUPPORTIVE', 'Supportive'], ['MIXED', 'Mixed'], ['SKEPTICAL', 'Skeptical']];

/** As long as the server allows. */
const longestReason = 1_000;

/** @type {Record<string, string>} */
const statuses = {
  REQUESTED: 'Requested', DRAFTED: 'Draft', IN_REVIEW: 'In review', CHANGES_REQUESTED: 'Changes requested', APPROVED: 'Approved', RETRACTED: 'Retracted',
};

/** @param {{ island: Island }} props */
export function Panel({ island }) {
  if (island.meta.value.panel.length === 0) return html`<p class="hint">The panel has no personas yet. An administrator can add the first one.</p>`;
  return html`<div class="stack">${island.meta.value.panel.map(
    (/** @type {any} */ cell) => html`<${Card} key=${cell.persona.id} island=${island} persona=${cell.persona} take=${cell.take} />`,
  )}</div>`;
}

/** The status of a take, in words. @param {any} take @param {boolean} isChanged */
function inWords(take, isChanged) {
  if (isChanged) return 'Changed, kept on this device until you save the take';
  if (!take) return 'Not written yet';
  const by = take.status === 'APPROVED' && take.reviewer ? ` by ${take.reviewer}` : '';
  return `${statuses[take.status] ?? take.status}${by}${take.isStale ? '. Stale since a correction' : ''}${take.isOverdue ? '. Overdue' : ''}`;
}

/** @typedef {import('../answers.d.ts').EditedTakeFragment} Take */

/** @param {{ island: Island, persona: any, take: Take | null }} props */
function Card({ island, persona, take }) {
  island.changes.value;
  const { draft, isEditor, zone } = island;
  const field = takeField(persona.id);
  const saved = takeOf(take);
  // A text that an earlier release kept on this device has no reply and says nothing about a model.
  const now = /** @type {import('./fields.js').Take} */ ({ ...takeOf(null), draftedWith: saved.draftedWith, .../** @type {object} */ (draft.get(field) ?? saved) });
  const isChanged = !same(now, saved);
  const isWritten = now.text.trim() !== '';
  const notes = { changes: noteField('changes', persona.id), request: noteField('brief', persona.id), retract: noteField('retraction', persona.id) };
  // A form whose text was not sent is open again.
  const [why, isBusy, form] = [useSignal(''), useSignal(false), useSignal(Object.entries(notes).find(([, note]) => island.note(note).text !== '')?.[0] ?? '')];
  const set = (/** @type {Partial<import('./fields.js').Take>} */ change) => island.set(field, { ...now, ...change });
  /** @type {{ current: HTMLElement | null }} */
  const mark = useRef(null);
  useEffect(() => {
    mark.current?.style.setProperty('--persona', persona.accentColour ?? '#667085');
    mark.current?.style.setProperty('--persona-dark', persona.accentColourDark ?? persona.accentColour ?? '#8a94a3');
  }, []);

  const act = async (/** @type {() => Promise<string>} */ run) => {
    isBusy.value = true;
    why.value = await run();
    isBusy.value = false;
    if (why.value === '') form.value = '';
    return why.value === '';
  };
  const current = () => island.meta.value.panel.find((cell) => cell.persona.id === persona.id)?.take;
  const save = () => {
    const missing = missingIn(now.draftedWith);
    if (missing) return Promise.resolve(missing);
    const saved = current();
    // A record that is sent makes the words those of the model, so it is sent only if it has changed.
    const isNewModel = !same(now.draftedWith, takeOf(saved ?? null).draftedWith);
    const input = {
      text: now.text, stance: now.stance, confidence: now.confidence, verdict: now.verdict || null, anchor: now.anchor, inReplyTo: now.inReplyTo,
      ...(isNewModel ? { draftedWith: modelInput(now.draftedWith) } : {}),
    };
    return saved
      ? island.changeTake(persona.id, 'EditorSaveTake', 'saveTake', { id: saved.id, expectedVersion: saved.version, ...input }, now)
      : island.changeTake(persona.id, 'EditorDraftTake', 'draftTake', { article: island.id, persona: persona.id, ...input }, now);
  };
  /** @template {keyof import('./api.js').Documents} N @param {N} name @param {keyof import('./api.js').Documents[N]['data']} mutation @param {(take: Take) => Partial<import('./api.js').Input<N>>} more */
  const then = (name, mutation, more = () => ({})) => () =>
    act(async () => {
      const unsaved = isChanged ? await save() : '';
      const saved = current();
      return unsaved || !saved ? unsaved : island.changeTake(persona.id, name, mutation, /** @type {any} */ ({ id: saved.id, expectedVersion: saved.version, ...more(saved) }));
    });
  const anchor = () => {
    const passage = island.surface.value?.passage();
    if (passage) set({ anchor: passage });
    else why.value = 'Select a passage of the text first.';
  };
  const canSubmit = isWritten && (isChanged || ['DRAFTED', 'CHANGES_REQUESTED', 'REQUESTED'].includes(take?.status ?? ''));
  const canApprove = isEditor && isWritten && (isChanged || ['DRAFTED', 'IN_REVIEW', 'CHANGES_REQUESTED'].includes(take?.status ?? ''));
  const canPublish = canApprove && island.meta.value.status === 'PUBLISHED';
  const canRetract = isEditor && take && take.status !== 'RETRACTED';
  const canRequest = isEditor && persona.isActive && (!take || take.status === 'REQUESTED' || take.status === 'RETRACTED');
  // Replies go one level deep.
  const others = island.meta.value.panel.filter((cell) => cell.persona.id !== persona.id && cell.take?.head && cell.take.status !== 'RETRACTED' && !cell.take.inReplyTo);
  // Browsers put a space before a part of a name that cannot be seen, so it begins with a word or a bracket.
  const label = (/** @type {string} */ text) => html`${text}<span class="sr"> (${persona.name})</span>`;
  return html`<section class="card take" id=${`take-${persona.id}`} aria-label=${persona.name}>
    <header>
      <span ref=${mark} class="persona" aria-hidden="true">${persona.name.replace(/^The /, '')[0]}</span>
      <div><h2>${persona.name}</h2><small>${persona.lens}${persona.isAi ? ' · AI persona' : ''}</small></div>
      <p class="take-status" data-status=${isChanged ? 'CHANGED' : take?.isStale ? 'STALE' : (take?.status ?? 'NONE')} role="status">${inWords(take, isChanged)}</p>
    </header>
    ${take?.retractionReason ? html`<p class="hint">Retracted: ${take.retractionReason}</p>` : null}
    ${take?.brief ? html`<p class="hint">Brief: ${take.brief}</p>` : null}
    ${take?.assignee || take?.dueAt ? html`<p class="hint">${take.assignee ? `For ${take.assignee.name}` : 'Nobody is assigned'}${take.dueAt ? `, due ${told(take.dueAt, zone)}` : ''}</p>` : null}
    <${Text} lines=${3} aria-label=${`Take of ${persona.name}`} placeholder="What does this persona say?" value=${now.text} onText=${(/** @type {string} */ text) => set({ text })} />
    <div class="field"><label for=${`verdict-${persona.id}`}>Verdict</label><${Text} isLine id=${`verdict-${persona.id}`} value=${now.verdict} placeholder="In one line" onText=${(/** @type {string} */ verdict) => set({ verdict })} /></div>
    <fieldset class="segments"><legend class="sr">Stance of ${persona.name}</legend>${stances.map(
      ([value, name]) => html`<label><input type="radio" name=${`stance-${persona.id}`} checked=${now.stance === value} onChange=${() => set({ stance: /** @type {any} */ (value) })} /><span>${name}</span></label>`,
    )}</fieldset>
    <div class="row"><label for=${`confidence-${persona.id}`}>Confidence</label><input id=${`confidence-${persona.id}`} type="range" min="0" max="100" step="5" value=${now.confidence} onInput=${(/** @type {any} */ event) => set({ confidence: Number(event.target.value) })} /><output>${now.confidence}</output></div>
    ${now.anchor
      ? html`<p class="hint">About: ${now.anchor.quote ? html`<q>${now.anchor.quote}</q>` : 'one block'}${take?.anchorMatches === false && !isChanged ? ' (no longer in the text)' : ''}
          <button type="button" class="small quiet" onClick=${() => island.surface.value?.goTo(now.anchor?.blockId ?? '')}>${label('Show')}</button>
          <button type="button" class="small quiet" onClick=${() => set({ anchor: null })}>${label('Whole article')}</button></p>`
      : html`<button type="button" class="small quiet" onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${anchor}>${label('Refer to the selected passage')}</button>`}
    ${others.length > 0 || now.inReplyTo
      ? html`<div class="field"><label for=${`reply-${persona.id}`}>Replies to</label><select id=${`reply-${persona.id}`} onChange=${(/** @type {any} */ event) => set({ inReplyTo: event.target.value || null })}>
          <option value="" selected=${now.inReplyTo === null}>Nobody</option>
          ${now.inReplyTo && !others.some((/** @type {any} */ cell) => cell.take.id === now.inReplyTo) ? html`<option value=${now.inReplyTo} selected>A take that was retracted or is a reply itself</option>` : null}
          ${others.map((/** @type {any} */ cell) => html`<option key=${cell.take.id} value=${cell.take.id} selected=${cell.take.id === now.inReplyTo}>${cell.persona.name}</option>`)}</select></div>`
      : null}
    <${TakeOrigin} id=${`origin-${persona.id}`} of=${persona.name} now=${now.draftedWith} saved=${saved.draftedWith} isEditor=${isEditor} onModel=${(/** @type {import('./fields.js').Model | null} */ draftedWith) => set({ draftedWith })} />
    ${take?.disclosure && !isChanged ? html`<p class="hint">Readers see: <q>${take.disclosure}</q></p>` : null}
    ${saved.draftedWith && isWritten && take?.status !== 'APPROVED' ? html`<p class="to-review">Needs a review: ${saved.draftedWith.model} drafted this take. Readers see it only after an editor has approved it.</p>` : null}
    <p class="hint">${wordsIn(now.text)} words</p>
    ${why.value ? html`<p class="problem" role="alert">${why.value}</p>` : null}
    <footer>
      ${isChanged && isWritten ? html`<button type="button" disabled=${isBusy.value} onClick=${() => act(save)}>${label('Save take')}</button>` : null}
      ${canSubmit ? html`<button type="button" disabled=${isBusy.value} onClick=${then('EditorSubmitTake', 'submitTake')}>${label('Submit')}</button>` : null}
      ${canApprove ? html`<button type="button" class="primary" disabled=${isBusy.value} onClick=${then('EditorApproveTake', 'approveTake', (saved) => ({ revision: saved.head?.id ?? null }))}>${label('Approve')}</button>` : null}
      ${canPublish ? html`<button type="button" disabled=${isBusy.value} onClick=${() => (form.value = 'publish')}>${label('Approve and publish')}</button>` : null}
      ${isEditor && take?.isStale && !isChanged ? html`<button type="button" disabled=${isBusy.value} onClick=${then('EditorConfirmTake', 'confirmTake')}>${label('Still right')}</button>` : null}
      ${isEditor && ['IN_REVIEW', 'APPROVED'].includes(take?.status ?? '') ? html`<button type="button" class="quiet" onClick=${() => (form.value = 'changes')}>${label('Ask for changes')}</button>` : null}
      ${canRequest ? html`<button type="button" class="quiet" onClick=${() => (form.value = 'request')}>${label(!take ? 'Request' : take.status === 'REQUESTED' ? 'Change the request' : 'Request again')}</button>` : null}
      ${canRetract ? html`<button type="button" class="quiet" onClick=${() => (form.value = 'retract')}>${label(take.status === 'REQUESTED' ? 'Cancel the request' : 'Retract')}</button>` : null}
    </footer>
    ${form.value === 'changes' ? html`<${AskForChanges} island=${island} note=${notes.changes} isBusy=${isBusy.value} onSend=${(/** @type {string} */ comment) => then('EditorRequestTakeChanges', 'requestTakeChanges', () => ({ comment }))()} onClose=${() => (form.value = '')} />` : null}
    ${form.value === 'publish'
      ? html`<div class="inline-form" role="group" aria-label=${`Approve and publish the take of ${persona.name}`}>
          <p>Readers see this take at once, in an update of the article. Other changes of the article are not published.</p>
          <div class="row-buttons"><button type="button" class="primary" disabled=${isBusy.value} onClick=${then('EditorApproveTake', 'approveTake', (saved) => ({ revision: saved.head?.id ?? null, publish: true }))}>Publish the take</button>
            <button type="button" class="quiet" onClick=${() => (form.value = '')}>Cancel</button></div>
        </div>`
      : null}
    ${form.value === 'retract' && canRetract
      ? html`<${Retract} island=${island} note=${notes.retract} take=${take} persona=${persona} isBusy=${isBusy.value} onClose=${() => (form.value = '')} onSend=${(/** @type {string} */ reason) =>
          act(() => island.changeTake(persona.id, 'EditorRetractTake', 'retractTake', { id: take.id, expectedVersion: take.version, reason }))} />`
      : null}
    ${form.value === 'request' && canRequest
      ? html`<${Request} island=${island} note=${notes.request} take=${take} isBusy=${isBusy.value} onClose=${() => (form.value = '')} onSend=${(/** @type {object} */ input) =>
          act(() => island.changeTake(persona.id, 'EditorRequestTake', 'requestTake', { article: island.id, persona: persona.id, ...(take ? { expectedVersion: take.version } : {}), ...input }))} />`
      : null}
  </section>`;
}

/** @param {{ island: Island, note: string, isBusy: boolean, onSend(comment: string): Promise<boolean>, onClose(): void }} props */
function AskForChanges({ island, note, isBusy, onSend, onClose }) {
  island.changes.value;
  const comment = island.note(note);
  const send = async () => {
    if (await onSend(comment.text)) comment.sent();
  };
  return html`<div class="inline-form">
    <div class="field"><label for="take-changes">What should change?</label><${Text} id="take-changes" lines=${2} value=${comment.text} onText=${comment.set} /></div>
    <button type="button" class="primary" disabled=${isBusy || comment.text.trim() === ''} onClick=${send}>Send</button>
    <button type="button" class="quiet" onClick=${() => (comment.set(''), onClose())}>Cancel</button>
  </div>`;
}

/** @param {{ island: Island, note: string, take: any, isBusy: boolean, onSend(input: object): Promise<boolean>, onClose(): void }} props */
function Request({ island, note, take, isBusy, onSend, onClose }) {
  island.changes.value;
  const [assignee, due, isChanged] = [useSignal(take?.assignee?.id ?? ''), useSignal((take?.dueAt ?? '').slice(0, 10)), useSignal(false)];
  const brief = island.note(note);
  useEffect(() => void island.loadTerms(), []);
  const text = brief.text === '' && !isChanged.value ? (take?.brief ?? '') : brief.text;
  const send = async () => {
    if (await onSend({ assignee: assignee.value || null, dueAt: due.value ? `${due.value}T23:59:00Z` : null, brief: text || null })) brief.sent();
  };
  return html`<div class="inline-form">
    <div class="field"><label for="take-assignee">Who writes it</label><select id="take-assignee" onChange=${(/** @type {any} */ event) => (assignee.value = event.target.value)}>
      <option value="">Nobody yet</option>${(island.terms.value?.people ?? []).map((/** @type {any} */ one) => html`<option value=${one.id} selected=${one.id === assignee.value}>${one.name}</option>`)}</select></div>
    <div class="field"><label for="take-due">Due by the end of</label><input id="take-due" type="date" value=${due.value} onInput=${(/** @type {any} */ event) => (due.value = event.target.value)} /></div>
    <div class="field"><label for="take-brief">Brief</label><${Text} id="take-brief" lines=${2} value=${text} onText=${(/** @type {string} */ next) => ((isChanged.value = true), brief.set(next))} /></div>
    <button type="button" class="primary" disabled=${isBusy} onClick=${send}>Send the request</button>
    <button type="button" class="quiet" onClick=${() => (brief.set(''), onClose())}>Cancel</button>
  </div>`;
}

/**
 * Asks why, and says what readers will see.
 * @param {{ island: Island, note: string, take: any, persona: any, isBusy: boolean, onSend(reason: string): Promise<boolean>, onClose(): void }} props
 */
function Retract({ island, note, take, persona, isBusy, onSend, onClose }) {
  island.changes.value;
  const isRequest = take.status === 'REQUESTED';
  const reason = island.note(note);
  const words = useSignal(isRequest ? '' : 'Looking at what readers see…');
  const send = async () => {
    if (await onSend(reason.text)) reason.sent();
  };
  /** @type {{ current: HTMLElement | null }} */
  const form = useRef(null);
  useEffect(() => {
    form.current?.querySelector('textarea')?.focus();
    if (isRequest) {
      words.value = `Nobody has written this take yet.${take.assignee ? ` It leaves the inbox of ${take.assignee.name}.` : ''} Readers see no change.`;
      return;
    }
    island.ask('EditorLive', { id: island.id }).then(
      ({ article }) => {
        words.value = article?.takes.some((/** @type {any} */ one) => one.id === take.id)
          ? `Readers see this take now. It disappears from the article at once, in an update that changes nothing else. Takes that reply to it stay, without a link to it.`
          : 'Readers do not see this take, so nothing changes for them.';
      },
      () => (words.value = 'What readers see cannot be found out just now. If they see this take, it disappears from the article at once.'),
    );
  }, []);
  const id = `retract-${persona.id}`;
  return html`<div class="inline-form" ref=${form} role="group" aria-label=${`${isRequest ? 'Cancel the request for' : 'Retract'} the take of ${persona.name}`}>
    <p role="status">${words.value}</p>
    <div class="field"><label for=${id}>Why? Only staff see the reason.</label><${Text} id=${id} lines=${2} maxlength=${longestReason} value=${reason.text} onText=${reason.set} /></div>
    <div class="row-buttons"><button type="button" class="danger" disabled=${isBusy || reason.text.trim() === ''} onClick=${send}>${isRequest ? 'Cancel the request' : 'Retract the take'}</button>
      <button type="button" class="quiet" onClick=${() => (reason.set(''), onClose())}>${isRequest ? 'Keep the request' : 'Keep the take'}</button></div>
  </div>`;
}
