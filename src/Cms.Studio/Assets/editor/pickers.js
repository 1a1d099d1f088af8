// Dialogs that find something to insert: links, images, embeds.
import { html, useEffect, useRef, useSignal } from '../vendor/vendor.js';
import { there } from './api.js';
import { addressOf, isEmbedAddress } from './addresses.js';
import { same } from './body-json.js';
import { insertBlock, setLink } from './commands.js';
import { statusNames } from './fields.js';
import { Dialog, Text } from './parts.js';

/** @typedef {import('./island.js').Island} Island */

const pause = 200;

/** Calls a search when the typing pauses. An answer counts only if nothing else has been typed since. @param {import('../vendor/vendor.js').Signal<string>} query @param {(text: string) => Promise<void>} run */
function useSearch(query, run) {
  useEffect(() => {
    const timer = setTimeout(() => void run(query.value.trim()), query.value === '' ? 0 : pause);
    return () => clearTimeout(timer);
  }, [query.value]);
}

/** Other articles with some words; none if the server does not answer. @param {Island} island @param {string} text @returns {Promise<any[]>} */
const articlesWith = (island, text) =>
  island.ask('EditorFind', { text: text || null }).then(({ desk }) => there(desk?.articles).nodes.filter((one) => one.id !== island.id), () => []);

/** @param {{ island: Island, onClose(): void }} props */
export function LinkDialog({ island, onClose }) {
  const surface = island.surface.value;
  const before = surface?.editor.getAttributes('link')['href'] ?? '';
  const [typed, why] = [useSignal(before), useSignal('')];
  /** @type {import('../vendor/vendor.js').Signal<any[]>} */
  const found = useSignal([]);
  useSearch(typed, async (text) => {
    const needsNoSearch = text === before || /^[a-z]+:|^www\.|\.[a-z]{2,}(\/|$)/i.test(text);
    const articles = needsNoSearch ? [] : await articlesWith(island, text);
    if (text === typed.value.trim()) found.value = articles;
  });
  const save = (/** @type {string} */ href, /** @type {string} */ text = '') => {
    onClose();
    // The dialog gives the focus back first.
    requestAnimationFrame(() => surface && setLink(surface, href, text));
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const href = typed.value.trim() === '' ? '' : addressOf(typed.value);
    if (href === null) why.value = 'Enter a web address, such as https://example.org, or an e-mail address. To link to one of our articles, choose it in the list.';
    else save(href);
  };
  return html`<${Dialog} title=${before ? 'Change the link' : 'Link'} id="link-title" onClose=${onClose}>
    <form onSubmit=${submit}>
      <div class="field"><label for="link-address">Address, or words of one of our articles</label>
        <${Text} isLine id="link-address" value=${typed.value} placeholder="https://" autocomplete="off" autofocus aria-describedby="link-problem" onText=${(/** @type {string} */ text) => ((typed.value = text), (why.value = ''))} /></div>
      <p id="link-problem" class="problem" role="alert">${why.value}</p>
      <ul class="results" aria-label="Our articles">${found.value.map((one) => html`<li key=${one.id}><button type="button" class="quiet" disabled=${!island.siteUrl} onClick=${() => save(`${island.siteUrl}/articles/${one.slug}`, one.headline)}>
        <span>${one.headline}</span><small>${statusNames[one.status]}</small></button></li>`)}</ul>
      ${found.value.length > 0 && !island.siteUrl ? html`<p class="hint">To link to an article, an operator has to set the address of the site. You can embed it instead.</p>` : null}
      <footer>${before ? html`<button type="button" onClick=${() => save('')}>Remove the link</button>` : null}<button class="primary">${before ? 'Change' : 'Add the link'}</button></footer>
    </form>
  <//>`;
}

