// Made by `npm run --prefix tests/clients studio-types`. Do not edit.

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AcquireLeaseInput = {
  article: string;
  clientMutationId?: string | null | undefined;
  tab: string;
};

export type AddCommentInput = {
  article: string;
  blockId?: string | null | undefined;
  clientMutationId?: string | null | undefined;
  inReplyTo?: string | null | undefined;
  mentions?: Array<string> | null | undefined;
  take?: string | null | undefined;
  text: string;
};

export type ApproveArticleInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  revision?: string | null | undefined;
};

export type ApproveTakeInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  publish?: boolean | null | undefined;
  revision?: string | null | undefined;
};

export type ArticleStatus =
  | 'DRAFT'
  | 'PUBLISHED'
  | 'WITHDRAWN';

export type BlockChange =
  | 'ADDED'
  | 'CHANGED'
  | 'MOVED'
  | 'REMOVED'
  | 'UNCHANGED';

export type BodyInput = {
  json?: any;
  markdown?: string | null | undefined;
};

export type ChangeSlugInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  slug: string;
};

export type CheckRule =
  | 'APPROVED'
  | 'BODY'
  | 'BODY_ALT'
  | 'BODY_LENGTH'
  | 'CATEGORY'
  | 'CLASH'
  | 'DISCLOSURE'
  | 'EMBEDDED_ARTICLES'
  | 'HEADLINE'
  | 'HERO_ALT'
  | 'HERO_IMAGE'
  | 'IMAGE_CREDIT'
  | 'IMAGE_RIGHTS'
  | 'LINKS'
  | 'OPEN_COMMENTS'
  | 'PANEL_QUORUM'
  | 'SECOND_PERSON'
  | 'SEO_TITLE'
  | 'SLUG'
  | 'SOURCE_LINK'
  | 'STALE_TAKES'
  | 'SUMMARY'
  | 'UNREVIEWED_AI';

export type CheckSeverity =
  | 'ERROR'
  | 'WARNING';

export type CommitMediaUploadInput = {
  clientMutationId?: string | null | undefined;
  uploadId: string;
};

export type ConfirmTakeInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
};

export type CorrectArticleInput = {
  acknowledge?: Array<CheckRule> | null | undefined;
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  note: string;
  severity?: CorrectionSeverity | null | undefined;
};

export type CorrectionSeverity =
  | 'MAJOR'
  | 'MINOR';

export type CreateMediaUploadInput = {
  bytes?: number | null | undefined;
  clientMutationId?: string | null | undefined;
  fileName: string;
};

export type CreatePreviewLinkInput = {
  article: string;
  clientMutationId?: string | null | undefined;
  expiresIn?: number | null | undefined;
};

export type CreateTagInput = {
  clientMutationId?: string | null | undefined;
  name: string;
  slug?: string | null | undefined;
};

export type DeleteCommentInput = {
  clientMutationId?: string | null | undefined;
  id: string;
};

export type DraftTakeInput = {
  anchor?: TakeAnchorInput | null | undefined;
  article: string;
  clientMutationId?: string | null | undefined;
  confidence?: number | null | undefined;
  draftedWith?: DraftedWithInput | null | undefined;
  inReplyTo?: string | null | undefined;
  persona: string;
  stance?: Stance | null | undefined;
  text: string;
  verdict?: string | null | undefined;
};

export type DraftedWithInput = {
  model: string;
  version?: string | null | undefined;
};

export type HeroImageInput = {
  alt?: string | null | undefined;
  caption?: string | null | undefined;
  media: string;
};

export type LabelRevisionInput = {
  clientMutationId?: string | null | undefined;
  id: string;
  label?: string | null | undefined;
  revision: string;
};

export type MediaGap =
  | 'ALT'
  | 'ALT_AND_CREDIT'
  | 'CREDIT'
  | 'NONE';

export type PublishArticleInput = {
  acknowledge?: Array<CheckRule> | null | undefined;
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
};

export type ReleaseLeaseInput = {
  article: string;
  clientMutationId?: string | null | undefined;
  tab: string;
};

export type RenewLeaseInput = {
  article: string;
  clientMutationId?: string | null | undefined;
  tab: string;
};

export type RequestChangesInput = {
  clientMutationId?: string | null | undefined;
  comment: string;
  expectedVersion?: number | null | undefined;
  id: string;
  mentions?: Array<string> | null | undefined;
};

export type RequestTakeChangesInput = {
  clientMutationId?: string | null | undefined;
  comment: string;
  expectedVersion?: number | null | undefined;
  id: string;
  mentions?: Array<string> | null | undefined;
};

export type RequestTakeInput = {
  article: string;
  assignee?: string | null | undefined;
  brief?: string | null | undefined;
  clientMutationId?: string | null | undefined;
  dueAt?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  persona: string;
};

export type ResolveCommentInput = {
  clientMutationId?: string | null | undefined;
  id: string;
  isResolved?: boolean | null | undefined;
};

export type RestoreArticleInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
};

export type RestoreRevisionInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  revision: string;
};

export type RetractTakeInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  reason: string;
};

