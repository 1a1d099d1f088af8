// The fields of the article that are not in the sheet.
import { html, useEffect, useSignal } from '../vendor/vendor.js';
import { nameOf } from './fields.js';
import { Origin } from './origin.js';
import { Text } from './parts.js';

/** @typedef {import('./island.js').Island} Island */

/** @param {{ island: Island }} props */
export function Details({ island }) {
  island.changes.value;
  const { draft } = island;
  useEffect(() => void island.loadTerms(), []);
  const terms = island.terms.value;
  const hero = /** @type {{ media: string, alt: string, caption: string } | null} */ (draft.get('heroImage'));
  const seo = /** @type {any} */ (draft.get('seo'));
  const problem = (/** @type {string} */ field) => draft.refused.get(field)?.message;
  const line = (/** @type {string} */ field, /** @type {string} */ label, /** @type {object} */ more = {}) => html`<div class="field">
    <label for=${`field-${field}`}>${label}</label>
    <${Text} isLine id=${`field-${field}`} value=${draft.get(field)} aria-invalid=${String(Boolean(problem(field)))} aria-describedby=${problem(field) ? `problem-${field}` : null}
      onText=${(/** @type {string} */ text) => island.set(field, text)} ...${more} />
    ${problem(field) ? html`<p class="problem" id=${`problem-${field}`}>${problem(field)}</p>` : null}</div>`;
  const choice = (/** @type {string} */ field, /** @type {string} */ label, /** @type {any[] | undefined} */ options) => {
    const now = String(draft.get(field));
    const known = options ?? [];
    return html`<div class="field"><label for=${`field-${field}`}>${label}</label>
      <select id=${`field-${field}`} onChange=${(/** @type {any} */ event) => island.set(field, event.target.value)}>
        <option value="" selected=${now === ''}>None</option>
        ${now !== '' && !known.some(({ id }) => id === now) ? html`<option value=${now} selected>${island.names.get(now) ?? now}</option>` : null}
        ${known.map(({ id, name }) => html`<option key=${id} value=${id} selected=${id === now}>${name}</option>`)}
      </select></div>`;
  };
  const seoField = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ placeholder) => html`<div class="field">
    <label for=${`field-seo-${name}`}>${label}</label>
    <${Text} isLine id=${`field-seo-${name}`} value=${seo[name]} placeholder=${placeholder} onText=${(/** @type {string} */ text) => island.set('seo', { ...seo, [name]: text })} /></div>`;
  return html`<div class="stack">
    <section class="card" aria-labelledby="hero-title">
      <h2 id="hero-title">Top image</h2>
      ${hero ? html`<img class="hero" src=${island.imageUrl(hero.media) ?? ''} alt="" />
        <p><a id="field-hero-media" href=${`/studio/media/${hero.media}`} target="_blank" rel="noopener">Open the image in Media</a> <span class="hint">Its credit and rights are there.</span></p>` : html`<p class="hint">No image yet</p>`}
      <div class="row-buttons">
        <button type="button" id="field-heroImage" onClick=${() => island.open('hero')}>${hero ? 'Replace' : 'Choose an image'}</button>
        ${hero ? html`<button type="button" class="quiet" onClick=${() => island.set('heroImage', null)}>Remove</button>` : null}
      </div>
      ${hero
        ? html`<div class="field"><label for="field-hero-alt">Alternative text</label><${Text} id="field-hero-alt" lines=${2} value=${hero.alt} placeholder="From the library, if this is empty" onText=${(/** @type {string} */ alt) => island.set('heroImage', { ...hero, alt })} /></div>
            <div class="field"><label for="field-hero-caption">Caption</label><${Text} id="field-hero-caption" lines=${2} value=${hero.caption} onText=${(/** @type {string} */ caption) => island.set('heroImage', { ...hero, caption })} /></div>`
        : null}
    </section>
    <section class="card" aria-labelledby="filed-title">
      <h2 id="filed-title">Where it belongs</h2>
      ${choice('category', 'Category', terms?.categories)}
      <${Chips} island=${island} field="tags" label="Tags" options=${terms?.tags} />
      <${Chips} island=${island} field="about" label="Tools it is about" options=${terms?.tools} />
    </section>
    <section class="card" aria-labelledby="people-title">
      <h2 id="people-title">Authors</h2>
      <${Chips} island=${island} field="authors" label="Authors, in the order shown" options=${terms?.authors} />
      ${line('byline', 'Byline, instead of their names')}
    </section>
    <${Origin} island=${island} />
    <section class="card" aria-labelledby="source-title">
      <h2 id="source-title">Source</h2>
      ${choice('source', nameOf('source'), terms?.sources)}
      ${line('sourceUrl', nameOf('sourceUrl'), { type: 'url', inputmode: 'url', placeholder: 'https://' })}
      ${line('sourcePublishedOn', nameOf('sourcePublishedOn'), { type: 'date' })}
    </section>
    <section class="card" aria-labelledby="manage-title">
      <h2 id="manage-title">${island.isEditor ? 'Assignment, withdrawal and trash' : 'Assignment and preview links'}</h2>
      <div class="row-buttons"><a class="button" href=${`/studio/articles/${island.id}/manage`}>Manage the article</a></div>
    </section>
    <details class="card">
      <summary>Search engines and language</summary>
      ${seoField('title', 'Title', String(draft.get('headline')))}
      ${seoField('description', 'Description', String(draft.get('summary')).slice(0, 100))}
      ${seoField('canonicalUrl', 'Canonical address', 'https://')}
      ${problem('seo') ? html`<p class="problem" id="field-seo" tabIndex="-1">${problem('seo')}</p>` : null}
      <label class="check"><input type="checkbox" checked=${seo.noIndex} onChange=${(/** @type {any} */ event) => island.set('seo', { ...seo, noIndex: event.target.checked })} /> Keep this article out of search engines</label>
      ${line('language', 'Language code, such as en or pt-PT', { spellcheck: 'false', autocapitalize: 'off' })}
    </details>
  </div>`;
}

