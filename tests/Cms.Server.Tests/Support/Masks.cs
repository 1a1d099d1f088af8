using System.Text.RegularExpressions;

namespace Cms.Server.Tests.Support;

internal static partial class Masks
{
    public static string Hide(string text) =>
        Reference()
            .Replace(
                EmbedBlock().Replace(Cursor().Replace(Id().Replace(text, "$1_ID"), "$1\"CURSOR\""), "$1BLOCK$2"),
                "reference REFERENCE"
            );

    [GeneratedRegex("\\b([a-z]{3})_[0-9a-f]{32}\\b")]
    private static partial Regex Id();

    [GeneratedRegex("(\"(?:cursor|startCursor|endCursor)\": )\"[^\"]+\"")]
    private static partial Regex Cursor();

    // The id of an embed's block is derived from the id of its target, which differs in each run.
    [GeneratedRegex("""(data-id=\\?"|"id": ")[a-z0-9]{6,12}(\\?")""")]
    private static partial Regex EmbedBlock();

    [GeneratedRegex("reference [0-9a-f]{32}")]
    private static partial Regex Reference();
}
