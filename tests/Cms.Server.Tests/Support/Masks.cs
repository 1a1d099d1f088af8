using System.Text.RegularExpressions;

namespace Cms.Server.Tests.Support;

internal static partial class Masks
{
    public static string Hide(string text) =>
        Reference().Replace(Cursor().Replace(Id().Replace(text, "$1_ID"), "$1\"CURSOR\""), "reference REFERENCE");

    [GeneratedRegex("\\b([a-z]{3})_[0-9a-f]{32}\\b")]
    private static partial Regex Id();

    [GeneratedRegex("(\"(?:cursor|startCursor|endCursor)\": )\"[^\"]+\"")]
    private static partial Regex Cursor();

    [GeneratedRegex("reference [0-9a-f]{32}")]
    private static partial Regex Reference();
}
