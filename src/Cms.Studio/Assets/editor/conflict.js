// Shows what two people changed at the same time, with both sides.
import { html, useSignal } from '../vendor/vendor.js';
import { plainText } from './body-json.js';
import { nameOf, withNames } from './fields.js';
import { differences } from './merge.js';
import { Changes, Text } from './parts.js';

/** @typedef {import('./island.js').Island} Island @typedef {import('./merge.js').Clash} Clash */

/** A value as text. @param {unknown} value @param {Island} island @param {string} field @returns {string} */
function inText(value, island, field) {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'string') return withNames(value, island.names);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map((one) => inText(one, island, field)).join(', ');
  const record = /** @type {any} */ (value);
  return record.type
    ? plainText(record)
    : Object.entries(record).filter(([name, part]) => part !== '' && part !== false && !(name === 'media' && island.imageUrl(String(part)))).map(([name, part]) => `${nameOf(field, name)}: ${inText(part, island, field)}`).join('\n');
}

/** @param {{ island: Island }} props */
export function Conflict({ island }) {
  const { draft } = island;
  const { clashes, merged } = draft;
  const by = merged?.by ?? draft.base.by ?? 'Somebody';
  return html`<section class="conflict" aria-labelledby="conflict-title">
    <h2 id="conflict-title">${by} changed the same ${clashes.length === 1 ? 'part' : 'parts'} while you wrote</h2>
    <p>Both versions are kept. Decide for each part; after the last decision your text is saved. The other version stays in the history.</p>
    ${clashes.map((clash) => html`<${OneClash} key=${clash.field + (clash.block ?? '')} island=${island} clash=${clash} name=${titleOf(clash, clashes)} by=${by} />`)}
  </section>`;
}

/** What a clash is about. Each has a name of its own. @param {Clash} clash @param {Clash[]} clashes */
function titleOf(clash, clashes) {
  const field = nameOf(clash.field);
  const blocks = clashes.filter((other) => other.field === clash.field);
  return !clash.block ? field : blocks.length === 1 ? `${field}, one block` : `${field}, block ${blocks.indexOf(clash) + 1} of ${blocks.length}`;
}

/** @param {{ island: Island, clash: Clash, name: string, by: string }} props */
function OneClash({ island, clash, name, by }) {
  const isEdited = useSignal(false);
  const edited = useSignal('');
  const { draft } = island;
  const current = clash.block ? blockNow(/** @type {any} */ (draft.get('body')), clash.block) : draft.get(clash.field);
  const [mine, theirs] = [inText(current, island, clash.field), inText(clash.theirs, island, clash.field)];
  const isText = !clash.block && typeof clash.mine === 'string' && typeof clash.theirs === 'string' && !/^(category|source)$/.test(clash.field);
  const isFormatting = clash.block !== undefined && mine === theirs;
  /** @param {unknown} value */
  const picture = (value) => {
    const url = clash.field === 'heroImage' ? island.imageUrl(/** @type {any} */ (value)?.media) : undefined;
    return url ? html`<img class="hero" src=${url} alt="" />` : null;
  };
  const edit = () => {
    if (isText) {
      edited.value = String(current);
      isEdited.value = true;
    } else {
      island.jump([clash.field, clash.block ?? '']);
    }
  };
  // Browsers put a space before a part of a name that cannot be seen, so it begins with a bracket.
  const label = (/** @type {string} */ text, about = name) => html`${text}<span class="sr"> (${about})</span>`;
  return html`<div class="clash">
    <h3>${name}</h3>
    ${isFormatting ? html`<p>The words are the same. Only links, emphasis or structure differ.</p>` : null}
    <div class="sides">
      <div class="side-text">
        <h4>Yours</h4>
        ${picture(current)}
        <blockquote dir="auto">${current === null ? html`<em>You deleted it</em>` : html`<${Changes} parts=${differences(theirs, mine).filter(({ change }) => change !== 'removed')} />`}</blockquote>
        <button type="button" class="primary" onClick=${() => draft.resolve(clash, { side: 'mine' })}>${label('Keep mine')}</button>
        <button type="button" onClick=${edit}>${label(isText ? 'Edit' : 'Edit in the text')}</button>
      </div>
      <div class="side-text">
        <h4>${by}</h4>
        ${picture(clash.theirs)}
        <blockquote dir="auto">${clash.theirs === null ? html`<em>Deleted it</em>` : html`<${Changes} parts=${differences(mine, theirs).filter(({ change }) => change !== 'removed')} />`}</blockquote>
        <button type="button" onClick=${() => draft.resolve(clash, { side: 'theirs' })}>${label('Take theirs')}</button>
        <button type="button" class="quiet" onClick=${() => island.copy(theirs, 'The other version is on the clipboard.')}>${label('Copy', `their version of ${name}`)}</button>
      </div>
    </div>
    ${isEdited.value
      ? html`<div class="field"><label>Your new version<${Text} lines=${3} value=${edited.value} onText=${(/** @type {string} */ text) => (edited.value = text)} /></label>
          <button type="button" class="primary" onClick=${() => draft.resolve(clash, { side: 'edited', value: edited.value })}>Use this version</button></div>`
      : null}
  </div>`;
}

/** @param {import('./body-json.js').JsonNode | null} node @param {string} id @returns {import('./body-json.js').JsonNode | null} */
function blockNow(node, id) {
  for (const child of node?.content ?? []) {
    if (child.attrs?.['id'] === id) return child;
    const found = blockNow(child, id);
    if (found) return found;
  }
  return null;
}
