using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Articles.Reading;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Reading;
using Cms.Reading;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Bookmarks;

/// <summary>Loads the targets of bookmarks, using the loader for each kind.</summary>
public sealed class BookmarkTargets(
    ShownArticles shown,
    ArticleById articles,
    ToolById tools,
    TakeById takes,
    ChangesSinceEdition changes
)
{
    private static readonly ColumnSet EditionNumber = Columns.Set<PublicArticle>(nameof(PublicArticle.EditionNumber));
    private static readonly ColumnSet ToolVersion = Columns.Set<PublicTool>(nameof(PublicTool.Version));
    private static readonly ColumnSet TakeColumns = Columns.Set<PublicTake>(nameof(PublicTake.ArticleId));

    /// <summary>
    /// Loads a target with the columns that a field selects. The result is a RemovedTarget if the target is not public.
    /// </summary>
    public IDataLoaderResult<IBookmarkTarget> Load(BookmarkTarget target, IResolveFieldContext context)
    {
        var id = target.Id.Value;
        return target.Kind switch
        {
            BookmarkKind.Article => Or(shown.Load(new(id), context.Asked<PublicArticle>())),
            BookmarkKind.Tool => Or(tools.Load(new(id), context.Asked<PublicTool>()).IfVisible()),
            _ => Or(takes.Load(new(id), context.Asked<PublicTake>())),
        };

        IDataLoaderResult<IBookmarkTarget> Or<T>(IDataLoaderResult<T?> found)
            where T : class, IBookmarkTarget =>
            found.Then(
                IBookmarkTarget (row) => row ?? (IBookmarkTarget)new RemovedTarget(target.Kind, target.ToString())
            );
    }

    /// <summary>Loads the target's public version. The result is null if the target is not public.</summary>
    public IDataLoaderResult<IDataLoaderResult<int?>> LoadVersion(BookmarkTarget target)
    {
        var id = target.Id.Value;
        return target.Kind switch
        {
            BookmarkKind.Article => LoaderResults.Ready(OfArticle(new(id))),
            BookmarkKind.Tool => LoaderResults.Ready(
                tools.Load(new(id), ToolVersion).IfVisible().Then(tool => tool?.Version)
            ),
            _ => takes
                .Load(new(id), TakeColumns)
                .Then(take => take is null ? LoaderResults.Ready<int?>(null) : OfArticle(take.ArticleId)),
        };
    }

    /// <summary>Loads how the target of a bookmark has changed. The result is empty if it has not.</summary>
    public IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<IReadOnlyList<BookmarkChange>>>> LoadChanges(
        Bookmark bookmark
    )
    {
        var id = bookmark.TargetId.Value;
        return bookmark.TargetKind switch
        {
            BookmarkKind.Article => LoaderResults.Ready(Compared(new(id), null)),
            BookmarkKind.Tool => LoadVersion(bookmark.Target).Then(now => now.Then(version => Found(version))),
            _ => takes
                .Load(new(id), TakeColumns)
                .Then(take => take is null ? LoaderResults.Ready(Found(null)) : Compared(take.ArticleId, take.Id)),
        };

        IDataLoaderResult<IDataLoaderResult<IReadOnlyList<BookmarkChange>>> Compared(ArticleId article, TakeId? take) =>
            OfArticle(article)
                .Then(now =>
                    now is { } version && version != bookmark.TargetVersion
                        ? changes.Load(new(article, bookmark.TargetVersion, take))
                        : Found(now)
                );

        IDataLoaderResult<IReadOnlyList<BookmarkChange>> Found(int? now) =>
            LoaderResults.Ready<IReadOnlyList<BookmarkChange>>(
                now is null ? [BookmarkChange.Removed]
                : now == bookmark.TargetVersion ? []
                : [BookmarkChange.Updated]
            );
    }

    private IDataLoaderResult<int?> OfArticle(ArticleId id) =>
        articles.Load(id, EditionNumber).Then(article => article?.EditionNumber);
}

public sealed class TombstoneByArticle(ReadContexts contexts, CompiledQueries queries)
    : RowById<ArticleId, Edition, Tombstone>(contexts, queries)
{
    private static readonly KeyedQuery<ArticleId, Edition> ByArticle = new(
        "tombstone by article",
        (db, id) =>
            db.Editions.Where(e => e.ArticleId == id && e.Kind == EditionKind.Withdrawn && e.SupersededAt == null),
        (db, ids) =>
            db.Editions.Where(e =>
                ids.Contains(e.ArticleId) && e.Kind == EditionKind.Withdrawn && e.SupersededAt == null
            )
    );

    private protected override KeyedQuery<ArticleId, Edition> Query => ByArticle;

    private protected override Projection<Edition, Tombstone> Rows => Tombstone.Columns;

    private protected override ArticleId KeyOf(Tombstone row) => row.ArticleId;
}
