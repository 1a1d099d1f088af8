using GraphQL.Types;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class SchemaTests
{
    private readonly SampleApi _api = new();

    [Fact]
    public void The_schema_is_printed_from_the_annotated_classes() => Snapshot.Match(_api.Schema.Print());

    [Fact]
    public void Every_type_field_and_argument_has_a_description()
    {
        _api.Schema.Initialize();
        var types = _api.Schema.AllTypes.Where(x => !x.Name.StartsWith("__", StringComparison.Ordinal)).ToList();
        IEnumerable<string> silent =
        [
            .. types.Where(x => string.IsNullOrEmpty(x.Description)).Select(x => x.Name),
            .. types
                .OfType<IComplexGraphType>()
                .SelectMany(x => x.Fields.Select(field => (Type: x, Field: field)))
                .SelectMany(x =>
                    (x.Field.Arguments ?? [])
                        .Select(y => (Name: $"{x.Type.Name}.{x.Field.Name}({y.Name})", y.Description))
                        .Append((Name: $"{x.Type.Name}.{x.Field.Name}", x.Field.Description))
                )
                .Where(x => string.IsNullOrEmpty(x.Description))
                .Select(x => x.Name),
        ];

        Assert.Empty(silent);
    }

    [Fact]
    public async Task Introspection_reports_scalar_specifications_repeatable_directives_and_deprecated_inputs()
    {
        var answer = await _api.AskAsync(
            """
            {
              __type(name: "DateTime") { specifiedByURL }
              film: __type(name: "Film") { fields { args(includeDeprecated: true) { name } } }
              filter: __type(name: "FilmFilterInput") { inputFields(includeDeprecated: true) { isDeprecated } }
              __schema {
                directives { name isRepeatable }
              }
            }
            """
        );

        Assert.Contains(
            "\"specifiedByURL\":\"https://scalars.graphql.org/andimarek/date-time.html\"",
            answer,
            StringComparison.Ordinal
        );
        Assert.Contains("\"isRepeatable\":false", answer, StringComparison.Ordinal);
        Assert.Contains("\"isDeprecated\":false", answer, StringComparison.Ordinal);
    }
}
