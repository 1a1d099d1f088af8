// An API with one article, which keeps versions and remembers mutations like the real one, and can fail in the ways that networks do.
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const hex = (character) => character.repeat(32);

const p = (id, text) => ({ type: 'paragraph', attrs: { id }, ...(text ? { content: [{ type: 'text', text }] } : {}) });
export const bodyOf = (...texts) => ({ type: 'doc', attrs: { schemaVersion: 1 }, content: texts.map((text, i) => p(`b${i}`, text)) });

const people = { erin: { id: 'stf_1', name: 'Erin Vale' }, ada: { id: 'stf_2', name: 'Ada Marsh' } };
const allTerms = {
  categories: [{ id: 'cat_1', name: 'Policy' }, { id: 'cat_2', name: 'Tools' }],
  tags: [{ id: 'tag_1', name: 'Linkers' }, { id: 'tag_2', name: 'Kernels' }],
  sources: [{ id: 'src_1', name: 'Halfpipe Weekly', homepage: null }],
  authors: [{ id: 'aut_1', name: 'Nadia Okafor' }],
  tools: [{ id: `tol_${hex('a')}`, name: 'Quillon', maker: 'Quillon Ltd', url: null }],
  people: [{ ...people.erin, role: 'EDITOR' }, { ...people.ada, role: 'ADMIN' }],
};

