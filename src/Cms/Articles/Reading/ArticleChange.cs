using Cms.Articles.Preview;
using Cms.Changes;
using Cms.GraphQL;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Articles.Reading;

/// <summary>How a published article changed.</summary>
public enum ArticleChangeKind
{
    /// <summary>The article was published, for the first time or again after a withdrawal.</summary>
    Published,

    /// <summary>The article changed in any other way, for example in its text, takes or slug.</summary>
    Updated,

    /// <summary>A mistake was corrected.</summary>
    Corrected,
}

/// <summary>An article was published, or a published article changed.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="ArticleId">The article's id.</param>
/// <param name="Kind">How the article changed.</param>
public sealed record ArticleUpserted(
    string Cursor,
    DateTimeOffset OccurredAt,
    ArticleId ArticleId,
    ArticleChangeKind Kind
) : IChange;

/// <summary>
/// An article was withdrawn. This change stays in the log permanently, so that clients can delete every copy.
/// </summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="ArticleId">The article's id.</param>
/// <param name="Tombstone">The edition that gives the reason.</param>
public sealed record ArticleRemoved(string Cursor, DateTimeOffset OccurredAt, ArticleId ArticleId, EditionId Tombstone)
    : IChange;

/// <summary>
/// An article left a partner's agreement: the article or the agreement changed. Delete every copy. Only partners receive
/// this change.
/// </summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleExcluded(string Cursor, DateTimeOffset OccurredAt, ArticleId ArticleId) : IChange;

[ObjectType<ArticleUpserted>]
public static class ArticleUpsertedNode
{
    /// <summary>
    /// The current article; null if it has been withdrawn since. A later change reports the withdrawal.
    /// </summary>
    public static IDataLoaderResult<PublicArticle?> GetArticleAsync(
        [Parent] ArticleUpserted change,
        [Service] ShownArticles articles,
        IResolveFieldContext context
    ) => articles.Load(change.ArticleId, context.Asked<PublicArticle>());
}

[ObjectType<ArticleRemoved>(Bind = Bind.Explicit, Fields = ["Cursor", "OccurredAt", "ArticleId"])]
public static class ArticleRemovedNode
{
    /// <summary>The public reason for the withdrawal.</summary>
    public static IDataLoaderResult<string> GetReasonAsync(
        [Parent] ArticleRemoved change,
        [Service] TombstoneById tombstones
    ) => tombstones.Load(change.Tombstone, ColumnSet.All).Then(tombstone => tombstone?.Reason ?? "");

    /// <summary>The kind of withdrawal, for systems that hold copies of the article.</summary>
    public static IDataLoaderResult<WithdrawalKind> GetKindAsync(
        [Parent] ArticleRemoved change,
        [Service] TombstoneById tombstones
    ) => tombstones.Load(change.Tombstone, ColumnSet.All).Then(tombstone => tombstone?.Kind ?? WithdrawalKind.Normal);

    /// <summary>The time by which partners must confirm the withdrawal; null if there is no deadline.</summary>
    public static IDataLoaderResult<DateTimeOffset?> GetAcknowledgeByAsync(
        [Parent] ArticleRemoved change,
        [Service] TombstoneById tombstones
    ) => tombstones.Load(change.Tombstone, ColumnSet.All).Then(tombstone => tombstone?.AcknowledgeBy);

    /// <summary>The article to read instead; null if there is none.</summary>
    public static IDataLoaderResult<IDataLoaderResult<PublicArticle?>?> GetSuccessorAsync(
        [Parent] ArticleRemoved change,
        [Service] TombstoneById tombstones,
        [Service] ShownArticles articles,
        IResolveFieldContext context
    )
    {
        var columns = context.Asked<PublicArticle>();
        return tombstones
            .Load(change.Tombstone, ColumnSet.All)
            .Then(tombstone => tombstone?.SuccessorId is { } id ? articles.Load(id, columns) : null);
    }
}