export type ReviewState =
  | 'APPROVED'
  | 'CHANGES_REQUESTED'
  | 'DRAFTING'
  | 'IN_REVIEW';

export type Role =
  | 'ADMIN'
  | 'AUTHOR'
  | 'EDITOR'
  | 'READER';

export type SaveArticleInput = {
  about?: Array<string> | null | undefined;
  authors?: Array<string> | null | undefined;
  autosave?: boolean | null | undefined;
  body?: BodyInput | null | undefined;
  byline?: string | null | undefined;
  category?: string | null | undefined;
  clientMutationId?: string | null | undefined;
  draftedWith?: DraftedWithInput | null | undefined;
  expectedVersion?: number | null | undefined;
  headline?: string | null | undefined;
  heroImage?: HeroImageInput | null | undefined;
  id: string;
  language?: string | null | undefined;
  seo?: SeoInput | null | undefined;
  source?: string | null | undefined;
  sourcePublishedOn?: string | null | undefined;
  sourceUrl?: string | null | undefined;
  summary?: string | null | undefined;
  tags?: Array<string> | null | undefined;
};

export type SaveTakeInput = {
  anchor?: TakeAnchorInput | null | undefined;
  clientMutationId?: string | null | undefined;
  confidence?: number | null | undefined;
  draftedWith?: DraftedWithInput | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  inReplyTo?: string | null | undefined;
  stance?: Stance | null | undefined;
  text?: string | null | undefined;
  verdict?: string | null | undefined;
};

export type ScheduleArticleInput = {
  acknowledge?: Array<CheckRule> | null | undefined;
  at?: string | null | undefined;
  atLocal?: string | null | undefined;
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
};

export type SeoInput = {
  canonicalUrl?: string | null | undefined;
  description?: string | null | undefined;
  noIndex?: boolean | null | undefined;
  title?: string | null | undefined;
};

export type SetEmbargoInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  until?: string | null | undefined;
  untilLocal?: string | null | undefined;
};

export type Stance =
  | 'MIXED'
  | 'SKEPTICAL'
  | 'SUPPORTIVE';

export type SubmitForReviewInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  reviewer?: string | null | undefined;
};

export type SubmitTakeInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
};

export type TakeAnchorInput = {
  blockId: string;
  quote?: string | null | undefined;
};

export type TakeOverLeaseInput = {
  article: string;
  clientMutationId?: string | null | undefined;
  tab: string;
};

export type TakeStatus =
  | 'APPROVED'
  | 'CHANGES_REQUESTED'
  | 'DRAFTED'
  | 'IN_REVIEW'
  | 'REQUESTED'
  | 'RETRACTED';

export type TextChange =
  | 'ADDED'
  | 'KEPT'
  | 'REMOVED';

export type UnscheduleArticleInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
};

export type UpdateArticleInput = {
  acknowledge?: Array<CheckRule> | null | undefined;
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
};

export type ViewerRole =
  | 'ADMIN'
  | 'AUTHOR'
  | 'CONTACT'
  | 'EDITOR'
  | 'READER'
  | 'SYNDICATION';

export type WithdrawFromReviewInput = {
  clientMutationId?: string | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
};

export type EditedFieldsFragment = (
  { headline: string, summary: string | null, byline: string | null, language: string, updatedAt: string, updatedBy: string, dueAt: string | null, withdrawAt: string | null, revisionCount: number, sourceUrl: string | null, sourcePublishedOn: string | null, assignee: { id: string, name: string } | null, body: { json: any, images: Array<{ mediaId: string, image: { url: string, urlsExpireAt: string | null } | null }>, references: Array<
      | { __typename: 'Article', id: string, headline: string }
      | { __typename: 'Tool', id: string, name: string }
    > } | null, category: { id: string, name: string } | null, tags: Array<{ id: string, name: string }>, about: Array<{ id: string, name: string }>, authors: Array<{ id: string, name: string }>, source: { id: string, name: string } | null, draftedWith: { model: string, version: string | null } | null, seo: { title: string | null, description: string | null, canonicalUrl: string | null, noIndex: boolean }, heroReference: { mediaId: string, alt: string | null, caption: string | null } | null, heroImage: { mediaId: string, alt: string, url: string, urlsExpireAt: string | null } | null, present: Array<{ name: string, since: string, isMe: boolean, isHolder: boolean }>, panel: Array<{ persona: { id: string, name: string, lens: string, accentColour: string | null, accentColourDark: string | null, isActive: boolean, isAi: boolean }, take: EditedTakeFragment | null }> }
  & EditedStateFragment
);

export type EditedStateFragment = { id: string, version: number, status: ArticleStatus, slug: string, slugFollowsHeadline: boolean, trashedAt: string | null, hasUnpublishedChanges: boolean, review: ReviewState, approvedRevisionId: string | null, publishedEdition: number | null, publishedAt: string | null, firstPublishedAt: string | null, scheduledAt: string | null, scheduledAtLocal: string | null, scheduleRefusal: string | null, embargoUntil: string | null, embargoUntilLocal: string | null, correctionCount: number, disclosure: string | null, reviewer: { id: string, name: string } | null, scheduledRevision: { id: string, number: number } | null };

