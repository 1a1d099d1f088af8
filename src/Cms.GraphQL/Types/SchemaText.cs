using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Cms.GraphQL.Types;

internal static class SchemaText
{
    public static string Of(ISchema schema)
    {
        schema.Initialize();
        var text = schema.Print(new PrintOptions { StringComparison = StringComparison.Ordinal });

        foreach (var scalar in schema.AllTypes.OfType<SpecifiedScalar>())
        {
            // GraphQL.NET's printer does not write @specifiedBy.
            text = text.Replace(
                $"\nscalar {scalar.Name}\n",
                $"\nscalar {scalar.Name} @specifiedBy(url: \"{scalar.SpecifiedByUrl}\")\n",
                StringComparison.Ordinal
            );
        }

        return text;
    }
}
