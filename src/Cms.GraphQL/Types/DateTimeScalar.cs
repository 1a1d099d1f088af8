using System.Globalization;
using GraphQLParser.AST;

namespace Cms.GraphQL.Types;

/// <summary>A time as in RFC 3339, always written in UTC with milliseconds.</summary>
internal sealed class DateTimeScalar : SpecifiedScalar
{
    public const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public DateTimeScalar()
        : base(
            "DateTime",
            "https://scalars.graphql.org/andimarek/date-time.html",
            "A time in RFC 3339 format, returned in UTC: `2026-04-23T09:00:00.000Z`. Input may have any offset."
        ) => Introduce();

    // ResultWriter formats the value directly, without an intermediate string.
    public override object? Serialize(object? value) => value;

    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLStringValue text => Parse(text.Value.ToString()),
            GraphQLNullValue => null,
            _ => throw Refuse("A DateTime is a string such as \"2026-04-23T09:00:00Z\"."),
        };

    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            DateTimeOffset time => time,
            string text => Parse(text),
            _ => throw Refuse("A DateTime is a string such as \"2026-04-23T09:00:00Z\"."),
        };

    public override GraphQLValue ToAST(object? value) =>
        value is DateTimeOffset time
            ? new GraphQLStringValue(time.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture))
            : base.ToAST(value);

    private static DateTimeOffset Parse(string text) =>
        !Rfc3339.HasOffset(text)
            ? throw Refuse(
                "A DateTime must include its offset from UTC: 2026-04-23T09:00:00Z or 2026-04-23T11:00:00+02:00."
            )
            : Rfc3339.Parse(text) ?? throw Refuse("This is not a valid DateTime. Use the format 2026-04-23T09:00:00Z.");
}
