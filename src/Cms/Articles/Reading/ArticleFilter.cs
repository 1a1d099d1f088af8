using System.Linq.Expressions;
using Cms.Authors;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Articles.Reading;

/// <summary>The position of an article in a list, without the list's facet.</summary>
public sealed record ArticlePlace
{
    public required ArticleId ArticleId { get; init; }

    public required EditionId EditionId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

internal static class ArticlePlaces
{
    /// <summary>Returns the expression that reads the position from a listing row.</summary>
    public static Expression<Func<T, ArticlePlace>> Of<T>()
        where T : IListing =>
        listing => new ArticlePlace
        {
            ArticleId = listing.ArticleId,
            EditionId = listing.EditionId,
            PublishedAt = listing.PublishedAt,
            UpdatedAt = listing.UpdatedAt,
        };
}

/// <summary>
/// A filter whose slugs have been resolved. It consists of sets of facets and of time bounds. A matching article has at
/// least one facet from each set and is within all bounds.
/// </summary>
internal sealed class ArticleFilter
{
    // The set whose index ranges are read. The other sets are checked for each article in these ranges.
    private readonly List<FacetId> _read;
    private readonly List<List<FacetId>> _met;
    private readonly List<DateTimeOperationFilterInput> _bounds;

    // Articles with one of these facets are left out.
    private readonly List<FacetId> _except;

    private ArticleFilter(
        List<List<FacetId>> sets,
        List<DateTimeOperationFilterInput> bounds,
        List<FacetId>? except = null,
        bool hasUnknownSlugs = false
    )
    {
        HasUnknownSlugs = hasUnknownSlugs;
        _except = except ?? [];

        // The sets are sorted: those that usually have the fewest articles come first. A set with one facet is a single
        // range.
        _read = sets.Find(set => set.Count <= 1) ?? sets.FirstOrDefault() ?? [FacetId.All];
        _met = [.. sets.Where(set => set != _read)];
        _bounds = bounds;
    }

    /// <summary>Returns a filter for the articles of one facet.</summary>
    public static ArticleFilter To(FacetId facet) =>
        new(
            [
                [facet],
            ],
            []
        );