const most = 8;

/** Where editors add things of a kind that cannot be added here. @type {Record<string, { name: string, href: string }>} */
const pages = { about: { name: 'Tools', href: '/studio/tools' }, authors: { name: 'Authors', href: '/studio/authors' } };

/**
 * Several things of one kind, with a field that finds more.
 * @param {{ island: Island, field: string, label: string, options: { id: string, name: string }[] | undefined }} props
 */
function Chips({ island, field, label, options }) {
  const chosen = /** @type {string[]} */ (island.draft.get(field) ?? []);
  const [query, at, why] = [useSignal(''), useSignal(0), useSignal('')];
  const text = query.value.trim().toLowerCase();
  // Names that begin with what was typed come first.
  const begins = (/** @type {string} */ name) => Number(name.toLowerCase().startsWith(text));
  const found = text === '' ? [] : (options ?? []).filter(({ id, name }) => !chosen.includes(id) && name.toLowerCase().includes(text)).sort((a, b) => begins(b.name) - begins(a.name)).slice(0, most);
  const now = () => /** @type {string[]} */ (island.draft.get(field) ?? []);
  const add = (/** @type {{ id: string } | undefined} */ one) => {
    if (one && !now().includes(one.id)) island.set(field, [...now(), one.id]);
    query.value = '';
    at.value = 0;
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      at.value = (at.value + (event.key === 'ArrowDown' ? 1 : -1) + Math.max(1, found.length)) % Math.max(1, found.length);
      event.preventDefault();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (found.length === 0 && canCreate) void create();
      else add(found[at.value]);
    } else if (event.key === 'Escape') {
      query.value = '';
    } else if (event.key === 'Backspace' && query.value === '' && chosen.length > 0) {
      island.set(field, now().slice(0, -1));
    }
  };
  const name = (/** @type {string} */ id) => island.names.get(id) ?? id;
  const page = pages[field];
  const typed = query.value.trim();
  const isKnown = (options ?? []).some((one) => one.name.toLowerCase() === text);
  const canCreate = field === 'tags' && island.isEditor && options && typed !== '' && !isKnown;
  const create = async () => {
    why.value = '';
    const { made, why: refusal } = await island.run('EditorCreateTag', 'createTag', { name: typed });
    why.value = refusal;
    if (!made) return;
    island.names.set(made.id, made.name);
    const terms = island.terms.value;
    if (terms && !terms.tags.some((/** @type {any} */ tag) => tag.id === made.id)) island.terms.value = { ...terms, tags: [...terms.tags, made] };
    add(made);
  };
  return html`<div class="field">
    <label for=${`field-${field}`}>${label}</label>
    <div class="chips">
      ${chosen.map((id, i) => html`<span class="chip" key=${id}>${name(id)}
        ${field === 'authors' && i > 0 ? html`<button type="button" aria-label=${`Move ${name(id)} to the front`} onClick=${() => island.set(field, [id, ...now().filter((one) => one !== id)])}>↑</button>` : null}
        <button type="button" aria-label=${`Remove ${name(id)}`} onClick=${() => island.set(field, now().filter((one) => one !== id))}>×</button></span>`)}
      <input id=${`field-${field}`} role="combobox" autocomplete="off" aria-expanded=${String(found.length > 0)} aria-controls=${`list-${field}`} aria-autocomplete="list"
        aria-activedescendant=${found.length > 0 ? `list-${field}-${at.value}` : null} placeholder="Add" value=${query.value} onInput=${(/** @type {any} */ event) => ((query.value = event.target.value), (at.value = 0))} onKeyDown=${onKeyDown} />
    </div>
    <ul class="options" role="listbox" id=${`list-${field}`} aria-label=${label} hidden=${found.length === 0}>${found.map(
      (one, i) => html`<li role="option" id=${`list-${field}-${i}`} key=${one.id} aria-selected=${String(i === at.value)} onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => add(one)}>${one.name}</li>`,
    )}</ul>
    ${canCreate ? html`<button type="button" class="small" onClick=${create}>Create the tag “${typed}”</button>` : null}
    ${text !== '' && found.length === 0 && options && !isKnown ? html`<p class="hint" role="status">${island.isEditor ? html`None of that name. ${page ? html`Add it on the page <a href=${page.href} target="_blank" rel="noopener">${page.name}</a>, then reload this page.` : null}` : 'None of that name. Ask an editor to add it.'}</p>` : null}
    ${why.value ? html`<p class="problem" role="alert">${why.value}</p>` : null}
  </div>`;
}
