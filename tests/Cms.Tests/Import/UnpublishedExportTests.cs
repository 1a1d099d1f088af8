using Cms.Articles.Publishing;
using Cms.Import;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>Export and import do not publish unpublished content.</summary>
[Slow]
public sealed class UnpublishedExportTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-export-");

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    public Task InitializeAsync()
    {
        _database.Clock.SetUtcNow(Now);
        Directory.CreateDirectory(In);
        return _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_published_story_is_exported_as_published_with_a_warning_about_newer_changes()
    {
        var article = await Newsroom.PublishedAsync(Newsroom.Story("One"), "story");
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Secret") with { Summary = "Secret" });

        var summary = await ExportAsync();
        await using var copy = new SqliteCopy(Now);
        var imported = await copy.ImportAsync(Out);

        await using var db = await copy.OpenAsync();
        Assert.Equal(
            "articles/story.md: the working copy has unpublished changes, which are left out. Publish them first to include them in the export.",
            Assert.Single(summary.Warnings)
        );
        Assert.Empty(imported.Refused);
        Assert.Equal("One", (await db.Editions.SingleAsync()).Content!.Headline);
        Assert.DoesNotContain("Secret", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_exported_with_its_working_copy_and_imported_as_a_draft()
    {
        var article = await Newsroom.DraftAsync(Newsroom.Story("One"), "story");
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Two"));

        var summary = await ExportAsync();
        await using var copy = new SqliteCopy(Now);
        await copy.ImportAsync(Out);

        await using var db = await copy.OpenAsync();
        Assert.Empty(summary.Warnings);
        Assert.Equal("Two", (await db.Revisions.SingleAsync()).Content.Headline);
        Assert.Equal(0, await db.Editions.CountAsync());
    }

    [Fact]
    public async Task An_article_that_is_released_under_embargo_is_exported_with_only_its_embargo()
    {
        var article = await Newsroom.DraftAsync(Newsroom.Story("Early"), "story");
        var until = Now.AddDays(1).AddHours(9);
        Newsroom.Value(
            await _database
                .Get<ReleaseUnderEmbargo>()
                .Handle(new ReleaseUnderEmbargoInput { Id = article.Id, Until = until }, Newsroom.Erin, default)
        );

        var summary = await ExportAsync();
        await using var copy = new SqliteCopy(Now);
        await copy.ImportAsync(Out);

        await using var db = await copy.OpenAsync();
        var imported = await db.Articles.SingleAsync();
        Assert.Equal(
            "articles/story.md: the release under embargo until 2 December 2026, 09:00 UTC is left out. The file contains only the embargo; release the article again after importing it.",
            Assert.Single(summary.Warnings)
        );
        Assert.Equal((until, null, null), (imported.EmbargoUntil, imported.ScheduledAt, imported.AdvanceEditionId));
        Assert.Equal(0, await db.Editions.CountAsync());
    }

    [Fact]
    public async Task Export_and_import_neither_publish_nor_cancel_a_scheduled_update()
    {
        Write("headline: One\nslug: story\nsummary: S.");
        await ImportAsync(In);
        Write("headline: Secret\nslug: story\nsummary: S.\nstatus: draft\nscheduledAt: 2026-12-02T09:00:00Z");
        await ImportAsync(In);

        var summary = await ExportAsync();
        await using var copy = new SqliteCopy(Now);
        await copy.ImportAsync(Out);
        var again = await ImportAsync(Out);

        await using var db = await _database.OpenAsync();
        await using var other = await copy.OpenAsync();
        var article = await db.Articles.SingleAsync();
        Assert.Equal(
            "articles/story.md: the update scheduled for 2 December 2026, 09:00 UTC is left out. Publish it first to include it in the export.",
            Assert.Single(summary.Warnings)
        );
        Assert.Equal("One", (await other.Editions.SingleAsync()).Content!.Headline);
        Assert.Contains("unscheduleArticle", Assert.Single(again.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal((Now.AddDays(1).AddHours(9), 1), (article.ScheduledAt, article.EditionCount));
    }

    [Fact]
    public async Task Importing_a_file_that_matches_the_published_edition_changes_nothing()
    {
        Write("headline: One\nsummary: S.\nstatus: draft");
        await ImportAsync(In);
        await using var db = await _database.OpenAsync();
        await Newsroom.PublishAsync(await db.Articles.Select(a => a.Id).SingleAsync());
        await ExportAsync();

        var again = await ImportAsync(Out);

        Assert.Equal((0, 1, 0), (again.Imported, again.Unchanged, again.Refused.Count));
        Assert.Equal(1, await db.Editions.CountAsync());
    }

    [Fact]
    public async Task The_file_of_a_published_story_contains_only_published_takes()
    {
        var builder = await Newsroom.PersonaAsync();
        var skeptic = await Newsroom.PersonaAsync("The Skeptic", "Reality Check", 2);
        var article = await Newsroom.DraftAsync(slug: "story");
        await Newsroom.ApprovedTakeAsync(article.Id, builder.Id, "I would ship it.");
        await Newsroom.PublishAsync(article.Id);
        await Newsroom.ApprovedTakeAsync(article.Id, builder.Id, "Secret of the builder.");
        await Newsroom.ApprovedTakeAsync(article.Id, skeptic.Id, "Secret of the skeptic.");

        var summary = await ExportAsync();
        await using var copy = new SqliteCopy(Now);
        await copy.ImportAsync(Out);

        await using var db = await copy.OpenAsync();
        Assert.Equal(
            "articles/story.md: approved takes of builder, skeptic that are not published yet are left out. Publish the story first to include them in the export.".Replace(
                "builder, skeptic",
                $"{builder.Slug}, {skeptic.Slug}",
                StringComparison.Ordinal
            ),
            Assert.Single(summary.Warnings)
        );
        Assert.Equal("I would ship it.", await db.EditionTakes.Select(t => t.Text).SingleAsync());
        Assert.DoesNotContain("Secret", Text(), StringComparison.Ordinal);
    }

    private string In => Path.Combine(_folder.FullName, "in");

    private string Out => Path.Combine(_folder.FullName, "out");

    private Task<ExportSummary> ExportAsync() => _database.Get<ExportNewsroom>().Handle(Out, CancellationToken.None);

    private Task<ImportSummary> ImportAsync(string folder) =>
        _database.Get<ImportNewsroom>().Handle(folder, new ImportOptions(), null, CancellationToken.None);

    private string Text() =>
        string.Concat(Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories).Select(File.ReadAllText));

    private void Write(string keys) => File.WriteAllText(Path.Combine(In, "story.md"), $"---\n{keys}\n---\nWords.\n");
}
