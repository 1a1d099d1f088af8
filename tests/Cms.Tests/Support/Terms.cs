using System.Text.Json.Nodes;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Support;

/// <summary>Works on categories, tags, sources and authors as an editor does.</summary>
public sealed class Terms(IServiceProvider services)
{
    private const string Shown = "{ id slug name version updatedBy }";

    public GraphQLClient Client { get; } = new(services);

    public static string NewSlug() => $"s{Guid.CreateVersion7():n}";

    /// <summary>Creates a term and returns its id and slug.</summary>
    /// <param name="kind">category, tag, source or author.</param>
    /// <param name="name">The name; null for a new one.</param>
    public async Task<(string Id, string Slug)> CreateAsync(string kind, string? name = null)
    {
        var made = await DoAsync($"create{Pascal(kind)}", kind, new { name = name ?? NewSlug() });
        Assert.Empty(GraphQLClient.Refusals(made));
        return ((string)made[kind]!["id"]!, (string)made[kind]!["slug"]!);
    }

    public Task<JsonNode> DoAsync(string mutation, string kind, object input, Viewer? viewer = null) =>
        Client.DoAsync(viewer ?? GraphQLClient.Erin, mutation, input, $"{kind} {Shown}");

    public Task<JsonNode> RenameAsync(string kind, string id, string slug) =>
        DoAsync($"rename{Pascal(kind)}", kind, new { id, slug });

    public Task<JsonNode> MergeAsync(string kind, string from, string into) =>
        DoAsync($"merge{Plural(kind)}", kind, new { from, into });

    public Task<JsonNode> DeleteAsync(string kind, string id) => DoAsync($"delete{Pascal(kind)}", kind, new { id });

    /// <summary>Returns the slug and the number of articles that readers find under a slug.</summary>
    public async Task<string> ReadAsync(string kind, string slug)
    {
        var found = (await AskAsync($"{{ {kind}(slug: \"{slug}\") {{ slug articles(first: 1) {{ totalCount }} }} }}"))[
            kind
        ];
        return found is null ? "none" : $"{found["slug"]} with {found["articles"]!["totalCount"]}";
    }

    public async Task<string> RouteAsync(string path)
    {
        var route = (
            await AskAsync(
                $"{{ route(path: \"{path}\") {{ __typename ... on RedirectRoute {{ to }} ... on ContentRoute {{ content {{ __typename }} }} }} }}"
            )
        )["route"];
        return route is null ? "none" : $"{route["to"] ?? route["content"]?["__typename"] ?? route["__typename"]}";
    }

    public async Task<JsonNode> AskAsync(string document, Viewer? viewer = null)
    {
        var answer = await Client.AskAsync(viewer ?? Viewer.Anonymous, document);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }

    public static string Pascal(string kind) => $"{char.ToUpperInvariant(kind[0])}{kind[1..]}";

    public static string Plural(string kind) => kind == "category" ? "Categories" : $"{Pascal(kind)}s";
}
