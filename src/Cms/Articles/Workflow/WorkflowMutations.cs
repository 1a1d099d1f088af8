using Cms.Access;
using Cms.Articles.Comments;
using Cms.Articles.Drafting;
using Cms.Articles.Gate;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Workflow;

[MutationType]
public static class WorkflowMutations
{
    /// <summary>Assigns an article to a member of staff, and sets when it is due.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, StaffNotFound, ArticleTrashed>]
    public static Task<Result<Article>> AssignArticleAsync(
        AssignArticleInput input,
        Viewer viewer,
        [Service] AssignArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Carries out one action on up to 100 articles. Each article is changed separately, so one failure does not affect
    /// the others: read the result of each.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("bulk", Words = "results, one per article")]
    [Cost(500)]
    [Errors<BulkValueRequired, ArticleNotSaved>]
    public static Task<Result<BulkResult>> BulkArticlesAsync(
        BulkArticlesInput input,
        Viewer viewer,
        [Service] BulkArticles operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Submits the newest revision of an article for review. Authors can submit the articles they work on. Submitting
    /// again can change the reviewer.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, StaffNotFound, ArticleAlreadyApproved, ArticleTrashed>]
    public static Task<Result<Article>> SubmitForReviewAsync(
        SubmitForReviewInput input,
        Viewer viewer,
        [Service] SubmitForReview operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Takes an article back from review. Authors can take back the articles they work on.</summary>
    [Authorize(Policies.Author)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotInReview>]
    public static Task<Result<Article>> WithdrawFromReviewAsync(
        WithdrawFromReviewInput input,
        Viewer viewer,
        [Service] WithdrawFromReview operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Asks the author of an article for changes. The comment says which.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotInReview, ArticleTrashed>]
    [Errors<CommentRequired, TextTooLong, TooManyComments, StaffNotFound>]
    public static Task<Result<Article>> RequestChangesAsync(
        RequestChangesInput input,
        Viewer viewer,
        [Service] RequestChanges operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Approves the newest revision of an article. The approval applies only to that revision: the next save puts the
    /// article in review again. If the newsroom requires a second person to approve or publish each article, nobody can
    /// approve a revision that they drafted.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotInReview, RevisionNotNewest, SecondPersonRequired>]
    [Errors<ArticleTrashed>]
    public static Task<Result<Article>> ApproveArticleAsync(
        ApproveArticleInput input,
        Viewer viewer,
        [Service] ApproveArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Sets the slug of an article, which no longer follows the headline then. If the article is published, this makes an
    /// edition with the same content, and the old URL redirects to the new one. A slug under which another article was
    /// public cannot be used.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, SlugTaken, SlugMalformed, SlugReserved, ArticleReleased>]
    public static Task<Result<Article>> ChangeSlugAsync(
        ChangeSlugInput input,
        Viewer viewer,
        [Service] ChangeSlug operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Puts an article in the trash and cancels its schedule. Its revisions stay, and it can be restored. A published
    /// article must be withdrawn first. If it is embedded in a published article, contained in a front or named in the
    /// notice of a withdrawn article, it is not put in the trash and the error lists these uses, unless you set
    /// `acknowledgeUse` to true.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleStillPublished, ArticleInUse>]
    public static Task<Result<Article>> TrashArticleAsync(
        TrashArticleInput input,
        Viewer viewer,
        [Service] TrashArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Takes an article out of the trash.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict>]
    public static Task<Result<Article>> RestoreArticleAsync(
        RestoreArticleInput input,
        Viewer viewer,
        [Service] RestoreArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Permanently deletes an article in the trash, with its revisions, takes and comments. An article that was ever
    /// public cannot be deleted. If something uses it, such as an article that embeds it or a front that contains it, it
    /// is not deleted and the error lists the uses, unless you set `acknowledgeUse` to true.
    /// </summary>
    [Authorize(Policies.Admin)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotTrashed, ArticleWasPublished, ArticleInUse>]
    public static Task<Result<DeletedArticle>> DeleteArticleAsync(
        DeleteArticleInput input,
        Viewer viewer,
        [Service] DeleteArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Names a revision, so that it is easy to find. Autosaves do not replace a revision that has a name.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("article")]
    [Errors<ArticleNotFound, RevisionNotFound, TextTooLong>]
    public static Task<Result<Article>> LabelRevisionAsync(
        LabelRevisionInput input,
        Viewer viewer,
        [Service] LabelRevision operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