    public static async Task<ArticleFilter> CreateAsync(
        CmsDbContext db,
        ArticleFilterInput? where,
        ReadTracker reads,
        CancellationToken cancellationToken
    )
    {
        var conditions = where?.Flatten() ?? [];
        var hasUnknownSlugs = false;
        List<(FacetId Facet, bool Has)> states =
        [
            .. Asked(FacetId.NoIndex, c => c.Seo?.NoIndex),
            .. Asked(FacetId.Split, c => c.Consensus?.Split),
        ];
        List<List<FacetId>> sets =
        [
            .. await SetsAsync<Tool, ToolId>(
                conditions.Select(c => c.About?.Some?.Slug),
                "where.about.some.slug",
                db.VisibleTools,
                ChangeSubject.Tool
            ),
            .. await SetsAsync<Tag, TagId>(
                conditions.Select(c => c.Tags?.Some?.Slug),
                "where.tags.some.slug",
                db.VisibleTags,
                ChangeSubject.Tag,
                slugs => db.FormerFacetsAsync<Tag, TagId>(db.VisibleTags, slugs, cancellationToken)
            ),
            .. await SetsAsync<Author, AuthorId>(
                conditions.Select(c => c.Authors?.Some?.Slug),
                "where.authors.some.slug",
                db.VisibleAuthors,
                ChangeSubject.Author,
                slugs => db.FormerFacetsAsync<Author, AuthorId>(db.VisibleAuthors, slugs, cancellationToken)
            ),
            .. await SetsAsync<Source, SourceId>(
                conditions.Select(c => c.Source?.Slug),
                "where.source.slug",
                db.VisibleSources,
                ChangeSubject.Source,
                slugs => db.FormerFacetsAsync<Source, SourceId>(db.VisibleSources, slugs, cancellationToken)
            ),
            .. await SetsAsync<Category, CategoryId>(
                conditions.Select(c => c.Category?.Slug),
                "where.category.slug",
                db.VisibleCategories,
                ChangeSubject.Category,
                slugs => db.FormerFacetsAsync<Category, CategoryId>(db.VisibleCategories, slugs, cancellationToken)
            ),
            .. states.Where(state => state.Has).Select(state => new List<FacetId> { state.Facet }),
            .. await SetsAsync<Persona, PersonaId>(
                conditions.Select(c => c.Takes?.Some?.Persona?.Slug),
                "where.takes.some.persona.slug",
                db.Personas,
                ChangeSubject.Persona
            ),
        ];
        return new ArticleFilter(
            sets,
            [.. conditions.Select(c => c.PublishedAt).OfType<DateTimeOperationFilterInput>()],
            [.. states.Where(state => !state.Has).Select(state => state.Facet)],
            hasUnknownSlugs
        );

        // Whether articles must have a facet, or must not have it. A filter can ask for both.
        IEnumerable<(FacetId, bool)> Asked(FacetId facet, Func<ArticleFilterInput, BooleanOperationFilterInput?> of) =>
            conditions.Select(c => of(c)?.Eq).OfType<bool>().Distinct().Select(has => (facet, has));

        async Task<IEnumerable<List<FacetId>>> SetsAsync<T, TId>(
            IEnumerable<SlugOperationFilterInput?> filters,
            string path,
            IQueryable<T> rows,
            ChangeSubject subject,
            Func<List<string>, Task<Dictionary<string, FacetId>>>? former = null
        )
            where T : class, ISlugged
            where TId : struct, IEntityId<TId>
        {
            List<List<string>> asked = [.. filters.Select(f => f?.Slugs(path)).OfType<List<string>>()];
            if (asked.Count == 0)
            {
                return [];
            }

            List<string> slugs = [.. asked.SelectMany(set => set).Distinct(StringComparer.Ordinal)];
            var found = await rows.FacetsAsync<T, TId>(slugs, cancellationToken);
            if (found.Count == slugs.Count)
            {
                reads.Facets(found.Values);
            }
            else
            {
                reads.Any(subject);
                if (former is not null)
                {
                    foreach (var (slug, facet) in await former([.. slugs.Where(slug => !found.ContainsKey(slug))]))
                    {
                        found.TryAdd(slug, facet);
                    }
                }
            }

            hasUnknownSlugs |= found.Count < slugs.Count;
            return asked.Select(set => set.Where(found.ContainsKey).Select(slug => found[slug]).Distinct().ToList());
        }
    }

    /// <summary>Whether some slugs did not match anything public when they were resolved.</summary>
    public bool HasUnknownSlugs { get; }

    /// <summary>Whether the filter names this term, tool or persona.</summary>
    public bool Names(Guid id) => _met.Append(_read).Any(set => set.Contains(new FacetId(id)));

    /// <summary>The facet, if the filter matches exactly the articles of one facet; otherwise null.</summary>
    public FacetId? OnlyFacet =>
        _met.Count == 0 && _bounds.Count == 0 && _except.Count == 0 && _read is [var only] ? only : null;

    /// <summary>
    /// Returns the ranges of the listings' indexes that together contain all matching articles; none if nothing can
    /// match.
    /// </summary>
    /// <param name="db">The context to query.</param>
    /// <param name="asOf">A past time; null for the current articles.</param>
    public IEnumerable<IQueryable<ArticlePlace>> Ranges(CmsDbContext db, DateTimeOffset? asOf = null) =>
        _met.Exists(set => set.Count == 0) ? []
        : asOf is { } at
            ? _read.SelectMany(facet =>
                new[] { Range(db.VisibleArticles.Where(l => l.UpdatedAt <= at), facet), Range(db.LeftSince(at), facet) }
            )
        : _read.Select(facet => Range(db.VisibleArticles, facet));

