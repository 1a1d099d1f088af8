using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.GraphQL.Documents;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Documents;

/// <summary>
/// GraphQL documents that are identified by their hash. Some ship with the server; clients register others.
/// </summary>
[Needs("server")]
public sealed class KnownDocumentTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    private const string Query = "{ articles(first: 1) { totalCount } }";

    [Fact]
    public void Every_operation_file_is_a_trusted_document_with_the_name_of_the_file()
    {
        string[] folders = ["schema/operations", "src/Cms.Site/Operations", "src/Cms.Studio/Operations"];
        var files = folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder)))
            .Where(file => !file.EndsWith(".fragment.graphql", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal);

        Assert.Equal(files, Documents.Trusted.Select(document => document.Name));
        Assert.All(Documents.Trusted, document => Assert.Equal(document.Id, HashOf(document.Body)));
    }

    [Fact]
    public async Task A_trusted_document_can_be_requested_by_its_id_with_POST_and_GET()
    {
        var id = Documents.Trusted.Single(document => document.Name == "TagPage").Id;
        var posted = await AskAsync(new { documentId = id, variables = new { slug = "ci", first = 1 } });
        using var got = await server.Client.GetAsync(
            $"/graphql?documentId={id}&variables={Uri.EscapeDataString("""{"slug":"ci","first":1}""")}"
        );

        Assert.Null(posted["errors"]);
        Assert.Equal("ci", (string?)posted["data"]!["tag"]!["slug"]);
        Assert.Equal(posted.ToJsonString(), JsonNode.Parse(await got.Content.ReadAsStringAsync())!.ToJsonString());
        Assert.NotNull(got.Headers.ETag);
    }

    [Fact]
    public async Task An_unknown_document_id_is_rejected_with_a_message_that_says_how_to_fix_it()
    {
        var answer = await AskAsync(new { documentId = new string('0', 64) });

        Assert.Equal("UNKNOWN_DOCUMENT", Code(answer));
        Assert.Contains("schema/operations", (string?)answer["errors"]![0]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_registers_a_query_by_sending_it_once_with_its_hash()
    {
        var query = $"{Query} # {nameof(A_client_registers_a_query_by_sending_it_once_with_its_hash)}";
        var extensions = Persisted(HashOf(query));

        var before = await AskAsync(new { extensions });
        var registering = await AskAsync(new { query, extensions });
        var after = await AskAsync(new { extensions });

        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", Code(before));
        Assert.Equal("PersistedQueryNotFound", (string?)before["errors"]![0]!["message"]);
        Assert.Equal(26, (int?)registering["data"]!["articles"]!["totalCount"]);
        Assert.Equal(26, (int?)after["data"]!["articles"]!["totalCount"]);
    }

    [Fact]
    public async Task A_query_with_a_wrong_hash_is_rejected_and_not_registered()
    {
        var extensions = Persisted(HashOf("something else"));

        Assert.Equal("BAD_REQUEST", Code(await AskAsync(new { query = Query, extensions })));
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", Code(await AskAsync(new { extensions })));
    }

    [Fact]
    public async Task A_query_can_be_registered_after_the_capacity_is_used_up()
    {
        for (var i = 0; i < 400; i++)
        {
            var query = $"{{ __typename }} # {i} {new string('x', 14_000)}";
            await AskAsync(new { query, extensions = Persisted(HashOf(query)) });
        }

        var answer = await AskAsync(new { query = Query, extensions = Persisted(HashOf(Query)) });
        Assert.Null(answer["errors"]);
    }

    [SkippableFact]
    public async Task If_only_trusted_documents_are_allowed_all_other_queries_are_rejected_even_introspection()
    {
        await using var strict = new NewsroomServer
        {
            IsSecond = true,
            Settings = ["--Cms:AnonymousDocuments=Trusted"],
        };
        await strict.InitializeAsync();
        var panel = strict.Services.GetRequiredService<KnownDocuments>().Trusted.Single(d => d.Name == "PanelPage");

        Assert.Equal("UNKNOWN_DOCUMENT", Code(await strict.QueryAsync(Query)));
        Assert.Equal("UNKNOWN_DOCUMENT", Code(await strict.QueryAsync("{ __schema { types { name } } }")));
        Assert.Null((await strict.QueryAsync(panel.Body))["errors"]);
        using var byId = await strict.Client.PostAsJsonAsync("/graphql", new { documentId = panel.Id });
        Assert.Null(JsonNode.Parse(await byId.Content.ReadAsStringAsync())!["errors"]);
    }

    [Fact]
    public async Task A_trusted_document_that_does_not_match_the_schema_stops_startup_with_a_message_that_names_it()
    {
        var folder = Directory.CreateTempSubdirectory("cms-operations-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Broken.graphql"), "query Broken { nothing }");
            using var documents = new KnownDocuments(
                server.Services.GetRequiredService<CmsSchema>(),
                new DocumentSettings()
            );

            var refused = await Assert.ThrowsAsync<CannotStartException>(() => documents.LoadAsync(folder.FullName));

            Assert.StartsWith(
                "The trusted document Broken.graphql is not valid: ",
                refused.Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_manifest_lists_the_trusted_documents()
    {
        using var printing = CmsProcess.Start(new Dictionary<string, string>(), "operations");
        var (code, output, _) = await printing.EndAsync();
        var manifest = JsonNode.Parse(output)!;

        Assert.Equal(0, code);
        Assert.Equal("apollo-persisted-query-manifest", (string?)manifest["format"]);
        Assert.Equal(
            Documents.Trusted.Select(d => (d.Id, d.Name)),
            manifest["operations"]!.AsArray().Select(o => ((string)o!["id"]!, (string)o["name"]!))
        );
    }

    [Theory]
    [InlineData("""{ "version": 2, "sha256Hash": "$" }""")]
    [InlineData("""{ "version": 0, "sha256Hash": "$" }""")]
    [InlineData("""{ "version": "1", "sha256Hash": "$" }""")]
    [InlineData("""{ "version": 1.5, "sha256Hash": "$" }""")]
    [InlineData("""{ "version": null, "sha256Hash": "$" }""")]
    [InlineData("""{ "sha256Hash": "$" }""")]
    [InlineData("""{ "version": 1 }""")]
    [InlineData("""{ "version": 1, "sha256Hash": 7 }""")]
    [InlineData("""[1, "$"]""")]
    [InlineData("\"$\"")]
    public async Task An_invalid_registration_is_rejected_and_registers_nothing(string persisted)
    {
        const string query = "{ tools(first: 2) { nodes { name } } }";
        var extensions = JsonNode.Parse(
            $$"""{ "persistedQuery": {{persisted.Replace("$", HashOf(query), StringComparison.Ordinal)}} }"""
        );

        var refused = await AskAsync(new { query, extensions });
        var asked = await AskAsync(new { extensions });
        var known = await AskAsync(new { extensions = Persisted(HashOf(query)) });

        Assert.Equal("BAD_REQUEST", Code(refused));
        Assert.Equal("BAD_REQUEST", Code(asked));
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", Code(known));
    }

    private KnownDocuments Documents => server.Services.GetRequiredService<KnownDocuments>();

    private async Task<JsonNode> AskAsync(object request)
    {
        using var response = await server.Client.PostAsJsonAsync("/graphql", request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static object Persisted(string hash) => new { persistedQuery = new { version = 1, sha256Hash = hash } };

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string? Code(JsonNode answer) => (string?)answer["errors"]?[0]?["extensions"]?["code"];
}
