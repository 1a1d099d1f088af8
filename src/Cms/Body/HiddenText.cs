using System.Text.RegularExpressions;

namespace Cms.Body;

/// <summary>
/// A kind of markup whose text HTML does not show. HTML reads <c>&lt;!</c>, <c>&lt;?</c> and <c>&lt;/</c> as comments
/// unless they begin something else.
/// </summary>
/// <param name="Start">The characters that begin the markup.</param>
/// <param name="End">The characters that end the markup; empty if only HTML reads it as a comment.</param>
/// <param name="Name">The name to use in messages.</param>
internal sealed partial record HiddenText(string Start, string End, string Name)
{
    public static readonly HiddenText Comment = new("<!--", "-->", "comment");

    public static readonly HiddenText Declaration = new("<!", ">", "declaration");

    private static readonly HiddenText CData = new("<![CDATA[", "]]>", "CDATA section");

    private static readonly HiddenText Instruction = new("<?", "?>", "processing instruction");

    private static readonly HiddenText Stray = new("<!", "", "comment");

    private static readonly HiddenText StrayEnd = new("</", "", "comment");

    /// <summary>Returns the kind of hidden markup that begins at this position; null for text or an element.</summary>
    public static HiddenText? At(string text, int at) =>
        text.AsSpan(at) switch
        {
            ['<', '!', '-', '-', ..] => Comment,
            ['<', '!', '[', 'C', 'D', 'A', 'T', 'A', '[', ..] => CData,
            ['<', '!', '>', ..] => null,
            ['<', '!', var letter, ..] => char.IsAsciiLetter(letter) ? Declaration : Stray,
            ['<', '?', ..] => IsType(text, at) ? null : Instruction,
            ['<', '/', ' ' or '\t' or '\n' or '!' or '-' or '?', ..] => IsClosed(text, at) ? StrayEnd : null,
            _ => null,
        };

    /// <summary>Returns the kind of the first hidden markup in the text; null if there is none.</summary>
    public static HiddenText? FirstIn(string text)
    {
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at + 1))
        {
            if (At(text, at) is { } kind)
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Returns whether a tag found by CommonMark is hidden markup, not an element.</summary>
    public static bool IsTag(string tag) => tag is ['<', '!' or '?', ..];

    /// <summary>Returns whether HTML ends the comment before CommonMark does.</summary>
    public static bool EndsEarly(ReadOnlySpan<char> comment) =>
        comment.Length > Comment.Start.Length
        && comment[Comment.Start.Length..].Contains("--!>", StringComparison.Ordinal);

    /// <summary>Returns whether a Java wildcard such as <c>&lt;?&gt;</c> begins at this position.</summary>
    public static bool IsType(string text, int at) => Wildcard().IsMatch(text, at);

    private static bool IsClosed(string text, int at)
    {
        var rest = text.AsSpan(at);
        var line = rest.IndexOf('\n');
        return (line < 0 ? rest : rest[..line]).Contains('>');
    }

    [GeneratedRegex(
        @"\G(<\?>|(?<=[\w$])<\?(\s*,|\s+(extends|super)\s+[\w$.]+\s*[<>,&\[]))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Wildcard();
}
