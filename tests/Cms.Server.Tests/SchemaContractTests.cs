using Cms.Api;
using Cms.Server.Tests.Support;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests;

public sealed class SchemaContractTests(NewsroomServer server) : IClassFixture<NewsroomServer>
{
    [Fact]
    public async Task The_schema_is_the_committed_contract()
    {
        var committed = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schema", "schema.graphql"));

        Assert.True(
            committed.ReplaceLineEndings("\n")
                == server.Services.GetRequiredService<CmsSchema>().Print().ReplaceLineEndings("\n"),
            "The schema differs from schema/schema.graphql. If that is meant, run: dotnet run --project src/Cms.Server -- schema print > schema/schema.graphql"
        );
    }

    [Fact]
    public void What_is_deprecated_says_what_instead_and_since_when()
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

    [Fact]
    public void Addresses_are_URLs_except_those_that_begin_with_a_slash_where_no_address_is_set()
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

        Assert.Equal(["Image.url", "OpenUpload.uploadUrl"], texts);
    }

    [Fact]
    public async Task Everything_in_the_schema_has_a_description()
    {
        var types = (
            await server.QueryAsync(
                "{ __schema { types { name kind description fields { name description args { name description } } inputFields { name description } enumValues { name description } } } }"
            )
        )["data"]!["__schema"]!["types"]!.AsArray();
        List<string> bare = [];
        foreach (var type in types.Where(type => !((string)type!["name"]!).StartsWith("__", StringComparison.Ordinal)))
        {
            var name = (string)type!["name"]!;
            Look(name, type);
            foreach (var list in new[] { "fields", "inputFields", "enumValues" })
            {
                foreach (var member in type[list]?.AsArray() ?? [])
                {
                    Look($"{name}.{member!["name"]}", member);
                    foreach (var argument in member["args"]?.AsArray() ?? [])
                    {
                        Look($"{name}.{member["name"]}({argument!["name"]}:)", argument);
                    }
                }
            }
        }

        Assert.Empty(bare);

        void Look(string name, System.Text.Json.Nodes.JsonNode node)
        {
            if (string.IsNullOrWhiteSpace((string?)node["description"]))
            {
                bare.Add(name);
            }
        }
    }
}
