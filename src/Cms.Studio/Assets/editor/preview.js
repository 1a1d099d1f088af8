// The article as readers would see it, beside the text. The page comes from the reader site of this server, with the newest
// revisions that the signed-in person may read.
import { html, signal, useEffect, useRef, useSignal } from '../vendor/vendor.js';
import { isNote } from './fields.js';
import { Stage } from './stage.js';

/** @typedef {import('./island.js').Island} Island */

/** How long the hands rest before the text is saved for the preview. Without a preview, the draft waits longer. */
const rest = 400;
const widths = { desktop: 1_280, phone: 390 };

/** The choices of the writer, which stay while other panels are shown. */
const width = signal(/** @type {keyof typeof widths | null} */ (null));
const place = { left: 0, top: 0 };

const isNarrow = () => matchMedia('(max-width: 1020px)').matches;

/** @param {{ island: Island }} props */
export function Preview({ island }) {
  return island.previewUrl ? html`<${Pane} island=${island} url=${island.previewUrl} />` : html`<${Elsewhere} island=${island} />`;
}

/** @param {{ island: Island }} props */
function Elsewhere({ island }) {
  return html`<div class="stack">
    <p>This server shows no reader site, so the preview cannot be shown beside the text. A preview link opens it where your front end is.</p>
    <div class="row-buttons"><button type="button" onClick=${() => island.open('preview')}>Make a preview link</button></div>
  </div>`;
}

/**
 * Why the preview is behind the text; empty if it is not.
 * @param {import('./draft.js').Draft} draft
 */
export function behind(draft) {
  switch (draft.state) {
    case 'offline':
      return 'Behind: the server does not answer. What you typed since then is not in the preview yet.';
    case 'signedOut':
      return 'Behind: you are signed out. Sign in, and the preview catches up.';
    case 'conflict':
      return 'Behind: decide between both versions first. The message at the top shows them.';
    case 'refused':
      return 'Behind: a field is not saved. The message at the top says why.';
    case 'elsewhere':
      return 'This shows what your other tab has saved.';
    case 'saved':
      return draft.unsaved.some((field) => !isNote(field)) ? 'Without the takes or the address that you have changed and not saved.' : '';
    default:
      return '';
  }
}

/** @param {{ island: Island, url: string }} props */
function Pane({ island, url }) {
  const { draft, meta, isOpen } = island;
  const [isLoading, hasFailed] = [useSignal(true), useSignal(false)];
  /** @type {{ current: HTMLElement | null }} */
  const host = useRef(null);
  /** @type {{ current: Stage | null }} */
  const stage = useRef(null);
  const isStale = useRef(true);
  width.value ??= isNarrow() ? 'phone' : 'desktop';

  // A sheet that is closed on a phone loads nothing.
  const refresh = () => {
    isStale.current = !host.current?.checkVisibility();
    if (isStale.current) return;
    isLoading.value = true;
    stage.current?.load();
  };
  useEffect(() => {
    const box = host.current;
    if (!box) return undefined;
    const made = new Stage(box, url, place, (isThere) => {
      isLoading.value = false;
      hasFailed.value = !isThere;
    });
    stage.current = made;
    const stop = island.listen('EditorPreviewChanged', { article: island.id }, refresh);
    return () => {
      stop();
      made.close();
    };
  }, []);
  // The server has something new.
  useEffect(refresh, [meta.value]);
  useEffect(() => {
    if (isStale.current) refresh();
  }, [isOpen.value]);
  // What was typed is saved as soon as the hands rest, so that the preview can show it.
  useEffect(() => {
    const timer = setTimeout(() => {
      if (['editing', 'saving'].includes(draft.state) && host.current?.checkVisibility()) void draft.flush();
    }, rest);
    return () => clearTimeout(timer);
  }, [island.changes.value]);
  // The page is as wide as the device, and is made smaller to fit.
  useEffect(() => {
    const box = host.current;
    if (!box) return undefined;
    const fit = () => {
      const wide = widths[width.value ?? 'desktop'];
      const scale = Math.min(1, box.clientWidth / wide);
      box.style.setProperty('--page', `${wide}px`);
      box.style.setProperty('--scale', String(scale));
    };
    const watch = new ResizeObserver(fit);
    watch.observe(box);
    return () => watch.disconnect();
  }, [width.value]);

  const why = hasFailed.value && behind(draft) === '' ? 'The preview could not be loaded.' : behind(draft);
  const isBusy = isLoading.value || ['editing', 'saving'].includes(draft.state);
  return html`<div class="preview-pane">
    <header>
      <fieldset class="segments"><legend class="sr">Width of the preview</legend>${/** @type {const} */ ([['desktop', 'Desktop'], ['phone', 'Phone']]).map(
        ([value, name]) => html`<label><input type="radio" name="preview-width" checked=${width.value === value} onChange=${() => (width.value = value)} /><span>${name}</span></label>`,
      )}</fieldset>
      <span class="hint grow">${why ? '' : isBusy ? 'Updating…' : 'Up to date'}</span>
      <a class="button small" href=${url} target="_blank" rel="noopener">Open<span class="sr"> the preview in a new tab</span></a>
      <button type="button" class="small" onClick=${() => island.open('preview')}>Share<span class="sr"> a preview link</span></button>
    </header>
    <p class="preview-behind" role="status">${why}${hasFailed.value && why ? html` <button type="button" class="small" onClick=${refresh}>Try again</button>` : null}</p>
    <div class="stage" ref=${host} aria-busy=${String(isLoading.value)}></div>
  </div>`;
}
