using Cms.Access;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Authors;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.References;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;
using AuthorizeAttribute = Cms.GraphQL.AuthorizeAttribute;

namespace Cms.Articles.Desk;

/// <summary>
/// An article as staff see it: its working copy, which is its newest revision, and its publication status.
/// </summary>
[ObjectType<Article>(
    Name = "DeskArticle",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Article.Id),
        nameof(Article.Slug),
        nameof(Article.SlugFollowsHeadline),
        nameof(Article.Status),
        nameof(Article.Version),
        nameof(Article.RevisionCount),
        nameof(Article.CorrectionCount),
        nameof(Article.FirstPublishedAt),
        nameof(Article.PublishedAt),
        nameof(Article.ScheduledAt),
        nameof(Article.ScheduleRefusal),
        nameof(Article.EmbargoUntil),
        nameof(Article.WithdrawAt),
        nameof(Article.Review),
        nameof(Article.DueAt),
        nameof(Article.TrashedAt),
        nameof(Article.CreatedAt),
        nameof(Article.UpdatedAt),
        nameof(Article.UpdatedBy),
    ]
)]
public static class DeskArticleNode
{
    /// <summary>The number of the edition that readers see now; null if they see none.</summary>
    public static int? GetPublishedEdition([Parent] Article article) =>
        article.LiveEditionId is null ? null : article.EditionCount;

    /// <summary>When the scheduled revision will be published, in the newsroom's time zone; null if none is scheduled.</summary>
    public static DateTime? GetScheduledAtLocal(
        [Parent(nameof(Article.ScheduledAt))] Article article,
        [Service] NewsroomTime newsroom
    ) => article.ScheduledAt is { } at ? newsroom.LocalOf(at) : null;

    /// <summary>When the embargo ends, in the newsroom's time zone; null if there is no embargo.</summary>
    public static DateTime? GetEmbargoUntilLocal(
        [Parent(nameof(Article.EmbargoUntil))] Article article,
        [Service] NewsroomTime newsroom
    ) => article.EmbargoUntil is { } until ? newsroom.LocalOf(until) : null;

    /// <summary>When the article will be withdrawn, in the newsroom's time zone; null if that is not scheduled.</summary>
    public static DateTime? GetWithdrawAtLocal(
        [Parent(nameof(Article.WithdrawAt))] Article article,
        [Service] NewsroomTime newsroom
    ) => article.WithdrawAt is { } at ? newsroom.LocalOf(at) : null;

    /// <summary>The withdrawal that is scheduled; null if none is.</summary>
    public static PlannedWithdrawal? GetPlannedWithdrawal([Parent] Article article) => article.PlannedWithdrawal;

    /// <summary>When the article should be finished, in the newsroom's time zone; null if no date is set.</summary>
    public static DateTime? GetDueAtLocal(
        [Parent(nameof(Article.DueAt))] Article article,
        [Service] NewsroomTime newsroom
    ) => article.DueAt is { } at ? newsroom.LocalOf(at) : null;

    /// <summary>The person who writes the article; null if nobody is assigned.</summary>
    public static IDataLoaderResult<StaffMember?>? GetAssigneeAsync(
        [Parent(nameof(Article.AssigneeKey))] Article article,
        [Service] StaffByKey staff
    ) => article.AssigneeKey is { } key ? staff.Load(key) : null;

    /// <summary>The person who is asked to review the article; null if no specific person is asked.</summary>
    public static IDataLoaderResult<StaffMember?>? GetReviewerAsync(
        [Parent(nameof(Article.ReviewerKey))] Article article,
        [Service] StaffByKey staff
    ) => article.ReviewerKey is { } key ? staff.Load(key) : null;

    /// <summary>
    /// The id of the approved revision, which is always the newest one; null unless the review is APPROVED.
    /// </summary>
    public static RevisionId? GetApprovedRevisionId([Parent(nameof(Article.ApprovedRevisionId))] Article article) =>
        article.ApprovedRevisionId;

    /// <summary>Who scheduled the article; null if it is not scheduled.</summary>
    public static string? GetScheduledBy([Parent] Article article) => article.ScheduledBy?.Name;

    /// <summary>
    /// The revision that will be published at scheduledAt; null if none is scheduled. Schedule the article again to
    /// include later saves.
    /// </summary>
    public static IDataLoaderResult<WorkingCopy?> GetScheduledRevisionAsync(
        [Parent(nameof(Article.ScheduledRevisionId))] Article article,
        [Service] WorkingCopyById copies,
        IResolveFieldContext context
    ) =>
        article.ScheduledRevisionId is { } id
            ? copies.Load(id, context.Asked<WorkingCopy>())
            : LoaderResults.Ready<WorkingCopy?>(null);

    /// <summary>
    /// The edition that is released to partners with early access, under embargo until `embargoUntil`; null if no
    /// edition is released.
    /// </summary>
    public static IDataLoaderResult<DeskAdvance?> GetAdvanceAsync(
        [Parent(nameof(Article.AdvanceEditionId))] Article article,
        [Service] AdvanceOfArticle advances
    ) => article.AdvanceEditionId is null ? LoaderResults.Ready<DeskAdvance?>(null) : advances.Load(article.Id);

