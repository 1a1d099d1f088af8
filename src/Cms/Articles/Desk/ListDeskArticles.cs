using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Cms.Search;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>What a list of articles on the desk shows.</summary>
public sealed record DeskArticleList
{
    /// <summary>The conditions that all articles meet.</summary>
    public DeskArticleFilterInput? Where { get; init; }

    /// <summary>The order; null for the most recently changed first.</summary>
    public List<DeskArticleSortInput>? Order { get; init; }

    /// <summary>The words that the newest revision contains; null for all articles.</summary>
    public string? Text { get; init; }
}

/// <summary>
/// Lists articles in any state, filtered, searched and ordered as requested. Editors see all articles; authors see those
/// that they work on.
/// </summary>
public sealed class ListDeskArticles(
    ReadContexts contexts,
    IArticleSearch search,
    NewsroomTime newsroom,
    TimeProvider clock
)
{
    // A search with this many results is common: see IsCommonAsync.
    private const int Common = 5000;

    // Enough articles to fill a page with the results of most common searches.
    private const int Near = 200;

    private static readonly Keyset<DeskPlace, ArticleId> ByTime = new(p => p.At, p => p.ArticleId);

    public async Task<Connection<Article>?> Handle(
        DeskArticleList asked,
        PageArguments page,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var (order, descending) = Sort(asked.Order);
        var terms = TermsOf(asked.Text);
        var list = ListHash.Of("desk articles").With(asked.Where).With(asked.Order).With(asked.Text);
        var from = Keyset<DeskPlace, ArticleId>.Read(list, page);
        var isWithin = Keyset<DeskPlace, ArticleId>.Within<Article>(
            list,
            page,
            article => (TimeOf(article, order), article.Id),
            descending
        );
        if (terms is { IsEmpty: true })
        {
            return Connection.Empty<Article>(page);
        }

        using var lease = await contexts.RentAsync(cancellationToken);
        var filter = await DeskArticleFilter.CreateAsync(
            lease.Db,
            asked.Where,
            viewer,
            newsroom,
            clock.Now(),
            cancellationToken
        );
        if (filter.IsEmpty)
        {
            return Connection.Empty<Article>(page);
        }

        // Many results would all be looked up and sorted. It costs less to read the list in order and to leave out the
        // articles without the words.
        var common = terms is not null && await IsCommonAsync(lease.Db, terms, cancellationToken) ? terms : null;
        if (terms is null || common is not null)
        {
            await (
                order is DeskOrder.Updated
                    ? filter.BeginWithFewestAsync(lease.Db, cancellationToken)
                    : filter.BeginWithFewAsync(lease.Db, viewer, cancellationToken)
            );
        }

        var rows = common is null ? [] : await ReadAsync(ContainingNear(lease.Db, common));
        if (rows.Count <= page.Size)
        {
            rows = await ReadAsync(ByTime.Slice(Places(lease.Db), page, from, descending));
        }

        return Connection.Page(
            rows,
            page,
            article => Cursor.Write(list, article.Id, TimeOf(article, order)),
            contexts.Counting(Places, () => contexts.Reads.AsItGoes),
            isWithin
        );

        IQueryable<DeskPlace> Places(CmsDbContext db) =>
            terms is null ? filter.Places(db, order)
            : common is not null ? Containing(db, filter.Places(db, order), terms)
            : filter.Places(db, order, Found(db, terms));

        // To look an article up in the results costs less than to read all results, if few articles are looked up.
        IQueryable<DeskPlace> ContainingNear(CmsDbContext db, SearchTerms words)
        {
            var hits = search.MatchDesk(db, words);
            var places = ByTime.Beyond(filter.Places(db, order), from, descending != page.Backward).Take(Near);
            return ByTime.Slice(
                places.Where(place =>
                    db.DeskDocuments.Any(document =>
                        document.ArticleId == place.ArticleId && hits.Any(hit => hit.DocumentId == document.Id)
                    )
                ),
                page,
                from: null,
                descending
            );
        }

        Task<List<Article>> ReadAsync(IQueryable<DeskPlace> places) =>
            places
                .Join(lease.Db.Articles.AsNoTracking(), p => p.ArticleId, a => a.Id, (place, article) => article)
                .ToListAsync(cancellationToken);
    }

    private async Task<bool> IsCommonAsync(CmsDbContext db, SearchTerms terms, CancellationToken cancellationToken) =>
        await search.MatchDesk(db, terms).Select(hit => hit.DocumentId).Take(Common).CountAsync(cancellationToken)
        == Common;

    // The ids of all results are read once, into a set. A sum can only be looked up in that set. For a plain column, SQLite would
    // go through the whole set for each article, because it expects few results of every search.
    private IQueryable<DeskPlace> Containing(CmsDbContext db, IQueryable<DeskPlace> places, SearchTerms terms)
    {
        var hits = search.MatchDesk(db, terms).Select(hit => hit.DocumentId);
        var documents = db.DeskDocuments.Where(document => hits.Contains(document.Id + 0));
        return places.Where(place => documents.Any(document => document.ArticleId == place.ArticleId));
    }

    private IQueryable<ArticleId> Found(CmsDbContext db, SearchTerms terms) =>
        search
            .MatchDesk(db, terms)
            .Join(
                db.DeskDocuments,
                hit => hit.DocumentId,
                document => document.Id,
                (hit, document) => document.ArticleId
            );

    private static DateTimeOffset TimeOf(Article article, DeskOrder order) =>
        order switch
        {
            DeskOrder.Due => article.DueAt!.Value,
            DeskOrder.Scheduled => article.ScheduledAt!.Value,
            _ => article.UpdatedAt,
        };

    private static SearchTerms? TermsOf(string? text)
    {
        SearchArticles.Limit(text);
        return string.IsNullOrWhiteSpace(text) ? null : SearchTerms.Parse(text);
    }

    private static (DeskOrder Order, bool Descending) Sort(List<DeskArticleSortInput>? order) =>
        order switch
        {
            null or [] => (DeskOrder.Updated, true),
            [{ UpdatedAt: { } way, DueAt: null, ScheduledAt: null }] => (DeskOrder.Updated, way is SortEnumType.Desc),
            [{ UpdatedAt: null, DueAt: { } way, ScheduledAt: null }] => (DeskOrder.Due, way is SortEnumType.Desc),
            [{ UpdatedAt: null, DueAt: null, ScheduledAt: { } way }] => (DeskOrder.Scheduled, way is SortEnumType.Desc),
            _ => throw new RequestError(
                ErrorCodes.BadUserInput,
                "Order by one of updatedAt, dueAt and scheduledAt: order: [{ dueAt: ASC }]."
            ),
        };
}

/// <summary>
/// Reads one article in any state; returns null if it does not exist or the viewer is not allowed to see it.
/// </summary>
public sealed class ReadDeskArticle(ReadContexts contexts)
{
    public async Task<Article?> Handle(ArticleId id, Viewer viewer, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.ArticlesOf(viewer).SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
    }
}

internal static class DeskArticles
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns the articles whose working copies a viewer is allowed to see.</summary>
        public IQueryable<Article> ArticlesOf(Viewer viewer) =>
            viewer.Is(Role.Editor) ? db.Articles.AsNoTracking()
            : viewer.Is(Role.Author) && viewer.Key is { } key ? db.ArticlesBy(key).AsNoTracking()
            : db.Articles.AsNoTracking().Where(_ => false);
    }
}

/// <summary>Loads articles in any state. The caller must first check that the viewer is allowed to see them.</summary>
public sealed class DeskArticleById(ReadContexts contexts) : BatchLoader<ArticleId, Article?>
{
    protected override async Task<Dictionary<ArticleId, Article?>> ReadAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Articles.AsNoTracking()
            .Where(a => keys.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, Article? (a) => a, cancellationToken);
    }
}
