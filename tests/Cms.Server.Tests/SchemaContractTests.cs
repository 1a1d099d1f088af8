using Cms.GraphQL;
using Cms.Server.Tests.Support;
using Cms.Testing;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests;

[Needs("server")]
public sealed class SchemaContractTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [Fact]
    public async Task The_schema_matches_the_committed_file()
    {
        var committed = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "schema.graphql"));

        Assert.True(
            committed.ReplaceLineEndings("\n")
                == server.Services.GetRequiredService<CmsSchema>().Print().ReplaceLineEndings("\n"),
            "The schema differs from schema/schema.graphql. If this is intended, run: dotnet run --project src/Cms.Server -- schema print > schema/schema.graphql"
        );
    }

    [Fact]
    public void Every_deprecation_says_what_to_use_instead_and_since_when()
    {
        var schema = server.Services.GetRequiredService<CmsSchema>();
        var reasons = schema
            .AllTypes.OfType<IComplexGraphType>()
            .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields)
            .SelectMany(field =>
                (field.Arguments ?? []).Select(argument => argument.DeprecationReason).Append(field.DeprecationReason)
            )
            .Concat(
                schema
                    .AllTypes.OfType<EnumerationGraphType>()
                    .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
                    .SelectMany(type => type.Values)
                    .Select(value => value.DeprecationReason)
            )
            .OfType<string>();

        Assert.All(reasons, reason => Assert.Matches(@"^Use .+ instead\. Since \d{4}-\d{2}\.$", reason));
    }

    /// <summary>
    /// Client caches store objects by type and <c>id</c>, so an object with an id must be the same everywhere.
    /// </summary>
    [Fact]
    public async Task An_object_with_an_id_equals_what_node_returns_for_that_id()
    {
        var schema = server.Services.GetRequiredService<CmsSchema>();
        var identified = schema
            .AllTypes.OfType<IObjectGraphType>()
            .Where(type => type.Fields.Any(field => field.Name is "id" or "_id"))
            .Select(type => (type.Name, IsNode: type.ResolvedInterfaces.Any(shared => shared.Name == "Node")))
            .ToList();

        Assert.Equal(
            ["Article", "Author", "Category", "Persona", "Source", "Tag", "Take", "Tool"],
            identified.Where(type => type.IsNode).Select(type => type.Name).Order(StringComparer.Ordinal)
        );

        // Clients read these types only through desk (Bookmark: only through viewer; Takedown: only through takedowns).
        Assert.Equal(
            [
                "Bookmark",
                "DeskArticle",
                "DeskAuthor",
                "DeskCategory",
                "DeskComment",
                "DeskFeedKey",
                "DeskFront",
                "DeskMedia",
                "DeskPartner",
                "DeskPerson",
                "DeskPersona",
                "DeskPreviewLink",
                "DeskRedirect",
                "DeskRevision",
                "DeskSource",
                "DeskTag",
                "DeskTake",
                "DeskTakeRevision",
                "DeskTakedown",
                "DeskTool",
                "DeskWebhook",
                "DeskWebhookDelivery",
                "Takedown",
            ],
            identified.Where(type => !type.IsNode).Select(type => type.Name).Order(StringComparer.Ordinal)
        );

        foreach (
            var (list, type) in new[]
            {
                ("articles", "Article"),
                ("authors", "Author"),
                ("categories", "Category"),
                ("personas", "Persona"),
                ("sources", "Source"),
                ("tags", "Tag"),
                ("takes", "Take"),
                ("tools", "Tool"),
            }
        )
        {
            var fields = string.Join(
                ' ',
                ((IObjectGraphType)schema.AllTypes[type]!)
                    .Fields.Where(field =>
                        field.ResolvedType!.GetNamedType() is ScalarGraphType or EnumerationGraphType
                    )
                    .Select(field => field.Name)
            );
            var listed = (await server.QueryAsync($"{{ {list}(first: 3) {{ nodes {{ {fields} }} }} }}"))["data"]![
                list
            ]!["nodes"]!.AsArray();
            Assert.NotEmpty(listed);
            foreach (var item in listed)
            {
                var node = await server.QueryAsync(
                    $"{{ node(id: \"{item!["id"]}\") {{ ... on {type} {{ {fields} }} }} }}"
                );
                Assert.Equal(item.ToJsonString(), node["data"]!["node"]!.ToJsonString());
            }
        }
    }

    [Fact]
    public void Addresses_have_the_type_URL_except_those_that_can_be_relative()
    {
        var texts = server
            .Services.GetRequiredService<CmsSchema>()
            .AllTypes.OfType<IObjectGraphType>()
            .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields.Select(field => (type.Name, Field: field)))
            .Where(x =>
                x.Field.Name.EndsWith("url", StringComparison.OrdinalIgnoreCase)
                && x.Field.ResolvedType!.GetNamedType().Name == "String"
            )
            .Select(x => $"{x.Name}.{x.Field.Name}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(["DeskPreviewLink.url", "Image.url", "OpenUpload.uploadUrl"], texts);
    }

    [Fact]
    public async Task Everything_in_the_schema_has_a_description()
    {
        var types = (
            await server.QueryAsync(
                "{ __schema { types { name kind description fields { name description args { name description } } inputFields { name description } enumValues { name description } } } }"
            )
        )["data"]!["__schema"]!["types"]!.AsArray();
        List<string> undescribed = [];
        foreach (var type in types.Where(type => !((string)type!["name"]!).StartsWith("__", StringComparison.Ordinal)))
        {
            var name = (string)type!["name"]!;
            Check(name, type);
            foreach (var list in new[] { "fields", "inputFields", "enumValues" })
            {
                foreach (var member in type[list]?.AsArray() ?? [])
                {
                    Check($"{name}.{member!["name"]}", member);
                    foreach (var argument in member["args"]?.AsArray() ?? [])
                    {
                        Check($"{name}.{member["name"]}({argument!["name"]}:)", argument);
                    }
                }
            }
        }

        Assert.Empty(undescribed);

        void Check(string name, System.Text.Json.Nodes.JsonNode node)
        {
            if (string.IsNullOrWhiteSpace((string?)node["description"]))
            {
                undescribed.Add(name);
            }
        }
    }
}
