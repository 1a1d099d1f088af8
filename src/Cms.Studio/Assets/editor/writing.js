// The sheet: headline, address, summary, toolbar and text.
import { html, signal, useEffect, useLayoutEffect, useRef, useSignal } from '../vendor/vendor.js';
import { length } from './body-json.js';
import { commands, matching, shown, tableCommands } from './commands.js';
import { move, replaceAll, replaceOne, search, searchOf } from './find.js';
import { tones } from './nodes.js';
import { Icon, Text } from './parts.js';
import { mountSurface } from './surface.js';

/** @typedef {import('./island.js').Island} Island */

// A button that leaves the focus in the text.
const keepFocus = (/** @type {Event} */ event) => event.preventDefault();

/** @param {{ island: Island }} props */
export function Sheet({ island }) {
  island.changes.value;
  const { draft } = island;
  /** @type {{ current: HTMLElement | null }} */
  const host = useRef(null);
  const picked = useRef(signal(0)).current;
  useLayoutEffect(() => {
    if (!host.current) return undefined;
    const surface = mountSurface(host.current, /** @type {any} */ (draft.get('body')), {
      label: 'Text of the article',
      imageUrl: island.imageUrl,
      titleOf: (id) => island.names.get(id),
      onChange: (json) => island.set('body', json),
      onFiles: island.addFiles,
      onSlashKey: (event) => slashKey(island, picked, event),
      onAsk: (what, position) => (what === 'find' ? void (island.isFinding.value = true) : island.open(what === 'image' ? 'describe' : what, position === undefined ? {} : { position })),
      onSay: island.say,
    });
    island.surface.value = surface;
    return () => surface.destroy();
  }, []);
  const language = String(draft.get('language'));
  useLayoutEffect(() => island.surface.value?.setLanguage(language), [language]);
  const isTrashed = island.isTrashed();
  useLayoutEffect(() => island.surface.value?.setReadOnly(isTrashed), [isTrashed]);
  return html`<main class="sheet" tabIndex="-1">
    <div class="column">
      <${Text} id="field-headline" class="headline" aria-label="Headline" placeholder="Headline" readOnly=${isTrashed} value=${draft.get('headline')}
        aria-invalid=${String(draft.refused.has('headline'))} onText=${(/** @type {string} */ text) => island.set('headline', text.replace(/\n/g, ' '))}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && !event.isComposing && (event.preventDefault(), document.getElementById('field-summary')?.focus())} />
      <${Slug} island=${island} />
      <${Text} id="field-summary" class="summary" aria-label="Summary" readOnly=${isTrashed} placeholder="Summary: one or two sentences that say what happened" value=${draft.get('summary')} onText=${(/** @type {string} */ text) => island.set('summary', text)} />
      ${isTrashed ? null : html`<${Toolbar} island=${island} />`}
      <div class="surface" ref=${host}></div>
      <${Count} island=${island} />
    </div>
    <${SlashMenu} island=${island} picked=${picked} />
  </main>`;
}

/** The address of the article. It has a mutation of its own, because it redirects readers. @param {{ island: Island }} props */
function Slug({ island }) {
  const { draft, siteUrl } = island;
  island.changes.value;
  const why = useSignal('');
  const saved = String(draft.base.fields['slug']);
  const now = String(draft.get('slug'));
  const isLive = island.meta.value.firstPublishedAt !== null;
  const change = async () => {
    why.value = '';
    const answer = await island.change('EditorChangeSlug', 'changeSlug', { slug: now });
    why.value = answer.why;
    if (answer.made) draft.settle('slug', answer.made.slug);
  };
  return html`<div class="slug">
    <label for="field-slug" title=${siteUrl}>/articles/</label>
    ${island.isEditor && !island.isTrashed()
      ? html`<${Text} isLine id="field-slug" value=${now} spellcheck="false" autocapitalize="off" aria-label="Address of the article" aria-describedby="slug-help" onText=${(/** @type {string} */ text) => island.set('slug', text)} />`
      : html`<span id="field-slug" tabIndex="-1">${saved}</span>`}
    ${now !== saved ? html`<button type="button" class="small" onClick=${change}>Change the address</button><button type="button" class="small quiet" onClick=${() => island.set('slug', saved)}>Keep /${saved}</button>` : null}
    <p id="slug-help" class=${why.value ? 'problem' : 'hint'} role=${why.value ? 'alert' : null}>${why.value || (now === saved ? (island.meta.value.slugFollowsHeadline ? 'It follows the headline until the article is scheduled or published.' : '') : isLive ? `Readers see the new address at once, and /articles/${saved} redirects to it.` : 'The article is not public yet, so nothing redirects.')}</p>
  </div>`;
}

