using System.Text.RegularExpressions;

namespace Cms.Import;

/// <summary>Finds HTML comments in what import reads as plain text, where they would be published.</summary>
internal static partial class HtmlComment
{
    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline, 1000)]
    public static partial Regex Pattern();
}
