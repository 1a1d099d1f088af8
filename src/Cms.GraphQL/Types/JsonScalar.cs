using System.Text.Json;
using GraphQLParser.AST;

namespace Cms.GraphQL.Types;

/// <summary>Any JSON value. Output is sent unchanged.</summary>
internal sealed class JsonScalar : SpecifiedScalar
{
    public JsonScalar()
        : base("JSON", "https://www.rfc-editor.org/rfc/rfc8259", "A JSON value of any shape.") => Introduce();

    public override object? Serialize(object? value) => value;

    public override object? ParseLiteral(GraphQLValue value) =>
        value is GraphQLNullValue ? null : throw Refuse("Send JSON in a variable, not in the document.");

    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            JsonText text => text,
            _ => new JsonText(JsonSerializer.Serialize(value)),
        };
}
