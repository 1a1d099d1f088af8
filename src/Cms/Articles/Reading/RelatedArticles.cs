using System.Globalization;
using Cms.Articles.Preview;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;

namespace Cms.Articles.Reading;

/// <summary>
/// Loads the visible articles that are most closely related to given articles. Each shared tool scores two points and
/// each shared tag one. Ties go to the newer article. Only the newest articles of each tag and tool are compared, so
/// the cost does not grow with the archive.
/// </summary>
public sealed class RelatedArticles(
    ReadContexts contexts,
    CompiledQueries queries,
    ShownArticles articles,
    TagsByEdition tags,
    ToolsByEdition tools
) : BatchLoader<(ArticleId Article, EditionId Edition, int Count), List<PublicArticle>>
{
    /// <summary>The maximum number of related articles.</summary>
    public const int MaxCount = 20;

    private const int Tool = 2;
    private const int Tag = 1;

    // The number of articles compared per topic. One more is read, because the given article can be among them.
    private const int MaxCompared = 50;

    private static readonly FirstPages<FacetId, ArticleListing> Newest = new(
        "listings by facet",
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
            select new Belonging<FacetId, ArticleListing> { Parent = facet, Row = listing }
    );

    private static readonly Projection<ArticleListing, ArticlePlace> Places = new(
        ArticlePlaces.Of<ArticleListing>(),
        nameof(ArticlePlace.ArticleId),
        nameof(ArticlePlace.PublishedAt)
    );

    /// <exception cref="RequestError">The number is not between 1 and <see cref="MaxCount" />.</exception>
    public IDataLoaderResult<List<PublicArticle>> Of(PublicArticle article, int first, ColumnSet columns) =>
        first is >= 1 and <= MaxCount
            ? Load((article.Id, article.EditionId, first), columns)
            : throw new RequestError(
                ErrorCodes.PageSize,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"related returns 1 to {MaxCount} articles, but `first` was {first}."
                )
            );

    protected override async Task<
        Dictionary<(ArticleId Article, EditionId Edition, int Count), List<PublicArticle>>
    > ReadAsync(
        List<(ArticleId Article, EditionId Edition, int Count)> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        List<EditionId> editions = [.. keys.Select(key => key.Edition).Distinct()];
        var tagLinks = await tags.LinksAsync(editions, cancellationToken);
        var toolLinks = await tools.LinksAsync(editions, cancellationToken);
        var topics = tagLinks
            .Select(link => (link.EditionId, Topic: (Facet: FacetId.Of(link.PartId), Weight: Tag)))
            .Concat(toolLinks.Select(link => (link.EditionId, Topic: (Facet: FacetId.Of(link.PartId), Weight: Tool))))
            .ToLookup(x => x.EditionId, x => x.Topic);
        var newest = new Dictionary<FacetId, List<ArticlePlace>>();
        using (var lease = await contexts.RentAsync(contexts.Reads.Parts, cancellationToken))
        {
            foreach (var facets in topics.SelectMany(x => x).Select(x => x.Facet).Distinct().Chunk(MaxBatch))
            {
                await AddNewestAsync(newest, lease.Db, [.. facets], cancellationToken);
            }
        }

        var ranked = keys.ToDictionary(key => key, key => Nearest(key.Article, key.Count, topics[key.Edition], newest));
        List<ArticleId> ids = [.. ranked.Values.SelectMany(x => x).Distinct()];
        var found = (await articles.LoadMany(ids, columns).GetResultAsync(cancellationToken)).ToDictionary(row =>
            row.Id
        );
        return ranked.ToDictionary(x => x.Key, x => x.Value.Where(found.ContainsKey).Select(id => found[id]).ToList());
    }

    private async Task AddNewestAsync(
        Dictionary<FacetId, List<ArticlePlace>> newest,
        CmsDbContext db,
        List<FacetId> facets,
        CancellationToken cancellationToken
    )
    {
        var page = PageArguments.Of(first: MaxCompared);
        contexts.Reads.Facets(facets);
        var rows = await Newest.ReadAsync(queries, db, facets, page, Places, default, cancellationToken);
        foreach (var facet in facets)
        {
            List<ArticlePlace> places =
            [
                .. rows[facet]
                    .OrderByDescending(place => place.PublishedAt)
                    .ThenByDescending(place => place.ArticleId.Value)
                    .Take(MaxCompared + 1),
            ];
            contexts.Reads.List(
                new ArticleListRead(ArticleFilter.To(facet), ByUpdate: false, Upward: false, From: null)
                {
                    To = places.Count <= MaxCompared ? null : (places[^1].PublishedAt, places[^1].ArticleId),
                }
            );
            newest.Add(facet, places);
        }
    }

    private static List<ArticleId> Nearest(
        ArticleId self,
        int count,
        IEnumerable<(FacetId Facet, int Weight)> topics,
        Dictionary<FacetId, List<ArticlePlace>> newest
    ) =>
        [
            .. topics
                .SelectMany(topic => newest[topic.Facet].Select(place => (Place: place, topic.Weight)))
                .Where(x => x.Place.ArticleId != self)
                .GroupBy(x => x.Place.ArticleId)
                .OrderByDescending(shared => shared.Sum(x => x.Weight))
                .ThenByDescending(shared => shared.First().Place.PublishedAt)
                .ThenByDescending(shared => shared.Key.Value)
                .Take(count)
                .Select(shared => shared.Key),
        ];
}
