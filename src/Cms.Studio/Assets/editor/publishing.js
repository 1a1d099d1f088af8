// The dialogs that change what happens to the article: publish, review and preview.
import { html, useEffect, useSignal } from '../vendor/vendor.js';
import { plainText } from './body-json.js';
import { inWords, nameOf, noteField } from './fields.js';
import { differences } from './merge.js';
import { Changes, Dialog, Text } from './parts.js';
import { CheckList } from './side.js';
import { ahead, instantOf, localOf, toldInFull } from './time.js';

/** @typedef {import('./island.js').Island} Island */

const hour = 60 * 60 * 1_000;

/** What the clocks do to a local time, in words. @param {string} local @param {string} zone @param {number} now */
export function timeInWords(local, zone, now) {
  const found = instantOf(local, zone);
  if (!found) return { isValid: false, words: 'Enter a day and a time.' };
  const { instant, note } = found;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const mine = localOf(instant, own) === localOf(instant, zone) ? '' : ` For you, that is ${toldInFull(instant, own)}.`;
  const clocks =
    note === 'skipped'
      ? ' The clocks go forward over the time that you entered, so this time counts.'
      : note === 'twice' ? ' The clocks go back, so that time happens twice. The first one counts.' : '';
  if (instant.getTime() <= now) return { isValid: false, words: 'This time has passed. Choose a later one.' };
  return { isValid: true, words: `${toldInFull(instant, zone)}, ${ahead(instant.getTime(), now)}.${clocks}${mine}` };
}

