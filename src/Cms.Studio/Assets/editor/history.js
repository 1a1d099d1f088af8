// The revisions of the article: compare, label, restore.
import { html, useEffect, useSignal } from '../vendor/vendor.js';
import { there } from './api.js';
import { isLocal, nameOf, noteField, standingOf, withNames } from './fields.js';
import { Changes, Dialog, Text } from './parts.js';
import { told } from './time.js';

/** @typedef {import('./island.js').Island} Island */

/** @param {{ island: Island }} props */
export function History({ island }) {
  /** @type {import('../vendor/vendor.js').Signal<any[] | null>} */
  const revisions = useSignal(null);
  /** @type {import('../vendor/vendor.js').Signal<string | null>} */
  const more = useSignal(null);
  const [why, labelled] = [useSignal(''), useSignal(0)];
  island.changes.value;
  // The number stays when an autosave replaces a revision.
  const labelField = (/** @type {any} */ revision) => noteField('label', String(revision.number));
  /** A label that is written is kept on this device until it is saved. @param {any} revision */
  const labelOf = (revision) => /** @type {string | undefined} */ (island.draft.get(labelField(revision)));
  const load = async (/** @type {string | null} */ after) => {
    try {
      const { nodes, pageInfo } = there((await island.ask('EditorRevisions', { id: island.id, after })).desk?.article).revisions;
      revisions.value = after ? [...(revisions.value ?? []), ...nodes] : nodes;
      more.value = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } catch (fault) {
      why.value = island.explain(fault);
    }
  };
  const { revisionCount, version } = island.meta.value;
  useEffect(() => void load(null), [revisionCount, version, island.revisions.value]);
  const restore = async (/** @type {any} */ revision) => {
    const answer = await island.change('EditorRestore', 'restoreRevision', { revision: revision.id });
    why.value = answer.why;
    if (answer.made) {
      island.remember(answer.made);
      // Takes are not part of a revision, so those that are being written stay.
      const { version, fields } = standingOf(answer.made);
      island.draft.adopt({ version, fields: Object.fromEntries(Object.entries(fields).filter(([field]) => !isLocal(field))) });
      island.say(`Revision ${revision.number} is back as the newest one.`);
    }
  };
  const isLabelled = (/** @type {any} */ revision) => labelled.value === revision.number || labelOf(revision) !== undefined;
  const saveLabel = async (/** @type {any} */ revision) => {
    const text = labelOf(revision) ?? revision.label ?? '';
    const answer = await island.run('EditorLabelRevision', 'labelRevision', { id: island.id, revision: revision.id, label: text || null });
    why.value = answer.why;
    if (answer.made) {
      labelled.value = 0;
      // What was typed since then stays.
      if (labelOf(revision) === text) island.set(labelField(revision), undefined);
      island.revisions.value++;
    }
  };
  const [newest] = revisions.value ?? [];
  return html`<div class="stack">
    ${why.value ? html`<p class="problem" role="alert">${why.value}</p>` : null}
    ${revisions.value === null ? html`<p class="hint" role="status">Loading…</p>` : null}
    <ol class="history">${(revisions.value ?? []).map((/** @type {any} */ one) => html`<li key=${one.id}>
      <p><b>${told(one.savedAt, island.zone)}</b> ${one.drafter}${one.isAutosave ? ' · saved automatically' : ''}${one.restoredFrom ? ' · restored' : ''}${one.approvedBy ? ` · approved by ${one.approvedBy}` : ''}</p>
      ${one.label && !isLabelled(one) ? html`<p class="label">${one.label}</p>` : null}
      <div class="row-buttons">
        <small>${one.number}</small>
        ${one === newest ? html`<em>Newest</em>` : html`<button type="button" class="small" onClick=${() => island.open('compare', { data: { from: one, to: newest } })}>Compare<span class="sr"> revision ${one.number} with the newest</span></button>`}
        ${one !== newest && island.isEditor && !island.isTrashed() ? html`<button type="button" class="small" onClick=${() => restore(one)}>Restore<span class="sr"> revision ${one.number}</span></button>` : null}
        <button type="button" class="small quiet" onClick=${() => (labelled.value = one.number)}>Label<span class="sr"> revision ${one.number}</span></button>
      </div>
      ${isLabelled(one)
        ? html`<div class="inline-form"><${Text} isLine aria-label=${`Label of revision ${one.number}`} value=${labelOf(one) ?? one.label ?? ''} onText=${(/** @type {string} */ text) => island.set(labelField(one), text === (one.label ?? '') ? undefined : text)} />
            <button type="button" class="small primary" onClick=${() => saveLabel(one)}>Save</button>
            <button type="button" class="small quiet" onClick=${() => ((labelled.value = 0), island.set(labelField(one), undefined))}>Cancel</button></div>`
        : null}
    </li>`)}</ol>
    ${more.value ? html`<button type="button" onClick=${() => load(more.value)}>Earlier revisions</button>` : null}
  </div>`;
}

