using Cms.Authors;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>Moves editions and their listings from a merged term to the term that it became.</summary>
internal static class MergedTerms
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Moves all editions, current and past. An edition that has both terms keeps the first of them. Each table
        /// takes a few statements, whatever the number of rows.
        /// </summary>
        public async Task MoveEditionsAsync(
            TermKind kind,
            IEntityId from,
            IEntityId into,
            CancellationToken cancellationToken
        )
        {
            var (old, target) = (FacetId.Of(from), FacetId.Of(into));

            // The listings have an index by term, and every public edition with the term is or was listed. Few articles
            // are released under embargo.
            var editions = db
                .ArticleListings.Where(l => l.FacetId == old)
                .Select(l => l.EditionId)
                .Concat(db.PastListings.Where(l => l.FacetId == old).Select(l => l.EditionId))
                .Concat(db.Articles.Where(a => a.AdvanceEditionId != null).Select(a => a.AdvanceEditionId!.Value));
            switch (kind)
            {
                case TermKind.Category:
                    CategoryId? category = new CategoryId(target.Value);
                    CategoryId? oldCategory = new CategoryId(old.Value);
                    await db
                        .Editions.Where(e => editions.Contains(e.Id) && e.Content!.CategoryId == oldCategory)
                        .ExecuteUpdateAsync(
                            set => set.SetProperty(e => e.Content!.CategoryId, category),
                            cancellationToken
                        );
                    break;
                case TermKind.Source:
                    SourceId? source = new SourceId(target.Value);
                    SourceId? oldSource = new SourceId(old.Value);
                    await db
                        .Editions.Where(e => editions.Contains(e.Id) && e.Content!.SourceId == oldSource)
                        .ExecuteUpdateAsync(
                            set => set.SetProperty(e => e.Content!.SourceId, source),
                            cancellationToken
                        );
                    break;
                case TermKind.Author:
                    await db.MoveAuthorAsync(new(old.Value), new(target.Value), cancellationToken);
                    break;
                default:
                    await db.MoveTagAsync(new(old.Value), new(target.Value), cancellationToken);
                    break;
            }

            await db
                .ArticleListings.Where(l =>
                    l.FacetId == old
                    && db.ArticleListings.Any(same => same.FacetId == target && same.ArticleId == l.ArticleId)
                )
                .ExecuteDeleteAsync(cancellationToken);
            await db
                .ArticleListings.Where(l => l.FacetId == old)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.FacetId, target), cancellationToken);
            await db
                .PastListings.Where(l =>
                    l.FacetId == old
                    && db.PastListings.Any(same => same.FacetId == target && same.EditionId == l.EditionId)
                )
                .ExecuteDeleteAsync(cancellationToken);
            await db
                .PastListings.Where(l => l.FacetId == old)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.FacetId, target), cancellationToken);
            await db
                .AdvanceListings.Where(l =>
                    l.FacetId == old
                    && db.AdvanceListings.Any(same => same.FacetId == target && same.EditionId == l.EditionId)
                )
                .ExecuteDeleteAsync(cancellationToken);
            await db
                .AdvanceListings.Where(l => l.FacetId == old)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.FacetId, target), cancellationToken);
        }

        private async Task MoveAuthorAsync(AuthorId old, AuthorId target, CancellationToken cancellationToken)
        {
            await db
                .EditionAuthors.Where(a =>
                    a.AuthorId == old
                    && db.EditionAuthors.Any(first =>
                        first.EditionId == a.EditionId && first.AuthorId == target && first.Ordinal < a.Ordinal
                    )
                )
                .ExecuteDeleteAsync(cancellationToken);
            await db
                .EditionAuthors.Where(a =>
                    a.AuthorId == target
                    && db.EditionAuthors.Any(first =>
                        first.EditionId == a.EditionId && first.AuthorId == old && first.Ordinal < a.Ordinal
                    )
                )
                .ExecuteDeleteAsync(cancellationToken);
            await db
                .EditionAuthors.Where(a => a.AuthorId == old)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.AuthorId, target), cancellationToken);
        }

        private async Task MoveTagAsync(TagId old, TagId target, CancellationToken cancellationToken)
        {
            await db
                .EditionTags.Where(t =>
                    t.TagId == old
                    && db.EditionTags.Any(first =>
                        first.EditionId == t.EditionId && first.TagId == target && first.Ordinal < t.Ordinal
                    )
                )
                .ExecuteDeleteAsync(cancellationToken);
            await db
                .EditionTags.Where(t =>
                    t.TagId == target
                    && db.EditionTags.Any(first =>
                        first.EditionId == t.EditionId && first.TagId == old && first.Ordinal < t.Ordinal
                    )
                )
                .ExecuteDeleteAsync(cancellationToken);
            await db
                .EditionTags.Where(t => t.TagId == old)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.TagId, target), cancellationToken);
        }
    }
}
