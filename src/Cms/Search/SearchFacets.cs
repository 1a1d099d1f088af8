using Cms.Articles.Reading;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Search;

/// <summary>
/// The search results, counted by category, tag, source and tool. Each list contains at most ten entries: those with
/// the highest counts, in descending order. Entries with equal counts are in order of slug.
/// </summary>
/// <param name="Terms">The terms of the search.</param>
public sealed record SearchFacets([property: GraphQLIgnore] SearchTerms Terms)
{
    /// <summary>The filter of the search; null if it has none.</summary>
    internal ArticleFilter? Filter { get; init; }
}

/// <summary>The number of search results in a category.</summary>
/// <param name="Id">The id of the category.</param>
/// <param name="Count">The number of search results.</param>
public sealed record CategoryFacet([property: GraphQLIgnore] CategoryId Id, int Count);

/// <summary>The number of search results with a tag.</summary>
/// <param name="Id">The id of the tag.</param>
/// <param name="Count">The number of search results.</param>
public sealed record TagFacet([property: GraphQLIgnore] TagId Id, int Count);

/// <summary>The number of search results from a source.</summary>
/// <param name="Id">The id of the source.</param>
/// <param name="Count">The number of search results.</param>
public sealed record SourceFacet([property: GraphQLIgnore] SourceId Id, int Count);

/// <summary>The number of search results about a tool.</summary>
/// <param name="Id">The id of the tool.</param>
/// <param name="Count">The number of search results.</param>
public sealed record ToolFacet([property: GraphQLIgnore] ToolId Id, int Count);

/// <summary>Counts the articles that a search finds, by category, tag, source or tool.</summary>
public sealed class CountSearchFacets(ReadContexts contexts, IArticleSearch search)
{
    private const int Most = 10;

    public Task<List<CategoryFacet>> CategoriesAsync(SearchFacets facets, CancellationToken cancellationToken) =>
        CountAsync(
            facets,
            (db, hits) =>
                hits.Join(db.Editions, h => h.EditionId, e => e.Id, (h, e) => e.Content!.CategoryId)
                    .Where(id => id != null)
                    .Select(id => id!.Value),
            db => db.Categories,
            (id, count) => new CategoryFacet(id, count),
            ChangeSubject.Category,
            cancellationToken
        );

    public Task<List<SourceFacet>> SourcesAsync(SearchFacets facets, CancellationToken cancellationToken) =>
        CountAsync(
            facets,
            (db, hits) =>
                hits.Join(db.Editions, h => h.EditionId, e => e.Id, (h, e) => e.Content!.SourceId)
                    .Where(id => id != null)
                    .Select(id => id!.Value),
            db => db.Sources,
            (id, count) => new SourceFacet(id, count),
            ChangeSubject.Source,
            cancellationToken
        );

    public Task<List<TagFacet>> TagsAsync(SearchFacets facets, CancellationToken cancellationToken) =>
        CountAsync(
            facets,
            (db, hits) => hits.Join(db.EditionTags, h => h.EditionId, t => t.EditionId, (h, t) => t.TagId),
            db => db.Tags,
            (id, count) => new TagFacet(id, count),
            ChangeSubject.Tag,
            cancellationToken
        );

    public Task<List<ToolFacet>> ToolsAsync(SearchFacets facets, CancellationToken cancellationToken) =>
        CountAsync(
            facets,
            (db, hits) => hits.Join(db.EditionTools, h => h.EditionId, t => t.EditionId, (h, t) => t.ToolId),
            db => db.Tools,
            (id, count) => new ToolFacet(id, count),
            ChangeSubject.Tool,
            cancellationToken
        );

