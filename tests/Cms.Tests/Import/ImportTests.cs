using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Import;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

[Slow]
public sealed class ImportTests : IAsyncLifetime
{
    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-import-");

    public Task InitializeAsync()
    {
        _database.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        return _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Importing_an_export_changes_nothing_and_a_second_export_is_identical()
    {
        var first = await ImportAsync(Sample);
        await ExportAsync("first");
        var again = await ImportAsync(Path.Combine(_folder.FullName, "first"));
        var second = await ExportAsync("second");

        Assert.Empty(second.Warnings);
        Assert.Equal((91, 0), (first.Imported, first.Refused.Count));
        Assert.Equal((0, 91, 0), (again.Imported, again.Unchanged, again.Refused.Count));
        Assert.Equal(Texts("first"), Texts("second"));
    }

    [Fact]
    public async Task A_dry_run_makes_the_same_decisions_and_saves_nothing()
    {
        var summary = await DryRunAsync(Sample);

        await using var db = await _database.OpenAsync();
        Assert.Equal((91, 0), (summary.Imported, summary.Refused.Count));
        Assert.Equal(0, await db.Articles.CountAsync() + await db.Personas.CountAsync() + await db.Tags.CountAsync());
    }

    [Fact]
    public async Task A_dry_run_after_an_import_reports_every_item_as_unchanged()
    {
        await ImportAsync(Sample);

        var summary = await DryRunAsync(Sample);

        Assert.Equal((0, 91, 0), (summary.Imported, summary.Unchanged, summary.Refused.Count));
    }

    [Fact]
    public async Task A_dry_run_reports_an_unchanged_file_as_unchanged_even_if_the_article_was_edited()
    {
        Write(
            "story.md",
            "headline: One\nsummary: S.\ncategory: Databases\nsource: { name: Wire }\ntags: [Storage]",
            "W."
        );
        await ImportAsync(_folder.FullName);
        await using var db = await _database.OpenAsync();
        var id = await db.Articles.Select(a => a.Id).SingleAsync();
        await new Newsroom(_database.Services).SaveAsync(id, Newsroom.Story("An editor's headline"));

        var dry = await DryRunAsync(_folder.FullName);
        var real = await ImportAsync(_folder.FullName);

        Assert.Equal((1, 1), (dry.Unchanged, real.Unchanged));
    }

    [Fact]
    public async Task A_dry_run_counts_missing_tags_as_a_real_run_does()
    {
        var many = string.Join(", ", Enumerable.Range(1, ArticleLimits.Tags + 1).Select(i => $"Tag {i}"));
        var same = string.Join(
            ", ",
            Enumerable.Range(1, ArticleLimits.Tags + 1).Select(i => $"Same{new string('!', i)}")
        );
        Write("many.md", $"headline: Many\nsummary: S.\ntags: [{many}]", "Words.");
        Write("same.md", $"headline: Same\nsummary: S.\ntags: [{same}]", "Words.");

        var dry = await DryRunAsync(_folder.FullName);
        var real = await ImportAsync(_folder.FullName);

        Assert.Equal((1, "many.md"), (dry.Imported, Assert.Single(dry.Refused).Origin));
        Assert.Equal(dry.Refused, real.Refused);
    }

    [Fact]
    public async Task A_bad_item_is_rejected_and_does_not_affect_the_others()
    {
        Write("good.md", "headline: Good\nsummary: S.", "Words.");
        Write("typo.md", "headlin: Typo\nsummary: S.", "Words.");
        Write("persona.md", "headline: P\nsummary: S.\ntakes: [{ persona: nobody, text: T }]", "Words.");
        Write("future.md", "headline: F\nsummary: S.\ndate: 2030-01-01T00:00:00Z", "Words.");
        Write("bare.md", "headline: B", "Words.");

        var summary = await ImportAsync(_folder.FullName);

        Assert.Equal(1, summary.Imported);
        Assert.Equal(["bare.md", "future.md", "persona.md", "typo.md"], summary.Refused.Select(r => r.Origin).Order());
    }

    [Fact]
    public async Task A_changed_item_creates_an_edition_and_an_edited_article_is_never_overwritten()
    {
        Write("story.md", "headline: One\nslug: story\nsummary: S.\ndate: 2026-05-01T10:00:00Z", "Words.");
        await ImportAsync(_folder.FullName);
        Write("story.md", "headline: Two\nslug: story\nsummary: S.\ndate: 2026-05-01T10:00:00Z", "Words.");
        var changed = await ImportAsync(_folder.FullName);
        await using var db = await _database.OpenAsync();
        var article = await db.Articles.SingleAsync();
        await new Newsroom(_database.Services).SaveAsync(article.Id, Newsroom.Story("An editor's headline"));
        Write("story.md", "headline: Three\nslug: story\nsummary: S.", "Words.");

        var refused = await ImportAsync(_folder.FullName);

        Assert.Equal((1, 2), (changed.Imported, article.EditionCount));
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero), article.PublishedAt);
        Assert.Contains("was edited here", Assert.Single(refused.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_imported_take_replaces_the_approved_take_even_if_the_last_take_of_the_persona_is_a_draft()
    {
        var newsroom = new Newsroom(_database.Services);
        var builder = await newsroom.PersonaAsync("Builder");
        Write("story.md", "headline: One\nsummary: S.\ntakes: [{ persona: builder, text: First. }]", "Words.");
        await ImportAsync(_folder.FullName);
        await using var db = await _database.OpenAsync();
        var id = await db.Articles.Select(a => a.Id).SingleAsync();
        Newsroom.Value(
            await _database
                .Get<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = id,
                        Persona = builder.Id,
                        Content = new TakeContent { Text = "A draft." },
                    },
                    Newsroom.Erin,
                    default
                )
        );
        Write("story.md", "headline: One\nsummary: S.\ntakes: [{ persona: builder, text: Second. }]", "Words.");

        await ImportAsync(_folder.FullName);
        var live = (await newsroom.PublishAsync(id)).LiveEditionId;

        Assert.Equal(
            ["Second."],
            await db.EditionTakes.Where(t => t.EditionId == live).Select(t => t.Text).ToListAsync()
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_take_that_was_retracted_or_replaced_here_is_not_published_again_by_an_import(bool isRetracted)
    {
        var newsroom = new Newsroom(_database.Services);
        var builder = await newsroom.PersonaAsync("Builder");
        Write("story.md", "headline: One\nsummary: S.\ntakes: [{ persona: builder, text: First. }]", "Words.");
        await ImportAsync(_folder.FullName);
        await using var db = await _database.OpenAsync();
        var take = await db.Takes.AsNoTracking().SingleAsync();
        if (isRetracted)
        {
            Newsroom.Value(
                await _database
                    .Get<RetractTake>()
                    .Handle(new RetractTakeInput { Id = take.Id, Reason = "It was wrong." }, Newsroom.Erin, default)
            );
        }
        else
        {
            await newsroom.ApprovedTakeAsync(take.ArticleId, builder.Id, "An editor's words.");
        }

        Write("story.md", "headline: Two\nsummary: S.\ntakes: [{ persona: builder, text: Second. }]", "Words.");

        var refused = Assert.Single((await ImportAsync(_folder.FullName)).Refused);

        Assert.Contains("The take of Builder was replaced or retracted here", refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(await db.EditionTakes.Select(t => t.Text).ToListAsync(), text => text == "Second.");
        Assert.DoesNotContain(
            await db.TakeRevisions.Select(r => r.Content.Text).ToListAsync(),
            text => text == "Second."
        );
    }

    [Fact]
    public async Task A_withdrawn_article_stays_withdrawn_whatever_its_file_says()
    {
        Write("story.md", "headline: One\nsummary: S.", "Words.");
        await ImportAsync(_folder.FullName);
        await using var db = await _database.OpenAsync();
        var id = await db.Articles.Select(a => a.Id).SingleAsync();
        var withdrawn = await _database
            .Get<WithdrawArticle>()
            .Handle(
                new WithdrawArticleInput { Id = id, Reason = "It was invented." },
                Newsroom.Erin,
                CancellationToken.None
            );
        Write("story.md", "headline: Two\nsummary: S.", "Words.");

        var refused = await ImportAsync(_folder.FullName);

        Assert.False(withdrawn.IsRefused);
        Assert.Contains("was withdrawn here", Assert.Single(refused.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(0, await db.ArticleListings.CountAsync(l => l.ArticleId == id));
    }

    [Fact]
    public async Task An_unreadable_body_stops_the_export_instead_of_leaving_an_empty_file()
    {
        Write("story.md", "headline: One\nsummary: S.", "Words.");
        await ImportAsync(_folder.FullName);
        await using var db = await _database.OpenAsync();
        await db.Database.ExecuteSqlRawAsync("""UPDATE "Revisions" SET "Body" = 'broken'""");

        await Assert.ThrowsAsync<InvalidDataException>(() => ExportAsync("out"));
    }

    [Fact]
    public async Task Schedules_and_embargoes_survive_export_and_import()
    {
        Write("timed.md", "headline: Timed\nsummary: S.\nstatus: draft\nscheduledAt: 2026-12-02T09:00:00Z", "Words.");
        Write("held.md", "headline: Held\nsummary: S.\nstatus: draft\nembargoUntil: 2026-12-03T09:00:00Z", "Words.");
        var first = await ImportAsync(_folder.FullName);
        await ExportAsync("first");
        await using var copy = new SqliteCopy(_database.Clock.GetUtcNow());
        var again = await copy.ImportAsync(Path.Combine(_folder.FullName, "first"));

        await using var db = await copy.OpenAsync();
        var timed = await db.Articles.SingleAsync(a => a.Slug == "timed");
        var held = await db.Articles.SingleAsync(a => a.Slug == "held");
        Assert.Equal((2, 2), (first.Imported, again.Imported));
        Assert.Equal(
            (new DateTimeOffset(2026, 12, 2, 9, 0, 0, TimeSpan.Zero), timed.HeadId, "Import", null),
            (timed.ScheduledAt, timed.ScheduledRevisionId, timed.ScheduledBy?.Name, timed.EmbargoUntil)
        );
        Assert.Equal(
            (new DateTimeOffset(2026, 12, 3, 9, 0, 0, TimeSpan.Zero), null),
            (held.EmbargoUntil, held.ScheduledAt)
        );
        Assert.Equal((ArticleStatus.Draft, ArticleStatus.Draft), (timed.Status, held.Status));
    }

    [Fact]
    public async Task A_schedule_for_a_revision_older_than_the_exported_revision_is_left_out()
    {
        var newsroom = new Newsroom(_database.Services);
        var draft = await newsroom.DraftAsync(slug: "timed");
        Newsroom.Value(
            await _database
                .Get<ScheduleArticle>()
                .Handle(
                    new ScheduleArticleInput { Id = draft.Id, At = _database.Clock.GetUtcNow().AddDays(1) },
                    Newsroom.Erin,
                    default
                )
        );
        await ExportAsync("checked");
        await newsroom.SaveAsync(draft.Id, Newsroom.Story("Half a thou"));
        var rest = await ExportAsync("unchecked");

        Assert.Contains(
            "scheduledAt: 2026-12-02T00:00:00Z",
            string.Join('\n', Texts("checked")),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("scheduledAt", string.Join('\n', Texts("unchecked")), StringComparison.Ordinal);
        Assert.Equal(
            "articles/timed.md: the schedule for 2 December 2026, 00:00 UTC is left out, because it is for an older revision than the one in this file.",
            Assert.Single(rest.Warnings)
        );
    }

    [Fact]
    public async Task A_file_with_an_invalid_schedule_is_rejected_with_a_reason()
    {
        Write(
            "both.md",
            "headline: B\nsummary: S.\nstatus: draft\nscheduledAt: 2026-12-02T09:00:00Z\nembargoUntil: 2026-12-03T09:00:00Z",
            "Words."
        );
        Write("over.md", "headline: O\nsummary: S.\nstatus: draft\nscheduledAt: 2026-11-01T09:00:00Z", "Words.");
        Write("public.md", "headline: P\nsummary: S.\nscheduledAt: 2026-12-02T09:00:00Z", "Words.");
        Write("bare.md", "headline: Q\nstatus: draft\nscheduledAt: 2026-12-02T09:00:00Z", "Words.");

        var summary = await ImportAsync(_folder.FullName);

        await using var db = await _database.OpenAsync();
        Assert.Equal(
            [
                "bare.md: Fill in summary before publishing.",
                "both.md: The article is under embargo until 3 December 2026, 09:00 UTC. Publish it after that time, or lift the embargo with setEmbargo without until.",
                "over.md: Set scheduledAt to a time in the future.",
                "public.md: A scheduled story must be a draft. Set status: draft, or remove scheduledAt.",
            ],
            summary.Refused.Select(r => $"{r.Origin}: {r.Reason}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(0, await db.Articles.CountAsync());
    }

    [Fact]
    public async Task An_embargoed_wire_story_is_imported_as_a_draft_under_embargo()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "wire.json"),
            """
            [
              { "uri": "urn:1", "headline": "Held", "pubstatus": "usable", "embargoed": "2026-12-02T09:00:00+01:00", "description_text": "D.", "body_html": "<p>Words.</p>" },
              { "uri": "urn:2", "headline": "Free", "pubstatus": "usable", "embargoed": "2026-11-30T09:00:00Z", "description_text": "D.", "body_html": "<p>Words.</p>" },
              { "uri": "urn:3", "headline": "Torn", "pubstatus": "usable", "embargoed": "soon" }
            ]
            """
        );

        var summary = await ImportAsync(_folder.FullName);

        await using var db = await _database.OpenAsync();
        var held = await db.Articles.SingleAsync(a => a.Slug == "held");
        Assert.Equal((2, 1), (summary.Imported, summary.Refused.Count));
        Assert.Equal(
            (ArticleStatus.Draft, new DateTimeOffset(2026, 12, 2, 8, 0, 0, TimeSpan.Zero)),
            (held.Status, held.EmbargoUntil)
        );
        Assert.Equal(ArticleStatus.Published, (await db.Articles.SingleAsync(a => a.Slug == "free")).Status);
    }

    [Fact]
    public async Task Every_version_of_ninjs_is_imported()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "wire.json"),
            """
            [
              { "uri": "urn:1", "headline": "First", "description_text": "D.", "body_html": "<h1>Part</h1><p>Some <b>bold</b> words.</p><script>x</script>" },
              { "uri": "urn:2", "headlines": [{ "value": "Second" }], "descriptions": [{ "value": "D." }], "bodies": [{ "contenttype": "text/plain", "value": "Plain words." }] },
              { "uri": "urn:3", "headline": "Third", "pubstatus": "canceled" }
            ]
            """
        );

        var summary = await ImportAsync(_folder.FullName);

        await using var db = await _database.OpenAsync();
        var body = await db.Editions.Where(e => e.Slug == "first").Select(e => e.Content!.Body).SingleAsync();
        Assert.Equal((2, 1), (summary.Imported, summary.Refused.Count));
        Assert.Contains("\"bold\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("script", body, StringComparison.Ordinal);
    }

    private static string Sample => Pictures.Newsroom;

    private Task<ImportSummary> ImportAsync(string path) =>
        _database.Get<ImportNewsroom>().Handle(path, new ImportOptions(), null, CancellationToken.None);

    private Task<ImportSummary> DryRunAsync(string path) =>
        _database.Get<ImportNewsroom>().Handle(path, new ImportOptions { DryRun = true }, null, CancellationToken.None);

    private Task<ExportSummary> ExportAsync(string name) =>
        _database.Get<ExportNewsroom>().Handle(Path.Combine(_folder.FullName, name), CancellationToken.None);

    private List<string> Texts(string name) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(_folder.FullName, name), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText),
        ];

    private void Write(string file, string keys, string body) =>
        File.WriteAllText(Path.Combine(_folder.FullName, file), $"---\n{keys}\n---\n{body}\n");
}
