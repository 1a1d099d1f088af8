using Cms.Articles;
using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Reading;

internal static class ArticleStates
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the states of articles before and after the given editions were issued. This takes five statements
        /// for any number of editions.
        /// </summary>
        public async Task<Dictionary<EditionId, (ArticleState? Before, ArticleState? After)>> StatesAsync(
            List<EditionId> made,
            CancellationToken cancellationToken
        )
        {
            if (made.Count == 0)
            {
                return [];
            }

            var articles = db.Editions.Where(e => made.Contains(e.Id)).Select(e => e.ArticleId);
            var editions = await db
                .Editions.Where(e => articles.Contains(e.ArticleId) && e.Kind != EditionKind.Advance)
                .Select(e => new
                {
                    e.Id,
                    e.ArticleId,
                    e.Number,
                    e.Kind,
                    e.Slug,
                    e.PublishedAt,
                    e.LiveFrom,
                    e.Content!.CategoryId,
                    e.Content!.SourceId,
                    NoIndex = (bool?)e.Content!.Seo.NoIndex,
                })
                .ToListAsync(cancellationToken);
            List<EditionId> ids = [.. editions.Select(e => e.Id)];
            var takes = (
                await db
                    .EditionTakes.Where(t => ids.Contains(t.EditionId))
                    .Select(t => new
                    {
                        t.EditionId,
                        t.TakeId,
                        t.PersonaId,
                        t.PublishedAt,
                        t.Stance,
                    })
                    .ToListAsync(cancellationToken)
            ).ToLookup(t => t.EditionId, t => new TakeState(t.TakeId, t.PersonaId, t.PublishedAt, t.Stance));
            var facets = (await db.EditionTags.Where(t => ids.Contains(t.EditionId)).ToListAsync(cancellationToken))
                .Select(t => (t.EditionId, Facet: FacetId.Of(t.TagId)))
                .Concat(
                    (await db.EditionTools.Where(t => ids.Contains(t.EditionId)).ToListAsync(cancellationToken)).Select(
                        t => (t.EditionId, Facet: FacetId.Of(t.ToolId))
                    )
                )
                .Concat(
                    (
                        await db.EditionAuthors.Where(a => ids.Contains(a.EditionId)).ToListAsync(cancellationToken)
                    ).Select(a => (a.EditionId, Facet: FacetId.Of(a.AuthorId)))
                )
                .ToLookup(x => x.EditionId, x => x.Facet);
            var states = editions.ToDictionary(
                e => (e.ArticleId, e.Number),
                e =>
                    e.Kind is EditionKind.Withdrawn
                        ? null
                        : new ArticleState(
                            e.ArticleId,
                            e.Slug,
                            new HashSet<FacetId>([
                                FacetId.All,
                                .. facets[e.Id],
                                .. takes[e.Id].Select(take => FacetId.Of(take.Persona)),
                                .. FacetId.OfSplit([.. takes[e.Id].Select(take => take.Stance)]),
                                .. e.NoIndex is true ? [FacetId.NoIndex] : Array.Empty<FacetId>(),
                                .. e.CategoryId is { } category ? [FacetId.Of(category)] : Array.Empty<FacetId>(),
                                .. e.SourceId is { } source ? [FacetId.Of(source)] : Array.Empty<FacetId>(),
                            ]),
                            e.PublishedAt,
                            e.LiveFrom,
                            new HashSet<TakeState>(takes[e.Id])
                        )
            );
            return editions
                .Where(e => made.Contains(e.Id))
                .ToDictionary(
                    e => e.Id,
                    e => (states.GetValueOrDefault((e.ArticleId, e.Number - 1)), states[(e.ArticleId, e.Number)])
                );
        }
    }
}
