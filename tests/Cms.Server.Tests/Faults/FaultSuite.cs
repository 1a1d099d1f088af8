using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Faults;

/// <summary>
/// The published server in a process of its own, while something around it fails. For longer outages, set
/// <c>CMS_TEST_OUTAGE_SECONDS</c>.
/// </summary>
public abstract class FaultSuite : IAsyncLifetime
{
    /// <summary>A query whose answer the server caches.</summary>
    protected const string Kept = "{ articles(first: 5) { nodes { headline } } }";

    private const string Variable = "CMS_TEST_OUTAGE_SECONDS";

    // A test that waits longer fails, so that it does not block all tests.
    protected static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static int _asked;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-faults-");

    /// <summary>How long an outage lasts at least.</summary>
    protected static TimeSpan Outage =>
        TimeSpan.FromSeconds(
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
                ? int.Parse(given, CultureInfo.InvariantCulture)
                : 1
        );

    protected IssuerForge Issuer { get; } = new() { Port = DevIdentity.Issuer.FreePort() };

    protected string Folder => _folder.FullName;

    /// <summary>The data directory of the server.</summary>
    protected string Data => Path.Combine(Folder, "data");

    protected string Token => Forged.Person(Issuer, "Admin").Sign();

    /// <summary>The environment variables of the server. The limit for each client is off.</summary>
    private protected virtual Dictionary<string, string> Settings =>
        new(ServerDatabase.OnSqlite(Data).Environment, StringComparer.Ordinal)
        {
            ["Cms__Limits__AnonymousPerSecond"] = "0",
            ["Cms__Limits__SignedInPerSecond"] = "0",
        };

    public virtual async Task InitializeAsync()
    {
        await Issuer.InitializeAsync();
        Directory.CreateDirectory(Data);
        await EmptySqlite.CopyAsync(Path.Combine(Data, "cms.db"));
    }

    public virtual async Task DisposeAsync()
    {
        await Issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Starts the server, and returns when it is ready.</summary>
    protected async Task<ServingProcess> StartAsync(params IEnumerable<string> arguments)
    {
        var server = await ServingProcess.StartPublishedAsync(Settings, Token, [.. Issuer.Settings, .. arguments]);
        await ReadyAsync(server);
        return server;
    }

    /// <summary>Waits until the server is ready.</summary>
    protected static Task ReadyAsync(ServingProcess server) =>
        UntilAsync(
            async () =>
            {
                using var response = await server.Client.GetAsync("/healthz/ready");
                return response.IsSuccessStatusCode;
            },
            "The server does not become ready."
        );

    /// <summary>Repeats a check until it succeeds.</summary>
    protected static async Task UntilAsync(Func<Task<bool>> check, string complaint)
    {
        for (var waited = Stopwatch.StartNew(); !await check(); await Task.Delay(Pause))
        {
            Assert.True(waited.Elapsed < Longest, complaint);
        }
    }

    /// <summary>Waits until the server has logged this text.</summary>
    protected static Task LoggedAsync(ServingProcess server, string text) =>
        UntilAsync(
            () => Task.FromResult(server.Log.Any(line => line.Contains(text, StringComparison.Ordinal))),
            $"The server does not log ‘{text}’."
        );

    /// <summary>Sends a query as the administrator.</summary>
    protected static async Task<Reply> AskAsync(ServingProcess server, string query, object? variables = null)
    {
        using var response = await server.Client.PostAsJsonAsync("/graphql", new { query, variables });
        return await Reply.OfAsync(response);
    }

    /// <summary>Sends a query that nobody has sent before, so that its answer is not cached.</summary>
    protected static Task<Reply> AskAnewAsync(ServingProcess server) =>
        AskAnonymouslyAsync(
            server,
            FormattableString.Invariant(
                $"{{ a{Interlocked.Increment(ref _asked)}: articles(first: 3) {{ nodes {{ slug }} }} }}"
            )
        );

    /// <summary>Sends a query as a reader.</summary>
    protected static async Task<Reply> AskAnonymouslyAsync(ServingProcess server, string query)
    {
        using HttpClient reader = new() { BaseAddress = server.Client.BaseAddress };
        using var response = await reader.GetAsync("/graphql?query=" + Uri.EscapeDataString(query));
        return await Reply.OfAsync(response);
    }

    /// <summary>Makes the server cache the answer to <see cref="Kept" />, and returns it.</summary>
    protected static async Task<string> KeepAsync(ServingProcess server)
    {
        Reply reply = null!;
        await UntilAsync(
            async () => (reply = await AskAnonymouslyAsync(server, Kept)).IsCached,
            "The answer is not cached."
        );
        return reply.Text;
    }

    /// <summary>Creates an article.</summary>
    protected static Task<Reply> CreateAsync(ServingProcess server, string headline, string body = "On Monday.") =>
        AskAsync(
            server,
            $$"""mutation { createArticle(input: { headline: "{{headline}}", summary: "What happened.", body: { markdown: "{{body}}" } }) { article { id } errors { __typename } } }"""
        );

    /// <summary>Creates an article and publishes it.</summary>
    protected static async Task PublishAsync(ServingProcess server, string headline)
    {
        var created = await CreateAsync(server, headline);
        var id = (string)created.Data["createArticle"]!["article"]!["id"]!;
        var published = await AskAsync(
            server,
            $$"""mutation { publishArticle(input: { id: "{{id}}" }) { article { id } errors { __typename } } }"""
        );
        Assert.Empty(published.Data["publishArticle"]!["errors"]!.AsArray());
    }

    /// <summary>Returns the headlines of all articles, as the desk shows them.</summary>
    protected static async Task<IEnumerable<string>> HeadlinesAsync(ServingProcess server)
    {
        List<string> headlines = [];
        for (string? after = null; ; )
        {
            var reply = await AskAsync(
                server,
                "query($after: String) { desk { articles(first: 100, after: $after) { nodes { headline } pageInfo { hasNextPage endCursor } } } }",
                new { after }
            );
            var page = reply.Data["desk"]!["articles"]!;
            headlines.AddRange(page["nodes"]!.AsArray().Select(node => (string)node!["headline"]!));
            if (!(bool)page["pageInfo"]!["hasNextPage"]!)
            {
                return headlines.Order(StringComparer.Ordinal);
            }

            after = (string?)page["pageInfo"]!["endCursor"];
        }
    }

    /// <summary>Asserts that a request was rejected for the moment, with one of these codes.</summary>
    protected static void AssertPassing(Reply reply, params string[] codes)
    {
        Assert.True(reply.Status is HttpStatusCode.ServiceUnavailable, reply.Text);
        Assert.True(reply.RetryAfter > 0, reply.Text);
        Assert.True(codes.Contains(reply.Code, StringComparer.Ordinal), reply.Text);
    }
}

/// <summary>A response of the server.</summary>
public sealed record Reply(HttpStatusCode Status, int? RetryAfter, bool IsCached, string Text)
{
    /// <summary>The error code, of GraphQL or of problem details; null if there is none.</summary>
    public string? Code =>
        Text.StartsWith('{')
            ? (string?)(Json["code"] ?? (Json["errors"] as JsonArray)?[0]?["extensions"]?["code"])
            : null;

    public JsonNode Data
    {
        get
        {
            Assert.True(Json["errors"] is null, Text);
            return Json["data"]!;
        }
    }

    private JsonNode Json => JsonNode.Parse(Text)!;

    public static async Task<Reply> OfAsync(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds,
            response.Headers.TryGetValues("Cache-Status", out var status)
                && status.Single().Contains("; hit", StringComparison.Ordinal),
            await response.Content.ReadAsStringAsync()
        );
}