    /// <summary>Returns whether an article in this state matches.</summary>
    public bool Passes(ArticleState article) =>
        _read.Exists(article.Facets.Contains)
        && !_except.Exists(article.Facets.Contains)
        && _met.TrueForAll(set => set.Exists(article.Facets.Contains))
        && _bounds.TrueForAll(bounds =>
            !(article.PublishedAt <= bounds.Gt)
            && !(article.PublishedAt < bounds.Gte)
            && !(article.PublishedAt >= bounds.Lt)
            && !(article.PublishedAt > bounds.Lte)
        );

    /// <summary>Returns the ids of all matching articles, without duplicates.</summary>
    public IQueryable<ArticleId> All(CmsDbContext db) =>
        _met.Exists(set => set.Count == 0) ? db.VisibleArticles.Where(l => false).Select(l => l.ArticleId)
        : _read is [var facet]
            ? Meeting(db.VisibleArticles.Where(l => l.FacetId == facet), db.VisibleArticles, _met)
                .Select(l => l.ArticleId)
        : Meeting(db.VisibleArticles.Where(l => _read.Contains(l.FacetId)), db.VisibleArticles, _met)
            .Select(l => l.ArticleId)
            .Distinct();

    /// <summary>Returns one listing for each matching article, for a query that finds articles by other means.</summary>
    public IQueryable<ArticleListing> Each(CmsDbContext db)
    {
        var all = db.VisibleArticles.Where(l => l.FacetId == FacetId.All);
        return _read.Count == 0 || _met.Exists(set => set.Count == 0) ? all.Where(l => false)
            : _read is [var facet] && facet == FacetId.All ? Meeting(all, db.VisibleArticles, _met)
            : Meeting(all, db.VisibleArticles, [_read, .. _met]);
    }

    /// <summary>Returns the ids of all articles that matched at a past time, without duplicates.</summary>
    public IQueryable<ArticleId> All(CmsDbContext db, DateTimeOffset asOf) =>
        Ranges(db, asOf)
            .Select(range => range.Select(l => l.ArticleId))
            .DefaultIfEmpty(db.VisibleArticles.Where(l => false).Select(l => l.ArticleId))
            .Aggregate((union, next) => union.Union(next));

    private IQueryable<ArticlePlace> Range<T>(IQueryable<T> places, FacetId facet)
        where T : class, IListing =>
        Meeting(places.Where(l => l.FacetId == facet), places, _met).Select(ArticlePlaces.Of<T>());

    // Returns the listings that are within all time bounds and whose edition has a facet from each of the sets.
    private IQueryable<T> Meeting<T>(IQueryable<T> listings, IQueryable<T> places, List<List<FacetId>> sets)
        where T : class, IListing
    {
        var same = places;
        foreach (var set in sets)
        {
            listings = set is [var facet]
                ? listings.Where(l =>
                    same.Any(x => x.ArticleId == l.ArticleId && x.EditionId == l.EditionId && x.FacetId == facet)
                )
                : listings.Where(l =>
                    same.Any(x => x.ArticleId == l.ArticleId && x.EditionId == l.EditionId && set.Contains(x.FacetId))
                );
        }

        foreach (var facet in _except)
        {
            listings = listings.Where(l =>
                !same.Any(x => x.ArticleId == l.ArticleId && x.EditionId == l.EditionId && x.FacetId == facet)
            );
        }

        foreach (var bounds in _bounds)
        {
            if (bounds.Gt is { } after)
            {
                listings = listings.Where(l => l.PublishedAt > after);
            }

            if (bounds.Gte is { } start)
            {
                listings = listings.Where(l => l.PublishedAt >= start);
            }

            if (bounds.Lt is { } before)
            {
                listings = listings.Where(l => l.PublishedAt < before);
            }

            if (bounds.Lte is { } end)
            {
                listings = listings.Where(l => l.PublishedAt <= end);
            }
        }

        return listings;
    }
}
