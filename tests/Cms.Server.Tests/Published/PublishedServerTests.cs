using System.Net;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Published;

/// <summary>Tests the published server from an empty database to its second start.</summary>
[Needs("process")]
public abstract class PublishedServerTests : IAsyncLifetime
{
    // A server that does not become ready within this time fails its test instead of blocking all tests.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly IssuerForge _issuer = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-published-day-");
    private ServerDatabase? _database;

    private protected ServerDatabase Database => _database!;

    private protected abstract Task<ServerDatabase> CreateAsync(string folder);

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _database = await CreateAsync(_folder.FullName);
    }

    public async Task DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await _issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [SkippableFact]
    public async Task The_server_migrates_imports_serves_saves_stops_and_starts_again()
    {
        var sample = Path.Combine(await PublishedServer.FolderAsync(), "samples", "newsroom");
        Assert.Contains("Done.", await RunAsync("migrate"), StringComparison.Ordinal);
        Assert.Contains("The database is up to date.", await RunAsync("migrate"), StringComparison.Ordinal);
        Assert.Contains(
            "91 imported, 0 unchanged, 0 rejected.",
            await RunAsync("import", sample),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "0 imported, 91 unchanged, 0 rejected.",
            await RunAsync("import", sample),
            StringComparison.Ordinal
        );
        await _database!.IndexAsync();

        string cursor;
        using (var server = await StartAsync())
        {
            await BecomeReadyAsync(server);
            await ReadAsync(server);
            cursor = await EndOfChangesAsync(server);
            await PublishAsync(server);
            await _database.IndexAsync();
            await FindPublishedAsync(server, cursor);
            Assert.Equal((0, ""), await server.StopAsync());
        }

        using (var server = await StartAsync())
        {
            await FindPublishedAsync(server, cursor);
            Assert.Equal((0, ""), await server.StopAsync());
        }

        var export = Path.Combine(_folder.FullName, "export");
        Assert.Contains($" files written to {export}.", await RunAsync("export", export), StringComparison.Ordinal);
        Assert.Contains(
            "headline: A compiler in a week",
            await File.ReadAllTextAsync(Path.Combine(export, "articles", "a-compiler-in-a-week.md")),
            StringComparison.Ordinal
        );
        Assert.Contains("0 missing, 0 corrupt", await RunAsync("media", "verify"), StringComparison.Ordinal);
        await RunAsync("media", "sweep");
    }

    private static async Task BecomeReadyAsync(ServingProcess server)
    {
        using var late = new CancellationTokenSource(Longest);
        using var polls = new PeriodicTimer(Poll);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/healthz/live", late.Token)).StatusCode);
        while (!(await server.Client.GetAsync("/healthz/ready", late.Token)).IsSuccessStatusCode)
        {
            await polls.WaitForNextTickAsync(late.Token);
        }
    }

    private static async Task ReadAsync(ServingProcess server)
    {
        var article = (
            await AskAsync(
                server,
                """{ article(slug: "the-disk-said-yes") { category { name } takes { persona { name } } heroImage { url } } }"""
            )
        )["article"]!;
        Assert.Equal("Infrastructure", (string?)article["category"]!["name"]);
        Assert.Equal(4, article["takes"]!.AsArray().Count);
        using var image = await server.Client.GetAsync((string)article["heroImage"]!["url"]!);
        Assert.Equal("image/webp", image.Content.Headers.ContentType?.MediaType);

        var first = (await AskAsync(server, "{ articles(first: 20) { totalCount pageInfo { endCursor } } }"))[
            "articles"
        ]!;
        var rest = (
            await AskAsync(
                server,
                $$"""{ articles(first: 20, after: "{{first["pageInfo"]!["endCursor"]}}") { nodes { slug } pageInfo { hasNextPage } } }"""
            )
        )["articles"]!;
        Assert.Equal((int)first["totalCount"]!, 20 + rest["nodes"]!.AsArray().Count);
        Assert.False((bool)rest["pageInfo"]!["hasNextPage"]!);
        Assert.NotEmpty(
            (await AskAsync(server, """{ search(query: "cache") { nodes { article { slug } } } }"""))["search"]![
                "nodes"
            ]!.AsArray()
        );
    }

    private static async Task<string> EndOfChangesAsync(ServingProcess server) =>
        (string)(await AskAsync(server, "{ changes(first: 1) { latest } }"))["changes"]!["latest"]!;

    private static async Task PublishAsync(ServingProcess server)
    {
        var created = (
            await AskAsync(
                server,
                """
                mutation { createArticle(input: { headline: "A compiler in a week", summary: "What two people did with five days.",
                  body: { markdown: "They began on **Monday** with a zymurgy of parsers." } })
                  { article { id version } errors { __typename } } }
                """
            )
        )["createArticle"]!;
        Assert.Empty(created["errors"]!.AsArray());
        var published = (
            await AskAsync(
                server,
                $$"""mutation { publishArticle(input: { id: "{{created["article"]!["id"]}}" }) { article { status } errors { __typename ... on UserError { message } } } }"""
            )
        )["publishArticle"]!;
        Assert.Empty(published["errors"]!.AsArray());
        Assert.Equal("PUBLISHED", (string?)published["article"]!["status"]);
    }

    private static async Task FindPublishedAsync(ServingProcess server, string cursor)
    {
        var seen = await AskAsync(
            server,
            $$"""
            { article(slug: "a-compiler-in-a-week") { body { html } }
              search(query: "zymurgy") { nodes { article { slug } } }
              changes(after: "{{cursor}}") { nodes { __typename } } }
            """
        );
        Assert.Contains(
            "<strong>Monday</strong>",
            (string?)seen["article"]!["body"]!["html"],
            StringComparison.Ordinal
        );
        Assert.Equal(
            "a-compiler-in-a-week",
            (string?)Assert.Single(seen["search"]!["nodes"]!.AsArray())!["article"]!["slug"]
        );
        Assert.Equal("ArticleUpserted", (string?)Assert.Single(seen["changes"]!["nodes"]!.AsArray())!["__typename"]);
    }

    private static async Task<JsonNode> AskAsync(ServingProcess server, string query)
    {
        var answer = await server.AskAsync(query);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }

    private Task<ServingProcess> StartAsync() =>
        ServingProcess.StartPublishedAsync(
            _database!.Environment,
            Forged.Person(_issuer, "Editor").Sign(),
            _issuer.Settings
        );

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var process = await CmsProcess.StartPublishedAsync(_database!.Environment, arguments);
        var (code, output, complaints) = await process.EndAsync();
        Assert.True(code == 0, $"{string.Join(' ', arguments)} exited with code {code}: {output}\n{complaints}");
        return output;
    }
}

[Needs("server")]
public sealed class PublishedServerTests_Sqlite : PublishedServerTests
{
    private protected override Task<ServerDatabase> CreateAsync(string folder) =>
        Task.FromResult(ServerDatabase.OnSqlite(folder));
}

[Needs("server")]
public sealed class PublishedServerTests_SqlServer : PublishedServerTests
{
    private protected override Task<ServerDatabase> CreateAsync(string folder) =>
        ServerDatabase.OnSqlServerAsync(folder);

    [SkippableFact]
    public async Task The_server_does_not_start_on_a_database_that_is_not_migrated()
    {
        using var process = await CmsProcess.StartPublishedAsync(Database.Environment, "--urls=http://127.0.0.1:0");

        var (code, _, complaints) = await process.EndAsync();

        Assert.Equal(3, code);
        Assert.Contains("pending migrations", complaints, StringComparison.Ordinal);
    }
}
