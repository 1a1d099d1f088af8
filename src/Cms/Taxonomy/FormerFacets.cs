using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

internal static class FormerFacets
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the facets of public terms that were public under these slugs before they were renamed or merged.
        /// </summary>
        public async Task<Dictionary<string, FacetId>> FormerFacetsAsync<T, TId>(
            IQueryable<T> visible,
            List<string> slugs,
            CancellationToken cancellationToken
        )
            where T : Term<TId>, ITerm<T, TId>
            where TId : struct, IEntityId<TId>
        {
            var kind = T.Kind;
            var former = await db
                .TermSlugs.Where(s => s.Kind == kind && slugs.Contains(s.Slug) && s.WasPublic)
                .Select(s => new { s.Slug, s.TermId })
                .ToListAsync(cancellationToken);
            if (former.Count == 0)
            {
                return [];
            }

            List<TId> ids = [.. former.Select(s => new TId { Value = s.TermId.Value })];
            var terms = await db.Set<T>()
                .Where(term => ids.Contains(term.Id))
                .Select(term => new { term.Id, term.MergedInto })
                .ToDictionaryAsync(term => term.Id.Value, term => term.MergedInto ?? term.Id, cancellationToken);
            List<TId> current = [.. terms.Values];
            var found = await visible
                .Where(term => current.Contains(term.Id))
                .Select(term => term.Id)
                .ToListAsync(cancellationToken);
            return former
                .Where(s => terms.TryGetValue(s.TermId.Value, out var id) && found.Contains(id))
                .ToDictionary(s => s.Slug, s => FacetId.Of(terms[s.TermId.Value]), StringComparer.Ordinal);
        }
    }
}
