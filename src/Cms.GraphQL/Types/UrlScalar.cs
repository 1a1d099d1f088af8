using GraphQLParser.AST;

namespace Cms.GraphQL.Types;

/// <summary>An absolute URL (RFC 3986), stored unchanged.</summary>
internal sealed class UrlScalar : SpecifiedScalar
{
    public UrlScalar()
        : base("URL", "https://www.rfc-editor.org/rfc/rfc3986", "An absolute URL: `https://example.org/a`.") =>
        Introduce();

    public override object? Serialize(object? value) => value;

    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLStringValue text => Parse(text.Value.ToString()),
            GraphQLNullValue => null,
            _ => throw Refuse("A URL is a string such as \"https://example.org/a\"."),
        };

    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            string text => Parse(text),
            _ => throw Refuse("A URL is a string such as \"https://example.org/a\"."),
        };

    private static string Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out _) && Uri.IsWellFormedUriString(text, UriKind.Absolute)
            ? text
            : throw Refuse("This is not an absolute URL. Use the form https://example.org/a.");
}
