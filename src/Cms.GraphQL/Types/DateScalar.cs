using System.Globalization;
using GraphQLParser.AST;

namespace Cms.GraphQL.Types;

/// <summary>A calendar day: a full-date of RFC 3339.</summary>
internal sealed class DateScalar : SpecifiedScalar
{
    public DateScalar()
        : base(
            "Date",
            "https://scalars.graphql.org/andimarek/local-date.html",
            "A calendar date without a time zone: `2026-04-23`."
        ) => Introduce();

    public override object? Serialize(object? value) => value;

    public override object? ParseLiteral(GraphQLValue value) =>
        value switch
        {
            GraphQLStringValue text => Parse(text.Value.ToString()),
            GraphQLNullValue => null,
            _ => throw Refuse("A Date is a string such as \"2026-04-23\"."),
        };

    public override object? ParseValue(object? value) =>
        value switch
        {
            null => null,
            DateOnly day => day,
            string text => Parse(text),
            _ => throw Refuse("A Date is a string such as \"2026-04-23\"."),
        };

    public override GraphQLValue ToAST(object? value) =>
        value is DateOnly day
            ? new GraphQLStringValue(day.ToString("O", CultureInfo.InvariantCulture))
            : base.ToAST(value);

    private static DateOnly Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Refuse("This is not a valid Date. Use the format 2026-04-23.");
}