    /// <summary>The headline.</summary>
    public static IDataLoaderResult<string> GetHeadlineAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) => copies.Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.Headline))).Then(copy => copy!.Headline);

    /// <summary>The summary; null if there is none.</summary>
    public static IDataLoaderResult<string?> GetSummaryAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) => copies.Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.Summary))).Then(copy => copy!.Summary);

    /// <summary>The AI model that drafted the working copy; null if a person did.</summary>
    public static IDataLoaderResult<DraftedWith?> GetDraftedWithAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) =>
        copies
            .Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.DraftedWith)))
            .Then(copy => copy!.DraftedWith);

    /// <summary>
    /// The AI disclosure that readers would see if the working copy were published now; null if there is nothing to
    /// disclose.
    /// </summary>
    public static IDataLoaderResult<string?> GetDisclosureAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) =>
        copies
            .Load(
                article.Id,
                Columns.Set<WorkingCopy>(
                    nameof(WorkingCopy.DraftedWith),
                    nameof(WorkingCopy.EditedBy),
                    nameof(WorkingCopy.ApprovedBy)
                )
            )
            .Then(copy => Disclosures.Of(copy!));

    /// <summary>The body; null if nothing has been written yet.</summary>
    public static IDataLoaderResult<PublicBody?> GetBodyAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) =>
        copies
            .Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.Body)))
            .Then(copy => copy!.Body is { } json ? new PublicBody(json, isPrivate: true) : null);

    /// <summary>The number of words in the body, not counting code.</summary>
    public static IDataLoaderResult<int> GetWordCountAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) => copies.Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.WordCount))).Then(copy => copy!.WordCount);

    /// <summary>The URL of the original story; null if there is none.</summary>
    [Url]
    public static IDataLoaderResult<string?> GetSourceUrlAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) => copies.Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.SourceUrl))).Then(copy => copy!.SourceUrl);

    /// <summary>When the original story was published; null if unknown.</summary>
    public static IDataLoaderResult<DateOnly?> GetSourcePublishedOnAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) =>
        copies
            .Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.SourcePublishedOn)))
            .Then(copy => copy!.SourcePublishedOn);

    /// <summary>The byline as written; null if none was written.</summary>
    public static IDataLoaderResult<string?> GetBylineAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) => copies.Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.Byline))).Then(copy => copy!.Byline);

    /// <summary>The language of the text (BCP 47).</summary>
    public static IDataLoaderResult<string> GetLanguageAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) => copies.Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.Language))).Then(copy => copy!.Language);

    /// <summary>Metadata for search engines and link previews, where it differs from the article.</summary>
    public static IDataLoaderResult<Seo> GetSeoAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) =>
        copies.Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.Seo))).Then(copy => copy!.Seo ?? new Seo());

    /// <summary>
    /// The image at the top of the article, or the image's substitute if the rights in the image have ended; null if
    /// neither can be shown.
    /// </summary>
    public static IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<ShownImage?>>?> GetHeroImageAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies,
        [Service] ShownImages images
    ) =>
        copies
            .Load(
                article.Id,
                Columns.Set<WorkingCopy>(
                    nameof(WorkingCopy.HeroImageId),
                    nameof(WorkingCopy.HeroAlt),
                    nameof(WorkingCopy.HeroCaption)
                )
            )
            .Then(copy =>
                copy!.HeroImageId is { } id ? images.Of(id, copy.HeroAlt, copy.HeroCaption, isPrivate: true) : null
            );

    /// <summary>
    /// The image at the top of the article as it was saved, whether or not it may be shown now. Send it back unchanged
    /// to keep the image. Null if the article has none.
    /// </summary>
    public static IDataLoaderResult<DeskHeroReference?> GetHeroReferenceAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies
    ) =>
        copies
            .Load(
                article.Id,
                Columns.Set<WorkingCopy>(
                    nameof(WorkingCopy.HeroImageId),
                    nameof(WorkingCopy.HeroAlt),
                    nameof(WorkingCopy.HeroCaption)
                )
            )
            .Then(copy =>
                copy!.HeroImageId is { } id ? new DeskHeroReference(id, copy.HeroAlt, copy.HeroCaption) : null
            );

    /// <summary>The category that the article belongs to; null if there is none.</summary>
    public static IDataLoaderResult<IDataLoaderResult<Category?>> GetCategoryAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies,
        [Service] CategoryById categories,
        IResolveFieldContext context
    )
    {
        var columns = context.Asked<Category>();
        return copies
            .Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.CategoryId)))
            .Then(copy =>
                copy!.CategoryId is { } id ? categories.Load(id, columns) : LoaderResults.Ready<Category?>(null)
            );
    }

    /// <summary>The publication that the story comes from; null for the newsroom's own stories.</summary>
    public static IDataLoaderResult<IDataLoaderResult<Source?>> GetSourceAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies,
        [Service] SourceById sources,
        IResolveFieldContext context
    )
    {
        var columns = context.Asked<Source>();
        return copies
            .Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.SourceId)))
            .Then(copy => copy!.SourceId is { } id ? sources.Load(id, columns) : LoaderResults.Ready<Source?>(null));
    }

    /// <summary>The article's tags, in the order that the editor chose.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<IDataLoaderResult<List<Tag>>> GetTagsAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies,
        [Service] TagById tags,
        IResolveFieldContext context
    )
    {
        var columns = context.Asked<Tag>();
        return copies
            .Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.Tags)))
            .Then(copy => tags.LoadDistinct(copy!.Tags, columns));
    }

    /// <summary>The article's authors, in the order in which to show them.</summary>
    [ListSize(2)]
    public static IDataLoaderResult<IDataLoaderResult<List<Author>>> GetAuthorsAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies,
        [Service] AuthorById authors,
        IResolveFieldContext context
    )
    {
        var columns = context.Asked<Author>();
        return copies
            .Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.Authors)))
            .Then(copy => authors.LoadDistinct(copy!.Authors, columns));
    }

    /// <summary>The tools that the article is about, most important first.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<IDataLoaderResult<List<PublicTool>>> GetAboutAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] WorkingCopyOfArticle copies,
        [Service] ToolById tools,
        IResolveFieldContext context
    )
    {
        var columns = context.Asked<PublicTool>();
        return copies
            .Load(article.Id, Columns.Set<WorkingCopy>(nameof(WorkingCopy.Tools)))
            .Then(copy => tools.LoadMany(copy!.Tools, columns).Then(found => found.OfType<PublicTool>().ToList()));
    }

    /// <summary>
    /// What uses the article: articles that embed it, fronts that contain it, notices of withdrawn articles that name
    /// it as the article to read instead, its takes and readers' bookmarks.
    /// </summary>
    /// <param name="first">The maximum number of uses to list: 1–100, default 20.</param>
    [Cost(10)]
    [Authorize(Policies.Editor)]
    public static IDataLoaderResult<Usages> GetUsedByAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] ListUsages usages,
        int first = 20
    ) => usages.Of(article.Id, first);

    /// <summary>All revisions, newest first.</summary>
    [Cost(5)]
    public static IDataLoaderResult<Connection<WorkingCopy>> GetRevisionsAsync(
        [Parent] Article article,
        PageArguments page,
        [Service] RevisionsByArticle revisions,
        IResolveFieldContext context
    ) => revisions.Load((article.Id, article.RevisionCount, page), context.AskedOfNodes<WorkingCopy>());
}