export function fakeApi({ body = bodyOf('The first paragraph.', 'The second paragraph.'), roles = ['READER', 'AUTHOR', 'EDITOR'], fields = {}, settings = {} } = {}) {
  const api = {
    isDown: false, losesSaves: false, isSignedOut: false, loses: 0, delay: 0, version: 1, calls: [], uploads: [], knownIds: new Map(), leases: [], presence: [], updatedBy: 'Erin Vale',
    checks: [{ rule: 'CATEGORY', severity: 'WARNING', message: 'The article has no category. Choose one.', path: ['category'] }],
    fields: { headline: 'A linker in four hundred lines', summary: 'It links a kernel.', body, byline: null, language: 'en', category: null, tags: [], about: [], authors: [], source: null, sourceUrl: null, sourcePublishedOn: null, heroImage: null, seo: { title: null, description: null, canonicalUrl: null, noIndex: false }, ...fields },
    state: { status: 'DRAFT', slug: 'a-linker', slugFollowsHeadline: false, trashedAt: null, hasUnpublishedChanges: false, review: 'DRAFTING', reviewer: null, approvedRevisionId: null, publishedEdition: null, publishedAt: null, firstPublishedAt: null, scheduledAt: null, scheduledAtLocal: null, scheduledRevision: null, scheduleRefusal: null, embargoUntil: null, embargoUntilLocal: null, correctionCount: 0 },
    takes: new Map(), liveTakes: [], comments: [], live: null, refuse: null, refuseTake: null, streams: new Set(), posted: [],
    revisions: [{ id: 'rev_1', number: 1, savedAt: '2026-04-01T09:00:00Z', drafter: 'Erin Vale', isAutosave: false, label: null, restoredFrom: null, approvedBy: null }],
    settings,
  };
  const terms = structuredClone(allTerms);
  const find = (list, id) => list.find((one) => one.id === id) ?? null;
  const image = (id) => ({ mediaId: id, alt: '', url: `/i/${id}`, urlsExpireAt: '2099-01-01T00:00:00Z' });
  const personas = [{ id: 'per_1', name: 'The Builder', lens: 'Developer Perspective' }, { id: 'per_2', name: 'The Skeptic', lens: 'Reality Check' }];
  const take = (persona) => api.takes.get(persona) ?? null;
  const article = () => ({
    id: 'art_1', version: api.version, ...api.state, ...api.fields, updatedAt: '2026-04-01T10:00:00Z', updatedBy: api.updatedBy, assignee: null, dueAt: null, withdrawAt: null, revisionCount: api.revisions.length,
    body: api.fields.body ? { json: api.fields.body, images: [], references: [] } : null,
    category: find(terms.categories, api.fields.category), source: find(terms.sources, api.fields.source),
    tags: api.fields.tags.map((id) => find(terms.tags, id)), about: api.fields.about.map((id) => find(terms.tools, id)), authors: api.fields.authors.map((id) => find(terms.authors, id)),
    heroReference: api.fields.heroImage ? { mediaId: api.fields.heroImage.media, alt: api.fields.heroImage.alt, caption: api.fields.heroImage.caption } : null,
    heroImage: api.fields.heroImage ? image(api.fields.heroImage.media) : null,
    present: api.presence,
    panel: personas.map((one) => ({ persona: { accentColour: '#94420a', accentColourDark: '#f0a877', isActive: true, isAi: false, ...one }, take: take(one.id) })),
  });
  const done = (thing, made) => ({ [thing]: made, errors: [] });
  const refused = (thing, ...errors) => ({ [thing]: null, errors });
  const conflict = () => refused('article', { __typename: 'VersionConflictError', message: 'Somebody saved in between.', path: ['expectedVersion'] });
  const change = (input, run) => {
    if (input.expectedVersion !== undefined && input.expectedVersion !== api.version) return conflict();
    const problem = run(input);
    if (problem) return problem;
    api.version++;
    return done('article', article());
  };
  const checksNow = () => api.checks.filter(({ rule }) => rule !== 'CATEGORY' || !api.fields.category);
  const warned = (input) => {
    const open = checksNow().filter(({ rule, severity }) => severity === 'ERROR' || !(input.acknowledge ?? []).includes(rule));
    return open.length > 0 ? refused('article', { __typename: 'WarningsNotAcknowledgedError', message: open[0].message, path: [] }) : null;
  };
  const publish = (input) => warned(input) ?? void ((api.live = structuredClone(api.fields)), Object.assign(api.state, { status: 'PUBLISHED', hasUnpublishedChanges: false, publishedEdition: (api.state.publishedEdition ?? 0) + 1, publishedAt: '2026-04-01T11:00:00Z', firstPublishedAt: '2026-04-01T11:00:00Z', scheduledAt: null }));
  const newTake = (persona, more) => {
    const made = { id: `tak_${persona}`, version: 1, status: 'DRAFTED', number: 1, isStale: false, isOverdue: false, anchorMatches: null, reviewer: null, drafter: 'Erin Vale', retractionReason: null, brief: null, dueAt: null, dueAtLocal: null, inReplyTo: null, head: null, assignee: null, persona: { id: persona }, text: null, stance: null, confidence: null, verdict: null, anchor: null, ...more };
    api.takes.set(persona, made);
    return done('take', structuredClone(made));
  };
  const changeTake = (id, input, more) => {
    const current = [...api.takes.values()].find((one) => one.id === id);
    if (input.expectedVersion !== undefined && current && input.expectedVersion !== current.version) return refused('take', { __typename: 'VersionConflictError', message: 'Somebody saved this take in between. Reload the page.', path: [] });
    Object.assign(current, more, { version: current.version + 1 });
    return done('take', structuredClone(current));
  };
  const lease = ({ tab }) => {
    if (!api.leases.includes(tab)) api.leases.push(tab);
    return done('lease', { isMine: true, expiresAt: null, present: api.presence });
  };
  const media = () => ({ id: `med_${hex('c')}`, fileName: 'storm.png', alt: 'A storm', isDecorative: false, caption: null, gap: 'CREDIT', width: 1, height: 1, suggestions: { alt: 'A storm' }, image: { url: `/i/med_${hex('c')}`, urlsExpireAt: null }, large: { url: `/i/med_${hex('c')}`, urlsExpireAt: null } });

  const answers = {
    EditorArticle: () => ({ viewer: { subject: 'tenant/erin', name: 'Erin Vale', roles }, desk: { timeZone: 'Europe/Lisbon', article: article() } }),
    EditorViewer: () => ({ viewer: { subject: 'tenant/erin' } }),
    EditorSave: ({ input }) => {
      const { id, expectedVersion, autosave, clientMutationId, ...fields } = input;
      const known = api.knownIds.get(clientMutationId);
      if (known) return { saveArticle: known === JSON.stringify(input) ? done('article', article()) : refused('article', { __typename: 'IdempotencyKeyReusedError', message: 'Reused.', path: [] }) };
      const problem = api.refuse?.(fields);
      if (problem) return { saveArticle: refused('article', problem) };
      const saved = change({ expectedVersion }, () => {
        for (const [name, value] of Object.entries(fields)) api.fields[name] = name === 'body' ? (value?.json ?? null) : ['tags', 'about', 'authors'].includes(name) ? (value ?? []) : name === 'seo' ? { ...api.fields.seo, ...value } : value;
        api.state.hasUnpublishedChanges = api.state.publishedEdition !== null;
        if (api.state.slugFollowsHeadline && 'headline' in fields) api.state.slug = fields.headline.toLowerCase().replaceAll(/[^a-z]+/g, '-');
      });
      if (saved.article) {
        api.knownIds.set(clientMutationId, JSON.stringify(input));
        api.updatedBy = 'Erin Vale';
      }
      return { saveArticle: saved };
    },
    EditorChecks: () => ({ desk: { article: { id: 'art_1', version: api.version, trashedAt: api.state.trashedAt, hasUnpublishedChanges: api.state.hasUnpublishedChanges, checks: checksNow() } } }),
    EditorAcquireLease: ({ input }) => ({ acquireLease: lease(input) }),
    EditorRenewLease: ({ input }) => ({ renewLease: lease(input) }),
    EditorTakeOverLease: ({ input }) => ({ takeOverLease: lease(input) }),
    EditorReleaseLease: ({ input }) => ((api.leases = api.leases.filter((tab) => tab !== input.tab)), { releaseLease: done('lease', { isMine: false, expiresAt: null, present: [] }) }),
    EditorTerms: () => ({ desk: Object.fromEntries(Object.entries(terms).map(([name, nodes]) => [name, { nodes, pageInfo: { hasNextPage: false, endCursor: null } }])) }),
    EditorFind: ({ text }) => ({ desk: { articles: { nodes: [{ id: `art_${hex('b')}`, slug: 'the-disk-said-yes', headline: 'The disk said yes', status: 'PUBLISHED' }].filter((one) => !text || one.headline.toLowerCase().includes(text.toLowerCase())) } } }),
    EditorTitle: ({ article: id }) => ({ desk: { article: id === `art_${hex('d')}` ? { id, headline: 'A draft of ours' } : null } }),
    EditorMedia: () => ({ desk: { media: { nodes: [media()], pageInfo: { hasNextPage: false, endCursor: null } } } }),
    EditorImages: ({ ids }) => ({ desk: { images: ids.map(image) } }),
    EditorOpenUpload: () => ({ createMediaUpload: done('upload', { uploadId: 'upl_1', uploadUrl: '/upload/1', method: 'PUT', headers: [{ name: 'X-Part', value: '1' }] }) }),
    EditorCommitUpload: () => ({ commitMediaUpload: api.refuseUpload ? refused('media', { __typename: 'NotAnImageError', message: 'The file is not an image. Choose a JPEG, PNG, WebP, AVIF or GIF file.', path: [] }) : done('media', media()) }),
    EditorComments: () => ({ desk: { article: { id: 'art_1', comments: { nodes: api.comments, pageInfo: { hasNextPage: false, endCursor: null } } } } }),
    EditorAddComment: ({ input }) => {
      const known = api.knownIds.get(input.clientMutationId);
      if (known) return { addComment: done('comment', { id: known }) };
      const comment = { id: `com_${api.comments.length + 1}`, text: input.text, author: 'Erin Vale', createdAt: '2026-04-01T10:00:00Z', isMine: true, deletedAt: null, blockId: input.blockId ?? null, isBlockGone: false, takeId: null, threadId: input.inReplyTo ?? null, resolvedAt: null, resolvedBy: null, mentions: [], replies: [] };
      const thread = find(api.comments, input.inReplyTo);
      (thread?.replies ?? api.comments).push(comment);
      api.knownIds.set(input.clientMutationId, comment.id);
      return { addComment: done('comment', { id: comment.id }) };
    },
    EditorResolveComment: ({ input }) => ({ resolveComment: done('comment', Object.assign(find(api.comments, input.id), { resolvedAt: input.isResolved ? '2026-04-01T10:00:00Z' : null, resolvedBy: 'Erin Vale' })) }),
    EditorRevisions: () => ({ desk: { article: { id: 'art_1', approvedRevisionId: null, revisions: { nodes: [...api.revisions].reverse(), pageInfo: { hasNextPage: false, endCursor: null } } } } }),
    EditorCompare: () => ({ desk: { article: { id: 'art_1', compare: api.comparison ?? { fields: [{ field: 'headline', from: 'Old', to: 'New', parts: [{ change: 'REMOVED', text: 'Old' }, { change: 'ADDED', text: 'New' }] }], blocks: [] } } } }),
    EditorRestore: ({ input }) => ({ restoreRevision: change(input, () => void Object.assign(api.fields, { headline: 'The restored headline', body: bodyOf('The restored text.') })) }),
    EditorLabelRevision: ({ input }) => ((find(api.revisions, input.revision).label = input.label), { labelRevision: done('article', article()) }),
    EditorLive: () => ({ article: api.live && { ...article(), ...api.live, body: { json: api.live.body }, category: null, tags: [], takes: api.liveTakes.map((id) => ({ id })) } }),
    EditorPublish: ({ input }) => ({ publishArticle: change(input, publish) }),
    EditorUpdate: ({ input }) => ({ updateArticle: change(input, publish) }),
    EditorCorrect: ({ input }) => ({ correctArticle: change(input, publish) }),
    EditorSchedule: ({ input }) => ({ scheduleArticle: change(input, (one) => warned(one) ?? void (api.state.scheduledAt = '2099-06-01T08:00:00Z')) }),
    EditorUnschedule: ({ input }) => ({ unscheduleArticle: change(input, () => void (api.state.scheduledAt = null)) }),
    EditorEmbargo: ({ input }) => ({ setEmbargo: change(input, () => void (api.state.embargoUntil = input.untilLocal ? '2099-06-01T08:00:00Z' : null)) }),
    EditorSubmitForReview: ({ input }) => ({ submitForReview: change(input, () => void Object.assign(api.state, { review: 'IN_REVIEW', reviewer: people.ada })) }),
    EditorWithdrawFromReview: ({ input }) => ({ withdrawFromReview: change(input, () => void (api.state.review = 'DRAFTING')) }),
    EditorApprove: ({ input }) => ({ approveArticle: change(input, () => void (api.state.review = 'APPROVED')) }),
    EditorRequestChanges: ({ input }) => ({ requestChanges: change(input, () => void (api.state.review = 'CHANGES_REQUESTED')) }),
    EditorChangeSlug: ({ input }) => ({ changeSlug: /^[a-z0-9-]+$/.test(input.slug) ? change(input, () => void Object.assign(api.state, { slug: input.slug, slugFollowsHeadline: false })) : refused('article', { __typename: 'SlugMalformedError', message: 'Use lower-case letters, digits and hyphens.', path: ['slug'] }) }),
    EditorTakeOutOfTrash: ({ input }) => ({ restoreArticle: change(input, () => void (api.state.trashedAt = null)) }),
    EditorCreateTag: ({ input }) => {
      const made = { id: `tag_${terms.tags.length + 1}`, name: input.name };
      terms.tags.push(made);
      return { createTag: done('tag', made) };
    },
    EditorPreview: () => ({ createPreviewLink: done('link', { id: 'prv_1', url: 'https://news.example/preview/1', token: 't', expiresAt: '2026-04-02T10:00:00Z' }) }),
    EditorDraftTake: ({ input }) => ({ draftTake: newTake(input.persona, { head: { id: 'tkr_1' }, text: input.text, stance: input.stance, confidence: input.confidence, verdict: input.verdict ?? null, anchor: input.anchor ?? null }) }),
    EditorRequestTake: ({ input }) => ({ requestTake: newTake(input.persona, { status: 'REQUESTED', brief: input.brief }) }),
    EditorSaveTake: ({ input }) => ({ saveTake: changeTake(input.id, input, { text: input.text, stance: input.stance, confidence: input.confidence, verdict: input.verdict ?? null, anchor: input.anchor ?? null, inReplyTo: input.inReplyTo ?? null }) }),
    EditorRetractTake: ({ input }) => ({ retractTake: api.refuseTake ?? changeTake(input.id, input, { status: 'RETRACTED', retractionReason: input.reason }) }),
    EditorSubmitTake: ({ input }) => ({ submitTake: changeTake(input.id, input, { status: 'IN_REVIEW' }) }),
    EditorApproveTake: ({ input }) => ({ approveTake: changeTake(input.id, input, { status: 'APPROVED', reviewer: 'Erin Vale' }) }),
  };

  /** Somebody else saves. */
  api.ada = (fields) => {
    Object.assign(api.fields, fields);
    api.version++;
    api.updatedBy = 'Ada Marsh';
  };
  api.graphql = async (name, variables) => {
    api.calls.push({ name, variables });
    if (api.isDown || (api.losesSaves && name === 'EditorSave')) return 'down';
    if (api.isSignedOut) return { status: 401, body: { errors: [{ message: 'Sign in first.', extensions: { code: 'AUTH_NOT_AUTHENTICATED' } }] } };
    const data = answers[name]?.(variables);
    if (!data) return { body: { errors: [{ message: `The fake API does not know ${name}.` }] } };
    if (api.delay) await new Promise((resolve) => setTimeout(resolve, api.delay));
    if (name === 'EditorSave' && api.loses > 0) {
      // Something on the way answers instead. (A browser repeats a request by itself if only the connection breaks.)
      api.loses--;
      return { status: 503, body: {} };
    }
    return { body: { data: structuredClone(data) } };
  };
  /** Somebody else changes the article, and the server tells those who follow it. */
  api.tell = () => {
    for (const stream of api.streams) stream.write('event: next\ndata: {"data":{"previewChanged":{"articleId":"art_1"}}}\n\n');
  };
  api.signIn = () => (api.isSignedOut = false);
  api.signOut = () => (api.isSignedOut = true);
  api.upload = (path, bytes) => void api.uploads.push(bytes.length);
  api.image = () => png;
  return api;
}
