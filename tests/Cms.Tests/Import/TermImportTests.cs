using Cms.Import;
using Cms.Testing;
using Cms.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>Imports follow what editors did to the categories, tags and sources that a feed names.</summary>
[Slow]
public sealed class TermImportTests : IAsyncLifetime
{
    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-import-");

    private Terms Terms => field ??= new Terms(_database.Services);

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
    public async Task An_item_that_names_a_renamed_or_merged_term_finds_it_and_is_unchanged()
    {
        WriteStory("one.md", "One");
        await ImportAsync();
        var category = await IdAsync("category", "databases");
        await Terms.RenameAsync("category", category, "data");
        var (tag, _) = await Terms.CreateAsync("tag", "Disks");
        await Terms.MergeAsync("tag", await IdAsync("tag", "storage"), tag);

        var again = await ImportAsync();
        WriteStory("two.md", "Two");
        var more = await ImportAsync();

        Assert.Equal((0, 1), (again.Imported, again.Unchanged));
        Assert.Equal((1, 1), (more.Imported, more.Unchanged));
        Assert.Equal("data with 2", await Terms.ReadAsync("category", "databases"));
        Assert.Equal("disks with 2", await Terms.ReadAsync("tag", "storage"));
        await using var db = await _database.OpenAsync();
        Assert.Equal(
            (1, 2, 2),
            (await db.Categories.CountAsync(), await db.Tags.CountAsync(), await db.Editions.CountAsync())
        );
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    [Fact]
    public async Task A_dry_run_after_a_merge_reports_what_the_import_does()
    {
        WriteStory("one.md", "One");
        await ImportAsync();
        var (tag, _) = await Terms.CreateAsync("tag", "Disks");
        await Terms.MergeAsync("tag", await IdAsync("tag", "storage"), tag);
        WriteStory("two.md", "Two");

        var dry = await ImportAsync(dryRun: true);
        var real = await ImportAsync();

        Assert.Equal((1, 1), (dry.Imported, dry.Unchanged));
        Assert.Equal((1, 1), (real.Imported, real.Unchanged));
    }

    [Fact]
    public async Task An_item_that_names_a_deleted_term_brings_it_back()
    {
        var (id, _) = await Terms.CreateAsync("category", "Databases");
        await Terms.DeleteAsync("category", id);
        WriteStory("one.md", "One");

        await ImportAsync();

        Assert.Equal("databases with 1", await Terms.ReadAsync("category", "databases"));
        Assert.Equal(id, await IdAsync("category", "databases"));
    }

    [Fact]
    public async Task An_export_names_the_terms_that_merged_terms_became()
    {
        WriteStory("one.md", "One");
        await ImportAsync();
        var (tag, _) = await Terms.CreateAsync("tag", "Disks");
        await Terms.MergeAsync("tag", await IdAsync("tag", "storage"), tag);

        var folder = Path.Combine(_folder.FullName, "out");
        await _database.Get<ExportNewsroom>().Handle(folder, default);

        var file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "articles")));
        Assert.Contains("Disks", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    private void WriteStory(string file, string headline) =>
        File.WriteAllText(
            Path.Combine(_folder.FullName, file),
            $"---\nheadline: {headline}\nsummary: S.\ncategory: Databases\nsource: {{ name: Wire }}\ntags: [Storage]\n---\n\nWords.\n"
        );

    private Task<ImportSummary> ImportAsync(bool dryRun = false) =>
        _database.Get<ImportNewsroom>().Handle(_folder.FullName, new ImportOptions { DryRun = dryRun }, null, default);

    private async Task<string> IdAsync(string kind, string slug) =>
        (string)(await Terms.AskAsync($"{{ {kind}(slug: \"{slug}\") {{ id }} }}"))[kind]!["id"]!;
}