/** @param {{ island: Island }} props */
function Toolbar({ island }) {
  const surface = island.surface.value;
  surface?.changed.value;
  /** @type {{ current: HTMLElement | null }} */
  const bar = useRef(null);
  // One stop for the tab key; the arrows move inside, as in every toolbar.
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (event.key === 'Escape') surface?.editor.commands.focus();
    if (step === 0) return;
    const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (bar.current?.querySelectorAll('.commands button') ?? [])];
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  };
  return html`<div class="toolbar" ref=${bar} role="toolbar" aria-label="Format" onKeyDown=${onKeyDown}>
    <div class="commands">${commands.map(
      (command, i) => html`<button type="button" key=${command.name} class="icon-only quiet" tabIndex=${i === 0 ? 0 : -1}
        aria-label=${command.name} aria-pressed=${command.isOn ? String(Boolean(surface && command.isOn(surface))) : null}
        title=${command.keys ? `${command.name} (${shown(command.keys)})` : command.name}
        onMouseDown=${keepFocus} onClick=${() => surface && command.run(surface, (what) => island.open(what))}><${Icon} path=${command.icon} /></button>`,
    )}</div>
    <${Context} island=${island} />
    ${island.isFinding.value ? html`<${FindBar} island=${island} />` : null}
  </div>`;
}

/** Tools for the block in which the caret is. @param {{ island: Island }} props */
function Context({ island }) {
  const surface = island.surface.value;
  surface?.changed.value;
  if (!surface) return null;
  const { editor } = surface;
  if (editor.isActive('table')) {
    return html`<div class="context" role="group" aria-label="Table">${tableCommands.map(
      ([name, command]) => html`<button type="button" class="small" key=${name} disabled=${!command(editor.state)} onMouseDown=${keepFocus} onClick=${() => (command(editor.state, editor.view.dispatch), editor.view.focus())}>${name}</button>`,
    )}</div>`;
  }
  if (editor.isActive('codeBlock')) {
    return html`<div class="context"><label>Language <input class="code-language" list="languages" maxlength="32" value=${editor.getAttributes('codeBlock')['language'] ?? ''} onChange=${(/** @type {any} */ event) => {
      const language = event.target.value.trim();
      if (language === '' || /^[\w+#.-]+$/.test(language)) editor.commands.updateAttributes('codeBlock', { language: language || null });
      else event.target.value = editor.getAttributes('codeBlock')['language'] ?? '';
    }} /></label>
      <datalist id="languages">${['bash', 'c', 'c++', 'csharp', 'css', 'go', 'graphql', 'html', 'java', 'javascript', 'json', 'python', 'rust', 'sql', 'swift', 'typescript', 'yaml'].map((name) => html`<option value=${name}></option>`)}</datalist></div>`;
  }
  if (editor.isActive('callout')) {
    return html`<div class="context"><label>Kind of callout <select onChange=${(/** @type {any} */ event) => editor.commands.updateAttributes('callout', { tone: event.target.value })}>
      ${Object.entries(tones).map(([tone, name]) => html`<option value=${tone} selected=${editor.isActive('callout', { tone })}>${name}</option>`)}</select></label></div>`;
  }
  if (editor.isActive('link')) {
    const href = editor.getAttributes('link')['href'];
    return html`<div class="context"><span class="address">${href}</span>
      <button type="button" class="small" onMouseDown=${keepFocus} onClick=${() => island.open('link')}>Change</button>
      <button type="button" class="small" onMouseDown=${keepFocus} onClick=${() => editor.chain().extendMarkRange('link').unsetMark('link').run()}>Remove the link</button>
      <a class="button small" href=${href} target="_blank" rel="noopener noreferrer">Open</a></div>`;
  }
  return null;
}

