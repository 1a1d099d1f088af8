// Starts the editor in the page: reads the article from the page, takes the pen, brings back what was not saved, and draws.
import { html, render } from '../vendor/vendor.js';
import { Bar, Messages } from './bar.js';
import { CompareDialog } from './history.js';
import { clock, makeIsland } from './island.js';
import { holdPen } from './pen.js';
import { insertBlock } from './commands.js';
import { DescribeDialog, EmbedDialog, ExternalDialog, LinkDialog, MediaDialog } from './pickers.js';
import { PreviewDialog, PublishDialog, ReviewDialog } from './publishing.js';
import { Side } from './side.js';
import { upload } from './upload.js';
import { Sheet } from './writing.js';

/** @typedef {import('./island.js').Island} Island */

/** @param {{ island: Island }} props */
function Work({ island }) {
  island.changes.value;
  return html`<div class="work" inert=${island.draft.state === 'elsewhere'}><${Sheet} island=${island} /><${Side} island=${island} /></div>`;
}

/** @param {{ island: Island }} props */
function Dialogs({ island }) {
  const shown = island.dialog.value;
  const onClose = () => {
    if (island.dialog.value === shown) island.close();
  };
  const insertImage = (/** @type {any} */ media) => {
    const surface = island.surface.value;
    if (surface) insertBlock(surface, { type: 'image', attrs: { mediaId: media.id, alt: media.isDecorative ? '' : (media.alt ?? ''), decorative: media.isDecorative } });
  };
  const setHero = (/** @type {any} */ media) => island.set('heroImage', { media: media.id, alt: media.alt ?? '', caption: '' });
  const uploadHero = async (/** @type {File[]} */ [file]) => {
    if (!file) return;
    island.say(`Uploading ${file.name}…`);
    try {
      const media = await upload(island.ask, file, (part) => island.say(`Uploading ${file.name}: ${Math.round(part * 100)} %`));
      island.rememberImage(media.id, media.image);
      setHero({ ...media, alt: media.alt ?? media.suggestions.alt });
      island.say('');
    } catch (fault) {
      island.say(island.explain(fault));
    }
  };
  switch (shown?.kind) {
    case 'publish':
      return html`<${PublishDialog} island=${island} onClose=${onClose} />`;
    case 'review':
      return html`<${ReviewDialog} island=${island} onClose=${onClose} />`;
    case 'preview':
      return html`<${PreviewDialog} island=${island} onClose=${onClose} />`;
    case 'compare':
      return html`<${CompareDialog} island=${island} from=${shown.data.from} to=${shown.data.to} onClose=${onClose} />`;
    case 'link':
      return html`<${LinkDialog} island=${island} onClose=${onClose} />`;
    case 'embed':
      return html`<${EmbedDialog} island=${island} onClose=${onClose} />`;
    case 'external':
      return html`<${ExternalDialog} island=${island} position=${shown.position} onClose=${onClose} />`;
    case 'describe':
      return html`<${DescribeDialog} island=${island} position=${shown.position ?? 0} onClose=${onClose} />`;
    case 'image':
      return html`<${MediaDialog} island=${island} onClose=${onClose} onPick=${insertImage} onFiles=${(/** @type {File[]} */ files) => island.addFiles(files, island.surface.value?.editor.state.selection.to ?? 0)} />`;
    case 'hero':
      return html`<${MediaDialog} island=${island} onClose=${onClose} onPick=${setHero} onFiles=${uploadHero} />`;
    default:
      return null;
  }
}

const imagesEvery = 4 * 60 * 1_000;
const checksEvery = 5_000;

/** @param {HTMLElement} host @param {import('./island.js').PageData} data */
export async function start(host, data) {
  const island = makeIsland(data);
  const { draft, lease } = island;
  void island.kept.sweep(Date.now()).catch(() => {});
  // The pen comes first: text that another tab is writing must not be read as text that was lost.
  const isHeld = await new Promise((resolve) => {
    island.pen = holdPen({
      key: `cms-studio ${island.subject} ${island.id}`,
      locks: navigator.locks,
      channel: new BroadcastChannel(`cms-studio ${island.subject} ${island.id}`),
      clock,
      // A tab that gets the pen later begins again, with what the other tab has saved and kept.
      onHeld: () => (draft.state === 'elsewhere' ? location.reload() : resolve(true)),
      onElsewhere: () => {
        draft.watch();
        resolve(false);
      },
      onAsked: () => draft.yield(),
    });
  });
  if (isHeld) {
    island.recovered.value = await draft.recover();
    // The browser may otherwise delete kept text when its disk is full.
    void navigator.storage?.persist?.();
  }
  // Other pages link to a part of the editor: #panel, #checks, #comments, or #take- and the id of a persona.
  const [, part, persona] = /^#(panel|checks|comments|take-(.+))$/.exec(location.hash) ?? [];
  if (part) {
    island.showTab(persona ? 'panel' : part);
  }
  host.classList.add('editor');
  host.replaceChildren();
  render(html`<${Bar} island=${island} /><${Messages} island=${island} /><${Work} island=${island} /><${Dialogs} island=${island} />`, host);
  if (persona) {
    document.getElementById(`take-${persona}`)?.scrollIntoView();
  }
  // A new article begins with its headline: the first key takes the place of the word that stands for one.
  const { firstPublishedAt, revisionCount } = island.meta.value;
  const headline = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('field-headline'));
  if (isHeld && !part && revisionCount === 1 && firstPublishedAt === null && draft.get('headline') === 'Untitled' && !island.isTrashed()) {
    headline?.focus();
    headline?.select();
  }
  void lease.open(isHeld ? island.present.value : []);
  void island.loadChecks();
  void island.loadTitles();
  void island.refreshImages();
  watch(island);
  return island;
}

/** What the browser tells the editor. @param {Island} island */
function watch(island) {
  const { draft, lease } = island;
  addEventListener('online', () => {
    if (draft.state === 'offline') draft.resume();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void draft.flush();
    else void island.recognise().then(() => draft.refresh()).then(() => island.loadChecks());
  });
  // The writer comes back from another window, where they may have signed in.
  addEventListener('focus', () => {
    if (draft.state === 'signedOut') void island.recognise();
  });
  addEventListener('pagehide', () => {
    void draft.flush();
    void lease.close();
  });
  // A page that comes back from the history of the browser is open again.
  addEventListener('pageshow', (event) => {
    if (event.persisted) void lease.open();
  });
  addEventListener('beforeunload', (event) => {
    // Text that is kept comes back by itself. Only text that would be lost needs a question.
    if (!draft.isKept && draft.isUnsaved) event.preventDefault();
  });
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
      event.preventDefault();
      void draft.flush();
    } else if (event.altKey && event.key === 'F10') {
      event.preventDefault();
      /** @type {HTMLElement | null} */ (document.querySelector('.toolbar button'))?.focus();
    }
  });
  setInterval(() => void island.refreshImages(), imagesEvery);
  let checked = draft.base.version;
  setInterval(() => {
    if (document.visibilityState === 'visible' && draft.state === 'saved' && draft.base.version !== checked) {
      checked = draft.base.version;
      void island.loadChecks();
    }
  }, checksEvery);
}

const host = document.getElementById('editor');
const data = document.getElementById('editor-data');
if (host && data) {
  void start(host, JSON.parse(data.textContent ?? '{}'));
}
