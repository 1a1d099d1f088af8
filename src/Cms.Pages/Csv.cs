using System.Globalization;
using System.Text;

namespace Cms.Pages;

/// <summary>
/// Writes tables as comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula begins with an
/// apostrophe.
/// </summary>
public static class Csv
{
    /// <summary>How the file is served.</summary>
    public const string MediaType = "text/csv; charset=utf-8; header=present";

    /// <summary>Returns the lines of a table.</summary>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">The values of each row: texts, numbers and dates.</param>
    public static string Of(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        StringBuilder csv = new();
        foreach (var row in rows.Prepend(header))
        {
            csv.AppendJoin(',', row.Select(Field)).Append("\r\n");
        }

        return csv.ToString();
    }

    private static string Field(object? value) =>
        value switch
        {
            null => "",
            string text => Quoted(Plain(text)),
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => Quoted(Plain(value.ToString() ?? "")),
        };

    // Spreadsheets execute formulas, also with blanks before them.
    private static string Plain(string text) =>
        text.TrimStart() is ['=' or '+' or '-' or '@', ..] || text is ['\t' or '\r' or '\n', ..] ? "'" + text : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 && text.Trim().Length == text.Length
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
