using Cms.GraphQL;
using Cms.Reading;

namespace Cms.Articles.Reading;

/// <summary>Loads pages of the visible articles of a category, tag, source, author, tool or persona, newest first.</summary>
public sealed class ArticlesByFacet(ReadContexts contexts, CompiledQueries queries, ArticleCountByFacet counts)
    : PagesByParent<FacetId, ArticlePlace, ArticleId, Edition, PublicArticle>(contexts, queries, counts)
{
    private static readonly FirstPages<FacetId, Edition> First = new(
        "articles by facet",
        (db, facets, size) =>
            from facet in facets.AsQueryable()
            join listing in Visibility.Articles(db) on facet equals listing.FacetId
            where
                listing.PublishedAt
                >= (
                    Visibility
                        .Articles(db)
                        .Where(l => l.FacetId == facet)
                        .OrderByDescending(l => l.PublishedAt)
                        .Select(l => (DateTimeOffset?)l.PublishedAt)
                        .Skip(size)
                        .FirstOrDefault()
                    ?? DateTimeOffset.MinValue
                )
            join edition in db.Editions on listing.EditionId equals edition.Id
            select new Belonging<FacetId, Edition> { Parent = facet, Row = edition },
        (db, facets, size) =>
            from facet in facets.AsQueryable()
            join listing in Visibility.Articles(db) on facet equals listing.FacetId
            where
                listing.PublishedAt
                <= (
                    Visibility
                        .Articles(db)
                        .Where(l => l.FacetId == facet)
                        .OrderBy(l => l.PublishedAt)
                        .Select(l => (DateTimeOffset?)l.PublishedAt)
                        .Skip(size)
                        .FirstOrDefault()
                    ?? DateTimeOffset.MaxValue
                )
            join edition in db.Editions on listing.EditionId equals edition.Id
            select new Belonging<FacetId, Edition> { Parent = facet, Row = edition }
    );

    private protected override RangePages<FacetId, ArticlePlace, ArticleId, Edition> One =>
        ListArticles.PagesByPublishedAt;

    private protected override FirstPages<FacetId, Edition> Several => First;

    private protected override Projection<Edition, PublicArticle> Rows => PublicArticle.Columns;

    private protected override ListHash HashOf(FacetId parent) => ListHash.Of("articles of").With(parent.Value);

    private protected override (DateTimeOffset At, ArticleId Id) PlaceOf(PublicArticle row) =>
        (row.PublishedAt, row.Id);

    private protected override Action Record(
        ReadTracker reads,
        FacetId parent,
        PageArguments page,
        (DateTimeOffset At, ArticleId Id)? from,
        List<PublicArticle> rows
    )
    {
        var read = new ArticleListRead(ArticleFilter.To(parent), ByUpdate: false, Upward: page.Backward, from)
        {
            To = rows.Count <= page.Size ? null : PlaceOf(rows[^1]),
        };
        reads.List(read);
        reads.Rows(rows.Take(page.Size).Select(row => row.Id));
        return () => read.IsCounted = true;
    }
}

/// <summary>Counts the visible articles of a category, tag, source, author, tool or persona.</summary>
public sealed class ArticleCountByFacet(ReadContexts contexts, CompiledQueries queries)
    : CountByParent<FacetId>(contexts, queries)
{
    private static readonly NamedQuery<List<FacetId>, Counted<FacetId>> ByFacet = new(
        "article count by facet",
        (db, facets) =>
            Visibility
                .Articles(db)
                .Where(l => facets.Contains(l.FacetId))
                .GroupBy(l => l.FacetId)
                .Select(group => new Counted<FacetId> { Parent = group.Key, Count = group.Count() })
    );

    private protected override NamedQuery<List<FacetId>, Counted<FacetId>> Query => ByFacet;
}