/** @param {{ island: Island, onClose(): void }} props */
export function EmbedDialog({ island, onClose }) {
  const query = useSignal('');
  /** @type {import('../vendor/vendor.js').Signal<any[]>} */
  const articles = useSignal([]);
  useEffect(() => void island.loadTerms(), []);
  useSearch(query, async (text) => {
    const found = await articlesWith(island, text);
    if (text === query.value.trim()) articles.value = found;
  });
  const text = query.value.trim().toLowerCase();
  const tools = (island.terms.value?.tools ?? []).filter((/** @type {any} */ tool) => tool.name.toLowerCase().includes(text)).slice(0, 6);
  const put = (/** @type {string} */ kind, /** @type {string} */ target, /** @type {string} */ title) => {
    island.names.set(target, title);
    onClose();
    requestAnimationFrame(() => island.surface.value && insertBlock(island.surface.value, { type: 'embed', attrs: { kind, target } }));
  };
  return html`<${Dialog} title="Article or tool" id="embed-title" onClose=${onClose}>
    <input type="search" autofocus aria-label="Find articles and tools" placeholder="Find articles and tools" value=${query.value} onInput=${(/** @type {any} */ event) => (query.value = event.target.value)} />
    <ul class="results" aria-label="Articles and tools">
      ${articles.value.map((one) => html`<li key=${one.id}><button type="button" class="quiet" onClick=${() => put('article', one.id, one.headline)}><span>${one.headline}</span><small>Article · ${statusNames[one.status]}</small></button></li>`)}
      ${tools.map((/** @type {any} */ tool) => html`<li key=${tool.id}><button type="button" class="quiet" onClick=${() => put('tool', tool.id, tool.name)}><span>${tool.name}</span><small>Tool${tool.maker ? ` · ${tool.maker}` : ''}</small></button></li>`)}
    </ul>
  <//>`;
}

/** @param {{ island: Island, position?: number, onClose(): void }} props */
export function ExternalDialog({ island, position, onClose }) {
  const surface = island.surface.value;
  const node = position === undefined ? null : surface?.editor.state.doc.nodeAt(position);
  const [url, title, why] = [useSignal(node?.attrs['url'] ?? ''), useSignal(node?.attrs['title'] ?? ''), useSignal('')];
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const address = url.value.trim();
    if (!isEmbedAddress(address)) {
      why.value = 'Enter the full address of the page. It begins with https:// and a host name, without a user name, a port or an IP address.';
      return;
    }
    onClose();
    const attrs = { url: address, title: title.value.trim() };
    requestAnimationFrame(() => {
      if (!surface) return;
      if (node && position !== undefined) surface.editor.view.dispatch(surface.editor.state.tr.setNodeMarkup(position, undefined, { ...node.attrs, ...attrs }));
      else insertBlock(surface, { type: 'externalEmbed', attrs });
    });
  };
  return html`<${Dialog} title="Video or post" id="external-title" isWritten=${url.value !== (node?.attrs['url'] ?? '') || title.value !== (node?.attrs['title'] ?? '')} onClose=${onClose}>
    <form onSubmit=${submit}>
      <div class="field"><label for="external-url">Address of the page</label><${Text} isLine autofocus id="external-url" type="url" value=${url.value} placeholder="https://www.youtube.com/watch?v=…" aria-describedby="external-problem" onText=${(/** @type {string} */ text) => ((url.value = text), (why.value = ''))} /></div>
      <div class="field"><label for="external-name">Title</label><${Text} isLine id="external-name" value=${title.value} placeholder="What it shows" onText=${(/** @type {string} */ text) => (title.value = text)} /></div>
      <p id="external-problem" class="problem" role="alert">${why.value}</p>
      <p class="hint">Readers see a card. Nothing is loaded from the other site before they ask for it.</p>
      <footer><button class="primary">${node ? 'Change' : 'Insert'}</button></footer>
    </form>
  <//>`;
}

