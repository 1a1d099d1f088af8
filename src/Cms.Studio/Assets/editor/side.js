// The panels beside the text. On a phone they are a bar at the bottom, and each panel is a sheet.
import { batch, html, useEffect } from '../vendor/vendor.js';
import { Comments } from './comments.js';
import { Details } from './details.js';
import { checkInWords } from './fields.js';
import { History } from './history.js';
import { Icon } from './parts.js';
import { Panel } from './panel.js';
import { Preview } from './preview.js';

/** @typedef {import('./island.js').Island} Island */

/** @type {[id: string, label: string, icon: string, part: (props: { island: Island }) => unknown][]} */
const tabs = [
  ['details', 'Details', 'M5 6h14M5 12h14M5 18h9', Details],
  ['panel', 'Panel', 'M9 5a3 3 0 110 6 3 3 0 010-6zM3 19c0-3 3-5 6-5s6 2 6 5M16 5a3 3 0 010 6M18 14c2 .5 3 2.500 3 5', Panel],
  ['checks', 'Checks', 'M5 12l5 5L19 7', Checks],
  ['comments', 'Comments', 'M4 5h16v11h-9l-4 4v-4H4z', Comments],
  ['history', 'History', 'M12 5a7 7 0 11-6.500 4.500M5 5v4.500h4.500M12 9v4l3 2', History],
  ['preview', 'Preview', 'M3 12c4-7 14-7 18 0-4 7-14 7-18 0zM12 9.500a2.500 2.500 0 110 5 2.500 2.500 0 010-5z', Preview],
];

/** @param {{ island: Island }} props */
export function Side({ island }) {
  const { tab, isOpen, checks, meta } = island;
  const [, , , Shown] = tabs.find(([id]) => id === tab.value) ?? tabs[0] ?? [];
  const takes = meta.value.panel.filter((/** @type {any} */ cell) => cell.persona.isActive);
  /** @type {Record<string, string>} */
  const counts = {
    panel: `${takes.filter((/** @type {any} */ cell) => cell.take?.status === 'APPROVED').length}/${takes.length}`,
    checks: checks.value && checks.value.length > 0 ? String(checks.value.length) : '',
  };
  const choose = (/** @type {string} */ id) =>
    batch(() => {
      isOpen.value = !(isOpen.value && tab.value === id);
      tab.value = id;
    });
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex(([id]) => id === tab.value);
    const [next = 'details'] = tabs[(at + step + tabs.length) % tabs.length] ?? [];
    tab.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  useEffect(() => {
    const close = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape' && isOpen.value && !document.querySelector('dialog[open]')) isOpen.value = false;
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, []);
  return html`<aside class="side" data-open=${String(isOpen.value)} aria-label="About the article">
    <div class="tablist" role="tablist" aria-label="About the article" onKeyDown=${onKeyDown}>${tabs.map(
      ([id, label, icon]) => html`<button type="button" role="tab" key=${id} id=${`tab-${id}`} aria-selected=${String(tab.value === id)} aria-controls="tabpanel"
        tabIndex=${tab.value === id ? 0 : -1} onClick=${() => choose(id)}><${Icon} path=${icon} /><span>${label}${counts[id] ? html` <i>${counts[id]}</i>` : null}</span></button>`,
    )}</div>
    <div class="tabpanel" id="tabpanel" role="tabpanel" aria-labelledby=${`tab-${tab.value}`} tabIndex="0">${
      // What belongs to the text cannot be changed in the trash. A group of fields is switched off as a whole.
      island.isTrashed() && ['details', 'panel'].includes(tab.value)
        ? html`<fieldset disabled key=${tab.value}><${Shown} island=${island} /></fieldset>`
        : html`<${Shown} island=${island} key=${tab.value} />`
    }</div>
  </aside>`;
}

/** @param {{ island: Island }} props */
function Checks({ island }) {
  useEffect(() => void island.loadChecks(), []);
  return html`<div class="stack"><${CheckList} island=${island} />
    <div class="row-buttons"><button type="button" onClick=${() => island.showTab('preview')}>Preview</button></div></div>`;
}

/**
 * What stands between the article and its publication.
 * @param {{ island: Island, acknowledged?: Set<string>, onAcknowledge?: (rule: import('../answers.d.ts').CheckRule, isAcknowledged: boolean) => void }} props
 */
export function CheckList({ island, acknowledged, onAcknowledge }) {
  const checks = island.checks.value;
  if (checks === null) return html`<p class="hint" role="status">Checking…</p>`;
  if (checks.length === 0) return html`<p class="good" role="status">The checks found nothing. The article can be published.</p>`;
  const acknowledgedOnce = new Set();
  return html`<ul class="checks">${[...checks].sort((a, b) => a.severity.localeCompare(b.severity)).map((check, i) => {
    const isFirst = !acknowledgedOnce.has(check.rule);
    acknowledgedOnce.add(check.rule);
    const message = checkInWords(check, island.names);
    const imagePage = island.imagePage(check);
    return html`<li key=${`${check.rule} ${i}`} data-severity=${check.severity}>
      <span class="mark" aria-hidden="true">${check.severity === 'ERROR' ? '✕' : '!'}</span>
      <span><b>${check.severity === 'ERROR' ? 'Needed' : 'Warning'}:</b> ${message}</span>
      <button type="button" class="small" onClick=${() => island.showCheck(check)}>Show<span class="sr"> (${message})</span></button>
      ${imagePage ? html`<a class="button small" href=${imagePage} target="_blank" rel="noopener">Open the image in Media</a>` : null}
      ${onAcknowledge && check.severity === 'WARNING' && isFirst
        ? html`<label class="check"><input type="checkbox" checked=${acknowledged?.has(check.rule)} onChange=${(/** @type {any} */ event) => onAcknowledge(check.rule, event.target.checked)} /> Publish anyway<span class="sr"> (${message})</span></label>`
        : null}
    </li>`;
  })}</ul>`;
}
