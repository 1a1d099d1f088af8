using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.People;
using Cms.SqlServer;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Search;

/// <summary>Searches that a filter narrows.</summary>
public abstract class FilteredSearchTests(TestDatabase database) : DatabaseSuite(database)
{
    private readonly GraphQLClient _client = new(database.Services);

    // A word that only the articles of one test contain.
    private readonly string _word = $"w{Guid.CreateVersion7():n}";

    [SkippableFact]
    public async Task A_filter_narrows_the_results_the_count_and_the_facets()
    {
        var terms = new Terms(Database.Services);
        var (security, cloud) = (await terms.CreateAsync("category"), await terms.CreateAsync("category"));
        var (ci, quic) = (await terms.CreateAsync("tag"), await terms.CreateAsync("tag"));
        var source = await terms.CreateAsync("source");
        var tool = await Newsroom.ToolAsync();
        await PublishAsync("one", security.Id, [ci.Id]);
        await PublishAsync("two", security.Id, [ci.Id, quic.Id], source.Id, tool.Id);
        await PublishAsync("three", cloud.Id, [quic.Id], source.Id);
        var inSecurity = Slug("category", security.Slug);

        Assert.Equal("one three two", await FindAsync(null));
        Assert.Equal("one two", await FindAsync(inSecurity));
        Assert.Equal("three two", await FindAsync(Some("tags", quic.Slug)));
        Assert.Equal("one three two", await FindAsync(Some("tags", ci.Slug, quic.Slug)));
        Assert.Equal("three two", await FindAsync(Slug("source", source.Slug)));
        Assert.Equal("two", await FindAsync(Some("about", tool.Slug)));
        Assert.Equal("two", await FindAsync($"{inSecurity}, {Some("tags", quic.Slug)}"));
        Assert.Equal("", await FindAsync($"{Slug("category", cloud.Slug)}, {Some("tags", ci.Slug)}"));
        Assert.Equal("", await FindAsync(Slug("category", "no-such-category")));
        Assert.Equal("", await FindAsync("publishedAt: { lt: \"2000-01-01T00:00:00Z\" }"));
        var facets = (
            await SearchAsync(
                inSecurity,
                "facets { categories { count } tags { count tag { slug } } sources { count } tools { count } }"
            )
        )["facets"]!;
        Assert.Equal("""[{"count":2}]""", facets["categories"]!.ToJsonString());
        Assert.Equal(
            [(2, ci.Slug), (1, quic.Slug)],
            facets["tags"]!.AsArray().Select(tag => ((int)tag!["count"]!, (string)tag["tag"]!["slug"]!))
        );
        Assert.Equal("""[{"count":1}]""", facets["sources"]!.ToJsonString());
        Assert.Equal("""[{"count":1}]""", facets["tools"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task The_pages_of_a_filtered_search_partition_its_results_and_a_cursor_belongs_to_one_filter()
    {
        var terms = new Terms(Database.Services);
        var (tag, other) = (await terms.CreateAsync("tag"), await terms.CreateAsync("tag"));
        foreach (var number in Enumerable.Range(0, 5))
        {
            await PublishAsync($"in{number}", null, [tag.Id]);
            await PublishAsync($"out{number}", null, [other.Id]);
        }

        List<string> found = [];
        string? after = null;
        for (var pages = 0; pages < 5 && (after is not null || pages == 0); pages++)
        {
            var page = await SearchAsync(
                Some("tags", tag.Slug),
                "nodes { article { headline } } pageInfo { hasNextPage endCursor }",
                $"first: 2{(after is null ? "" : $", after: \"{after}\"")}"
            );
            found.AddRange(page["nodes"]!.AsArray().Select(Headline));
            after = (bool)page["pageInfo"]!["hasNextPage"]! ? (string)page["pageInfo"]!["endCursor"]! : null;
        }

        Assert.Equal(["in0", "in1", "in2", "in3", "in4"], found.Order(StringComparer.Ordinal));
        var cursor = (string)
            (await SearchAsync(Some("tags", tag.Slug), "pageInfo { endCursor }", "first: 1"))["pageInfo"]![
                "endCursor"
            ]!;
        var elsewhere = await _client.AskAsync(
            Viewer.Anonymous,
            $$"""{ search(query: "{{_word}}", after: "{{cursor}}") { nodes { article { slug } } } }"""
        );
        Assert.Equal("CURSOR_INVALID", (string)elsewhere["errors"]![0]!["extensions"]!["code"]!);
    }

    private async Task PublishAsync(
        string name,
        string? category,
        string[] tags,
        string? source = null,
        string? tool = null
    ) =>
        await Newsroom.PublishedAsync(
            Newsroom.Story($"{name} {_word}") with
            {
                CategoryId = EntityId.Parse<CategoryId>(category),
                Tags = [.. tags.Select(tag => EntityId.Parse<TagId>(tag)!.Value)],
                SourceId = EntityId.Parse<SourceId>(source),
                Tools = EntityId.Parse<Cms.Tools.ToolId>(tool) is { } about ? [about] : [],
            }
        );

    private Task PublishAsync(string name, string category, string[] tags, string source, Cms.Tools.ToolId tool) =>
        PublishAsync(name, category, tags, source, tool.ToString());

    private async Task<string> FindAsync(string? where)
    {
        var found = await SearchAsync(where, "totalCount nodes { article { headline } }");
        var names = found["nodes"]!.AsArray().Select(Headline).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(names.Count, (int)found["totalCount"]!);
        return string.Join(' ', names);
    }

    private async Task<JsonNode> SearchAsync(string? where, string selection, string page = "first: 20")
    {
        if (Database.Services.GetService<SqlServerArticleSearch>() is { } search)
        {
            search.HasFullText = false;
        }

        var filter = where is null ? "" : $", where: {{ {where} }}";
        var answer = await _client.AskAsync(
            Viewer.Anonymous,
            $$"""{ search(query: "{{_word}}", {{page}}{{filter}}) { {{selection}} } }"""
        );
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!["search"]!;
    }

    private static string Headline(JsonNode? result) => ((string)result!["article"]!["headline"]!).Split(' ')[0];

    private static string Slug(string field, string slug) => $"{field}: {{ slug: {{ eq: \"{slug}\" }} }}";

    private static string Some(string field, params string[] slugs) =>
        $"{field}: {{ some: {{ slug: {{ in: [{string.Join(", ", slugs.Select(slug => $"\"{slug}\""))}] }} }} }}";
}

public sealed class FilteredSearchTests_Sqlite(SqliteTestDatabase database)
    : FilteredSearchTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class FilteredSearchTests_SqlServer(SqlServerTestDatabase database)
    : FilteredSearchTests(database),
        IClassFixture<SqlServerTestDatabase>;
