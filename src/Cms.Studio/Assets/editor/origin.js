// The AI model that drafted a text: its record, the disclosure that readers see, and who must review the text.
import { html, useSignal } from '../vendor/vendor.js';
import { same } from './body-json.js';
import { modelName } from './fields.js';
import { Text } from './parts.js';

/** @typedef {import('./island.js').Island} Island @typedef {import('./fields.js').Model} Model */

/** As long as the server allows. */
const longest = 120;

/** What is missing in a record; empty if nothing is. @param {Model | null} model */
export const missingIn = (model) => (model && model.model.trim() === '' ? 'Write the name of the model that drafted the text.' : '');

/** The fields of a model. @param {{ id: string, value: Model, onModel(model: Model): void, of?: string }} props `of` says whose text it is, if the page has several */
export function ModelFields({ id, value, onModel, of = '' }) {
  const more = of ? html`<span class="sr"> (${of})</span>` : null;
  return html`<div class="model">
    <div class="field"><label for=${`${id}-model`}>Name of the model${more}</label>
      <${Text} isLine id=${`${id}-model`} value=${value.model} maxlength=${longest} spellcheck="false" autocomplete="off" onText=${(/** @type {string} */ model) => onModel({ ...value, model })} /></div>
    <div class="field"><label for=${`${id}-version`}>Version${more}</label>
      <${Text} isLine id=${`${id}-version`} value=${value.version} maxlength=${longest} spellcheck="false" autocomplete="off" onText=${(/** @type {string} */ version) => onModel({ ...value, version })} /></div>
  </div>`;
}

/** The record of the article. @param {{ island: Island }} props */
export function Origin({ island }) {
  island.changes.value;
  const { draft, isEditor } = island;
  const { disclosure, approvedRevisionId, review } = island.meta.value;
  const recorded = /** @type {Model | null} */ (draft.get('draftedWith') ?? null);
  /** @type {import('../vendor/vendor.js').Signal<Model | null>} */
  const edited = useSignal(null);
  const [isRemoving, why] = [useSignal(false), useSignal('')];
  const problem = why.value || draft.refused.get('draftedWith')?.message;

  /** The button that opened the form takes its place again, and with it the focus. */
  const close = () => {
    edited.value = null;
    isRemoving.value = false;
    why.value = '';
    requestAnimationFrame(() => document.getElementById('field-draftedWith')?.focus());
  };
  const open = () => {
    edited.value = recorded ?? { model: '', version: '' };
    requestAnimationFrame(() => document.getElementById('origin-model')?.focus());
  };
  const save = (/** @type {Model | null} */ model) => {
    why.value = missingIn(model);
    if (why.value) return;
    island.set('draftedWith', model && { model: model.model.trim(), version: model.version.trim() });
    void draft.flush().then(() => island.loadChecks());
    close();
  };
  const isWaiting = recorded !== null && approvedRevisionId === null;
  return html`<section class="card" aria-labelledby="origin-title">
    <h2 id="origin-title">Use of AI</h2>
    ${recorded
      ? html`<p><b>${modelName(recorded)}</b> drafted this text.</p>
          ${disclosure && same(recorded, draft.base.fields['draftedWith']) ? html`<p class="hint">Readers see: <q>${disclosure}</q></p>` : null}
          <p class=${isWaiting ? 'to-review' : 'good'}>${isWaiting ? 'Needs a review: nobody has approved this revision. Readers see it only after an editor has approved exactly these words.' : 'An editor has approved exactly these words.'}</p>`
      : html`<p class="hint">No AI model drafted this text.</p>`}
    ${edited.value
      ? html`<form class="inline-form" aria-label="The model that drafted the text" onSubmit=${(/** @type {Event} */ event) => (event.preventDefault(), save(edited.value))}>
          <${ModelFields} id="origin" value=${edited.value} onModel=${(/** @type {Model} */ model) => (edited.value = model)} />
          <p class="hint">The words as they are now count as those of the model. Readers see who edits them afterwards and who reviews them.</p>
          <div class="row-buttons"><button class="primary">Save the record</button><button type="button" class="quiet" onClick=${close}>Cancel</button></div>
        </form>`
      : isRemoving.value
        ? html`<div class="inline-form" role="group" aria-label="Remove the record of the model">
            <p>Readers are then told nothing about a model. The audit log keeps that you removed the record.</p>
            <div class="row-buttons"><button type="button" class="danger" onClick=${() => save(null)}>Remove the record</button><button type="button" class="quiet" onClick=${close}>Keep it</button></div>
          </div>`
        : html`<div class="row-buttons">
            <button type="button" id="field-draftedWith" onClick=${open}>${recorded ? 'Change the record' : 'A model drafted this text'}</button>
            ${isWaiting ? html`<button type="button" onClick=${() => island.open('review')}>${review === 'IN_REVIEW' ? 'Review' : 'Submit for review'}</button>` : null}
            ${recorded && isEditor ? html`<button type="button" class="quiet" onClick=${() => (isRemoving.value = true)}>Remove the record</button>` : null}
          </div>`}
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
    ${recorded && !isEditor ? html`<p class="hint">Only an editor can remove this record.</p>` : null}
  </section>`;
}

/**
 * The record of a take, which is saved with it.
 * @param {{ id: string, of: string, now: Model | null, saved: Model | null, isEditor: boolean, onModel(model: Model | null): void }} props
 */
export function TakeOrigin({ id, of, now, saved, isEditor, onModel }) {
  const isFixed = saved !== null && !isEditor;
  return html`<label class="check"><input type="checkbox" checked=${now !== null} disabled=${isFixed} aria-describedby=${isFixed ? `${id}-fixed` : null}
      onChange=${(/** @type {any} */ event) => onModel(event.target.checked ? (saved ?? { model: '', version: '' }) : null)} /> An AI model drafted this text<span class="sr"> (${of})</span></label>
    ${isFixed ? html`<p class="hint" id=${`${id}-fixed`}>Only an editor can remove this record.</p>` : null}
    ${now ? html`<${ModelFields} id=${id} of=${of} value=${now} onModel=${onModel} />` : null}`;
}
