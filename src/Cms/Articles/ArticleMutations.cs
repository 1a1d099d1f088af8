using Cms.Articles.Drafting;
using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.Authors;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;

namespace Cms.Articles;

[MutationType]
public static class ArticleMutations
{
    /// <summary>Creates an article. Readers cannot see it until it is published.</summary>
    [Authorize(Policies.Author)]
    [Payload("article")]
    [Errors<SlugTaken, SlugMalformed, SlugReserved>]
    [Errors<HeadlineRequired, TextTooLong, UrlMalformed, LanguageMalformed, TooMany>]
    [Errors<CategoryNotFound, SourceNotFound, TagNotFound, AuthorNotFound, ToolNotFound, MediaNotFound>]
    [Errors<BodyInvalid, LinkNotAllowed, BodyTooLarge, BodyTooDeep, BodyTooManyNodes, BodyTooManyLines, UnknownEmbeds>]
    [Errors<EmbedHostNotAllowed, ModelNameRequired>]
    public static Task<Result<Article>> CreateArticleAsync(
        NewArticle input,
        Viewer viewer,
        [Service] CreateArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Saves the working copy. The public article does not change. Authors can save the articles they work on; editors
    /// can save any article. A new headline also makes a new slug while `slugFollowsHeadline` is true.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict>]
    [Errors<HeadlineRequired, TextTooLong, UrlMalformed, LanguageMalformed, TooMany>]
    [Errors<CategoryNotFound, SourceNotFound, TagNotFound, AuthorNotFound, ToolNotFound, MediaNotFound>]
    [Errors<BodyInvalid, LinkNotAllowed, BodyTooLarge, BodyTooDeep, BodyTooManyNodes, BodyTooManyLines, UnknownEmbeds>]
    [Errors<EmbedHostNotAllowed, ModelNameRequired, ModelIsRecorded>]
    public static Task<Result<Article>> SaveArticleAsync(
        EditedArticle input,
        Viewer viewer,
        [Service] SaveArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Publishes the working copy and the approved takes, and cancels any schedule. If both are already public, no new
    /// edition is created.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleTrashed, ArticleIncomplete, ArticleUnderEmbargo>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    [Errors<SlugTaken, SlugReserved, CheckFailed, WarningsNotAcknowledged, SecondPersonRequired>]
    public static Task<Result<Article>> PublishArticleAsync(
        PublishArticleInput input,
        Viewer viewer,
        [Service] PublishArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Publishes the working copy and the approved takes of a published article as a new edition, without a note. If
    /// readers already see both, no new edition is made.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotPublished, ArticleTrashed, ArticleIncomplete>]
    [Errors<ArticleUnderEmbargo>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    [Errors<CheckFailed, WarningsNotAcknowledged, SecondPersonRequired>]
    public static Task<Result<Article>> UpdateArticleAsync(
        UpdateArticleInput input,
        Viewer viewer,
        [Service] UpdateArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Publishes the working copy and the approved takes with a public note that says what was wrong.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotPublished, NoteRequired, TextTooLong, ArticleIncomplete>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    [Errors<CheckFailed, WarningsNotAcknowledged, SecondPersonRequired>]
    public static Task<Result<Article>> CorrectArticleAsync(
        CorrectArticleInput input,
        Viewer viewer,
        [Service] CorrectArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Immediately removes an article from all public lists and pages, and publishes the reason. If it is
    /// embedded in a published article, contained in a front or named in the notice of a withdrawn article, it is not
    /// withdrawn and the error lists these uses, unless you set `acknowledgeUse` to true.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotPublished, ArticleAlreadyWithdrawn, ArticleInUse>]
    [Errors<ReasonRequired, TextTooLong, SuccessorNotFound, AcknowledgementTooEarly>]
    public static Task<Result<Article>> WithdrawArticleAsync(
        WithdrawArticleInput input,
        Viewer viewer,
        [Service] WithdrawArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Schedules the current working copy for publication, with the takes that are approved by then. Later saves are
    /// not included. Schedule the article again to include them or to change the time.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleTrashed, ArticleIncomplete, ArticleUnderEmbargo>]
    [Errors<TimeRequired, TimeNotAhead, WithdrawalScheduled, ArticleReleased>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    [Errors<SlugTaken, SlugReserved, CheckFailed, WarningsNotAcknowledged, SecondPersonRequired>]
    public static Task<Result<Article>> ScheduleArticleAsync(
        ScheduleArticleInput input,
        Viewer viewer,
        [Service] ScheduleArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Releases the current working copy and the approved takes to partners with early access, puts the article under
    /// embargo until a given time, and schedules it for that time. Readers see nothing before then. To include later
    /// saves or to change the time, release the article again. To recall it, use unscheduleArticle.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleTrashed, ArticleAlreadyPublished, ArticleIncomplete>]
    [Errors<ArticleUnderEmbargo, TimeRequired, TimeNotAhead, WithdrawalScheduled>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    [Errors<SlugTaken, SlugReserved, CheckFailed, WarningsNotAcknowledged, SecondPersonRequired>]
    public static Task<Result<Article>> ReleaseUnderEmbargoAsync(
        ReleaseUnderEmbargoInput input,
        Viewer viewer,
        [Service] ReleaseUnderEmbargo operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Cancels the scheduled publication of an article, and recalls it from partners if it is released under embargo.
    /// The embargo stays. The public article does not change.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotScheduled>]
    public static Task<Result<Article>> UnscheduleArticleAsync(
        UnscheduleArticleInput input,
        Viewer viewer,
        [Service] UnscheduleArticle operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Prevents publication of an article before a time, or lifts the embargo. The end of an embargo publishes the
    /// article only if it is released under embargo. Lifting the embargo of such an article recalls it from partners
    /// and keeps its schedule.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleAlreadyPublished, ArticleScheduled, ArticleReleased>]
    [Errors<ArticleTrashed>]
    [Errors<TimeRequired, TimeNotAhead>]
    public static Task<Result<Article>> SetEmbargoAsync(
        SetEmbargoInput input,
        Viewer viewer,
        [Service] SetEmbargo operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Schedules the withdrawal of an article that is published, or that will be by then. Updates and corrections do
    /// not change the scheduled withdrawal. Scheduling again replaces it.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, ArticleNotPublished, TimeRequired, TimeNotAhead, WithdrawalTooEarly>]
    [Errors<ReasonRequired, TextTooLong, SuccessorNotFound, AcknowledgementTooEarly, ArticleInUse>]
    public static Task<Result<Article>> ScheduleWithdrawalAsync(
        ScheduleWithdrawalInput input,
        Viewer viewer,
        [Service] ScheduleWithdrawal operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Cancels the scheduled withdrawal of an article. The public article does not change.</summary>
    [Authorize(Policies.Editor)]
    [Payload("article")]
    [Errors<ArticleNotFound, VersionConflict, WithdrawalNotScheduled>]
    public static Task<Result<Article>> UnscheduleWithdrawalAsync(
        UnscheduleWithdrawalInput input,
        Viewer viewer,
        [Service] UnscheduleWithdrawal operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Restores the content of an earlier revision as a new revision. No revision is lost.</summary>
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