export type EditedTakeFragment = { id: string, version: number, status: TakeStatus, number: number | null, text: string | null, stance: Stance | null, confidence: number | null, verdict: string | null, isStale: boolean, isOverdue: boolean, anchorMatches: boolean | null, reviewer: string | null, drafter: string | null, retractionReason: string | null, disclosure: string | null, brief: string | null, dueAt: string | null, dueAtLocal: string | null, inReplyTo: string | null, anchor: { blockId: string, quote: string | null } | null, head: { id: string } | null, draftedWith: { model: string, version: string | null } | null, assignee: { id: string, name: string } | null, persona: { id: string } };

export type EditorAcquireLeaseMutationVariables = Exact<{
  input: AcquireLeaseInput;
}>;


export type EditorAcquireLeaseMutation = { acquireLease: { lease: { isMine: boolean, expiresAt: string | null, present: Array<{ name: string, since: string, isMe: boolean, isHolder: boolean }> } | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'TabRequiredError', message: string, path: Array<string> }
    > } };

export type EditorAddCommentMutationVariables = Exact<{
  input: AddCommentInput;
}>;


export type EditorAddCommentMutation = { addComment: { comment: { id: string } | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'BlockNotFoundError', message: string, path: Array<string> }
      | { __typename: 'CommentNotFoundError', message: string, path: Array<string> }
      | { __typename: 'CommentRequiredError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'StaffNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TakeNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
      | { __typename: 'TooManyCommentsError', message: string, path: Array<string> }
    > } };

export type EditorApproveMutationVariables = Exact<{
  input: ApproveArticleInput;
}>;


