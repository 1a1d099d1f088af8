using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;

namespace Cms.Articles;

[MutationType]
public static class ArticleMutations
{
    /// <summary>Begins a story. Readers see nothing of it until it is published.</summary>
    [Authorize(Policies.Author)]
    [Payload("article")]
    [Errors<SlugTaken, SlugMalformed>]
    [Errors<HeadlineRequired, TextTooLong, UrlMalformed, LanguageMalformed, TooMany>]
    [Errors<CategoryNotFound, SourceNotFound, TagNotFound, ToolNotFound, MediaNotFound>]
    [Errors<BodyInvalid, LinkNotAllowed, BodyTooLarge, BodyTooDeep, BodyTooManyNodes, BodyTooManyLines, UnknownEmbeds>]
    public static Task<Result<Article>> CreateArticleAsync(
        NewArticle input,
        Viewer viewer,
        [Service] CreateArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>Keeps the working copy. What readers see stays as it is; an author saves what they wrote on, an editor anything.</summary>
    [Authorize(Policies.Author)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict>]
    [Errors<HeadlineRequired, TextTooLong, UrlMalformed, LanguageMalformed, TooMany>]
    [Errors<CategoryNotFound, SourceNotFound, TagNotFound, ToolNotFound, MediaNotFound>]
    [Errors<BodyInvalid, LinkNotAllowed, BodyTooLarge, BodyTooDeep, BodyTooManyNodes, BodyTooManyLines, UnknownEmbeds>]
    public static Task<Result<Article>> SaveArticleAsync(
        EditedArticle input,
        Viewer viewer,
        [Service] SaveArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>Puts the working copy and the approved takes before readers. Publishing again what they see already changes nothing.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleIncomplete, ArticleUnderEmbargo>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    public static Task<Result<Article>> PublishArticleAsync(
        PublishArticleInput input,
        Viewer viewer,
        [Service] PublishArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Puts the working copy before readers with a public note of what was wrong.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotPublished, NoteRequired, TextTooLong, ArticleIncomplete>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    public static Task<Result<Article>> CorrectArticleAsync(
        CorrectArticleInput input,
        Viewer viewer,
        [Service] CorrectArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Takes an article from readers at once, everywhere, and leaves a tombstone that says why.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotPublished, ReasonRequired, TextTooLong, SuccessorNotFound>]
    public static Task<Result<Article>> WithdrawArticleAsync(
        WithdrawArticleInput input,
        Viewer viewer,
        [Service] WithdrawArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Lets the working copy as it stands go before readers at a time to come, with the takes that are approved by then.
    /// Scheduling again moves the time, and takes in what was saved since.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleIncomplete, TimeNotAhead, ArticleUnderEmbargo>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    public static Task<Result<Article>> ScheduleArticleAsync(
        ScheduleArticleInput input,
        Viewer viewer,
        [Service] ScheduleArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Takes an article off the schedule. What readers see stays as it is.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotScheduled>]
    public static Task<Result<Article>> UnscheduleArticleAsync(
        UnscheduleArticleInput input,
        Viewer viewer,
        [Service] UnscheduleArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Keeps an article from being published before a time, or lifts that. It publishes nothing when the time comes.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, TimeNotAhead, ArticleAlreadyPublished, ArticleScheduled>]
    public static Task<Result<Article>> SetEmbargoAsync(
        SetEmbargoInput input,
        Viewer viewer,
        [Service] SetEmbargo operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Brings back an earlier working copy as a new revision, so that nothing in between is lost.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, RevisionNotFound>]
    public static Task<Result<Article>> RestoreRevisionAsync(
        RestoreRevisionInput input,
        Viewer viewer,
        [Service] RestoreRevision operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