    private async Task<List<TFacet>> CountAsync<TRow, TId, TFacet>(
        SearchFacets facets,
        Func<CmsDbContext, IQueryable<SearchArticles.Hit>, IQueryable<TId>> of,
        Func<CmsDbContext, IQueryable<TRow>> rows,
        Func<TId, int, TFacet> facet,
        ChangeSubject subject,
        CancellationToken cancellationToken
    )
        where TRow : class, ISlugged
        where TId : struct, IEntityId<TId>
    {
        if (facets.Terms.IsEmpty)
        {
            return [];
        }

        // A merge adds up the counts of two terms, and a rename changes the order.
        contexts.Reads.Any(subject);
        using var lease = await contexts.RentAsync(contexts.Reads.Any(ChangeSubject.Article), cancellationToken);
        var counts = await of(lease.Db, SearchArticles.Hits(search, lease.Db, facets.Terms, facets.Filter))
            .Join(rows(lease.Db), id => id, row => EF.Property<TId>(row, "Id"), (id, row) => new { Id = id, row.Slug })
            .GroupBy(x => x)
            .Select(group => new
            {
                group.Key.Id,
                group.Key.Slug,
                Count = group.Count(),
            })
            .OrderByDescending(x => x.Count)
            .ThenBy(x => x.Slug)
            .Take(Most)
            .ToListAsync(cancellationToken);
        return counts.ConvertAll(x => facet(x.Id, x.Count));
    }
}

[ObjectType<SearchFacets>]
public static class SearchFacetsNode
{
    /// <summary>The search results, counted by category.</summary>
    [Cost(100), ListSize(10)]
    public static Task<List<CategoryFacet>> GetCategoriesAsync(
        [Parent] SearchFacets facets,
        [Service] CountSearchFacets counts,
        CancellationToken cancellationToken
    ) => counts.CategoriesAsync(facets, cancellationToken);

    /// <summary>The search results, counted by tag.</summary>
    [Cost(100), ListSize(10)]
    public static Task<List<TagFacet>> GetTagsAsync(
        [Parent] SearchFacets facets,
        [Service] CountSearchFacets counts,
        CancellationToken cancellationToken
    ) => counts.TagsAsync(facets, cancellationToken);

    /// <summary>The search results, counted by source.</summary>
    [Cost(100), ListSize(10)]
    public static Task<List<SourceFacet>> GetSourcesAsync(
        [Parent] SearchFacets facets,
        [Service] CountSearchFacets counts,
        CancellationToken cancellationToken
    ) => counts.SourcesAsync(facets, cancellationToken);

    /// <summary>The search results, counted by tool.</summary>
    [Cost(100), ListSize(10)]
    public static Task<List<ToolFacet>> GetToolsAsync(
        [Parent] SearchFacets facets,
        [Service] CountSearchFacets counts,
        CancellationToken cancellationToken
    ) => counts.ToolsAsync(facets, cancellationToken);
}

[ObjectType<CategoryFacet>]
public static class CategoryFacetNode
{
    /// <summary>The category.</summary>
    public static IDataLoaderResult<Category> GetCategoryAsync(
        [Parent] CategoryFacet facet,
        [Service] CategoryById categories,
        IResolveFieldContext context
    ) => categories.Load(facet.Id, context.Asked<Category>())!;
}

[ObjectType<TagFacet>]
public static class TagFacetNode
{
    /// <summary>The tag.</summary>
    public static IDataLoaderResult<Tag> GetTagAsync(
        [Parent] TagFacet facet,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => tags.Load(facet.Id, context.Asked<Tag>())!;
}

[ObjectType<SourceFacet>]
public static class SourceFacetNode
{
    /// <summary>The source.</summary>
    public static IDataLoaderResult<Source> GetSourceAsync(
        [Parent] SourceFacet facet,
        [Service] SourceById sources,
        IResolveFieldContext context
    ) => sources.Load(facet.Id, context.Asked<Source>())!;
}

[ObjectType<ToolFacet>]
public static class ToolFacetNode
{
    /// <summary>The tool.</summary>
    public static IDataLoaderResult<PublicTool> GetToolAsync(
        [Parent] ToolFacet facet,
        [Service] ToolById tools,
        IResolveFieldContext context
    ) => tools.Load(facet.Id, context.Asked<PublicTool>())!;
}