export type EditorApproveMutation = { approveArticle: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotInReviewError', message: string, path: Array<string> }
      | { __typename: 'ArticleTrashedError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'RevisionNotNewestError', message: string, path: Array<string> }
      | { __typename: 'SecondPersonRequiredError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type EditorApproveTakeMutationVariables = Exact<{
  input: ApproveTakeInput;
}>;


export type EditorApproveTakeMutation = { approveTake: { take: EditedTakeFragment | null, errors: Array<
      | { __typename: 'ArticleNotPublishedError', message: string, path: Array<string> }
      | { __typename: 'CheckFailedError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'TakeNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TakeNotWrittenError', message: string, path: Array<string> }
      | { __typename: 'TakeRevisionNotNewestError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string>, currentVersion: number, changedBy: string, changedAt: string }
    > } };

export type EditorArticleQueryVariables = Exact<{
  id: string;
}>;


export type EditorArticleQuery = { viewer: { subject: string, name: string | null, roles: Array<ViewerRole> } | null, desk: { timeZone: string | null, article: EditedFieldsFragment | null } | null };

export type EditorChangeSlugMutationVariables = Exact<{
  input: ChangeSlugInput;
}>;


export type EditorChangeSlugMutation = { changeSlug: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleReleasedError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'SlugMalformedError', message: string, path: Array<string> }
      | { __typename: 'SlugReservedError', message: string, path: Array<string> }
      | { __typename: 'SlugTakenError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type EditorChecksQueryVariables = Exact<{
  id: string;
}>;


export type EditorChecksQuery = { desk: { article: { id: string, version: number, trashedAt: string | null, hasUnpublishedChanges: boolean, checks: Array<{ rule: CheckRule, severity: CheckSeverity, message: string, path: Array<string> }> } | null } | null };

export type EditorCommentsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type EditorCommentsQuery = { desk: { article: { id: string, comments: { nodes: Array<(
          { replies: Array<EditedCommentFragment> }
          & EditedCommentFragment
        )>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null } | null };

export type EditedCommentFragment = { id: string, text: string, author: string, createdAt: string, isMine: boolean, deletedAt: string | null, blockId: string | null, isBlockGone: boolean, takeId: string | null, threadId: string | null, resolvedAt: string | null, resolvedBy: string | null, mentions: Array<{ id: string, name: string }> };

export type EditorCommitUploadMutationVariables = Exact<{
  input: CommitMediaUploadInput;
}>;


export type EditorCommitUploadMutation = { commitMediaUpload: { media: { id: string, alt: string | null, isDecorative: boolean, caption: string | null, gap: MediaGap, suggestions: { alt: string | null }, image: { url: string, urlsExpireAt: string | null } } | null, errors: Array<
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'ImageDamagedError', message: string, path: Array<string> }
      | { __typename: 'ImageEmptyError', message: string, path: Array<string> }
      | { __typename: 'ImageIsHeicError', message: string, path: Array<string> }
      | { __typename: 'ImageSideTooLongError', message: string, path: Array<string> }
      | { __typename: 'ImageTooDeepError', message: string, path: Array<string> }
      | { __typename: 'ImageTooManyPixelsError', message: string, path: Array<string> }
      | { __typename: 'ImageTooSlowError', message: string, path: Array<string> }
      | { __typename: 'ImagesBusyError', message: string, path: Array<string> }
      | { __typename: 'MediaBusyError', message: string, path: Array<string> }
      | { __typename: 'MediaNotReceivedError', message: string, path: Array<string> }
      | { __typename: 'MediaSwappedError', message: string, path: Array<string> }
      | { __typename: 'MediaTooLargeError', message: string, path: Array<string> }
      | { __typename: 'MediaUploadNotFoundError', message: string, path: Array<string> }
      | { __typename: 'MediaUploadOverError', message: string, path: Array<string> }
      | { __typename: 'NotAnImageError', message: string, path: Array<string> }
    > } };

export type EditorCompareQueryVariables = Exact<{
  id: string;
  from: string;
  to: string;
}>;


export type EditorCompareQuery = { desk: { article: { id: string, compare: { fields: Array<{ field: string, from: string | null, to: string | null, parts: Array<{ change: TextChange, text: string }> }>, blocks: Array<{ blockId: string, change: BlockChange, isFormattingOnly: boolean, parts: Array<{ change: TextChange, text: string }> }> } | null } | null } | null };

export type EditorConfirmTakeMutationVariables = Exact<{
  input: ConfirmTakeInput;
}>;


export type EditorConfirmTakeMutation = { confirmTake: { take: EditedTakeFragment | null, errors: Array<
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'TakeNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TakeNotStaleError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string>, currentVersion: number, changedBy: string, changedAt: string }
    > } };

export type EditorCorrectMutationVariables = Exact<{
  input: CorrectArticleInput;
}>;


export type EditorCorrectMutation = { correctArticle: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleIncompleteError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotPublishedError', message: string, path: Array<string> }
      | { __typename: 'CheckFailedError', message: string, path: Array<string>, rule: CheckRule }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'ImageAltMissingError', message: string, path: Array<string> }
      | { __typename: 'ImageCreditMissingError', message: string, path: Array<string> }
      | { __typename: 'ImageRightsExpiredError', message: string, path: Array<string> }
      | { __typename: 'ImageRightsNotBegunError', message: string, path: Array<string> }
      | { __typename: 'MediaNotFoundError', message: string, path: Array<string> }
      | { __typename: 'NoteRequiredError', message: string, path: Array<string> }
      | { __typename: 'SecondPersonRequiredError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
      | { __typename: 'WarningsNotAcknowledgedError', message: string, path: Array<string>, warnings: Array<{ rule: CheckRule, severity: CheckSeverity, message: string, path: Array<string> }> }
    > } };

export type EditorCreateTagMutationVariables = Exact<{
  input: CreateTagInput;
}>;


export type EditorCreateTagMutation = { createTag: { tag: { id: string, name: string } | null, errors: Array<
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'SlugMalformedError', message: string, path: Array<string> }
      | { __typename: 'SlugReservedError', message: string, path: Array<string> }
      | { __typename: 'SlugTakenError', message: string, path: Array<string> }
      | { __typename: 'TermNameRequiredError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
    > } };

export type EditorDeleteCommentMutationVariables = Exact<{
  input: DeleteCommentInput;
}>;


export type EditorDeleteCommentMutation = { deleteComment: { comment: { id: string, deletedAt: string | null } | null, errors: Array<
      | { __typename: 'CommentNotFoundError', message: string, path: Array<string> }
      | { __typename: 'CommentNotYoursError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
    > } };

export type EditorDraftTakeMutationVariables = Exact<{
  input: DraftTakeInput;
}>;


export type EditorDraftTakeMutation = { draftTake: { take: EditedTakeFragment | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ConfidenceOutOfRangeError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'ModelIsRecordedError', message: string, path: Array<string> }
      | { __typename: 'ModelNameRequiredError', message: string, path: Array<string> }
      | { __typename: 'PersonaInactiveError', message: string, path: Array<string> }
      | { __typename: 'PersonaNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TakeIncompleteError', message: string, path: Array<string> }
      | { __typename: 'TakeReplyElsewhereError', message: string, path: Array<string> }
      | { __typename: 'TakeReplyNestedError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
    > } };

export type EditorEmbargoMutationVariables = Exact<{
  input: SetEmbargoInput;
}>;


export type EditorEmbargoMutation = { setEmbargo: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleAlreadyPublishedError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleReleasedError', message: string, path: Array<string> }
      | { __typename: 'ArticleScheduledError', message: string, path: Array<string> }
      | { __typename: 'ArticleTrashedError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'TimeNotAheadError', message: string, path: Array<string> }
      | { __typename: 'TimeRequiredError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type EditorFindQueryVariables = Exact<{
  text?: string | null | undefined;
}>;


export type EditorFindQuery = { desk: { articles: { nodes: Array<{ id: string, slug: string, headline: string, status: ArticleStatus, publishedAt: string | null, updatedAt: string }> } | null } | null };

export type EditorImagesQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type EditorImagesQuery = { desk: { images: Array<{ mediaId: string, url: string, urlsExpireAt: string | null } | null> | null } | null };

export type EditorLabelRevisionMutationVariables = Exact<{
  input: LabelRevisionInput;
}>;


export type EditorLabelRevisionMutation = { labelRevision: { article: { id: string, version: number } | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'RevisionNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
    > } };

export type EditorLiveQueryVariables = Exact<{
  id: string;
}>;


export type EditorLiveQuery = { article: { id: string, edition: number, headline: string, summary: string, byline: string | null, slug: string, language: string, body: { json: any } | null, category: { id: string, name: string } | null, tags: Array<{ id: string, name: string }>, heroImage: { mediaId: string } | null, takes: Array<{ id: string }> } | null };

export type EditorMediaQueryVariables = Exact<{
  text?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type EditorMediaQuery = { desk: { media: { nodes: Array<{ id: string, fileName: string, alt: string | null, isDecorative: boolean, caption: string | null, gap: MediaGap, width: number, height: number, image: { url: string }, large: { url: string, urlsExpireAt: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type EditorOpenUploadMutationVariables = Exact<{
  input: CreateMediaUploadInput;
}>;


export type EditorOpenUploadMutation = { createMediaUpload: { upload: { uploadId: string, uploadUrl: string, method: string, headers: Array<{ name: string, value: string }> } | null, errors: Array<
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'ImageEmptyError', message: string, path: Array<string> }
      | { __typename: 'MediaTooLargeError', message: string, path: Array<string> }
    > } };

export type EditorPreviewMutationVariables = Exact<{
  input: CreatePreviewLinkInput;
}>;


export type EditorPreviewMutation = { createPreviewLink: { link: { id: string, url: string | null, token: string | null, expiresAt: string } | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleTrashedError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'PreviewLifetimeOutOfRangeError', message: string, path: Array<string> }
      | { __typename: 'TooManyPreviewLinksError', message: string, path: Array<string> }
    > } };

export type EditorPreviewChangedSubscriptionVariables = Exact<{
  article: string;
}>;


export type EditorPreviewChangedSubscription = { previewChanged: { articleId: string } };

export type EditorPublishMutationVariables = Exact<{
  input: PublishArticleInput;
}>;


export type EditorPublishMutation = { publishArticle: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleIncompleteError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleTrashedError', message: string, path: Array<string> }
      | { __typename: 'ArticleUnderEmbargoError', message: string, path: Array<string> }
      | { __typename: 'CheckFailedError', message: string, path: Array<string>, rule: CheckRule }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'ImageAltMissingError', message: string, path: Array<string> }
      | { __typename: 'ImageCreditMissingError', message: string, path: Array<string> }
      | { __typename: 'ImageRightsExpiredError', message: string, path: Array<string> }
      | { __typename: 'ImageRightsNotBegunError', message: string, path: Array<string> }
      | { __typename: 'MediaNotFoundError', message: string, path: Array<string> }
      | { __typename: 'SecondPersonRequiredError', message: string, path: Array<string> }
      | { __typename: 'SlugReservedError', message: string, path: Array<string> }
      | { __typename: 'SlugTakenError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
      | { __typename: 'WarningsNotAcknowledgedError', message: string, path: Array<string>, warnings: Array<{ rule: CheckRule, severity: CheckSeverity, message: string, path: Array<string> }> }
    > } };

export type EditorReleaseLeaseMutationVariables = Exact<{
  input: ReleaseLeaseInput;
}>;


export type EditorReleaseLeaseMutation = { releaseLease: { lease: { isMine: boolean, expiresAt: string | null, present: Array<{ name: string, since: string, isMe: boolean, isHolder: boolean }> } | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'TabRequiredError', message: string, path: Array<string> }
    > } };

export type EditorRenewLeaseMutationVariables = Exact<{
  input: RenewLeaseInput;
}>;


export type EditorRenewLeaseMutation = { renewLease: { lease: { isMine: boolean, expiresAt: string | null, present: Array<{ name: string, since: string, isMe: boolean, isHolder: boolean }> } | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'TabRequiredError', message: string, path: Array<string> }
    > } };

export type EditorRequestChangesMutationVariables = Exact<{
  input: RequestChangesInput;
}>;


export type EditorRequestChangesMutation = { requestChanges: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotInReviewError', message: string, path: Array<string> }
      | { __typename: 'ArticleTrashedError', message: string, path: Array<string> }
      | { __typename: 'CommentRequiredError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'StaffNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
      | { __typename: 'TooManyCommentsError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type EditorRequestTakeMutationVariables = Exact<{
  input: RequestTakeInput;
}>;


export type EditorRequestTakeMutation = { requestTake: { take: EditedTakeFragment | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleTrashedError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'PersonaInactiveError', message: string, path: Array<string> }
      | { __typename: 'PersonaNotFoundError', message: string, path: Array<string> }
      | { __typename: 'StaffNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string>, currentVersion: number, changedBy: string, changedAt: string }
    > } };

export type EditorRequestTakeChangesMutationVariables = Exact<{
  input: RequestTakeChangesInput;
}>;


export type EditorRequestTakeChangesMutation = { requestTakeChanges: { take: EditedTakeFragment | null, errors: Array<
      | { __typename: 'CommentRequiredError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'StaffNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TakeNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TakeNotInReviewError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
      | { __typename: 'TooManyCommentsError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string>, currentVersion: number, changedBy: string, changedAt: string }
    > } };

export type EditorResolveCommentMutationVariables = Exact<{
  input: ResolveCommentInput;
}>;


export type EditorResolveCommentMutation = { resolveComment: { comment: { id: string, resolvedAt: string | null, resolvedBy: string | null } | null, errors: Array<
      | { __typename: 'CommentNotFoundError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
    > } };

export type EditorRestoreMutationVariables = Exact<{
  input: RestoreRevisionInput;
}>;


export type EditorRestoreMutation = { restoreRevision: { article: EditedFieldsFragment | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'RevisionNotFoundError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type EditorRetractTakeMutationVariables = Exact<{
  input: RetractTakeInput;
}>;


export type EditorRetractTakeMutation = { retractTake: { take: EditedTakeFragment | null, errors: Array<
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'RetractionReasonRequiredError', message: string, path: Array<string> }
      | { __typename: 'TakeNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string>, currentVersion: number, changedBy: string, changedAt: string }
    > } };

export type EditorRevisionsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type EditorRevisionsQuery = { desk: { article: { id: string, approvedRevisionId: string | null, revisions: { nodes: Array<{ id: string, number: number, savedAt: string, drafter: string, isAutosave: boolean, label: string | null, restoredFrom: string | null, approvedBy: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null } | null };

export type EditorSaveMutationVariables = Exact<{
  input: SaveArticleInput;
}>;


export type EditorSaveMutation = { saveArticle: { article: { id: string, version: number, slug: string, slugFollowsHeadline: boolean, updatedAt: string, updatedBy: string, revisionCount: number, review: ReviewState, approvedRevisionId: string | null, disclosure: string | null, trashedAt: string | null, hasUnpublishedChanges: boolean } | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'AuthorNotFoundError', message: string, path: Array<string> }
      | { __typename: 'BodyInvalidError', message: string, path: Array<string> }
      | { __typename: 'BodyTooDeepError', message: string, path: Array<string> }
      | { __typename: 'BodyTooLargeError', message: string, path: Array<string> }
      | { __typename: 'BodyTooManyLinesError', message: string, path: Array<string> }
      | { __typename: 'BodyTooManyNodesError', message: string, path: Array<string> }
      | { __typename: 'CategoryNotFoundError', message: string, path: Array<string> }
      | { __typename: 'EmbedHostNotAllowedError', message: string, path: Array<string> }
      | { __typename: 'HeadlineRequiredError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'LanguageMalformedError', message: string, path: Array<string> }
      | { __typename: 'LinkNotAllowedError', message: string, path: Array<string> }
      | { __typename: 'MediaNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ModelIsRecordedError', message: string, path: Array<string> }
      | { __typename: 'ModelNameRequiredError', message: string, path: Array<string> }
      | { __typename: 'SourceNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TagNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
      | { __typename: 'TooManyError', message: string, path: Array<string> }
      | { __typename: 'ToolNotFoundError', message: string, path: Array<string> }
      | { __typename: 'UnknownEmbedsError', message: string, path: Array<string> }
      | { __typename: 'UrlMalformedError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type EditorSaveTakeMutationVariables = Exact<{
  input: SaveTakeInput;
}>;


export type EditorSaveTakeMutation = { saveTake: { take: EditedTakeFragment | null, errors: Array<
      | { __typename: 'ConfidenceOutOfRangeError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'ModelIsRecordedError', message: string, path: Array<string> }
      | { __typename: 'ModelNameRequiredError', message: string, path: Array<string> }
      | { __typename: 'PersonaInactiveError', message: string, path: Array<string> }
      | { __typename: 'TakeIncompleteError', message: string, path: Array<string> }
      | { __typename: 'TakeNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TakeReplyElsewhereError', message: string, path: Array<string> }
      | { __typename: 'TakeReplyNestedError', message: string, path: Array<string> }
      | { __typename: 'TextTooLongError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string>, currentVersion: number, changedBy: string, changedAt: string }
    > } };

export type EditorScheduleMutationVariables = Exact<{
  input: ScheduleArticleInput;
}>;


export type EditorScheduleMutation = { scheduleArticle: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleIncompleteError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleReleasedError', message: string, path: Array<string> }
      | { __typename: 'ArticleTrashedError', message: string, path: Array<string> }
      | { __typename: 'ArticleUnderEmbargoError', message: string, path: Array<string> }
      | { __typename: 'CheckFailedError', message: string, path: Array<string>, rule: CheckRule }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'ImageAltMissingError', message: string, path: Array<string> }
      | { __typename: 'ImageCreditMissingError', message: string, path: Array<string> }
      | { __typename: 'ImageRightsExpiredError', message: string, path: Array<string> }
      | { __typename: 'ImageRightsNotBegunError', message: string, path: Array<string> }
      | { __typename: 'MediaNotFoundError', message: string, path: Array<string> }
      | { __typename: 'SecondPersonRequiredError', message: string, path: Array<string> }
      | { __typename: 'SlugReservedError', message: string, path: Array<string> }
      | { __typename: 'SlugTakenError', message: string, path: Array<string> }
      | { __typename: 'TimeNotAheadError', message: string, path: Array<string> }
      | { __typename: 'TimeRequiredError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
      | { __typename: 'WarningsNotAcknowledgedError', message: string, path: Array<string>, warnings: Array<{ rule: CheckRule, severity: CheckSeverity, message: string, path: Array<string> }> }
      | { __typename: 'WithdrawalScheduledError', message: string, path: Array<string> }
    > } };

export type EditorSubmitForReviewMutationVariables = Exact<{
  input: SubmitForReviewInput;
}>;


export type EditorSubmitForReviewMutation = { submitForReview: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleAlreadyApprovedError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleTrashedError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'StaffNotFoundError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type EditorSubmitTakeMutationVariables = Exact<{
  input: SubmitTakeInput;
}>;


export type EditorSubmitTakeMutation = { submitTake: { take: EditedTakeFragment | null, errors: Array<
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'TakeAlreadyApprovedError', message: string, path: Array<string> }
      | { __typename: 'TakeNotFoundError', message: string, path: Array<string> }
      | { __typename: 'TakeNotWrittenError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string>, currentVersion: number, changedBy: string, changedAt: string }
    > } };

export type EditorTagsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type EditorTagsQuery = { desk: { tags: { nodes: Array<{ id: string, name: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type EditorTakeOutOfTrashMutationVariables = Exact<{
  input: RestoreArticleInput;
}>;


export type EditorTakeOutOfTrashMutation = { restoreArticle: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type EditorTakeOverLeaseMutationVariables = Exact<{
  input: TakeOverLeaseInput;
}>;


export type EditorTakeOverLeaseMutation = { takeOverLease: { lease: { isMine: boolean, expiresAt: string | null, present: Array<{ name: string, since: string, isMe: boolean, isHolder: boolean }> } | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'TabRequiredError', message: string, path: Array<string> }
    > } };

export type EditorTermsQueryVariables = Exact<{ [key: string]: never; }>;


export type EditorTermsQuery = { desk: { people: { nodes: Array<{ id: string, name: string, role: Role }> } | null, categories: { nodes: Array<{ id: string, name: string }> } | null, tags: { nodes: Array<{ id: string, name: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null, sources: { nodes: Array<{ id: string, name: string, homepage: string | null }> } | null, authors: { nodes: Array<{ id: string, name: string }> } | null, tools: { nodes: Array<{ id: string, name: string, maker: string | null, url: string | null }> } | null } | null };

export type EditorTitleQueryVariables = Exact<{
  article: string;
}>;


export type EditorTitleQuery = { desk: { article: { id: string, headline: string } | null } | null };

export type EditorUnscheduleMutationVariables = Exact<{
  input: UnscheduleArticleInput;
}>;


export type EditorUnscheduleMutation = { unscheduleArticle: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotScheduledError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type EditorUpdateMutationVariables = Exact<{
  input: UpdateArticleInput;
}>;


export type EditorUpdateMutation = { updateArticle: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleIncompleteError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotPublishedError', message: string, path: Array<string> }
      | { __typename: 'ArticleTrashedError', message: string, path: Array<string> }
      | { __typename: 'ArticleUnderEmbargoError', message: string, path: Array<string> }
      | { __typename: 'CheckFailedError', message: string, path: Array<string>, rule: CheckRule }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'ImageAltMissingError', message: string, path: Array<string> }
      | { __typename: 'ImageCreditMissingError', message: string, path: Array<string> }
      | { __typename: 'ImageRightsExpiredError', message: string, path: Array<string> }
      | { __typename: 'ImageRightsNotBegunError', message: string, path: Array<string> }
      | { __typename: 'MediaNotFoundError', message: string, path: Array<string> }
      | { __typename: 'SecondPersonRequiredError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
      | { __typename: 'WarningsNotAcknowledgedError', message: string, path: Array<string>, warnings: Array<{ rule: CheckRule, severity: CheckSeverity, message: string, path: Array<string> }> }
    > } };

export type EditorViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type EditorViewerQuery = { viewer: { subject: string } | null };

export type EditorWithdrawFromReviewMutationVariables = Exact<{
  input: WithdrawFromReviewInput;
}>;


export type EditorWithdrawFromReviewMutation = { withdrawFromReview: { article: EditedStateFragment | null, errors: Array<
      | { __typename: 'ArticleNotFoundError', message: string, path: Array<string> }
      | { __typename: 'ArticleNotInReviewError', message: string, path: Array<string> }
      | { __typename: 'IdempotencyKeyReusedError', message: string, path: Array<string> }
      | { __typename: 'VersionConflictError', message: string, path: Array<string> }
    > } };

export type StudioImageChoicesQueryVariables = Exact<{
  text?: string | null | undefined;
}>;


export type StudioImageChoicesQuery = { desk: { media: { nodes: Array<{ id: string, fileName: string, alt: string | null, gap: MediaGap, image: { url: string }, rights: { expiresAt: string | null } }> } | null } | null };

/** What each document returns and needs, by its name. */
export interface Documents {
  EditorAcquireLease: { data: EditorAcquireLeaseMutation; variables: EditorAcquireLeaseMutationVariables };
  EditorAddComment: { data: EditorAddCommentMutation; variables: EditorAddCommentMutationVariables };
  EditorApprove: { data: EditorApproveMutation; variables: EditorApproveMutationVariables };
  EditorApproveTake: { data: EditorApproveTakeMutation; variables: EditorApproveTakeMutationVariables };
  EditorArticle: { data: EditorArticleQuery; variables: EditorArticleQueryVariables };
  EditorChangeSlug: { data: EditorChangeSlugMutation; variables: EditorChangeSlugMutationVariables };
  EditorChecks: { data: EditorChecksQuery; variables: EditorChecksQueryVariables };
  EditorComments: { data: EditorCommentsQuery; variables: EditorCommentsQueryVariables };
  EditorCommitUpload: { data: EditorCommitUploadMutation; variables: EditorCommitUploadMutationVariables };
  EditorCompare: { data: EditorCompareQuery; variables: EditorCompareQueryVariables };
  EditorConfirmTake: { data: EditorConfirmTakeMutation; variables: EditorConfirmTakeMutationVariables };
  EditorCorrect: { data: EditorCorrectMutation; variables: EditorCorrectMutationVariables };
  EditorCreateTag: { data: EditorCreateTagMutation; variables: EditorCreateTagMutationVariables };
  EditorDeleteComment: { data: EditorDeleteCommentMutation; variables: EditorDeleteCommentMutationVariables };
  EditorDraftTake: { data: EditorDraftTakeMutation; variables: EditorDraftTakeMutationVariables };
  EditorEmbargo: { data: EditorEmbargoMutation; variables: EditorEmbargoMutationVariables };
  EditorFind: { data: EditorFindQuery; variables: EditorFindQueryVariables };
  EditorImages: { data: EditorImagesQuery; variables: EditorImagesQueryVariables };
  EditorLabelRevision: { data: EditorLabelRevisionMutation; variables: EditorLabelRevisionMutationVariables };
  EditorLive: { data: EditorLiveQuery; variables: EditorLiveQueryVariables };
  EditorMedia: { data: EditorMediaQuery; variables: EditorMediaQueryVariables };
  EditorOpenUpload: { data: EditorOpenUploadMutation; variables: EditorOpenUploadMutationVariables };
  EditorPreview: { data: EditorPreviewMutation; variables: EditorPreviewMutationVariables };
  EditorPreviewChanged: { data: EditorPreviewChangedSubscription; variables: EditorPreviewChangedSubscriptionVariables };
  EditorPublish: { data: EditorPublishMutation; variables: EditorPublishMutationVariables };
  EditorReleaseLease: { data: EditorReleaseLeaseMutation; variables: EditorReleaseLeaseMutationVariables };
  EditorRenewLease: { data: EditorRenewLeaseMutation; variables: EditorRenewLeaseMutationVariables };
  EditorRequestChanges: { data: EditorRequestChangesMutation; variables: EditorRequestChangesMutationVariables };
  EditorRequestTake: { data: EditorRequestTakeMutation; variables: EditorRequestTakeMutationVariables };
  EditorRequestTakeChanges: { data: EditorRequestTakeChangesMutation; variables: EditorRequestTakeChangesMutationVariables };
  EditorResolveComment: { data: EditorResolveCommentMutation; variables: EditorResolveCommentMutationVariables };
  EditorRestore: { data: EditorRestoreMutation; variables: EditorRestoreMutationVariables };
  EditorRetractTake: { data: EditorRetractTakeMutation; variables: EditorRetractTakeMutationVariables };
  EditorRevisions: { data: EditorRevisionsQuery; variables: EditorRevisionsQueryVariables };
  EditorSave: { data: EditorSaveMutation; variables: EditorSaveMutationVariables };
  EditorSaveTake: { data: EditorSaveTakeMutation; variables: EditorSaveTakeMutationVariables };
  EditorSchedule: { data: EditorScheduleMutation; variables: EditorScheduleMutationVariables };
  EditorSubmitForReview: { data: EditorSubmitForReviewMutation; variables: EditorSubmitForReviewMutationVariables };
  EditorSubmitTake: { data: EditorSubmitTakeMutation; variables: EditorSubmitTakeMutationVariables };
  EditorTags: { data: EditorTagsQuery; variables: EditorTagsQueryVariables };
  EditorTakeOutOfTrash: { data: EditorTakeOutOfTrashMutation; variables: EditorTakeOutOfTrashMutationVariables };
  EditorTakeOverLease: { data: EditorTakeOverLeaseMutation; variables: EditorTakeOverLeaseMutationVariables };
  EditorTerms: { data: EditorTermsQuery; variables: EditorTermsQueryVariables };
  EditorTitle: { data: EditorTitleQuery; variables: EditorTitleQueryVariables };
  EditorUnschedule: { data: EditorUnscheduleMutation; variables: EditorUnscheduleMutationVariables };
  EditorUpdate: { data: EditorUpdateMutation; variables: EditorUpdateMutationVariables };
  EditorViewer: { data: EditorViewerQuery; variables: EditorViewerQueryVariables };
  EditorWithdrawFromReview: { data: EditorWithdrawFromReviewMutation; variables: EditorWithdrawFromReviewMutationVariables };
  StudioImageChoices: { data: StudioImageChoicesQuery; variables: StudioImageChoicesQueryVariables };
}
