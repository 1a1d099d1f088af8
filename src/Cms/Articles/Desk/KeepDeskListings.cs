using Cms.Articles.Comments;
using Cms.Body;
using Cms.Data;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Search;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>
/// Keeps the desk's lists current: rewrites the rows of the articles that a transaction has changed. No operation has
/// to know about the lists.
/// </summary>
internal sealed class KeepDeskListings : ICommitStep
{
    public async Task BeforeCommitAsync(CmsDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var persona in db.NewPersonas)
        {
            await db.MissOnDeskAsync(persona, cancellationToken);
        }

        // The rows that this adds are not parts of articles, so the list does not grow while it is read.
        foreach (var articles in db.ChangedArticles.Chunk(DeskListings.Batch))
        {
            await db.ListOnDeskAsync([.. articles], cancellationToken);
        }
    }
}

internal static class DeskListings
{
    /// <summary>The most articles to list in one step.</summary>
    public const int Batch = 200;

    extension(CmsDbContext db)
    {
        /// <summary>Makes the rows of these articles equal to what the articles are now.</summary>
        public async Task ListOnDeskAsync(List<ArticleId> ids, CancellationToken cancellationToken)
        {
            // Otherwise, two operations that change different parts of an article would not see each other.
            await db.LockArticlesAsync(ids, cancellationToken);
            var articles = await db.ForDeskAsync(ids, cancellationToken);
            await db.ReplaceListingsAsync(ids, articles, cancellationToken);
            await db.ReplaceFacetsAsync(ids, articles, cancellationToken);
            await db.ReplaceDocumentsAsync(ids, articles, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        /// <summary>Records that every listed article has no take of a new persona.</summary>
        public Task MissOnDeskAsync(PersonaId persona, CancellationToken cancellationToken)
        {
            var value = DeskFacetValueConverter.Write(DeskFacetValue.Of(persona));
            return db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "DeskFacets" ("ArticleId", "Kind", "Value", "IsTrashed", "UpdatedAt")
                SELECT "ArticleId", {nameof(DeskFacetKind.MissingTake)}, {value}, "IsTrashed", "UpdatedAt"
                FROM "DeskListings"
                """,
                cancellationToken
            );
        }

        private async Task<List<OnDesk>> ForDeskAsync(List<ArticleId> ids, CancellationToken cancellationToken)
        {
            var open = db.OpenThreads();
            var articles = await db
                .Articles.AsNoTracking()
                .Where(a => ids.Contains(a.Id))
                .Join(
                    db.Revisions,
                    a => a.HeadId,
                    r => r.Id,
                    (article, head) =>
                        new OnDesk(
                            article,
                            head.Content.CategoryId,
                            head.Content.Tags,
                            open.Any(c => c.ArticleId == article.Id)
                        )
                )
                .ToListAsync(cancellationToken);
            var categories = await db.MergedAsync<Category, CategoryId>(
                articles.Select(on => on.CategoryId).OfType<CategoryId>(),
                cancellationToken
            );
            var tags = await db.MergedAsync<Tag, TagId>(articles.SelectMany(on => on.Tags), cancellationToken);
            return articles.ConvertAll(on =>
                on with
                {
                    CategoryId = on.CategoryId is { } category
                        ? categories.GetValueOrDefault(category, category)
                        : null,
                    Tags = [.. on.Tags.Select(tag => tags.GetValueOrDefault(tag, tag)).Distinct()],
                }
            );
        }

        // Returns the terms that were merged, each with the term that it became.
        private async Task<Dictionary<TId, TId>> MergedAsync<T, TId>(
            IEnumerable<TId> terms,
            CancellationToken cancellationToken
        )
            where T : Term<TId>
            where TId : struct, IEntityId<TId>
        {
            var ids = terms.Distinct().ToList();
            return ids.Count == 0
                ? []
                : await db.Set<T>()
                    .Where(term => ids.Contains(term.Id) && term.MergedInto != null)
                    .Select(term => new { term.Id, term.MergedInto })
                    .ToDictionaryAsync(term => term.Id, term => term.MergedInto ?? term.Id, cancellationToken);
        }

        /// <summary>Files the articles of a merged term under the term that it became.</summary>
        public async Task MoveOnDeskAsync(IEntityId from, IEntityId into, CancellationToken cancellationToken)
        {
            if (from is CategoryId old && into is CategoryId target)
            {
                CategoryId? category = target;

                // Each statement reads one range of the index, which begins with IsTrashed.
                foreach (var isTrashed in new[] { false, true })
                {
                    await db
                        .DeskListings.Where(l => l.IsTrashed == isTrashed && l.CategoryId == old)
                        .ExecuteUpdateAsync(set => set.SetProperty(l => l.CategoryId, category), cancellationToken);
                }
            }
            else if (from is TagId)
            {
                var (before, after) = (DeskFacetValue.Of(from), DeskFacetValue.Of(into));
                var moved = db.DeskFacets.Where(f => f.Kind == DeskFacetKind.Tag && f.Value == before);
                await moved
                    .Where(f =>
                        db.DeskFacets.Any(same =>
                            same.ArticleId == f.ArticleId && same.Kind == DeskFacetKind.Tag && same.Value == after
                        )
                    )
                    .ExecuteDeleteAsync(cancellationToken);
                await moved.ExecuteUpdateAsync(set => set.SetProperty(f => f.Value, after), cancellationToken);
            }
        }

        private async Task ReplaceListingsAsync(
            List<ArticleId> ids,
            List<OnDesk> articles,
            CancellationToken cancellationToken
        )
        {
            var listed = await db
                .DeskListings.Where(l => ids.Contains(l.ArticleId))
                .ToDictionaryAsync(l => l.ArticleId, cancellationToken);
            foreach (var listing in articles.Select(article => article.ToListing()))
            {
                if (listed.Remove(listing.ArticleId, out var before))
                {
                    db.Entry(before).CurrentValues.SetValues(listing);
                }
                else
                {
                    db.Add(listing);
                }
            }

            db.RemoveRange(listed.Values);
        }

        private async Task ReplaceFacetsAsync(
            List<ArticleId> ids,
            List<OnDesk> articles,
            CancellationToken cancellationToken
        )
        {
            var drafters = (
                await db
                    .Revisions.Where(r => ids.Contains(r.ArticleId) && r.Drafter.Kind == ContributorKind.Person)
                    .Select(r => new { r.ArticleId, r.Drafter.Key })
                    .Distinct()
                    .ToListAsync(cancellationToken)
            ).ToLookup(r => r.ArticleId, r => r.Key);
            var takes = (
                await db
                    .Takes.Where(t => ids.Contains(t.ArticleId))
                    .Select(t => new DeskTakeState(
                        t.ArticleId,
                        t.PersonaId,
                        t.Status,
                        t.AssigneeKey,
                        t.ApprovedRevisionId != null,
                        t.StaleAt != null,
                        t.DueAt != null
                    ))
                    .ToListAsync(cancellationToken)
            ).ToLookup(t => t.ArticleId);
            var personas = await db.Personas.Select(p => p.Id).ToListAsync(cancellationToken);
            var listed = await db
                .DeskFacets.Where(f => ids.Contains(f.ArticleId))
                .ToDictionaryAsync(f => (f.ArticleId, f.Kind, f.Value), cancellationToken);
            var facets = articles.SelectMany(on =>
                on.Facets(People(drafters[on.Article.Id]), personas, [.. takes[on.Article.Id]])
            );
            foreach (var facet in facets)
            {
                if (listed.Remove((facet.ArticleId, facet.Kind, facet.Value), out var before))
                {
                    db.Entry(before).CurrentValues.SetValues(facet);
                }
                else
                {
                    db.Add(facet);
                }
            }

            db.RemoveRange(listed.Values);
        }

        // The texts are read and written only when an article has a new working copy.
        private async Task ReplaceDocumentsAsync(
            List<ArticleId> ids,
            List<OnDesk> articles,
            CancellationToken cancellationToken
        )
        {
            var indexed = await db
                .DeskDocuments.Where(d => ids.Contains(d.ArticleId))
                .Select(d => new { d.ArticleId, d.RevisionId })
                .ToDictionaryAsync(d => d.ArticleId, d => d.RevisionId, cancellationToken);
            var heads = articles.ToDictionary(on => on.Article.Id, on => on.Article.HeadId);
            var stale = indexed
                .Where(x => !heads.TryGetValue(x.Key, out var head) || head != x.Value)
                .Select(x => x.Key)
                .ToList();
            if (stale.Count > 0)
            {
                await db.DeskDocuments.Where(d => stale.Contains(d.ArticleId)).ExecuteDeleteAsync(cancellationToken);
            }

            var changed = heads
                .Where(x => !indexed.TryGetValue(x.Key, out var revision) || revision != x.Value)
                .Select(x => x.Value)
                .ToList();
            if (changed.Count == 0)
            {
                return;
            }

            var texts = await db
                .Revisions.Where(r => changed.Contains(r.Id))
                .Select(r => new
                {
                    r.Id,
                    r.ArticleId,
                    r.Content.Headline,
                    r.Content.Summary,
                    r.Content.Body,
                })
                .ToListAsync(cancellationToken);
            db.AddRange(
                texts.Select(text => new DeskDocument
                {
                    ArticleId = text.ArticleId,
                    RevisionId = text.Id,
                    Headline = text.Headline,
                    Summary = text.Summary ?? "",
                    Text = text.Body is { } json ? RichText.OfStored(json).Derive(BodyForms.PlainText).PlainText : "",
                })
            );
        }
    }

    private static IEnumerable<PersonKey> People(IEnumerable<string?> keys) =>
        keys.Select(text => PersonKey.TryParse(text, out var key) ? key : (PersonKey?)null).OfType<PersonKey>();

    /// <summary>An article and the parts of it that the desk's lists show.</summary>
    private sealed record OnDesk(
        Article Article,
        CategoryId? CategoryId,
        IReadOnlyList<TagId> Tags,
        bool HasOpenComments
    )
    {
        public DeskListing ToListing() =>
            new()
            {
                ArticleId = Article.Id,
                IsTrashed = Article.TrashedAt is not null,
                Status = Article.Status,
                Review = Article.Review,
                CategoryId = CategoryId,
                AssigneeKey = Article.AssigneeKey,
                ReviewerKey = Article.ReviewerKey,
                HasOpenComments = HasOpenComments,
                UpdatedAt = Article.UpdatedAt,
                DueAt = Article.AssignedAt is null ? null : Article.DueAt,
                ScheduledAt = Article.ScheduledAt,
                EmbargoUntil = Article.EmbargoUntil,
                WithdrawAt = Article.WithdrawAt,
                PublishedAt = Article.Status is ArticleStatus.Published ? Article.PublishedAt : null,
                TrashedAt = Article.TrashedAt,
                AssignedAt = Article.AssignedAt,
                ReviewChangedAt = Article.ReviewChangedAt,
                ScheduleRefusedAt = Article.ScheduleRefusedAt,
                ScheduleRefusedTo = Article.ScheduleRefusedTo,
            };

        public IEnumerable<DeskFacet> Facets(
            IEnumerable<PersonKey> drafters,
            IEnumerable<PersonaId> personas,
            IReadOnlyList<DeskTakeState> takes
        )
        {
            var missing = personas.Except(takes.Where(take => take.IsApproved).Select(take => take.PersonaId));
            var writers = takes.Select(take => take.AssigneeKey).OfType<PersonKey>();
            var open = takes.SelectMany(take => take.OpenStates().SelectMany(state => DeskFacetValue.Of(take, state)));
            PersonKey[] authors =
            [
                .. drafters,
                .. Article.AssigneeKey is { } assignee ? [assignee] : Array.Empty<PersonKey>(),
            ];
            PersonKey[] members =
            [
                .. authors,
                .. Article.ReviewerKey is { } reviewer ? [reviewer] : Array.Empty<PersonKey>(),
                .. writers,
            ];
            return
            [
                .. Of(DeskFacetKind.Tag, Tags.Select(tag => DeskFacetValue.Of(tag))),
                .. Of(DeskFacetKind.Author, authors.Select(DeskFacetValue.Of)),
                .. Of(DeskFacetKind.Member, members.Select(DeskFacetValue.Of)),
                .. Of(DeskFacetKind.MissingTake, missing.Select(persona => DeskFacetValue.Of(persona))),
                .. Of(DeskFacetKind.OpenTake, open),
                .. Of(DeskFacetKind.TakeWriter, writers.Select(DeskFacetValue.Of)),
            ];
        }

        private IEnumerable<DeskFacet> Of(DeskFacetKind kind, IEnumerable<DeskFacetValue> values) =>
            values
                .Distinct()
                .Select(value => new DeskFacet
                {
                    ArticleId = Article.Id,
                    Kind = kind,
                    Value = value,
                    IsTrashed = Article.TrashedAt is not null,
                    UpdatedAt = Article.UpdatedAt,
                });
    }
}
