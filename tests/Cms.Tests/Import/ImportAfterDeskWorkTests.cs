using Cms.Articles;
using Cms.Import;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>Imports of stories that staff have assigned, reviewed, moved or put in the trash.</summary>
[Slow]
public sealed class ImportAfterDeskWorkTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-import-");

    private GraphQLClient GraphQLClient => field ??= new GraphQLClient(_database.Services);

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

    [Theory]
    [InlineData("assignArticle", """{ "dueAt": "2026-12-24T00:00:00Z" }""")]
    [InlineData("submitForReview", "{}")]
    [InlineData("changeSlug", """{ "slug": "a-better-slug" }""")]
    public async Task A_provider_can_withdraw_a_story_whose_text_and_publication_staff_have_not_changed(
        string mutation,
        string input
    )
    {
        await ImportAsync("usable");
        await DoAsync(mutation, input);

        var summary = await ImportAsync("canceled");

        Assert.Empty(summary.Refused);
        Assert.Equal(ArticleStatus.Withdrawn, (await ArticleAsync()).Status);
    }

    [Fact]
    public async Task A_story_in_the_trash_is_not_changed_by_an_import()
    {
        await ImportAsync("withheld");
        await DoAsync("trashArticle", "{}");
        var before = await ArticleAsync();

        var summary = await ImportAsync("withheld", "Other words.");

        Assert.Contains("restoreArticle", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(before.HeadId, (await ArticleAsync()).HeadId);
    }

    private async Task DoAsync(string mutation, string more)
    {
        var input = System.Text.Json.Nodes.JsonNode.Parse(more)!.AsObject();
        input["id"] = (await ArticleAsync()).Id.ToString();
        var payload = await GraphQLClient.DoAsync(GraphQLClient.Erin, mutation, input, "article { id }");
        Assert.Empty(GraphQLClient.Refusals(payload));
    }

    private async Task<Article> ArticleAsync()
    {
        await using var db = await _database.OpenAsync();
        return await db.Articles.AsNoTracking().SingleAsync();
    }

    private async Task<ImportSummary> ImportAsync(string status, string words = "Words.")
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "wire.json"),
            $$"""
            [{
              "uri": "urn:example:1", "type": "text", "pubstatus": "{{status}}",
              "versioncreated": "2026-11-20T09:00:00Z", "headline": "Story", "description_text": "D.",
              "body_html": "<p>{{words}}</p>"
            }]
            """
        );
        return await _database
            .Get<ImportNewsroom>()
            .Handle(_folder.FullName, new ImportOptions(), null, CancellationToken.None);
    }
}
