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

/** The names of the fields and of their parts, for people: the words on the screen in place of those of the API. @type {Record<string, string>} */
export const fieldNames = {
  headline: 'Headline', slug: 'Address', summary: 'Summary', body: 'Text', byline: 'Byline', authors: 'Authors', category: 'Category', tags: 'Tags', about: 'Tools',
  source: 'Source', sourceUrl: 'Link to the source', sourcePublishedOn: 'Date of the source',
  heroImage: 'Top image', 'heroImage.media': 'Top image', 'heroImage.alt': 'Alternative text of the top image', 'heroImage.caption': 'Caption of the top image',
  seo: 'Search engines', 'seo.title': 'Title for search engines', 'seo.description': 'Description for search engines',
  'seo.canonicalUrl': 'Canonical address', 'seo.noIndex': 'Keep this article out of search engines',
  language: 'Language', takes: 'Takes', review: 'Review', comments: 'Comments', draftedWith: 'AI model',
};

/** The name of a field or of a part of one. @param {string} field @param {string} [part] */
export const nameOf = (field, part = '') => (part ? fieldNames[`${field}.${part}`] : undefined) ?? fieldNames[field] ?? field;

/** What an id stands for, if its name is not known. @type {Record<string, string>} */
const kinds = {
  art: 'an article', aut: 'an author', cat: 'a category', com: 'a comment', med: 'an image', per: 'a persona', rev: 'a revision', src: 'a source', stf: 'a person', tag: 'a tag',
  tak: 'a take', tkr: 'a take', tol: 'a tool',
};
const ids = /\b([a-z]{3})_[0-9a-f]{32}\b/g;

/** A text with names in place of ids. @param {string} text @param {Map<string, string>} [names] */
export const withNames = (text, names) => text.replace(ids, (id, kind) => names?.get(id) ?? kinds[kind] ?? id);

/** Fields whose name in the API is no word of a sentence. */
const codes = /\b(?:heroImage|seo)(?:\.\w+)?|\b(?:sourceUrl|sourcePublishedOn|draftedWith)\b/g;
/** What a message of the API says to clients, and what a person does in the Studio instead. @type {[RegExp, string][]} */
const said = [
  [/pass their rules in acknowledge: [A-Z_, ]+/, 'tick “Publish anyway” beside each of them'],
  [/Enter its URL in sourceUrl\./, `Enter its address in “${fieldNames['sourceUrl']}”.`],
  [/set a shorter seo\.title/, 'enter a shorter title for search engines'],
  [/Restore it first with restoreArticle/, 'Take it out of the trash first'],
  [/, or lift the embargo with setEmbargo without until/, ', or choose “Publish” and lift the embargo'],
  [/Change the time with scheduleArticle, or cancel it with unscheduleArticle/, 'Choose “Publish” to change the time or to cancel it'],
  [/Use releaseUnderEmbargo again to change its text or its time, or unscheduleArticle to recall it first/, 'Choose “Publish” and cancel the schedule to recall it first'],
  [/cancel the withdrawal with unscheduleWithdrawal/, 'cancel the withdrawal on the page “Manage the article”'],
  [/add a comment with addComment/, 'write a comment'],
  [/Write it with saveTake first/, 'Write it and save it first'],
  // Where something is in the JSON of the text means nothing to people: the message leads to the block.
  [/ \([^()]*[[.][^()]*\)$/, ''],
  [/(\bthe |\bThe )slug\b/g, '$1address'],
  [/\ba different slug\b/g, 'a different address'],
  [/\b(T|t)he body\b/g, '$1he text'],
];
/** The states of takes inside a sentence. @type {Record<string, string>} */
const states = { REQUESTED: 'requested', DRAFTED: 'a draft', IN_REVIEW: 'in review', CHANGES_REQUESTED: 'being changed', APPROVED: 'approved', RETRACTED: 'retracted' };

/** A message of the API in the words of the Studio. @param {string} message @param {Map<string, string>} [names] the names of things by id */
export function inWords(message, names) {
  const missing = /^Fill in (.+) before publishing\.$/.exec(message)?.[1];
  if (missing) {
    return `Before publication, write: ${missing.split(', ').map((field) => nameOf(field).toLowerCase()).join(', ')}.`;
  }
  const text = said.reduce((words, [api, studio]) => words.replace(api, studio), message);
  return withNames(text, names)
    .replace(codes, (field) => `“${fieldNames[field] ?? nameOf(field.split('.')[0] ?? field)}”`)
    .replace(/\b[A-Z]+(?:_[A-Z]+)*\b/g, (word) => states[word] ?? word);
}

/** @typedef {{ rule: import('../answers.d.ts').CheckRule, severity: 'ERROR' | 'WARNING', message: string, path: string[] }} Check */

/** What to do about a check, where the API cannot know where that is in the Studio. @type {Partial<Record<import('../answers.d.ts').CheckRule, (isTop: boolean) => string>>} */
const checkWords = {
  HERO_ALT: () => 'The top image has no alternative text. Write one under the picture in “Details”.',
  BODY_ALT: () => 'An image in the text has no alternative text. Choose “Describe” on the picture, and write one or say that it is decorative.',
  IMAGE_CREDIT: (isTop) => `${isTop ? 'The top image' : 'An image in the text'} has no credit. Open it in Media, and add a credit line or a creator.`,
};

/** A check in the words of the Studio. @param {Check} check @param {Map<string, string>} [names] */
export const checkInWords = ({ rule, path, message }, names) => checkWords[rule]?.(path[0] === 'heroImage') ?? inWords(message, names);

/** The names of the states of an article, for people. @type {Record<string, string>} */
export const statusNames = { DRAFT: 'Draft', PUBLISHED: 'Published', WITHDRAWN: 'Withdrawn' };

/** @param {string} persona */
export const takeField = (persona) => `take:${persona}`;

/**
 * The name of a small text that is written beside the article, such as a comment, and kept on this device until it is sent.
 * @param {'comment' | 'reply' | 'changes' | 'brief' | 'retraction' | 'review' | 'correction' | 'label'} kind
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
  review: 'a request for changes', correction: 'the note of a correction', label: 'a label',
};

/** What a field is, inside a sentence. @param {string} field */
export const inSentence = (field) =>
  field.startsWith('take:') ? 'a take' : isNote(field) ? (noteNames[field.split(':')[1] ?? ''] ?? 'a note') : nameOf(field).toLowerCase();

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
    authors: idsOf(article.authors),
    category: article.category?.id ?? '',
    tags: idsOf(article.tags),
    about: idsOf(article.about),
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
const idsOf = (list) => list.map(({ id }) => id);

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
    message: inWords(message),
    path: path.length > 0 ? path.filter((part, i) => i > 0 || part !== 'input') : /^(Body|Embed|Link|Unknown)/.test(__typename) ? ['body'] : [],
  }));
