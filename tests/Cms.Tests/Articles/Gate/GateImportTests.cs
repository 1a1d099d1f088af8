using Cms.Articles;
using Cms.Articles.Gate;
using Cms.Import;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Articles.Gate;

/// <summary>The publishing rules and imported articles.</summary>
public sealed class GateImportTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-gate-");

    public Task InitializeAsync() => _database.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_import_acknowledges_the_warnings_that_it_finds()
    {
        await using var server = await GateServer.StartAsync(_database);
        Write("story.md", "headline: One\nsummary: S.", "Words.");

        var summary = await ImportAsync(server);

        await using var db = await server.OpenAsync();
        var edition = await db.Editions.SingleAsync();
        Assert.Equal((1, 0), (summary.Imported, summary.Refused.Count));
        Assert.Equal(
            [
                CheckRule.Category,
                CheckRule.SourceLink,
                CheckRule.HeroImage,
                CheckRule.PanelQuorum,
                CheckRule.BodyLength,
            ],
            edition.Acknowledged
        );
    }

    [Fact]
    public async Task Errors_reject_the_item_in_a_dry_run_too_and_save_nothing()
    {
        await using var server = await GateServer.StartAsync(
            _database,
            new GateSettings { Category = GateServer.Error }
        );
        Write("bare.md", "headline: Bare\ncategory: Databases", "Words.");
        Write("astray.md", "headline: Astray\nsummary: S.", "Words.");
        Write("port.md", "headline: Port\nsummary: S.\ncategory: Databases", "A [link](https://example.org:99999/).");

        var dry = await ImportAsync(server, dryRun: true);
        var real = await ImportAsync(server);

        await using var db = await server.OpenAsync();
        Assert.Equal(
            [
                ("astray.md", "The article has no category. Choose one."),
                ("bare.md", "Fill in summary before publishing."),
                ("port.md", "The URL ‘https://example.org:99999/’ is not valid. Correct the link, or remove it."),
            ],
            real.Refused.OrderBy(r => r.Origin, StringComparer.Ordinal).Select(r => (r.Origin, r.Reason))
        );
        Assert.Equal(real.Refused, dry.Refused);
        Assert.Equal(0, await db.Articles.CountAsync());
    }

    [Fact]
    public async Task An_imported_schedule_keeps_the_warnings_that_the_import_found()
    {
        await using var server = await GateServer.StartAsync(_database);
        var at = _database.Clock.GetUtcNow().AddHours(1);
        Write(
            "later.md",
            $"headline: Later\nsummary: S.\nstatus: draft\nscheduledAt: {at:yyyy-MM-ddTHH:mm:ssZ}",
            "Words."
        );
        Write(
            "asked.md",
            $"headline: Asked\nsummary: S.\nstatus: draft\nscheduledAt: {at:yyyy-MM-ddTHH:mm:ssZ}",
            "Words."
        );
        await ImportAsync(server);
        await using var db = await server.OpenAsync();
        var ids = await db.Articles.ToDictionaryAsync(a => a.Slug, a => a.Id);
        await server.Client.DoAsync(
            GraphQLClient.Ada,
            "addComment",
            new { article = ids["asked"].ToString(), text = "Not yet." },
            "comment { id }"
        );

        _database.Clock.Advance(TimeSpan.FromHours(1));
        var due = await server.PublishDueAsync();

        Assert.Equal([ids["later"]], due.Published);
        Assert.Equal([(ids["asked"], "A comment thread is open. Resolve it.")], due.Refused);
    }

    [Fact]
    public async Task If_articles_must_be_approved_an_import_can_only_bring_in_drafts()
    {
        await using var server = await GateServer.StartAsync(
            _database,
            QuietGate.Settings with
            {
                Approved = GateServer.Error,
                SecondPerson = GateServer.Error,
            }
        );
        Write("published.md", "headline: Published\nsummary: S.", "Words.");
        Write("draft.md", "headline: Draft\nsummary: S.\nstatus: draft", "Words.");

        var summary = await ImportAsync(server);

        var refused = Assert.Single(summary.Refused);
        Assert.Equal((1, "published.md"), (summary.Imported, refused.Origin));
        Assert.StartsWith("This revision is not approved.", refused.Reason, StringComparison.Ordinal);
        await using var db = await server.OpenAsync();
        var draft = await db.Articles.SingleAsync();
        Assert.Equal(ArticleStatus.Draft, draft.Status);

        // An import is not a person, so an editor can publish what it drafted once it is approved.
        await server.SucceedAsync("submitForReview", new { id = draft.Id.ToString() });
        await server.SucceedAsync("approveArticle", new { id = draft.Id.ToString() });
        await server.SucceedAsync("publishArticle", new { id = draft.Id.ToString() });
    }

    private Task<ImportSummary> ImportAsync(GateServer server, bool dryRun = false) =>
        server
            .Services.GetRequiredService<ImportNewsroom>()
            .Handle(_folder.FullName, new ImportOptions { DryRun = dryRun }, progress: null, default);

    private void Write(string file, string keys, string body) =>
        File.WriteAllText(Path.Combine(_folder.FullName, file), $"---\n{keys}\n---\n{body}\n");
}
