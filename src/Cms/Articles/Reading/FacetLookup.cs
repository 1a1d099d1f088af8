using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Reading;

internal static class FacetLookup
{
    extension<T>(IQueryable<T> rows)
        where T : class, ISlugged
    {
        /// <summary>Returns the facets with these slugs. Unknown slugs are left out.</summary>
        public async Task<Dictionary<string, FacetId>> FacetsAsync<TId>(
            List<string> slugs,
            CancellationToken cancellationToken
        )
            where TId : struct, IEntityId<TId> =>
            await rows.Where(row => slugs.Contains(row.Slug))
                .Select(row => new { row.Slug, Id = EF.Property<TId>(row, "Id") })
                .ToDictionaryAsync(
                    row => row.Slug,
                    row => FacetId.Of(row.Id),
                    StringComparer.Ordinal,
                    cancellationToken
                );
    }
}
