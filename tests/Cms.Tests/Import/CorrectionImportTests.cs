using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Changes;
using Cms.Import;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>Files carry the corrections and updates of an article.</summary>
[Slow]
public sealed class CorrectionImportTests : IAsyncLifetime
{
    private const string Keys =
        "headline: One\nslug: story\nsummary: S.\ndate: 2026-11-20T09:00:00Z\ntags: [Storage]\ntakes: [{ persona: builder, text: T. }]";

    private const string First = "{ at: 2026-11-21T10:00:00Z, note: It was ten., severity: major }";
    private const string Second = "{ at: 2026-11-22T11:30:00+01:00, kind: update }";
    private const string Third = "{ at: 2026-11-24, note: It was twelve. }";

    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-corrections-");

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    public async Task InitializeAsync()
    {
        _database.Clock.SetUtcNow(Now);
        await _database.InitializeAsync();
        await Newsroom.PersonaAsync("Builder");
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Corrections_and_updates_of_the_desk_come_back_from_a_file_and_are_exported_alike()
    {
        var article = await Newsroom.PublishedAsync(Newsroom.Story("One"), "story");
        foreach (
            var (headline, note, severity) in new (string, string?, CorrectionSeverity)[]
            {
                ("Two", "“It was: #10”,\nnot 'nine' – {sorry}.", CorrectionSeverity.Major),
                ("Three", null, CorrectionSeverity.Minor),
                ("Four", "null", CorrectionSeverity.Minor),
            }
        )
        {
            _database.Clock.Advance(TimeSpan.FromMilliseconds(90_061_007));
            await Newsroom.SaveAsync(article.Id, Newsroom.Story(headline));
            if (note is null)
            {
                await Newsroom.PublishAsync(article.Id);
            }
            else
            {
                await CorrectAsync(article.Id, note, severity);
            }
        }

        var exported = await ExportAsync("first");
        await using var copy = new SqliteCopy(_database.Clock.GetUtcNow());
        var imported = await copy.ImportAsync(PathOf("first"));
        var again = await copy.ImportAsync(PathOf("first"));
        await copy.ExportAsync(PathOf("second"));

        Assert.Empty(exported.Warnings);
        Assert.Empty(imported.Refused);
        Assert.Equal((0, imported.Imported), (again.Imported, again.Unchanged));
        Assert.Equal(Texts("first"), Texts("second"));
        var here = await ShownAsync(_database.Services);
        Assert.Equal(2, here["corrections"]!.AsArray().Count);
        Assert.Equal(here.ToJsonString(), (await ShownAsync(copy.Services)).ToJsonString());
        await Invariants.AssertAsync(copy.OpenAsync);
        await using var db = await copy.OpenAsync();
        Assert.Equal(
            [
                ChangeKind.ArticlePublished,
                ChangeKind.ArticleCorrected,
                ChangeKind.ArticleUpdated,
                ChangeKind.ArticleCorrected,
            ],
            await ArticleChangesAsync(db)
        );
        var entry = await db.AuditEntries.SingleAsync(e => e.Action == "import" && e.ArticleId != null);
        Assert.Contains("sorry", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_one_more_correction_than_the_article_has_issues_only_that_one()
    {
        await ImportAsync(First);
        var client = new GraphQLClient(_database.Services);
        var reader = GraphQLClient.Viewers["reader"];
        await using var db = await _database.OpenAsync();
        var id = await db.Articles.Select(a => a.Id).SingleAsync();
        await client.DoAsync(
            reader,
            "mergeBookmarks",
            new { bookmarks = new[] { new { targetId = id.ToString(), savedAt = "2026-11-23T00:00:00Z" } } },
            "clientMutationId"
        );

        var dry = await ImportAsync($"{First}\n  - {Third}", dryRun: true);
        var before = await db.Editions.CountAsync();
        var real = await ImportAsync($"{First}\n  - {Third}");
        var again = await ImportAsync($"{First}\n  - {Third}");

        Assert.Equal((1, 2), (dry.Imported, before));
        Assert.Equal((1, 0, 1), (real.Imported, again.Imported, again.Unchanged));
        Assert.Equal(
            [EditionKind.Published, EditionKind.Corrected, EditionKind.Corrected],
            await db.Editions.OrderBy(e => e.Number).Select(e => e.Kind).ToListAsync()
        );
        Assert.Equal(
            [ChangeKind.ArticlePublished, ChangeKind.ArticleCorrected, ChangeKind.ArticleCorrected],
            await ArticleChangesAsync(db)
        );
        Assert.Equal(
            """{"slug":"story","edition":3,"publishedAt":"2026-11-20T09:00:00.000Z","updatedAt":"2026-11-24T00:00:00.000Z","corrections":[{"at":"2026-11-21T10:00:00.000Z","note":"It was ten.","severity":"MAJOR"},{"at":"2026-11-24T00:00:00.000Z","note":"It was twelve.","severity":"MINOR"}]}""",
            (await ShownAsync(_database.Services)).ToJsonString()
        );
        Assert.NotNull((await db.Takes.AsNoTracking().SingleAsync()).StaleAt);
        var saved = await client.AskAsync(reader, "{ viewer { bookmarks(first: 1) { nodes { changedSinceSaved } } } }");
        Assert.True((bool)saved["data"]!["viewer"]!["bookmarks"]!["nodes"]![0]!["changedSinceSaved"]!);
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    [Fact]
    public async Task All_editions_of_a_first_import_have_their_times_and_the_newest_text_and_a_dry_run_saves_none()
    {
        var dry = await ImportAsync($"{First}\n  - {Second}\n  - {Third}", dryRun: true);
        await using var db = await _database.OpenAsync();
        Assert.Equal((1, 0), (dry.Imported, await db.Articles.CountAsync()));

        await ImportAsync($"{First}\n  - {Second}\n  - {Third}");

        Assert.Equal(
            [
                "1 Published 20 09:00 One 0",
                "2 Corrected 21 10:00 One 1",
                "3 Updated 22 10:30 One 1",
                "4 Corrected 24 00:00 One 2",
            ],
            (await db.Editions.AsNoTracking().OrderBy(e => e.Number).ToListAsync()).Select(e =>
                $"{e.Number} {e.Kind} {e.LiveFrom.ToUniversalTime():dd HH:mm} {e.Content!.Headline} {e.CorrectionSequence}"
            )
        );
        Assert.Equal(1, await db.Revisions.CountAsync());
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    [Fact]
    public async Task A_changed_text_is_published_at_the_time_of_its_new_entry_and_without_one_now()
    {
        await ImportAsync(First);
        await ImportAsync($"{First}\n  - {Second}", headline: "Two");
        await ImportAsync($"{First}\n  - {Second}", headline: "Three");
        await ImportAsync($"{First}\n  - {Second}", headline: "Four");

        await using var db = await _database.OpenAsync();
        Assert.Equal(
            ["20 One", "21 One", "22 Two", "01 Three", "01 Four"],
            (await db.Editions.AsNoTracking().OrderBy(e => e.Number).ToListAsync()).Select(e =>
                $"{e.LiveFrom.ToUniversalTime():dd} {e.Content!.Headline}"
            )
        );
    }

    [Theory]
    [InlineData(
        $"{Second}\n  - {First}",
        "Line 10: 21 November 2026, 10:00 UTC is before 22 November 2026, 10:30 UTC, the time of the entry above it. Correct the time, or list the oldest entry first."
    )]
    [InlineData(
        "{ at: 2026-11-20, note: N. }",
        "Line 9: 20 November 2026, 00:00 UTC is before 20 November 2026, 09:00 UTC, when the article was first published. Correct the time, or the date of the article."
    )]
    [InlineData(
        "{ at: 2026-12-01T00:00:01Z, kind: update }",
        "Line 9: 1 December 2026, 00:00:01 UTC is in the future. Correct the time, or import the entry after that time."
    )]
    [InlineData(
        "{ at: 2026-11-21T10:00:00Z, note: '  ' }",
        "Line 9: the correction needs a note that tells readers what was wrong. Add it, or write kind: update."
    )]
    [InlineData(
        "{ at: 2026-11-21T10:00:00Z, note: LONG }",
        "Line 9: the note is too long. Shorten it to at most 2000 characters."
    )]
    [InlineData(
        "{ at: 2026-11-21T10:00:00Z, kind: update, note: N. }",
        "Line 9: an update has no note and no severity. Remove them, or write kind: correction."
    )]
    [InlineData(
        $"{First}\nstatus: draft",
        "Line 9: only a published article has corrections, and this file does not publish it. Remove corrections, or remove the status draft and the embargo."
    )]
    [InlineData("{ note: N. }", "Add the key ‘corrections[0].at’.")]
    [InlineData(
        "{ at: 2026-11-21T10:00:00Z, kind: retraction, note: N. }",
        "Write corrections[0].kind as correction or update."
    )]
    [InlineData(
        "{ at: 2026-11-21T10:00:00Z, notes: N. }",
        "Import does not know the key ‘corrections[0].notes’. Correct it, or remove it. The known keys are at, kind, note, severity."
    )]
    public async Task A_wrong_entry_is_rejected_with_its_line_and_a_way_out_and_nothing_changes(
        string entries,
        string advice
    )
    {
        var wrong = entries.Replace("LONG", new string('n', ArticleLimits.Note + 1), StringComparison.Ordinal);
        await AssertRejectedAsync(wrong, advice);
        await ImportAsync(First);

        await AssertRejectedAsync(wrong, advice);
    }

    [Theory]
    [InlineData(Second, "21 November 2026, 10:00 UTC")]
    [InlineData("{ at: 2026-11-21T10:00:00Z, note: It was nine., severity: major }", "21 November 2026, 10:00 UTC")]
    [InlineData("{ at: 2026-11-21T10:00:00Z, note: It was ten. }", "21 November 2026, 10:00 UTC")]
    [InlineData(First, "24 November 2026, 00:00 UTC")]
    public async Task A_file_without_a_correction_that_the_article_has_is_rejected(string entries, string missing)
    {
        await ImportAsync($"{First}\n  - {Second}\n  - {Third}");

        await AssertRejectedAsync(
            entries,
            $"Line 9: ‘story’ has a correction of {missing} here that the file does not list with the same time, note and severity, and a published correction is never removed. Add it as the export writes it, or remove corrections from the file."
        );
    }

    [Fact]
    public async Task A_new_entry_from_before_the_newest_edition_is_rejected()
    {
        await ImportAsync($"{First}\n  - {Third}");

        await AssertRejectedAsync(
            $"{First}\n  - {Second}\n  - {Third}",
            "Line 10: ‘story’ has no such edition of 22 November 2026, 10:30 UTC here, and it has a newer one, of 24 November 2026, 00:00 UTC."
        );

        await ImportAsync($"{First}\n  - {Third}", headline: "Two");
        await AssertRejectedAsync(
            $"{First}\n  - {Third}\n  - {{ at: 2026-11-25, note: N. }}",
            "Line 11: ‘story’ has no such edition of 25 November 2026, 00:00 UTC here, and it has a newer one, of 1 December 2026, 00:00 UTC. Import adds editions only after the newest one. Remove the entry, or make the correction by hand."
        );
    }

    [Fact]
    public async Task An_article_with_corrections_needs_a_date()
    {
        await AssertRejectedAsync(
            First,
            "Line 5: the file lists corrections, but not when the article was first published. Add the key ‘date’ with that time.",
            keys: "headline: One\nsummary: S."
        );
    }

    [Fact]
    public async Task A_file_without_corrections_keeps_those_of_the_article()
    {
        await ImportAsync(First);
        await File.WriteAllTextAsync(PathOf("in/story.md"), $"---\n{Keys}\nbyline: Olu\n---\nWords.\n");

        var imported = await RunAsync();

        await using var db = await _database.OpenAsync();
        Assert.Empty(imported.Refused);
        Assert.Equal((3, 1), (await db.Editions.CountAsync(), await db.Articles.SumAsync(a => a.CorrectionCount)));
    }

    [Fact]
    public async Task Corrections_from_before_a_withdrawal_are_left_out_of_the_export_with_a_warning()
    {
        await ImportAsync(First);
        await using var db = await _database.OpenAsync();
        var id = await db.Articles.Select(a => a.Id).SingleAsync();
        Newsroom.Value(
            await _database
                .Get<WithdrawArticle>()
                .Handle(new WithdrawArticleInput { Id = id, Reason = "Wrong." }, Newsroom.Erin, default)
        );
        var withdrawn = await ExportAsync("withdrawn");
        _database.Clock.Advance(TimeSpan.FromDays(1));
        await Newsroom.PublishAsync(id);
        _database.Clock.Advance(TimeSpan.FromDays(1));
        await CorrectAsync(id, "It was twelve.", CorrectionSeverity.Minor);

        var published = await ExportAsync("published");
        var again = await RunAsync("published");

        Assert.Equal(
            "articles/story.md: 1 correction is left out, because the article is withdrawn, and only the file of a published article contains corrections.",
            Assert.Single(withdrawn.Warnings)
        );
        Assert.Equal(
            "articles/story.md: 1 correction is left out, from before the article was withdrawn and published again.",
            Assert.Single(published.Warnings)
        );
        Assert.Equal((0, 0), (again.Imported, again.Refused.Count));
    }

    private async Task AssertRejectedAsync(string entries, string advice, string headline = "Other", string keys = Keys)
    {
        var before = await StateAsync();

        var dry = await ImportAsync(entries, headline, dryRun: true, keys);
        var real = await ImportAsync(entries, headline, dryRun: false, keys);

        var refused = Assert.Single(real.Refused);
        Assert.Equal("story.md", refused.Origin);
        Assert.StartsWith(advice, refused.Reason, StringComparison.Ordinal);
        Assert.Equal(real.Refused, dry.Refused);
        Assert.Equal(before, await StateAsync());
    }

    // Everything of an article has a row in at least one of these tables.
    private async Task<string> StateAsync()
    {
        await using var db = await _database.OpenAsync();
        var versions = await db.Articles.Select(a => a.Version).ToListAsync();
        return $"{string.Join(' ', versions)}, {await db.Revisions.CountAsync()}, {await db.Editions.CountAsync()}, {await db.TakeRevisions.CountAsync()}, {await db.Changes.CountAsync(c => c.EditionId != null)}, {await db.AuditEntries.CountAsync(e => e.ArticleId != null)}";
    }

    private static async Task<List<ChangeKind>> ArticleChangesAsync(Cms.Data.CmsDbContext db) =>
        await db.Changes.Where(c => c.EditionId != null).OrderBy(c => c.Seq).Select(c => c.Kind).ToListAsync();

    private static async Task<JsonNode> ShownAsync(IServiceProvider services)
    {
        var answer = await new GraphQLClient(services).AskAsync(
            Viewer.Anonymous,
            """{ article(slug: "story") { slug edition publishedAt updatedAt corrections { at note severity } } }"""
        );
        return answer["data"]!["article"]!;
    }

    private async Task CorrectAsync(ArticleId id, string note, CorrectionSeverity severity) =>
        Newsroom.Value(
            await _database
                .Get<CorrectArticle>()
                .Handle(
                    new CorrectArticleInput
                    {
                        Id = id,
                        Note = note,
                        Severity = severity,
                    },
                    Newsroom.Erin,
                    default
                )
        );

    private async Task<ImportSummary> ImportAsync(
        string entries,
        string headline = "One",
        bool dryRun = false,
        string keys = Keys
    )
    {
        Directory.CreateDirectory(PathOf("in"));
        var text = keys.Replace("headline: One", $"headline: {headline}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(PathOf("in/story.md"), $"---\n{text}\ncorrections:\n  - {entries}\n---\nWords.\n");
        return await RunAsync(dryRun: dryRun);
    }

    private Task<ImportSummary> RunAsync(string folder = "in", bool dryRun = false) =>
        _database.Get<ImportNewsroom>().Handle(PathOf(folder), new ImportOptions { DryRun = dryRun }, null, default);

    private Task<ExportSummary> ExportAsync(string folder) =>
        _database.Get<ExportNewsroom>().Handle(PathOf(folder), default);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Texts(string folder) =>
        string.Concat(
            Directory
                .EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{Path.GetRelativePath(PathOf(folder), file)}\n{File.ReadAllText(file)}")
        );
}