/** @param {{ island: Island, from: any, to: any, onClose(): void }} props */
export function CompareDialog({ island, from, to, onClose }) {
  /** @type {import('../vendor/vendor.js').Signal<any>} */
  const found = useSignal(null);
  const why = useSignal('');
  useEffect(() => {
    island.ask('EditorCompare', { id: island.id, from: from.id, to: to.id }).then(
      async ({ desk }) => {
        const { compare } = there(desk?.article);
        const pictures = (compare?.fields ?? []).filter(({ field }) => field === 'heroImage.media').flatMap(({ from, to }) => [from, to]);
        await island.loadImages(pictures.filter((id) => id !== null));
        found.value = compare;
      },
      (fault) => (why.value = island.explain(fault)),
    );
  }, []);
  const changed = (found.value?.blocks ?? []).filter((/** @type {any} */ block) => block.change !== 'UNCHANGED');
  return html`<${Dialog} title=${`Revision ${from.number} and revision ${to.number}`} id="compare-title" isWide onClose=${onClose}>
    ${why.value ? html`<p class="problem" role="alert">${why.value}</p>` : found.value === null ? html`<p role="status">Comparing…</p>` : null}
    ${found.value && changed.length === 0 && found.value.fields.length === 0 ? html`<p>They are the same.</p>` : null}
    ${(found.value?.fields ?? []).map((/** @type {any} */ one) => html`<section class="difference" key=${one.field}><h3>${nameOf(one.field)}</h3><${FieldChange} island=${island} change=${one} /></section>`)}
    ${changed.map((/** @type {any} */ block) => html`<section class="difference" key=${block.blockId} data-change=${block.change}>
      <h3>${block.isFormattingOnly ? 'Formatting' : block.change === 'MOVED' ? 'Moved' : block.change === 'ADDED' ? 'Added' : block.change === 'REMOVED' ? 'Removed' : 'Changed'}</h3>
      <p dir="auto"><${Changes} parts=${block.parts} /></p></section>`)}
  <//>`;
}

/** What changed in a field: the pictures themselves, the names of other things, and otherwise the words. @param {{ island: Island, change: any }} props */
function FieldChange({ island, change: { field, from, to, parts } }) {
  if (field === 'heroImage.media') {
    const picture = (/** @type {string} */ label, /** @type {string | null} */ id) => html`<figure><figcaption>${label}</figcaption>${id === null
      ? html`<em>No image</em>`
      : island.imageUrl(id)
        ? html`<img class="hero" src=${island.imageUrl(id)} alt="" />`
        : html`<em>An image that cannot be shown. It was deleted, or its rights have ended.</em>`}</figure>`;
    return html`<div class="sides">${picture('Before', from)}${picture('After', to)}</div>`;
  }
  if (field === 'seo.noIndex') return html`<p><${Changes} parts=${[{ change: 'REMOVED', text: from === 'true' ? 'Yes' : 'No' }, { change: 'ADDED', text: to === 'true' ? 'Yes' : 'No' }]} /></p>`;
  return html`<p dir="auto"><${Changes} parts=${parts.map((/** @type {any} */ part) => ({ ...part, text: withNames(part.text, island.names) }))} /></p>`;
}
