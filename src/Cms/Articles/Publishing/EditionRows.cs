using Cms.Body;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.People;
using Cms.Reading;
using Cms.References;
using Cms.Search;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Publishing;

/// <summary>A take to show, with the data that an edition stores about the revision and the persona.</summary>
internal sealed record PanelTake(
    Take Take,
    TakeRevision Words,
    PersonaProfile Profile,
    int Order,
    string? Disclosure,
    DigitalSourceType? SourceType
)
{
    public static PanelTake Of(Take take, TakeRevision words, PersonaProfile profile, int order, bool isAi) =>
        new(take, words, profile, order, Disclosures.Of(words, profile.Name, isAi), Disclosures.TypeOf(words, isAi));
}

/// <summary>
/// Writes the parts, listings and search document of an edition. Removes the listings and search document of the
/// previous edition.
/// </summary>
internal static class EditionRows
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the approved takes on an article, in the panel's order. Locks the article. Otherwise, an edition could
        /// show a take that somebody retracts at the same time.
        /// </summary>
        public async Task<IReadOnlyList<PanelTake>> PanelOfAsync(ArticleId article, CancellationToken cancellationToken)
        {
            await db.LockArticleAsync(article, cancellationToken);
            return await (
                from take in db.Takes
                where take.ArticleId == article && take.ApprovedRevisionId != null
                join words in db.TakeRevisions on take.ApprovedRevisionId equals words.Id
                join profile in db.PersonaProfiles
                    on new { take.PersonaId, Number = words.ProfileNumber } equals new
                    {
                        profile.PersonaId,
                        profile.Number,
                    }
                join persona in db.Personas on take.PersonaId equals persona.Id
                orderby persona.Order, persona.Id
                select PanelTake.Of(take, words, profile.Profile, persona.Order, persona.IsAi)
            )
                .AsNoTracking()
                .ToListAsync(cancellationToken);
        }

        /// <summary>Returns a take whose newest revision was approved in this transaction.</summary>
        public async Task<PanelTake> PanelTakeAsync(Take take, CancellationToken cancellationToken)
        {
            var words = db.TakeRevisions.Local.Single(r => r.Id == take.ApprovedRevisionId);
            var persona = await db.Personas.AsNoTracking().SingleAsync(p => p.Id == take.PersonaId, cancellationToken);
            var profile = await db
                .PersonaProfiles.Where(p => p.PersonaId == take.PersonaId && p.Number == words.ProfileNumber)
                .Select(p => p.Profile)
                .SingleAsync(cancellationToken);
            return PanelTake.Of(take, words, profile, persona.Order, persona.IsAi);
        }

        /// <summary>Returns the takes of an edition, in the panel's order.</summary>
        public async Task<IReadOnlyList<PanelTake>> PanelOfAsync(
            EditionId edition,
            CancellationToken cancellationToken
        ) =>
            await (
                from shown in db.EditionTakes
                where shown.EditionId == edition
                join take in db.Takes on shown.TakeId equals take.Id
                join words in db.TakeRevisions on shown.RevisionId equals words.Id
                join profile in db.PersonaProfiles
                    on new { shown.PersonaId, Number = shown.ProfileNumber } equals new
                    {
                        profile.PersonaId,
                        profile.Number,
                    }
                orderby shown.Ordinal, shown.PersonaId
                select new PanelTake(
                    take,
                    words,
                    profile.Profile,
                    shown.Ordinal,
                    shown.Disclosure,
                    shown.DigitalSourceType
                )
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
                .Select(t => t.RevisionId)
                .ToListAsync(cancellationToken);
            return revision == head.Id && takes.ToHashSet().SetEquals(panel.Select(p => p.Words.Id));
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
            await db.MarkStaleAsync(edition, panel, seen, cancellationToken);
            var anchors = new Anchors(content.Body);
            foreach (var shown in panel)
            {
                var take = shown.Take;
                var before = seen.GetValueOrDefault(take.Id);
                var publishedAt = before?.PublishedAt ?? edition.LiveFrom;
                var updatedAt = before?.RevisionId == shown.Words.Id ? before.UpdatedAt : edition.LiveFrom;
                db.Add(TakeOf(edition, shown, anchors, publishedAt, updatedAt));
                db.Add(
                    new TakeListing
                    {
                        TakeId = take.Id,
                        PersonaId = take.PersonaId,
                        EditionId = edition.Id,
                        PublishedAt = publishedAt,
                        Stance = shown.Words.Content.Stance,
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
                    Text = string.Join('\n', panel.Select(p => p.Words.Content.Text).Prepend(PlainText(content))),
                }
            );
        }

        /// <summary>Saves an edition, so that another one can follow it in the same transaction.</summary>
        public async Task SaveEditionAsync(CancellationToken cancellationToken)
        {
            await db.SaveChangesAsync(cancellationToken);

            // The next edition deletes these rows with statements that the context does not notice, and adds new ones
            // with the same keys.
            foreach (
                var entry in db
                    .ChangeTracker.Entries()
                    .Where(entry => entry.Entity is ArticleListing or TakeListing or SearchDocument)
                    .ToList()
            )
            {
                entry.State = EntityState.Detached;
            }
        }

        /// <summary>
        /// Adds an advance edition with the parts that partners see. It is listed only for partners who see it early, not
        /// searchable and not announced, and what it shows does not become public.
        /// </summary>
        public void AddAdvance(Edition edition, IReadOnlyList<PanelTake> panel)
        {
            db.Add(edition);
            db.AddParts(edition, edition.Content!);
            var anchors = new Anchors(edition.Content!.Body);
            db.AddRange(
                panel.Select(shown => TakeOf(edition, shown, anchors, edition.PublishedAt, edition.PublishedAt))
            );
            db.AddRange(
                Facets(edition.Content!, panel)
                    .Distinct()
                    .Select(facet => new AdvanceListing
                    {
                        EditionId = edition.Id,
                        FacetId = facet,
                        ArticleId = edition.ArticleId,
                        PublishedAt = edition.PublishedAt,
                        UpdatedAt = edition.LiveFrom,
                    })
            );
            db.AddRange(
                panel.Select(shown => new AdvanceTakeListing
                {
                    EditionId = edition.Id,
                    TakeId = shown.Take.Id,
                    PersonaId = shown.Take.PersonaId,
                    PublishedAt = edition.PublishedAt,
                    Stance = shown.Words.Content.Stance,
                })
            );
        }

        // A correction makes the takes stale that readers saw beside the mistake.
        private async Task MarkStaleAsync(
            Edition edition,
            IReadOnlyList<PanelTake> panel,
            Dictionary<TakeId, SeenTake> seen,
            CancellationToken cancellationToken
        )
        {
            if (edition.Kind is not EditionKind.Corrected)
            {
                return;
            }

            var stale = panel
                .Where(shown => seen.GetValueOrDefault(shown.Take.Id)?.RevisionId == shown.Words.Id)
                .Select(shown => shown.Take.Id)
                .ToList();
            if (stale.Count > 0)
            {
                var by = Contributor.Server with { Name = edition.IssuedBy! };
                foreach (var take in await db.Takes.Where(t => stale.Contains(t.Id)).ToListAsync(cancellationToken))
                {
                    take.MarkStale(by, edition.LiveFrom);
                }
            }
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

        // Supersedes the previous edition. Returns the takes that readers saw.
        private async Task<Dictionary<TakeId, SeenTake>> SupersedeAsync(
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
                .Select(t => new SeenTake(t.TakeId, t.RevisionId, t.PublishedAt, t.UpdatedAt))
                .ToDictionaryAsync(t => t.TakeId, cancellationToken);
            var ids = takes.Keys.ToList();
            await db.TakeListings.Where(l => ids.Contains(l.TakeId)).ExecuteDeleteAsync(cancellationToken);
            return takes;
        }
    }

    private static EditionTake TakeOf(
        Edition edition,
        PanelTake shown,
        Anchors anchors,
        DateTimeOffset publishedAt,
        DateTimeOffset updatedAt
    ) =>
        new()
        {
            EditionId = edition.Id,
            TakeId = shown.Take.Id,
            RevisionId = shown.Words.Id,
            Ordinal = shown.Order,
            ArticleId = edition.ArticleId,
            PersonaId = shown.Take.PersonaId,
            ProfileNumber = shown.Words.ProfileNumber,
            PersonaName = shown.Profile.Name,
            PersonaLens = shown.Profile.Lens,
            Text = shown.Words.Content.Text,
            Stance = shown.Words.Content.Stance,
            Confidence = shown.Words.Content.Confidence,
            Verdict = shown.Words.Content.Verdict,
            // Readers see no anchor that the text no longer has.
            Anchor = shown.Words.Anchor is { } anchor && anchors.Match(anchor) ? anchor : null,
            InReplyTo = shown.Words.InReplyTo,
            Disclosure = shown.Disclosure,
            DigitalSourceType = shown.SourceType,
            PublishedAt = publishedAt,
            UpdatedAt = updatedAt,
        };

    /// <summary>A take in the edition that is superseded.</summary>
    private sealed record SeenTake(
        TakeId TakeId,
        TakeRevisionId RevisionId,
        DateTimeOffset PublishedAt,
        DateTimeOffset UpdatedAt
    );

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
            .. FacetId.OfSplit([.. panel.Select(take => take.Words.Content.Stance)]),
            .. content.Seo.NoIndex ? [FacetId.NoIndex] : Array.Empty<FacetId>(),
        ];
}
