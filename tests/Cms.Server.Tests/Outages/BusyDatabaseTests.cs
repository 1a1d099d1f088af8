using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Data;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using GraphQL;
using GraphQL.DI;
using GraphQL.Execution;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Outages;

/// <summary>A write that still conflicts with other writes when its time runs out fails with DATABASE_BUSY.</summary>
[Needs("server")]
public sealed class BusyDatabaseTests : AccessSuite
{
    private readonly Conflicts _conflicts = new();
    private readonly SlowStart _start = new();

    protected override IReadOnlyList<string> Settings => ["--Cms:MaxDuration=00:00:04"];

    protected override Action<IServiceCollection> More =>
        services =>
        {
            services.ConfigureDbContext<CmsDbContext>(options => options.AddInterceptors(_conflicts));
            services.AddSingleton<IConfigureExecution>(_start);
        };

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/graphql-response+json")]
    public async Task A_mutation_that_cannot_be_saved_in_time_gets_503_and_can_be_retried(string type)
    {
        _conflicts.After = 0;

        using var refused = await SendAsync($"mutation {{ {Create("Busy")} }}", type);
        var error = await ErrorAsync(refused);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("1", refused.Headers.NonValidated["Retry-After"].ToString());
        Assert.Equal("DATABASE_BUSY", (string?)error["extensions"]!["code"]);
        Assert.Contains("Nothing was saved", (string?)error["message"], StringComparison.Ordinal);
        Assert.True(_conflicts.Saves > 3, $"Only {_conflicts.Saves} attempts were made.");

        _conflicts.After = int.MaxValue;
        using var again = await SendAsync($"mutation {{ {Create("Busy")} }}", type);
        Assert.Contains("\"errors\":[]", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_with_one_saved_mutation_does_not_get_503()
    {
        _conflicts.After = _conflicts.Saves + 1;

        using var partly = await SendAsync(
            $"mutation {{ first: {Create("First of two")} second: {Create("Second of two")} }}",
            "application/json"
        );
        var error = await ErrorAsync(partly);

        Assert.Equal(HttpStatusCode.OK, partly.StatusCode);
        Assert.Equal("DATABASE_BUSY", (string?)error["extensions"]!["code"]);
        Assert.Equal("second", (string?)error["path"]![0]);
        _conflicts.After = int.MaxValue;
        using var found = await SendAsync("{ desk { articles(first: 1) { nodes { headline } } } }", "application/json");
        Assert.Contains("First of two", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_limit_includes_the_time_before_the_first_mutation()
    {
        _conflicts.After = 0;
        _start.Pause = TimeSpan.FromMilliseconds(400);

        using var refused = await SendAsync($"mutation {{ {Create("Late")} }}", "application/json");

        Assert.Equal("DATABASE_BUSY", (string?)(await ErrorAsync(refused))["extensions"]!["code"]);
    }

    [Fact]
    public async Task A_socket_gets_an_error_and_stays_open()
    {
        using var socket = new GraphQLSocket(("Authorization", $"Bearer {Token("Editor")}"));
        await socket.OpenAsync(Server);
        _conflicts.After = 0;

        var errors = await socket.AskAsync($"mutation {{ {Create("Busy")} }}");

        Assert.Equal("DATABASE_BUSY", (string?)errors[0]!["extensions"]!["code"]);
        _conflicts.After = int.MaxValue;
        Assert.NotNull((await socket.AskAsync("{ __typename }"))["data"]);
    }

    private static string Create(string headline) =>
        $$"""createArticle(input: { headline: "{{headline}}", summary: "S", body: { markdown: "B" } }) { article { id } errors { __typename } }""";

    private async Task<HttpResponseMessage> SendAsync(string query, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query });
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(type));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token("Editor"));
        return await Server.Client.SendAsync(request);
    }

    private static async Task<JsonNode> ErrorAsync(HttpResponseMessage response)
    {
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Null(body["data"]);
        return Assert.Single(body["errors"]!.AsArray())!;
    }

    /// <summary>Fails every save after the given number, as if another write had changed the row.</summary>
    private sealed class Conflicts : SaveChangesInterceptor
    {
        public int After { get; set; } = int.MaxValue;

        public int Saves { get; private set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            Microsoft.EntityFrameworkCore.Diagnostics.DbContextEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            // Saves of other rows do not count: the lists of the desk, and who signed in.
            var isOfArticle = eventData
                .Context!.ChangeTracker.Entries<Article>()
                .Any(entry => entry.State is not EntityState.Unchanged);
            return isOfArticle && ++Saves > After
                ? throw new DbUpdateConcurrencyException("Another write changed the row.")
                : new(result);
        }
    }

    /// <summary>Delays the execution of an operation, as a busy machine does at the first request.</summary>
    private sealed class SlowStart : DocumentExecutionListenerBase, IConfigureExecution
    {
        public TimeSpan Pause { get; set; }

        public float SortOrder => 0;

        public Task<ExecutionResult> ExecuteAsync(ExecutionOptions options, ExecutionDelegate next)
        {
            options.Listeners.Add(this);
            return next(options);
        }

        public override Task BeforeExecutionAsync(IExecutionContext context) => Task.Delay(Pause);
    }
}
