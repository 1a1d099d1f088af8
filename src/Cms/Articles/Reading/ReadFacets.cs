using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Reading;

/// <summary>What the articles of a list have in common.</summary>
public enum FacetKind
{
    Category,
    Tag,
    Tool,
    Persona,
}

/// <summary>The name of a list of articles in addresses.</summary>
/// <param name="Id">The list.</param>
/// <param name="Kind">What the articles have in common.</param>
/// <param name="Slug">Its slug.</param>
public sealed record NamedFacet(FacetId Id, FacetKind Kind, string Slug);

/// <summary>Finds the slugs of lists of articles, for work that follows the change log.</summary>
public sealed class ReadFacets(IDbContextFactory<CmsDbContext> databases, DatabaseAvailability availability)
{
    /// <summary>
    /// Returns the public categories, tags, tools and personas among the lists. Others are left out, and merged ones too.
    /// </summary>
    public Task<List<NamedFacet>> Handle(IReadOnlyCollection<FacetId> facets, CancellationToken cancellationToken) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                List<NamedFacet> found = [];
                List<CategoryId> categories = [.. facets.Select(facet => new CategoryId(facet.Value))];
                List<TagId> tags = [.. facets.Select(facet => new TagId(facet.Value))];
                List<ToolId> tools = [.. facets.Select(facet => new ToolId(facet.Value))];
                List<PersonaId> personas = [.. facets.Select(facet => new PersonaId(facet.Value))];
                await AddAsync<Category, CategoryId>(
                    FacetKind.Category,
                    db.VisibleCategories.Where(row => categories.Contains(row.Id) && row.MergedInto == null)
                );
                await AddAsync<Tag, TagId>(
                    FacetKind.Tag,
                    db.VisibleTags.Where(row => tags.Contains(row.Id) && row.MergedInto == null)
                );
                await AddAsync<Tool, ToolId>(FacetKind.Tool, db.VisibleTools.Where(row => tools.Contains(row.Id)));
                await AddAsync<Persona, PersonaId>(
                    FacetKind.Persona,
                    db.Personas.Where(row => personas.Contains(row.Id))
                );
                return found;

                async Task AddAsync<T, TId>(FacetKind kind, IQueryable<T> rows)
                    where T : class, ISlugged
                    where TId : struct, IEntityId<TId>
                {
                    var named = await rows.Select(row => new { Id = EF.Property<TId>(row, "Id"), row.Slug })
                        .ToListAsync(token);
                    found.AddRange(named.Select(row => new NamedFacet(FacetId.Of(row.Id), kind, row.Slug)));
                }
            },
            cancellationToken
        );
}
