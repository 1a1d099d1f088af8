using System.Text.RegularExpressions;

namespace Cms.Import;

/// <summary>Finds HTML comments in text that import reads as plain text and would therefore publish.</summary>
internal static partial class HtmlComment
{
    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline, 1000)]
    public static partial Regex Pattern();
}