/** @param {{ island: Island, onClose(): void }} props */
export function PublishDialog({ island, onClose }) {
  island.changes.value;
  const { zone, draft } = island;
  const meta = island.meta.value;
  const note = island.note(noteField('correction'));
  const isPublic = meta.status === 'PUBLISHED';
  const [when, at, severity, why, isBusy, isReady] = [
    useSignal('now'), useSignal(localOf(new Date(Math.ceil((island.now() + hour) / (hour / 2)) * (hour / 2)), zone)),
    useSignal(/** @type {import('../answers.d.ts').CorrectionSeverity} */ ('MINOR')), useSignal(''), useSignal(false), useSignal(false),
  ];
  /** @type {import('../vendor/vendor.js').Signal<Set<import('../answers.d.ts').CheckRule>>} */
  const acknowledged = useSignal(new Set());
  useEffect(() => {
    void draft.flush().then(async (isSaved) => {
      if (!isSaved) why.value = 'Not everything is saved yet. Close this dialog and solve what the message at the top says.';
      await island.loadChecks();
      isReady.value = true;
    });
  }, []);
  const checks = island.checks.value ?? [];
  const isEmbargo = when.value === 'embargo';
  const openErrors = checks.filter((check) => check.severity === 'ERROR');
  const openWarnings = new Set(checks.filter((check) => check.severity === 'WARNING').map(({ rule }) => rule));
  const missing = [...openWarnings].filter((rule) => !acknowledged.value.has(rule)).length;
  const time = timeInWords(at.value, zone, island.now());
  const needsTime = when.value === 'later' || isEmbargo;
  const isBlocked =
    !isReady.value || isBusy.value || (needsTime && !time.isValid) || (when.value === 'correct' && note.text.trim() === '') || (!isEmbargo && (openErrors.length > 0 || missing > 0));
  const go = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (isBlocked) return;
    isBusy.value = true;
    const acknowledge = [...acknowledged.value].filter((rule) => openWarnings.has(rule));
    const local = `${at.value}:00`;
    const answer =
      when.value === 'later' ? await island.change('EditorSchedule', 'scheduleArticle', { atLocal: local, acknowledge })
      : isEmbargo ? await island.change('EditorEmbargo', 'setEmbargo', { untilLocal: local })
      : when.value === 'correct' ? await island.change('EditorCorrect', 'correctArticle', { note: note.text, severity: severity.value, acknowledge })
      : isPublic ? await island.change('EditorUpdate', 'updateArticle', { acknowledge })
      : await island.change('EditorPublish', 'publishArticle', { acknowledge });
    isBusy.value = false;
    why.value = answer.why;
    void island.loadChecks();
    if (answer.made) {
      island.say('');
      if (when.value === 'correct') note.sent();
      if (when.value === 'later') island.say(`Scheduled for ${toldInFull(answer.made.scheduledAt ?? '', zone)}.`);
      else if (isEmbargo) island.say(`Under embargo until ${toldInFull(answer.made.embargoUntil ?? '', zone)}.`);
      else {
        island.published.value = { words: isPublic ? 'Published. Readers see the changes now.' : 'Published. Readers see it now.', href: island.publicUrl() };
      }
      onClose();
    }
  };
  const undo = async (/** @type {'EditorUnschedule' | 'EditorEmbargo'} */ name, /** @type {string} */ words) => {
    const answer = name === 'EditorEmbargo' ? await island.change(name, 'setEmbargo') : await island.change(name, 'unscheduleArticle');
    why.value = answer.why;
    if (answer.made) island.say(words);
    void island.loadChecks();
  };
  /** @type {[string, string][]} */
  const choices = isPublic
    ? [['now', 'Update now'], ['correct', 'Correction'], ['later', 'At a time']]
    : [['now', 'Now'], ['later', 'At a time'], ['embargo', 'Embargo']];
  const heldUntil = meta.embargoUntil && Date.parse(meta.embargoUntil) > island.now() ? meta.embargoUntil : null;
  return html`<${Dialog} title=${isPublic ? 'Publish the changes' : 'Publish this article'} id="publish-title" isWide onClose=${onClose}>
    <form onSubmit=${go}>
      <p class="hint" dir="auto">${draft.get('headline')}</p>
      ${meta.scheduledAt ? html`<p class="box">Scheduled for ${toldInFull(meta.scheduledAt, zone)}${meta.scheduledRevision ? `, with revision ${meta.scheduledRevision.number}` : ''}. Later changes are not included unless you schedule again.
        <button type="button" class="small" onClick=${() => undo('EditorUnschedule', 'The schedule is cancelled.')}>Cancel the schedule</button></p>` : null}
      ${meta.scheduleRefusal ? html`<p class="box problem">It was not published at its scheduled time: ${inWords(meta.scheduleRefusal, island.names)}</p>` : null}
      ${heldUntil ? html`<p class="box">Under embargo until ${toldInFull(heldUntil, zone)}. Nobody can publish it before.
        <button type="button" class="small" onClick=${() => undo('EditorEmbargo', 'The embargo is lifted.')}>Lift the embargo</button></p>` : null}
      <fieldset class="segments"><legend class="sr">When</legend>${choices.map(
        ([value, label]) => html`<label><input type="radio" name="when" checked=${when.value === value} onChange=${() => (when.value = value)} /><span>${label}</span></label>`,
      )}</fieldset>
      ${needsTime
        ? html`<div class="field"><label for="publish-at">${isEmbargo ? 'Nobody can publish before' : 'Day and time'} (${zone.replace('_', ' ')})</label>
            <input id="publish-at" type="datetime-local" required value=${at.value} aria-describedby="publish-at-help" onInput=${(/** @type {any} */ event) => (at.value = event.target.value)} />
            <p id="publish-at-help" class=${time.isValid ? 'hint' : 'problem'} aria-live="polite">${time.words}${time.isValid && !isEmbargo ? ' The text is published as it is now.' : ''}</p></div>`
        : null}
      ${when.value === 'correct'
        ? html`<div class="field"><label for="correction-note">What was wrong? Readers see this note.</label><${Text} id="correction-note" lines=${3} value=${note.text} onText=${note.set} /></div>
            <fieldset class="segments"><legend class="sr">How serious</legend>${[['MINOR', 'Minor'], ['MAJOR', 'Major']].map(
              ([value, label]) => html`<label><input type="radio" name="severity" checked=${severity.value === value} onChange=${() => (severity.value = value === 'MAJOR' ? 'MAJOR' : 'MINOR')} /><span>${label}</span></label>`,
            )}</fieldset>`
        : null}
      ${isEmbargo ? null : html`<section aria-labelledby="publish-checks"><h3 id="publish-checks">Checks</h3>
        ${isReady.value ? html`<${CheckList} island=${island} acknowledged=${acknowledged.value} onAcknowledge=${(/** @type {import('../answers.d.ts').CheckRule} */ rule, /** @type {boolean} */ isOn) => {
          const next = new Set(acknowledged.value);
          if (isOn) next.add(rule);
          else next.delete(rule);
          acknowledged.value = next;
        }} />` : html`<p role="status">Saving and checking…</p>`}</section>`}
      ${isPublic ? html`<${LiveDifference} island=${island} />` : null}
      ${why.value ? html`<p class="problem" role="alert">${why.value}</p>` : null}
      <footer>
        <span class="hint" role="status">${isEmbargo || !isReady.value ? '' : openErrors.length > 0 ? `${openErrors.length} needed` : missing > 0 ? `${missing} ${missing === 1 ? 'warning' : 'warnings'} to acknowledge` : ''}</span>
        <button type="button" onClick=${onClose}>Cancel</button>
        <button class="primary" disabled=${isBlocked}>${when.value === 'later' ? 'Schedule' : isEmbargo ? 'Set the embargo' : when.value === 'correct' ? 'Publish the correction' : isPublic ? 'Publish the update' : 'Publish now'}</button>
      </footer>
    </form>
  <//>`;
}

