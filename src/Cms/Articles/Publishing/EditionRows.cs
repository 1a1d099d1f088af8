using Cms.Body;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.Reading;
using Cms.References;
using Cms.Search;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>An approved take, with the data that an edition stores about the persona.</summary>
internal sealed record PanelTake(Take Take, PersonaProfile Profile, int Order, string? Disclosure);

/// <summary>
/// Writes the parts, listings and search document of an edition. Removes the listings and search document of the
/// previous edition.
/// </summary>
internal static class EditionRows
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns the approved takes on an article, in the panel's order.</summary>
        public async Task<IReadOnlyList<PanelTake>> PanelOfAsync(
            ArticleId article,
            CancellationToken cancellationToken
        ) =>
            await (
                from take in db.Takes
                where take.ArticleId == article && take.Status == TakeStatus.Approved
                join profile in db.PersonaProfiles
                    on new { take.PersonaId, Number = take.ProfileNumber } equals new
                    {
                        profile.PersonaId,
                        profile.Number,
                    }
                join persona in db.Personas on take.PersonaId equals persona.Id
                orderby persona.Order, persona.Id
                select new PanelTake(
                    take,
                    profile.Profile,
                    persona.Order,
                    Disclosures.Of(take, profile.Profile, persona.IsAi)
                )
            )
                .AsNoTracking()
                .ToListAsync(cancellationToken);

        /// <summary>Returns the takes of an edition, in the panel's order.</summary>
        public async Task<IReadOnlyList<PanelTake>> PanelOfAsync(
            EditionId edition,
            CancellationToken cancellationToken
        ) =>
            await (
                from shown in db.EditionTakes
                where shown.EditionId == edition
                join take in db.Takes on shown.TakeId equals take.Id
                join profile in db.PersonaProfiles
                    on new { shown.PersonaId, Number = shown.ProfileNumber } equals new
                    {
                        profile.PersonaId,
                        profile.Number,
                    }
                orderby shown.Ordinal, shown.PersonaId
                select new PanelTake(take, profile.Profile, shown.Ordinal, shown.Disclosure)
            )
                .AsNoTracking()
                .ToListAsync(cancellationToken);

        /// <summary>Returns whether the current edition has exactly this revision and these takes.</summary>
        public async Task<bool> IsLiveAsync(
            Article article,
            Revision head,
            IReadOnlyList<PanelTake> panel,
            CancellationToken cancellationToken
        )
        {
            if (article.LiveEditionId is not { } live)
            {
                return false;
            }

            var revision = await db
                .Editions.Where(e => e.Id == live)
                .Select(e => e.RevisionId)
                .SingleAsync(cancellationToken);
            var takes = await db
                .EditionTakes.Where(t => t.EditionId == live)
                .Select(t => t.TakeId)
                .ToListAsync(cancellationToken);
            return revision == head.Id && takes.ToHashSet().SetEquals(panel.Select(p => p.Take.Id));
        }

        /// <summary>
        /// Supersedes the previous edition and lists the new edition instead. A tombstone is not listed.
        /// </summary>
        public async Task WriteEditionAsync(
            Edition edition,
            IReadOnlyList<PanelTake> panel,
            CancellationToken cancellationToken
        )
        {
            var seen = edition.Number == 1 ? [] : await db.SupersedeAsync(edition, cancellationToken);
            db.Add(edition);
            var images = (edition.Content?.Images() ?? []).Select(image => image.Media).ToHashSet();
            await db.RecordUsesAsync(MediaUseKind.Article, edition.ArticleId, images, cancellationToken);
            var embeds = (edition.Content?.EmbeddedArticles() ?? []).Select(IEntityId (id) => id);
            IEnumerable<IEntityId> named = edition.SuccessorId is { } successor ? [successor] : [];
            await db.RecordReferencesAsync(UsageKind.Article, edition.ArticleId, embeds, cancellationToken);
            // Only a withdrawal adds a notice, and only the next publication removes it.
            if (edition is { Number: > 1, Kind: EditionKind.Withdrawn or EditionKind.Published })
            {
                await db.RecordReferencesAsync(UsageKind.Notice, edition.ArticleId, named, cancellationToken);
            }

            if (edition.Content is not { } content)
            {
                return;
            }

            await db.PublishTermsAsync(content, edition.LiveFrom, cancellationToken);
            db.AddParts(edition, content);
            db.AddRange(
                images.Select(media => new EditionMedia
                {
                    EditionId = edition.Id,
                    MediaId = media,
                    ArticleId = edition.ArticleId,
                })
            );
            foreach (var shown in panel)
            {
                var take = shown.Take;
                var publishedAt = seen.TryGetValue(take.Id, out var at) ? at : edition.LiveFrom;
                db.Add(TakeOf(edition, shown, publishedAt));
                db.Add(
                    new TakeListing
                    {
                        TakeId = take.Id,
                        PersonaId = take.PersonaId,
                        EditionId = edition.Id,
                        PublishedAt = publishedAt,
                    }
                );
            }

            db.AddRange(
                Facets(content, panel)
                    .Distinct()
                    .Select(facet => new ArticleListing
                    {
                        ArticleId = edition.ArticleId,
                        FacetId = facet,
                        EditionId = edition.Id,
                        PublishedAt = edition.PublishedAt,
                        UpdatedAt = edition.LiveFrom,
                    })
            );
            db.Add(
                new SearchDocument
                {
                    ArticleId = edition.ArticleId,
                    Headline = content.Headline,
                    Summary = content.Summary ?? "",
                    Text = string.Join('\n', panel.Select(p => p.Take.Content.Text).Prepend(PlainText(content))),
                }
            );
        }

        /// <summary>
        /// Adds an advance edition with the parts that partners see. It is not listed, not searchable and not announced,
        /// and what it shows does not become public.
        /// </summary>
        public void AddAdvance(Edition edition, IReadOnlyList<PanelTake> panel)
        {
            db.Add(edition);
            db.AddParts(edition, edition.Content!);
            db.AddRange(panel.Select(shown => TakeOf(edition, shown, edition.PublishedAt)));
        }

        private void AddParts(Edition edition, ArticleContent content)
        {
            db.AddRange(
                content.Tags.Select(
                    (tag, i) =>
                        new EditionTag
                        {
                            EditionId = edition.Id,
                            Ordinal = i,
                            TagId = tag,
                        }
                )
            );
            db.AddRange(
                content.Authors.Select(
                    (author, i) =>
                        new EditionAuthor
                        {
                            EditionId = edition.Id,
                            Ordinal = i,
                            AuthorId = author,
                        }
                )
            );
            db.AddRange(
                content.Tools.Select(
                    (tool, i) =>
                        new EditionTool
                        {
                            EditionId = edition.Id,
                            Ordinal = i,
                            ToolId = tool,
                        }
                )
            );
        }

        // Supersedes the previous edition. Returns when each of its takes was published.
        private async Task<Dictionary<TakeId, DateTimeOffset>> SupersedeAsync(
            Edition edition,
            CancellationToken cancellationToken
        )
        {
            var article = edition.ArticleId;
            var last = await db
                .Editions.Where(e => e.ArticleId == article && e.Number == edition.Number - 1)
                .SingleAsync(cancellationToken);
            last.Supersede(edition.LiveFrom);
            var left = await db
                .ArticleListings.AsNoTracking()
                .Where(l => l.ArticleId == article)
                .ToListAsync(cancellationToken);
            db.AddRange(
                left.Select(l => new PastListing
                {
                    ArticleId = l.ArticleId,
                    FacetId = l.FacetId,
                    EditionId = l.EditionId,
                    PublishedAt = l.PublishedAt,
                    UpdatedAt = l.UpdatedAt,
                    SupersededAt = edition.LiveFrom,
                })
            );
            await db.ArticleListings.Where(l => l.ArticleId == article).ExecuteDeleteAsync(cancellationToken);
            await db.SearchDocuments.Where(d => d.ArticleId == article).ExecuteDeleteAsync(cancellationToken);
            var takes = await db
                .EditionTakes.Where(t => t.EditionId == last.Id)
                .Select(t => new { t.TakeId, t.PublishedAt })
                .ToDictionaryAsync(t => t.TakeId, t => t.PublishedAt, cancellationToken);
            var ids = takes.Keys.ToList();
            await db.TakeListings.Where(l => ids.Contains(l.TakeId)).ExecuteDeleteAsync(cancellationToken);
            return takes;
        }
    }

    private static EditionTake TakeOf(Edition edition, PanelTake shown, DateTimeOffset publishedAt) =>
        new()
        {
            EditionId = edition.Id,
            TakeId = shown.Take.Id,
            Ordinal = shown.Order,
            ArticleId = edition.ArticleId,
            PersonaId = shown.Take.PersonaId,
            ProfileNumber = shown.Take.ProfileNumber,
            PersonaName = shown.Profile.Name,
            PersonaLens = shown.Profile.Lens,
            Text = shown.Take.Content.Text,
            Stance = shown.Take.Content.Stance,
            Confidence = shown.Take.Content.Confidence,
            Verdict = shown.Take.Content.Verdict,
            Anchor = shown.Take.Anchor,
            InReplyTo = shown.Take.InReplyTo,
            Disclosure = shown.Disclosure,
            PublishedAt = publishedAt,
        };

    private static string PlainText(ArticleContent content) =>
        content.Body is { } json ? RichText.OfStored(json).Derive(BodyForms.PlainText).PlainText : "";

    private static IEnumerable<FacetId> Facets(ArticleContent content, IReadOnlyList<PanelTake> panel) =>
        [
            FacetId.All,
            .. content.CategoryId is { } category ? [FacetId.Of(category)] : Array.Empty<FacetId>(),
            .. content.SourceId is { } source ? [FacetId.Of(source)] : Array.Empty<FacetId>(),
            .. content.Tags.Select(tag => FacetId.Of(tag)),
            .. content.Authors.Select(author => FacetId.Of(author)),
            .. content.Tools.Select(tool => FacetId.Of(tool)),
            .. panel.Select(take => FacetId.Of(take.Take.PersonaId)),
        ];
}