/** @param {{ island: Island, position: number, onClose(): void }} props */
export function DescribeDialog({ island, position, onClose }) {
  const editor = island.surface.value?.editor;
  const node = useRef(editor?.state.doc.nodeAt(position)).current;
  const [alt, caption, isDecorative] = [useSignal(node?.attrs['alt'] ?? ''), useSignal(node?.attrs['caption'] ?? ''), useSignal(node?.attrs['decorative'] ?? false)];
  if (!editor || node?.type.name !== 'image') return null;
  // However the dialog is closed, what was written is in the text: undo takes it back.
  const close = () => {
    const { doc, tr } = editor.state;
    let place = -1;
    // Others may have changed the text above the image meanwhile.
    doc.descendants((one, at) => {
      if (one.attrs['id'] === node.attrs['id']) place = at;
      return place < 0;
    });
    const now = place < 0 ? null : doc.nodeAt(place);
    const attrs = now && { ...now.attrs, alt: isDecorative.value ? '' : alt.value.trim(), caption: caption.value.trim(), decorative: isDecorative.value };
    if (attrs && !same(attrs, now.attrs)) editor.view.dispatch(tr.setNodeMarkup(place, undefined, attrs));
    onClose();
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    close();
  };
  return html`<${Dialog} title="Describe the image" id="describe-title" onClose=${close}>
    <form onSubmit=${submit}>
      <img class="preview" src=${island.imageUrl(node.attrs['mediaId']) ?? ''} alt="" />
      <div class="field"><label for="image-alt">Alternative text: what somebody needs to know who does not see it</label><${Text} id="image-alt" lines=${2} disabled=${isDecorative.value} value=${alt.value} onText=${(/** @type {string} */ text) => (alt.value = text)} /></div>
      <label class="check"><input type="checkbox" checked=${isDecorative.value} onChange=${(/** @type {any} */ event) => (isDecorative.value = event.target.checked)} /> Decorative: it says nothing that the text does not say</label>
      <div class="field"><label for="image-caption">Caption</label><${Text} id="image-caption" lines=${2} value=${caption.value} onText=${(/** @type {string} */ text) => (caption.value = text)} /></div>
      <footer><button class="primary">Done</button></footer>
    </form>
  <//>`;
}

/** @type {Record<string, string>} */
const gaps = { ALT: 'No alternative text', CREDIT: 'No credit', RIGHTS: 'No rights' };

/** @param {{ island: Island, onPick(media: any): void, onFiles(files: File[]): void, onClose(): void }} props */
export function MediaDialog({ island, onPick, onFiles, onClose }) {
  const [query, why] = [useSignal(''), useSignal('')];
  /** @type {import('../vendor/vendor.js').Signal<any[]>} */
  const found = useSignal([]);
  /** @type {import('../vendor/vendor.js').Signal<string | null>} */
  const more = useSignal(null);
  const load = async (/** @type {string} */ text, /** @type {string | null} */ after) => {
    try {
      const { nodes, pageInfo } = there((await island.ask('EditorMedia', { text: text || null, after })).desk?.media);
      if (text !== query.value.trim()) return;
      found.value = after ? [...found.value, ...nodes] : nodes;
      more.value = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      why.value = nodes.length === 0 && !after ? 'No image has these words.' : '';
    } catch (fault) {
      why.value = island.explain(fault);
    }
  };
  useSearch(query, (text) => load(text, null));
  const pick = (/** @type {any} */ media) => {
    island.rememberImage(media.id, media.large);
    onClose();
    requestAnimationFrame(() => onPick(media));
  };
  return html`<${Dialog} title="Choose an image" id="media-title" isWide onClose=${onClose}>
    <div class="finder"><input type="search" autofocus aria-label="Find in the library" placeholder="Find in the library" value=${query.value} onInput=${(/** @type {any} */ event) => (query.value = event.target.value)} />
      <label class="button">Upload<input class="sr" type="file" accept="image/jpeg,image/png,image/webp,image/avif,image/gif" multiple onChange=${(/** @type {any} */ event) => {
        const files = [...event.target.files];
        onClose();
        onFiles(files);
      }} /></label></div>
    <p class="hint" role="status">${why.value}</p>
    <ul class="library">${found.value.map((one) => html`<li key=${one.id}><button type="button" onClick=${() => pick(one)}><img src=${one.image.url} alt="" loading="lazy" /><span>${one.alt || one.fileName}</span>${gaps[one.gap] ? html`<small>${gaps[one.gap]}</small>` : null}</button></li>`)}</ul>
    ${more.value ? html`<button type="button" onClick=${() => load(query.value.trim(), more.value)}>More images</button>` : null}
  <//>`;
}
