using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>Queries that require a signed-in caller or an administrator.</summary>
[Needs("server")]
public sealed class AdministrationTests : IAsyncLifetime
{
    private readonly IssuerForge _issuer = new();
    private NewsroomServer _server = null!;

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _server = new NewsroomServer { Settings = [.. _issuer.Settings, "--Cms:AnonymousIntrospection="] };
        await _server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Theory]
    [InlineData("{ __schema { types { name } } }")]
    [InlineData("""{ articles(first: 1) { nodes { slug } } it: __type(name: "Article") { name } }""")]
    [InlineData("{ ...schema } fragment schema on Query { ... { __schema { types { name } } } }")]
    public async Task Introspection_requires_a_signed_in_caller_in_production(string query)
    {
        var anonymous = await AskAsync(null, query);
        var reader = await AskAsync("Reader", query);

        Assert.Equal("AUTH_NOT_AUTHENTICATED", (string?)anonymous["errors"]![0]!["extensions"]!["code"]);
        Assert.Contains("Sign in to select __", (string?)anonymous["errors"]![0]!["message"], StringComparison.Ordinal);
        Assert.Null(anonymous["data"]);
        Assert.Null(reader["errors"]);
    }

    [Fact]
    public async Task Anonymous_callers_can_query_type_names() =>
        Assert.Null((await AskAsync(null, "{ __typename articles(first: 1) { __typename } }"))["errors"]);

    [Fact]
    public async Task Administrators_can_page_through_blocked_people_in_both_directions()
    {
        for (var i = 0; i < 3; i++)
        {
            var answer = await AskAsync(
                "Admin",
                $$"""
                mutation {
                  blockPerson(input: { person: "{{IssuerForge.Tenant}}/{{Person(
                    i
                )}}", name: "P{{i}}", reason: "Left" }) { errors { __typename } }
                }
                """
            );
            Assert.Null(answer["errors"]);
        }

        var first = await BlockedAsync("first: 2");
        var second = await BlockedAsync($"first: 2, after: \"{first["pageInfo"]!["endCursor"]}\"");
        var back = await BlockedAsync($"last: 2, before: \"{second["pageInfo"]!["endCursor"]}\"");

        Assert.Equal(3, (int)first["totalCount"]!);
        Assert.True((bool)first["pageInfo"]!["hasNextPage"]!);
        Assert.False((bool)second["pageInfo"]!["hasNextPage"]!);
        Assert.Equal(Names(first), Names(back));
        Assert.Equal(["P0", "P1", "P2"], Names(first).Concat(Names(second)).Order());
        Assert.All(
            first["nodes"]!.AsArray(),
            node => Assert.StartsWith(IssuerForge.Tenant, (string)node!["blockedBy"]!, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(null, "AUTH_NOT_AUTHENTICATED")]
    [InlineData("Editor", "AUTH_NOT_AUTHORIZED")]
    public async Task Only_administrators_can_list_blocked_people(string? role, string code)
    {
        var answer = await AskAsync(role, "{ desk { blockedPeople { totalCount } } }");

        Assert.Equal(code, (string?)answer["errors"]![0]!["extensions"]!["code"]);
    }

    private static string Person(int i) => $"0000000{i}-1111-4111-8111-111111111111";

    private static IEnumerable<string> Names(JsonNode page) =>
        page["nodes"]!.AsArray().Select(node => (string)node!["name"]!);

    private async Task<JsonNode> BlockedAsync(string page) =>
        (
            await AskAsync(
                "Admin",
                $$"""
                { desk { blockedPeople({{page}}) { totalCount nodes { name blockedBy } pageInfo { endCursor hasNextPage } } } }
                """
            )
        )["data"]!["desk"]!["blockedPeople"]!;

    private async Task<JsonNode> AskAsync(string? role, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query });
        if (role is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Forged.Person(_issuer, role).Sign());
        }

        using var response = await _server.Client.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
