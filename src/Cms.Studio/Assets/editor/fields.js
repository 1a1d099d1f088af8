// The fields that somebody writes: from the API's article to the draft, and from the draft to what a save sends.

/**
 * The article as the document EditorArticle returns it.
 * @typedef {import('../answers.d.ts').EditedFieldsFragment} Article
 * @typedef {import('./draft.js').Fields} Fields
 *
 * @typedef {object} Take a persona's take, as somebody writes it
 * @property {string} text
 * @property {'SUPPORTIVE' | 'MIXED' | 'SKEPTICAL'} stance
 * @property {number} confidence
 * @property {string} verdict
 * @property {{ blockId: string, quote: string | null } | null} anchor
 * @property {string | null} inReplyTo the id of the take that it replies to
 * @property {Model | null} draftedWith
 *
 * @typedef {{ model: string, version: string }} Model the AI model that drafted a text
 */

/** The names of the fields, for people. @type {Record<string, string>} */
export const fieldNames = {
  headline: 'Headline', slug: 'Address', summary: 'Summary', body: 'Text', byline: 'Byline', authors: 'Authors', category: 'Category', tags: 'Tags', about: 'Tools',
  source: 'Source', sourceUrl: 'Link to the source', sourcePublishedOn: 'Date of the source', heroImage: 'Top image', seo: 'Search engines',
  language: 'Language', draftedWith: 'AI model',
};

/** The names of the states of an article, for people. @type {Record<string, string>} */
export const statusNames = { DRAFT: 'Draft', PUBLISHED: 'Published', WITHDRAWN: 'Withdrawn' };

/** @param {string} persona */
export const takeField = (persona) => `take:${persona}`;

/**
 * The name of a small text that is written beside the article, such as a comment, and kept on this device until it is sent.
 * @param {'comment' | 'reply' | 'changes' | 'brief' | 'retraction' | 'review' | 'correction'} kind
 * @param {string} [about] the id of what it is about
 */
export const noteField = (kind, about = '') => `note:${kind}:${about}`;

/** @param {string} field */
export const isNote = (field) => field.startsWith('note:');

/**
 * Whether a field is only kept on this device. Takes, notes and the slug have mutations of their own, which somebody starts on purpose.
 * @param {string} field
 */
export const isLocal = (field) => field.startsWith('take:') || isNote(field) || field === 'slug';

/** @type {Record<string, string>} */
const noteNames = {
  comment: 'a comment', reply: 'a reply', changes: 'a request for changes of a take', brief: 'a brief', retraction: 'a reason for a retraction',
  review: 'a request for changes', correction: 'the note of a correction',
};

/** What a field is, inside a sentence. @param {string} field */
export const inSentence = (field) =>
  field.startsWith('take:') ? 'a take' : isNote(field) ? (noteNames[field.split(':')[1] ?? ''] ?? 'a note') : (fieldNames[field] ?? field).toLowerCase();

/** @param {import('../answers.d.ts').EditedTakeFragment | null} take @returns {Take} */
export const takeOf = (take) => ({
  text: take?.text ?? '',
  stance: take?.stance ?? 'MIXED',
  confidence: take?.confidence ?? 50,
  verdict: take?.verdict ?? '',
  anchor: take?.anchor ? { blockId: take.anchor.blockId, quote: take.anchor.quote ?? null } : null,
  inReplyTo: take?.inReplyTo ?? null,
  draftedWith: modelOf(take?.draftedWith),
});

/** @param {{ model: string, version?: string | null } | null | undefined} model @returns {Model | null} */
const modelOf = (model) => (model ? { model: model.model, version: model.version ?? '' } : null);

/** A model as the server takes it. @param {Model | null} model */
export const modelInput = (model) => model && { model: model.model, version: model.version || null };

/** A model with its version, for people. @param {Model} model */
export const modelName = ({ model, version }) => `${model} ${version}`.trim();

/** @param {Article} article @returns {import('./draft.js').Standing} */
export const standingOf = (article) => ({
  version: article.version,
  by: article.updatedBy,
  at: article.updatedAt,
  fields: {
    headline: article.headline,
    slug: article.slug,
    summary: article.summary ?? '',
    body: article.body?.json ?? null,
    byline: article.byline ?? '',
    authors: ids(article.authors),
    category: article.category?.id ?? '',
    tags: ids(article.tags),
    about: ids(article.about),
    source: article.source?.id ?? '',
    sourceUrl: article.sourceUrl ?? '',
    sourcePublishedOn: article.sourcePublishedOn ?? '',
    heroImage: article.heroReference
      ? { media: article.heroReference.mediaId, alt: article.heroReference.alt ?? '', caption: article.heroReference.caption ?? '' }
      : null,
    seo: {
      title: article.seo.title ?? '',
      description: article.seo.description ?? '',
      canonicalUrl: article.seo.canonicalUrl ?? '',
      noIndex: article.seo.noIndex,
    },
    language: article.language,
    draftedWith: modelOf(article.draftedWith),
    ...Object.fromEntries(article.panel.map((cell) => [takeField(cell.persona.id), takeOf(cell.take)])),
  },
});

/** @param {{ id: string }[]} list */
const ids = (list) => list.map(({ id }) => id);

/** An empty text clears a field. @param {unknown} value */
const cleared = (value) => (value === '' ? null : value);

/** @param {Record<string, unknown>} record */
const clearedRecord = (record) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, cleared(value)]));

/**
 * The input of `saveArticle`. Fields that did not change are not in it.
 * @param {string} id
 * @param {import('./draft.js').Sent} save
 */
export function inputOf(id, { id: clientMutationId, version: expectedVersion, fields }) {
  /** @type {Record<string, unknown>} */
  const changed = {};
  for (const [field, value] of Object.entries(fields)) {
    if (field === 'body') {
      changed[field] = value ? { json: value } : null;
    } else if (field === 'headline') {
      changed[field] = value;
    } else if (field === 'draftedWith') {
      changed[field] = modelInput(/** @type {Model | null} */ (value));
    } else if (field === 'seo' || (field === 'heroImage' && value !== null)) {
      changed[field] = clearedRecord(/** @type {Record<string, unknown>} */ (value));
    } else {
      changed[field] = cleared(value);
    }
  }
  return { id, expectedVersion, autosave: true, clientMutationId, ...changed };
}

/**
 * What a refusal is about, by the names of the draft: the server names parts of the input.
 * @param {{ message: string, path: string[], __typename?: string }[]} errors
 * @returns {import('./draft.js').Refusal[]}
 */
export const refusalsOf = (errors) =>
  errors.map(({ message, path, __typename = '' }) => ({
    message,
    path: path.length > 0 ? path.filter((part, i) => i > 0 || part !== 'input') : /^(Body|Embed|Link|Unknown)/.test(__typename) ? ['body'] : [],
  }));
