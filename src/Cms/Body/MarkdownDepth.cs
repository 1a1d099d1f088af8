namespace Cms.Body;

/// <summary>Detects excessive nesting before Markdig parses it.</summary>
internal static class MarkdownDepth
{
    // A list item adds two levels but rarely more than five columns. Ordinary code is not indented this far.
    private const int Columns = 4 * BodyLimits.Depth;

    public static bool IsExceededBy(string markdown)
    {
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (line.Length > Columns && Prefix(line) > Columns)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the length of the list and quotation markers at the start of the line.</summary>
    private static int Prefix(ReadOnlySpan<char> line)
    {
        var i = 0;
        while (i < line.Length && (line[i] is ' ' or '\t' or '>' || IsMarker(line[i..])))
        {
            i++;
        }

        return i;
    }

    private static bool IsMarker(ReadOnlySpan<char> rest) =>
        rest[0] is '-' or '+' or '*' or '.' or ')' ? rest is [_, ' ' or '\t', ..] : char.IsAsciiDigit(rest[0]);
}
