using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Cms.Api.Types;

/// <summary>Prints a schema.</summary>
internal static class SchemaText
{
    public static string Of(ISchema schema)
    {
        schema.Initialize();
        return schema.Print(new PrintOptions { StringComparison = StringComparison.Ordinal });
    }
}