/** @param {{ island: Island }} props */
function FindBar({ island }) {
  const surface = island.surface.value;
  const [query, other, isExact, said] = [useSignal(''), useSignal(''), useSignal(false), useSignal('')];
  /** @type {{ current: HTMLInputElement | null }} */
  const field = useRef(null);
  surface?.changed.value;
  useEffect(() => {
    const selected = surface ? surface.editor.state.doc.textBetween(surface.editor.state.selection.from, surface.editor.state.selection.to, ' ') : '';
    if (selected && selected.length < 80) query.value = selected;
    field.current?.focus();
    return () => surface && search(surface.editor.view, '', false);
  }, []);
  useEffect(() => {
    if (surface && !surface.editor.isDestroyed) search(surface.editor.view, query.value, isExact.value);
    surface && surface.changed.value++;
  }, [query.value, isExact.value]);
  if (!surface) return null;
  const { view } = surface.editor;
  const { found, at } = searchOf(view);
  const close = () => {
    island.isFinding.value = false;
    surface.editor.commands.focus();
  };
  const act = (/** @type {() => void} */ run) => () => {
    run();
    surface.changed.value++;
  };
  return html`<div class="find-bar" role="search" aria-label="Find and replace" onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && (event.stopPropagation(), close())}>
    <input ref=${field} aria-label="Find" placeholder="Find" value=${query.value} onInput=${(/** @type {any} */ event) => (query.value = event.target.value)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && (event.preventDefault(), act(() => move(view, event.shiftKey ? -1 : 1))())} />
    <span class="hint" role="status">${query.value === '' ? '' : found.length === 0 ? 'Not found' : at >= 0 ? `${at + 1} of ${found.length}` : `${found.length} found`}</span>
    <button type="button" class="small" disabled=${found.length === 0} onClick=${act(() => move(view, -1))}>Previous</button>
    <button type="button" class="small" disabled=${found.length === 0} onClick=${act(() => move(view, 1))}>Next</button>
    <label class="check"><input type="checkbox" checked=${isExact.value} onChange=${(/** @type {any} */ event) => (isExact.value = event.target.checked)} /> Match case</label>
    <input aria-label="Replace with" placeholder="Replace with" value=${other.value} onInput=${(/** @type {any} */ event) => (other.value = event.target.value)} />
    <button type="button" class="small" disabled=${found.length === 0} onClick=${act(() => replaceOne(view, other.value))}>Replace</button>
    <button type="button" class="small" disabled=${found.length === 0} onClick=${act(() => {
      const count = replaceAll(view, other.value);
      said.value = `${count} replaced`;
    })}>Replace all</button>
    <span class="hint" role="status">${said.value}</span>
    <button type="button" class="small quiet" onClick=${close}>Close</button>
  </div>`;
}

/** @param {Island} island @param {{ value: number }} picked @param {KeyboardEvent} event */
function slashKey(island, picked, event) {
  const surface = island.surface.value;
  const slash = surface?.slash.value;
  if (!surface || !slash) return false;
  const found = matching(slash.query);
  if (event.key === 'Escape') {
    surface.closeSlash();
    return true;
  }
  if (found.length === 0) return false;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    picked.value = (picked.value + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
    return true;
  }
  if (event.key === 'Enter' || event.key === 'Tab') {
    runSlash(island, found[Math.min(picked.value, found.length - 1)]);
    return true;
  }
  return false;
}

/** @param {Island} island @param {import('./commands.js').Command | undefined} command */
function runSlash(island, command) {
  const surface = island.surface.value;
  const slash = surface?.slash.value;
  if (!surface || !slash || !command) return;
  surface.editor.chain().focus().deleteRange({ from: slash.from, to: slash.to }).run();
  surface.closeSlash();
  command.run(surface, (what) => island.open(what));
}

/** @param {{ island: Island, picked: { value: number } }} props */
function SlashMenu({ island, picked }) {
  const surface = island.surface.value;
  const slash = surface?.slash.value ?? null;
  /** @type {{ current: HTMLElement | null }} */
  const menu = useRef(null);
  const found = slash ? matching(slash.query) : [];
  const at = Math.min(picked.value, found.length - 1);
  const isOpen = slash !== null && found.length > 0;
  useEffect(() => {
    picked.value = 0;
  }, [slash?.query]);
  useLayoutEffect(() => {
    const box = menu.current;
    if (!box || !slash) return;
    // Below the line, or above it if there is more room.
    const isAbove = slash.bottom + box.offsetHeight + 8 > innerHeight && slash.top > innerHeight / 2;
    box.style.left = `${Math.max(8, Math.min(slash.left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${isAbove ? slash.top - box.offsetHeight - 4 : slash.bottom + 4}px`;
    box.children[at]?.scrollIntoView({ block: 'nearest' });
  });
  useEffect(() => {
    const dom = surface?.editor.view.dom;
    if (isOpen) {
      dom?.setAttribute('aria-controls', 'slash-menu');
      dom?.setAttribute('aria-activedescendant', `slash-${at}`);
    } else {
      dom?.removeAttribute('aria-controls');
      dom?.removeAttribute('aria-activedescendant');
    }
  }, [isOpen, at]);
  return isOpen
    ? html`<div id="slash-menu" class="slash-menu" role="listbox" aria-label="Insert" tabIndex="0" ref=${menu}>${found.map(
        (command, i) => html`<div role="option" id=${`slash-${i}`} key=${command.name} aria-selected=${String(i === at)} onMouseDown=${keepFocus} onClick=${() => runSlash(island, command)}>
          <${Icon} path=${command.icon} /><span>${command.name}</span>${command.keys ? html`<kbd>${shown(command.keys)}</kbd>` : null}</div>`,
      )}</div>`
    : null;
}

/** @param {{ island: Island }} props */
function Count({ island }) {
  island.slow.value;
  const { words, minutes } = length(/** @type {any} */ (island.draft.get('body')));
  return html`<footer class="count">${words.toLocaleString('en')} ${words === 1 ? 'word' : 'words'} · ${minutes} min to read</footer>`;
}
