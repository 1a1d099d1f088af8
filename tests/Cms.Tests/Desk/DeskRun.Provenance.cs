using Cms.Articles;
using Cms.Data;
using Cms.Import;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Desk;

// No text is public that a model drafted, unless a person approved exactly that revision. This holds for imports too.
internal sealed partial class DeskRun
{
    private readonly HashSet<EditionId> _reviewed = [];

    private static string? ModelOf(DraftedWith? model) => model is null ? null : $"{model.Model}/{model.Version}";

    // An approval can be taken back later, so editions are checked when they are new.
    private async Task AssertReviewedAsync()
    {
        await using var db = await _database.OpenAsync();
        var editions = await db.Editions.AsNoTracking().Where(e => e.RevisionId != null).ToListAsync();
        foreach (var edition in editions.Where(e => _reviewed.Add(e.Id)))
        {
            var words = await db.Revisions.AsNoTracking().SingleAsync(r => r.Id == edition.RevisionId);
            var isRepeated = editions.Exists(e =>
                e.ArticleId == edition.ArticleId && e.RevisionId == edition.RevisionId && e.Number < edition.Number
            );
            Assert.True(
                isRepeated || words.DraftedWith is null || words.IsApproved,
                $"Edition {edition.Number} of {edition.ArticleId} publishes words of a model that nobody approved."
            );
            var takes = await db
                .EditionTakes.Where(t => t.EditionId == edition.Id)
                .Join(db.TakeRevisions, t => t.RevisionId, r => r.Id, (t, r) => r)
                .AsNoTracking()
                .ToListAsync();
            Assert.All(takes, take => Assert.Equal(ContributorKind.Person, take.Reviewer?.Kind));
        }
    }

    // An import publishes no text of a model. If it trusts the reviews in the files, it publishes what was public.
    private async Task AssertImportsAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cms-desk-");
        try
        {
            await _database.Get<ExportNewsroom>().Handle(folder.FullName, default);
            var here = await PublicAsync(_database);
            Equal(
                "what is public after an import",
                here.Where(text => !text.IsByModel).Select(text => text.Shown),
                await ImportedAsync(trustsReviews: false)
            );
            Equal(
                "what is public after an import that trusts reviews",
                here.Select(text => text.Shown),
                await ImportedAsync(trustsReviews: true)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<IEnumerable<string>> ImportedAsync(bool trustsReviews)
        {
            var copy = new SqliteTestDatabase { Gate = DeskModel.Rules };
            try
            {
                copy.Clock.SetUtcNow(_model.Now);
                await copy.InitializeAsync();
                await copy.Get<ImportNewsroom>()
                    .Handle(folder.FullName, new ImportOptions { TrustReviews = trustsReviews }, null, default);
                if (trustsReviews)
                {
                    await AssertExportedAlikeAsync(copy, folder.FullName);
                }

                return (await PublicAsync(copy)).Select(text => text.Shown);
            }
            finally
            {
                await copy.DisposeAsync();
            }
        }
    }

    // A copy that trusts reviews has the same published articles, so their files are the same, and so is what readers
    // see of their corrections and updates.
    private async Task AssertExportedAlikeAsync(TestDatabase copy, string folder)
    {
        await using var here = await _database.OpenAsync();
        await using var there = await copy.OpenAsync();
        Assert.Equal(await PublicAsync(here), await PublicAsync(there));
        await Invariants.AssertAsync(copy.OpenAsync);
        var again = Directory.CreateTempSubdirectory("cms-desk-");
        try
        {
            await copy.Get<ExportNewsroom>().Handle(again.FullName, default);
            foreach (
                var slug in await there.Articles.Where(a => a.LiveEditionId != null).Select(a => a.Slug).ToListAsync()
            )
            {
                var file = Path.Combine("articles", slug + ".md");
                Assert.Equal(
                    await File.ReadAllTextAsync(Path.Combine(folder, file)),
                    await File.ReadAllTextAsync(Path.Combine(again.FullName, file))
                );
            }
        }
        finally
        {
            again.Delete(recursive: true);
        }

        // A file does not contain what was public before a withdrawal.
        static async Task<List<string>> PublicAsync(CmsDbContext db)
        {
            var editions = await db
                .Editions.AsNoTracking()
                .Where(e =>
                    e.Kind != EditionKind.Advance
                    && db.Articles.Any(a => a.Id == e.ArticleId && a.LiveEditionId != null)
                )
                .OrderBy(e => e.Number)
                .ToListAsync();
            return
            [
                .. editions
                    .GroupBy(e => e.ArticleId)
                    .SelectMany(own =>
                        own.Skip(own.ToList().FindLastIndex(e => e.Kind is EditionKind.Published))
                            .Select(e =>
                                $"{own.Last().Slug} {e.Kind} {e.LiveFrom:O} {e.PublishedAt:O} {e.CorrectionNote} {e.CorrectionSeverity}"
                            )
                    )
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    // A take is public with its article, so it is by a model if its article is.
    private static async Task<List<PublicText>> PublicAsync(TestDatabase database)
    {
        await using var db = await database.OpenAsync();
        List<PublicText> texts = [];
        foreach (var article in await db.Articles.AsNoTracking().Where(a => a.LiveEditionId != null).ToListAsync())
        {
            var edition = await db.Editions.AsNoTracking().SingleAsync(e => e.Id == article.LiveEditionId);
            var words = await db.Revisions.AsNoTracking().SingleAsync(r => r.Id == edition.RevisionId);
            var isByModel = words.DraftedWith is not null;
            texts.Add(
                new(
                    $"{edition.Slug} {edition.Content!.Headline} {ModelOf(words.DraftedWith)} {edition.Disclosure}",
                    isByModel
                )
            );
            var takes = await db
                .EditionTakes.Where(t => t.EditionId == edition.Id)
                .Join(db.TakeRevisions, t => t.RevisionId, r => r.Id, (t, r) => new { Shown = t, Words = r })
                .AsNoTracking()
                .ToListAsync();
            texts.AddRange(
                takes.Select(take => new PublicText(
                    $"{edition.Slug} {take.Shown.Text} {ModelOf(take.Words.DraftedWith)} {take.Shown.Disclosure}",
                    isByModel || take.Words.DraftedWith is not null
                ))
            );
        }

        return texts;
    }

    /// <param name="Shown">What readers see.</param>
    /// <param name="IsByModel">Whether a model drafted it or its article.</param>
    private sealed record PublicText(string Shown, bool IsByModel);
}