/** What readers will see that they do not see now. @param {{ island: Island }} props */
function LiveDifference({ island }) {
  /** @type {import('../vendor/vendor.js').Signal<any>} */
  const live = useSignal(undefined);
  useEffect(() => {
    island.ask('EditorLive', { id: island.id }).then(({ article }) => (live.value = article), () => (live.value = null));
  }, []);
  if (live.value === undefined) return html`<p class="hint" role="status">Comparing with what readers see…</p>`;
  if (live.value === null) return html`<p class="hint">What readers see now cannot be shown. Try again in a moment.</p>`;
  const { draft, names } = island;
  const list = (/** @type {any} */ ids) => /** @type {string[]} */ (ids).map((id) => names.get(id) ?? id).join(', ');
  const before = live.value.body?.json?.content ?? [];
  const after = /** @type {any} */ (draft.get('body'))?.content ?? [];
  const byId = (/** @type {any[]} */ blocks) => new Map(blocks.map((block) => [block.attrs?.id, block]));
  const [old, now] = [byId(before), byId(after)];
  /** @type {[string, string, string][]} */
  const pairs = [
    [nameOf('headline'), live.value.headline, String(draft.get('headline'))],
    [nameOf('summary'), live.value.summary, String(draft.get('summary'))],
    [nameOf('category'), live.value.category?.name ?? '', names.get(String(draft.get('category'))) ?? ''],
    [nameOf('tags'), live.value.tags.map((/** @type {any} */ tag) => tag.name).join(', '), list(draft.get('tags'))],
    .../** @type {[string, string, string][]} */ (after.map((/** @type {any} */ block) => ['Text', plainText(old.get(block.attrs?.id)), plainText(block)])),
    .../** @type {[string, string, string][]} */ (before.filter((/** @type {any} */ block) => !now.has(block.attrs?.id)).map((/** @type {any} */ block) => ['Text', plainText(block), ''])),
  ];
  const changed = pairs.filter(([, from, to]) => from !== to);
  return html`<details class="live-difference" open=${changed.length > 0 && changed.length < 6}><summary>What changes for readers: ${changed.length === 0 ? 'no words' : changed.length === 1 ? 'one part' : `${changed.length} parts`}</summary>
    ${changed.map(([name, from, to], i) => html`<section class="difference" key=${i}><h4>${name}</h4><p dir="auto"><${Changes} parts=${differences(from, to)} /></p></section>`)}</details>`;
}

