using System.Globalization;
using GraphQLParser.AST;

namespace Cms.GraphQL.Types;

/// <summary>A date and a time of day without a zone.</summary>
internal sealed class LocalDateTimeScalar : SpecifiedScalar
{
    public const string Format = "yyyy-MM-ddTHH:mm:ss";

    // Browsers leave out seconds that are zero.
    private static readonly string[] Forms = [Format, "yyyy-MM-ddTHH:mm"];

    public LocalDateTimeScalar()
        : base(
            "LocalDateTime",
            "https://scalars.graphql.org/chillicream/local-date-time.html",
            "A date and time without a time zone: `2026-04-23T09:00:00`. The seconds can be omitted in input."
        ) => Introduce();

    // ResultWriter formats the value directly, without an intermediate string.
    public override object? Serialize(object? value) => value;

    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLStringValue text => Parse(text.Value.ToString()),
            GraphQLNullValue => null,
            _ => throw Refuse("A LocalDateTime is a string such as \"2026-04-23T09:00:00\"."),
        };

    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            DateTime time => time,
            string text => Parse(text),
            _ => throw Refuse("A LocalDateTime is a string such as \"2026-04-23T09:00:00\"."),
        };

    public override GraphQLValue ToAST(object? value) =>
        value is DateTime time
            ? new GraphQLStringValue(time.ToString(Format, CultureInfo.InvariantCulture))
            : base.ToAST(value);

    private static DateTime Parse(string text) =>
        DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw Refuse(
                "This is not a valid LocalDateTime. Use the format 2026-04-23T09:00:00, without an offset from UTC."
            );
}
