using System.Net;
using System.Net.Http.Json;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cms.Server.Tests.GraphQL;

/// <summary>An error response reveals only that something failed, and the reference of the log entry.</summary>
[Needs("server")]
public sealed class FaultTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    private const string Secret = "Server=db.internal;Password=hunter2";

    public static TheoryData<string> Kinds => ["sql", "timeout", "missing", "cancelled", "out of memory", "denied"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_database_error_reveals_no_details(string kind)
    {
        string[] queries =
        [
            """{ article(slug: "the-disk-said-yes") { headline body { html } takes { text } related { slug } } }""",
            "{ articles { totalCount nodes { headline takes { text persona { name } } tags { name } } } }",
            """{ search(query: "cache") { nodes { highlights { html } } facets { tags { count } } } }""",
            "{ changes { nodes { __typename } } }",
            """{ route(path: "/articles/none") { path } }""",
            "{ tags { nodes { articles(first: 1) { totalCount nodes { slug } } } } personas { nodes { takes { totalCount } } } }",
            """{ articleSnapshots(asOf: "2026-11-01T00:00:00Z") { nodes { slug } } }""",
        ];
        server.Statements.Fault = FaultOf(kind);
        try
        {
            foreach (var query in queries)
            {
                foreach (
                    var accept in new[] { "application/json", "application/graphql-response+json", "text/event-stream" }
                )
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
                    request.Headers.Add("Accept", accept);
                    request.Content = JsonContent.Create(new { query });
                    using var response = await server.Client.SendAsync(request);
                    var wire = $"{response.Headers} {await response.Content.ReadAsStringAsync()}";

                    Assert.Contains("\"code\":\"INTERNAL\"", wire, StringComparison.Ordinal);
                    Assert.Contains("logged with reference", wire, StringComparison.Ordinal);
                    Assert.DoesNotContain("hunter2", wire, StringComparison.Ordinal);
                    Assert.DoesNotContain("Exception", wire, StringComparison.Ordinal);
                    Assert.DoesNotContain("   at ", wire, StringComparison.Ordinal);
                    Assert.DoesNotContain("SELECT", wire, StringComparison.Ordinal);
                    Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                }
            }
        }
        finally
        {
            server.Statements.Fault = null;
        }

        Assert.Null((await server.QueryAsync(queries[1]))["errors"]);
    }

    [Fact]
    public async Task A_failed_readiness_check_reveals_no_details()
    {
        server.Statements.Fault = FaultOf("sql");
        try
        {
            using var response = await server.Client.GetAsync("/healthz/ready");
            var wire = await response.Content.ReadAsStringAsync();

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.DoesNotContain("hunter2", wire, StringComparison.Ordinal);
        }
        finally
        {
            server.Statements.Fault = null;
        }
    }

    private static Exception FaultOf(string kind) =>
        kind switch
        {
            "sql" => new SqliteException(Secret, 1),
            "timeout" => new TimeoutException(Secret),
            "missing" => new KeyNotFoundException(Secret),
            "cancelled" => new OperationCanceledException(Secret),
            "out of memory" => new InsufficientMemoryException(Secret),
            _ => new UnauthorizedAccessException(Secret),
        };
}