/** @param {{ island: Island, onClose(): void }} props */
export function ReviewDialog({ island, onClose }) {
  island.changes.value;
  const { review, reviewer, approvedRevisionId } = island.meta.value;
  const comment = island.note(noteField('review'));
  const [chosen, why, isBusy] = [useSignal(reviewer?.id ?? ''), useSignal(''), useSignal(false)];
  useEffect(() => void island.loadTerms(), []);
  /** @template {keyof import('./api.js').Documents} N @param {N} name @param {keyof import('./api.js').Documents[N]['data']} field @param {Omit<import('./api.js').Input<N>, 'id' | 'expectedVersion'>} input @param {string} words */
  const act = async (name, field, input, words) => {
    isBusy.value = true;
    const answer = await island.change(name, field, input);
    isBusy.value = false;
    why.value = answer.why;
    if (answer.made) {
      if (name === 'EditorRequestChanges') comment.sent();
      island.say(words);
      island.comments.value++;
      onClose();
      void island.loadChecks();
    }
  };
  const canSubmit = review === 'DRAFTING' || review === 'CHANGES_REQUESTED';
  const model = /** @type {import('./fields.js').Model | null} */ (island.draft.get('draftedWith') ?? null);
  const aboutModel = model && review !== 'APPROVED' ? html`<p class="box"><b>${model.model}</b> drafted this text. Readers see it only after an editor has approved exactly these words.</p>` : null;
  return html`<${Dialog} title=${canSubmit ? 'Submit for review' : 'Review'} id="review-title" onClose=${onClose}>
    ${canSubmit
      ? html`<form onSubmit=${(/** @type {Event} */ event) => {
            event.preventDefault();
            void act('EditorSubmitForReview', 'submitForReview', { reviewer: chosen.value || null }, 'Submitted for review.');
          }}>
          ${aboutModel}
          <p>${review === 'CHANGES_REQUESTED' ? 'An editor asked for changes: see the comments.' : 'An editor reads it next.'}</p>
          <div class="field"><label for="reviewer">Who should read it</label><select id="reviewer" onChange=${(/** @type {any} */ event) => (chosen.value = event.target.value)}>
            <option value="">Any editor</option>${(island.terms.value?.people ?? []).map((/** @type {any} */ one) => html`<option key=${one.id} value=${one.id} selected=${one.id === chosen.value}>${one.name}</option>`)}</select></div>
          ${why.value ? html`<p class="problem" role="alert">${why.value}</p>` : null}
          <footer><button type="button" onClick=${onClose}>Cancel</button><button class="primary" disabled=${isBusy.value}>Submit</button></footer>
        </form>`
      : html`<p>${review === 'APPROVED' ? (approvedRevisionId ? 'The newest revision is approved. The next save puts it in review again.' : 'Approved.') : reviewer ? `In review with ${reviewer.name}.` : 'In review.'}</p>
          ${aboutModel}
          ${island.isEditor
            ? html`<div class="field"><label for="changes">To ask for changes, say what to change</label><${Text} id="changes" lines=${3} value=${comment.text} onText=${comment.set} /></div>`
            : null}
          ${why.value ? html`<p class="problem" role="alert">${why.value}</p>` : null}
          <footer>
            ${review === 'IN_REVIEW' ? html`<button type="button" disabled=${isBusy.value} onClick=${() => act('EditorWithdrawFromReview', 'withdrawFromReview', {}, 'Taken back from review.')}>Take it back</button>` : null}
            ${island.isEditor ? html`<button type="button" disabled=${isBusy.value || comment.text.trim() === ''} onClick=${() => act('EditorRequestChanges', 'requestChanges', { comment: comment.text }, 'The author is asked for changes.')}>Ask for changes</button>` : null}
            ${island.isEditor && review === 'IN_REVIEW' ? html`<button type="button" class="primary" disabled=${isBusy.value} onClick=${() => act('EditorApprove', 'approveArticle', {}, 'Approved.')}>Approve</button>` : null}
          </footer>`}
  <//>`;
}

/** A link that shows the newest revision as readers would see it. @param {{ island: Island, onClose(): void }} props */
export function PreviewDialog({ island, onClose }) {
  /** @type {import('../vendor/vendor.js').Signal<any>} */
  const link = useSignal(null);
  const why = useSignal('');
  const make = async () => {
    if (!(await island.draft.flush())) {
      why.value = 'Not everything is saved yet, so the preview would be old. Solve what the message at the top says.';
      return;
    }
    const answer = await island.run('EditorPreview', 'createPreviewLink', { article: island.id });
    why.value = answer.why || (answer.made?.url ? '' : 'No front end is set up for previews. An operator sets its address.');
    link.value = answer.made;
  };
  useEffect(() => void make(), []);
  return html`<${Dialog} title="Share a preview" id="preview-title" onClose=${onClose}>
    ${why.value ? html`<p class="problem" role="alert">${why.value}</p>` : link.value ? null : html`<p role="status">Saving and making a link…</p>`}
    ${link.value?.url
      ? html`<p>Anybody who has this link can read the newest revision until ${toldInFull(link.value.expiresAt, island.zone)}.</p>
          <footer><button type="button" onClick=${() => island.copy(link.value.url, 'The link is on the clipboard.')}>Copy the link</button>
            <a class="button primary" href=${link.value.url} target="_blank" rel="noopener">Open the preview</a></footer>`
      : null}
  <//>`;
}
