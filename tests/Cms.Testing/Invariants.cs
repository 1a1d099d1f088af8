using Cms.Articles;
using Cms.Audit;
using Cms.Data;
using Cms.Panel;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Testing;

/// <summary>Asserts conditions that the stored content must always meet.</summary>
internal static class Invariants
{
    /// <param name="open">Opens the database.</param>
    public static async Task AssertAsync(Func<Task<CmsDbContext>> open)
    {
        await using var db = await open();
        var articles = await db.Articles.AsNoTracking().ToListAsync();
        var editions = await db.Editions.AsNoTracking().OrderBy(e => e.Number).ToListAsync();
        var revisions = await db.Revisions.AsNoTracking().OrderBy(r => r.Number).ToListAsync();
        foreach (var article in articles)
        {
            var own = editions.Where(e => e.ArticleId == article.Id).ToList();
            AssertEditions(article, own.FindAll(e => e.Kind is not EditionKind.Advance));
            AssertAdvances(article, own.FindAll(e => e.Kind is EditionKind.Advance));
            var saves = revisions.Where(r => r.ArticleId == article.Id).ToList();
            Assert.Equal(Enumerable.Range(1, article.RevisionCount), saves.Select(r => r.Number));
            Assert.Equal(saves[^1].Id, article.HeadId);
            AssertPlans(article, saves);
        }

        var current = articles.Where(a => a.LiveEditionId is not null).Select(a => a.LiveEditionId!.Value).ToHashSet();
        var live = editions.Where(e => current.Contains(e.Id)).ToList();
        var takes = (await db.EditionTakes.AsNoTracking().ToListAsync())
            .Where(t => current.Contains(t.EditionId))
            .ToList();
        var tags = await db.EditionTags.AsNoTracking().ToListAsync();
        var authors = await db.EditionAuthors.AsNoTracking().ToListAsync();
        var tools = await db.EditionTools.AsNoTracking().ToListAsync();
        Assert.Equal(
            live.SelectMany(e => Facets(e).Distinct().Select(f => (e.ArticleId, f, e.Id, e.PublishedAt, e.LiveFrom)))
                .ToHashSet(),
            (await db.ArticleListings.AsNoTracking().ToListAsync())
                .Select(l => (l.ArticleId, l.FacetId, l.EditionId, l.PublishedAt, l.UpdatedAt))
                .ToHashSet()
        );
        Assert.Equal(
            takes.Select(t => (t.TakeId, t.PersonaId, t.EditionId, t.PublishedAt, t.Stance)).ToHashSet(),
            (await db.TakeListings.AsNoTracking().ToListAsync())
                .Select(l => (l.TakeId, l.PersonaId, l.EditionId, l.PublishedAt, l.Stance))
                .ToHashSet()
        );
        Assert.Equal(
            live.Select(e => (e.ArticleId, e.Content!.Headline)).ToHashSet(),
            (await db.SearchDocuments.AsNoTracking().ToListAsync()).Select(d => (d.ArticleId, d.Headline)).ToHashSet()
        );

        // What was released under embargo leaves nothing that could become public later.
        var advances = editions.Where(e => e.Kind is EditionKind.Advance).ToList();
        var released = articles.Select(a => a.AdvanceEditionId).OfType<EditionId>().ToHashSet();
        var parts = (await db.EditionTakes.AsNoTracking().ToListAsync())
            .Select(t => t.EditionId)
            .Concat(tags.Select(t => t.EditionId))
            .Concat(authors.Select(a => a.EditionId))
            .Concat(tools.Select(t => t.EditionId))
            .ToHashSet();
        var media = (await db.EditionMedia.AsNoTracking().ToListAsync()).Select(m => m.EditionId).ToHashSet();
        var past = (await db.PastListings.AsNoTracking().ToListAsync()).Select(l => l.EditionId).ToHashSet();
        var announced = (await db.Changes.AsNoTracking().ToListAsync()).Select(c => c.EditionId).ToHashSet();
        Assert.All(
            advances,
            e =>
            {
                Assert.False(parts.Contains(e.Id) && !released.Contains(e.Id));
                Assert.DoesNotContain(e.Id, media);
                Assert.DoesNotContain(e.Id, past);
                Assert.DoesNotContain(e.Id, announced);
            }
        );

        var numbers = await db.Changes.OrderBy(c => c.Seq).Select(c => c.Seq).ToListAsync();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long)n), numbers);
        Assert.Equal(numbers.Count, (await db.ChangeCounters.SingleAsync()).Seq);
        Assert.Empty((await new VerifyAudit(new Opened(open)).Handle(null, default)).Faults);

        IEnumerable<FacetId> Facets(Edition edition) =>
            [
                FacetId.All,
                .. edition.Content!.CategoryId is { } category ? [FacetId.Of(category)] : Array.Empty<FacetId>(),
                .. edition.Content.SourceId is { } source ? [FacetId.Of(source)] : Array.Empty<FacetId>(),
                .. tags.Where(t => t.EditionId == edition.Id).Select(t => FacetId.Of(t.TagId)),
                .. authors.Where(a => a.EditionId == edition.Id).Select(a => FacetId.Of(a.AuthorId)),
                .. tools.Where(t => t.EditionId == edition.Id).Select(t => FacetId.Of(t.ToolId)),
                .. takes.Where(t => t.EditionId == edition.Id).Select(t => FacetId.Of(t.PersonaId)),
                .. IsSplit([.. takes.Where(t => t.EditionId == edition.Id).Select(t => t.Stance)])
                    ? [FacetId.Split]
                    : Array.Empty<FacetId>(),
                .. edition.Content.Seo.NoIndex ? [FacetId.NoIndex] : Array.Empty<FacetId>(),
            ];

        static bool IsSplit(List<Stance> stances) =>
            new[] { Stance.Supportive, Stance.Skeptical }.All(side =>
                stances.Count(stance => stance == side) is > 0 and var count && count * 2 <= stances.Count
            );
    }

    /// <summary>
    /// Asserts that the full-text index returns one match for each published article. Every article must contain
    /// <paramref name="word" />.
    /// </summary>
    public static async Task AssertIndexAsync(Func<Task<CmsDbContext>> open, string word)
    {
        await using var db = await open();
        var found = db.Database.SqlQuery<int>(
            $"SELECT count(*) AS Value FROM ArticleSearch WHERE ArticleSearch MATCH {word}"
        );
        Assert.Equal(await db.Articles.CountAsync(a => a.LiveEditionId != null), await found.SingleAsync());

        // Rank 1 compares the index with the texts from which it was built
        // (sqlite.org/fts5.html#the_integrity_check_command).
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO ArticleSearch(ArticleSearch, rank) VALUES ('integrity-check', 1)"
        );
    }

    // A schedule is complete or absent. Its revision has no missing fields. A scheduled article has no schedule refusal,
    // and no embargo unless it is released under embargo until the same time. A published article has no embargo.
    private static void AssertPlans(Article article, List<Revision> saves)
    {
        Assert.Equal(article.ScheduledAt is null, article.ScheduledRevisionId is null);
        Assert.Equal(article.ScheduledAt is null, article.ScheduledBy is null);
        Assert.Equal(
            article.AdvanceEditionId is not null,
            article is { ScheduledAt: not null, EmbargoUntil: not null }
        );
        Assert.False(article is { ScheduledAt: not null, ScheduleRefusal: not null });
        Assert.False(article is { LiveEditionId: not null, EmbargoUntil: not null });
        if (article.ScheduledRevisionId is { } scheduled)
        {
            var content = saves.Single(r => r.Id == scheduled).Content;
            Assert.False(string.IsNullOrWhiteSpace(content.Headline) || string.IsNullOrWhiteSpace(content.Summary));
            Assert.NotEqual(0, content.WordCount);
        }
    }

    // Advance editions are numbered -1, -2 and so on. Only the last one can be current, and only until its embargo ends.
    private static void AssertAdvances(Article article, List<Edition> advances)
    {
        Assert.Equal(Enumerable.Range(1, article.AdvanceCount).Reverse(), advances.Select(e => -e.Number));
        var current = advances.SingleOrDefault(e => e.SupersededAt is null);
        Assert.Equal(article.AdvanceEditionId, current?.Id);
        Assert.All(advances, e => Assert.True(e.SupersededAt is null || e.SupersededAt >= e.LiveFrom));
        if (current is not null)
        {
            Assert.Equal(-article.AdvanceCount, current.Number);
            Assert.Null(article.LiveEditionId);
            Assert.Equal(
                (article.ScheduledAt, article.EmbargoUntil, article.ScheduledRevisionId, article.Slug),
                (current.PublishedAt, current.PublishedAt, current.RevisionId, current.Slug)
            );
        }
    }

    private static void AssertEditions(Article article, List<Edition> editions)
    {
        Assert.Equal(Enumerable.Range(1, article.EditionCount), editions.Select(e => e.Number));
        Assert.Equal(
            editions.Skip(1).Select(e => (DateTimeOffset?)e.LiveFrom).Concat(editions.Count == 0 ? [] : [null]),
            editions.Select(e => e.SupersededAt)
        );
        var current = editions.LastOrDefault();
        var (status, live) = current switch
        {
            null => (ArticleStatus.Draft, null),
            { IsTombstone: true } => (ArticleStatus.Withdrawn, null),
            _ => (ArticleStatus.Published, (EditionId?)current.Id),
        };
        Assert.Equal((status, live), (article.Status, article.LiveEditionId));
        Assert.Equal(editions.Count(e => e.Kind is EditionKind.Corrected), article.CorrectionCount);
        Assert.Equal(article.CorrectionCount, current?.CorrectionSequence ?? 0);
        Assert.All(editions, e => Assert.Equal(e.IsTombstone, e.Content is null));
        Assert.All(editions, e => Assert.Equal(article.FirstPublishedAt, e.FirstPublishedAt));
    }

    private sealed class Opened(Func<Task<CmsDbContext>> open) : IDbContextFactory<CmsDbContext>
    {
        public CmsDbContext CreateDbContext() => throw new NotSupportedException();

        public Task<CmsDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => open();
    }
}