/// <summary>A withdrawal that is scheduled.</summary>
[ObjectType<PlannedWithdrawal>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(PlannedWithdrawal.Reason),
        nameof(PlannedWithdrawal.Kind),
        nameof(PlannedWithdrawal.SuccessorId),
        nameof(PlannedWithdrawal.AcknowledgeBy),
    ]
)]
public static class PlannedWithdrawalNode
{
    /// <summary>Who scheduled the withdrawal.</summary>
    public static string GetScheduledBy([Parent] PlannedWithdrawal plan) => plan.By.Name;
}

/// <summary>The image at the top of a working copy, as it was saved.</summary>
/// <param name="MediaId">The id of the image.</param>
/// <param name="Alt">The alternative text that replaces the image's own; null to use the image's.</param>
/// <param name="Caption">The caption that replaces the image's own; null to use the image's.</param>
public sealed record DeskHeroReference(MediaId MediaId, string? Alt, string? Caption);

/// <summary>The content of an article after one save, or after a series of autosaves by one person.</summary>
[ObjectType<WorkingCopy>(
    Name = "DeskRevision",
    Bind = Bind.Explicit,
    Fields = [
        nameof(WorkingCopy.Id),
        nameof(WorkingCopy.Number),
        nameof(WorkingCopy.Headline),
        nameof(WorkingCopy.Summary),
        nameof(WorkingCopy.CreatedAt),
        nameof(WorkingCopy.SavedAt),
        nameof(WorkingCopy.IsAutosave),
        nameof(WorkingCopy.Label),
        nameof(WorkingCopy.RestoredFrom),
        nameof(WorkingCopy.DraftedWith),
        nameof(WorkingCopy.ApprovedBy),
    ]
)]
public static class DeskRevisionNode
{
    /// <summary>The body; null if nothing has been written yet.</summary>
    public static PublicBody? GetBody([Parent(nameof(WorkingCopy.Body))] WorkingCopy copy) =>
        copy.Body is { } json ? new PublicBody(json, isPrivate: true) : null;

    /// <summary>Who saved the revision.</summary>
    public static string GetDrafter([Parent(nameof(WorkingCopy.DrafterName))] WorkingCopy copy) => copy.DrafterName;
}

/// <summary>Metadata for search engines and link previews, as the editor entered it.</summary>
[ObjectType<Seo>(Name = "DeskSeo")]
public static class DeskSeoNode
{
    /// <summary>
    /// The URL that search engines should list instead of the article's URL (RFC 6596); null if there is none.
    /// </summary>
    [Url]
    public static string? GetCanonicalUrl([Parent] Seo seo) => seo.CanonicalUrl;
}
