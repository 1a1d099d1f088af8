using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Cms.Body;

/// <summary>Writes inline text as Markdown and escapes everything that Markdown would read as markup.</summary>
internal static class MarkdownText
{
    // An empty comment, written beside a delimiter where CommonMark's flanking rules (section 6.2) need punctuation.
    private const string Joint = "<!-- -->";

    private const string OpenBracket = "[";

    private enum PieceKind
    {
        Text,
        Opener,
        Closer,
        Code,
        Bracket,
        Joint,
        Break,
    }

    private readonly record struct Piece(PieceKind Kind, string Value);

    /// <summary>
    /// Returns inline text as Markdown. With <paramref name="breaks"/>, the text can span several lines, and a hard
    /// break ends a line. With <paramref name="inTable"/>, pipes in code are escaped too, because they would end the
    /// cell.
    /// </summary>
    public static string Of(ImmutableArray<Inline> content, bool breaks, bool inTable = false) =>
        Join(WithJoints(Pieces(content, inTable)), breaks);

    /// <summary>Returns an image as Markdown, with its file path if it has one.</summary>
    public static string Image(Image image, string? path)
    {
        var mark = image.Decorative ? "#decorative" : "";
        var title = image.Caption is "" ? "" : $" \"{EscapedTitle(image.Caption)}\"";
        return $"![{Escaped(image.Alt, Edges.Both)}]({path ?? $"media:{image.Media}"}{mark}{title})";
    }

    public static int LongestRunOfBackticks(string code)
    {
        var (longest, run) = (0, 0);
        foreach (var character in code)
        {
            run = character is '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>Splits the text at its marks. A mark stays open while the marks inside it change.</summary>
    private static List<Piece> Pieces(ImmutableArray<Inline> content, bool inTable)
    {
        var pieces = new List<Piece>();
        var open = new Stack<TextStyle>();
        Link? link = null;
        foreach (var inline in content)
        {
            var text = inline as Text;
            var style = (text?.Style ?? TextStyle.None) & ~TextStyle.Code;
            while (open.Count > 0 && (text?.Link != link || !open.All(mark => style.HasFlag(mark))))
            {
                pieces.Add(new Piece(PieceKind.Closer, Delimiter(open.Pop())));
            }

            if (text?.Link != link)
            {
                pieces.AddRange(link is null ? [] : [new Piece(PieceKind.Bracket, Destination(link))]);
                link = text?.Link;
                pieces.AddRange(link is null ? [] : [new Piece(PieceKind.Bracket, OpenBracket)]);
            }

            foreach (var mark in (ReadOnlySpan<TextStyle>)[TextStyle.Bold, TextStyle.Italic, TextStyle.Strike])
            {
                if (style.HasFlag(mark) && !open.Contains(mark))
                {
                    open.Push(mark);
                    pieces.Add(new Piece(PieceKind.Opener, Delimiter(mark)));
                }
            }

            pieces.Add(
                text is null ? new Piece(PieceKind.Break, "")
                : text.Style.HasFlag(TextStyle.Code) ? new Piece(PieceKind.Code, Code(text.Value, inTable))
                : new Piece(PieceKind.Text, text.Value)
            );
        }

        pieces.AddRange(open.Select(mark => new Piece(PieceKind.Closer, Delimiter(mark))));
        pieces.AddRange(link is null ? [] : [new Piece(PieceKind.Bracket, Destination(link))]);
        return pieces;
    }

    // Italic is _ and bold is **, so that adjacent delimiters never merge.
    private static string Delimiter(TextStyle mark) =>
        mark switch
        {
            TextStyle.Bold => "**",
            TextStyle.Italic => "_",
            _ => "~~",
        };

    private static string Destination(Link link) =>
        link.Title is { } title ? $"](<{Address(link.Href)}> \"{EscapedTitle(title)}\")" : $"](<{Address(link.Href)}>)";

    /// <summary>Returns an address as it is written between the angle brackets of a link.</summary>
    public static string Address(LinkAddress address) =>
        address.Value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Code(string code, bool inTable)
    {
        var ticks = new string('`', LongestRunOfBackticks(code) + 1);
        var padding =
            code is ['`', ..] or [.., '`'] || (code is [' ', .., ' '] && !code.AsSpan().Trim(' ').IsEmpty) ? " " : "";
        var content = inTable ? code.Replace("|", "\\|", StringComparison.Ordinal) : code;
        return $"{ticks}{padding}{content}{padding}{ticks}";
    }

    /// <summary>Adds a joint beside each delimiter that Markdown would otherwise read as text.</summary>
    private static List<Piece> WithJoints(List<Piece> pieces)
    {
        var joined = new List<Piece>(pieces.Count);
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (piece.Kind is not (PieceKind.Opener or PieceKind.Closer))
            {
                // Even an escaped backtick would lengthen the delimiter of the code after it.
                var lengthens =
                    piece.Kind is PieceKind.Code && joined is [.., { Kind: PieceKind.Text, Value: [.., '`'] }];
                joined.AddRange(lengthens ? [new Piece(PieceKind.Joint, Joint)] : []);
                joined.Add(piece);
                continue;
            }

            var before = joined is [.., var last] ? Last(last) : Side.Space;
            var after = i + 1 < pieces.Count ? First(pieces[i + 1]) : Side.Space;
            var opens = piece.Kind is PieceKind.Opener;
            var (inner, outer) = opens ? (after, before) : (before, after);
            var innerJoint = inner is Side.Space or Side.Unknown;
            var outerJoint =
                outer is Side.Letter or Side.Unknown && (innerJoint || inner is Side.Punctuation || piece.Value is "_");
            var (jointBefore, jointAfter) = opens ? (outerJoint, innerJoint) : (innerJoint, outerJoint);
            joined.AddRange(jointBefore ? [new Piece(PieceKind.Joint, Joint)] : []);
            joined.Add(piece);
            joined.AddRange(jointAfter ? [new Piece(PieceKind.Joint, Joint)] : []);
        }

        return joined;
    }

    private enum Side
    {
        Space,
        Letter,
        Punctuation,

        /// <summary>A character that Markdown parsers classify differently.</summary>
        Unknown,
    }

    private static Side Last(Piece piece) =>
        piece.Kind is PieceKind.Text ? SideOf(piece.Value[^1])
        : piece.Kind is PieceKind.Break ? Side.Space
        : Side.Punctuation;

    private static Side First(Piece piece) =>
        piece.Kind is PieceKind.Text ? SideOf(piece.Value[0])
        : piece.Kind is PieceKind.Break ? Side.Space
        : Side.Punctuation;

    private static Side SideOf(char character) =>
        char.IsWhiteSpace(character) ? Side.Space
        : char.IsLetterOrDigit(character) ? Side.Letter
        : char.IsAscii(character) ? Side.Punctuation
        : Side.Unknown;

    private static string Join(List<Piece> pieces, bool breaks)
    {
        var markdown = new StringBuilder();
        for (var i = 0; i < pieces.Count; i++)
        {
            var edges =
                (
                    i == 0
                    || pieces[i - 1] is { Kind: PieceKind.Break } or { Kind: PieceKind.Bracket, Value: OpenBracket }
                        ? Edges.Start
                        : Edges.None
                )
                | (
                    i == pieces.Count - 1
                    || pieces[i + 1] is { Kind: PieceKind.Break } or { Kind: PieceKind.Bracket, Value: not OpenBracket }
                        ? Edges.End
                        : Edges.None
                );
            markdown.Append(
                pieces[i].Kind switch
                {
                    PieceKind.Text => Escaped(pieces[i].Value, edges),
                    // At the end of a paragraph, a backslash would be text.
                    PieceKind.Break => breaks && i < pieces.Count - 1 ? "\\\n" : "<br>",
                    _ => pieces[i].Value,
                }
            );
        }

        return markdown.ToString();
    }

    [Flags]
    private enum Edges
    {
        None = 0,

        /// <summary>The text begins a line or a link.</summary>
        Start = 1,

        /// <summary>The text ends a line or a link.</summary>
        End = 2,
        Both = Start | End,
    }

    private static string Escaped(string text, Edges edges)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var starts = i == 0 && edges.HasFlag(Edges.Start);
            var ends = i == text.Length - 1 && edges.HasFlag(Edges.End);
            if (char.IsWhiteSpace(character) && (starts || ends))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)character};");
                continue;
            }

            if (
                IsMarkup(text, i)
                || (starts && (character is '-' or '+' or '=' or '>' or ':'))
                || EndsNumber(text, i, edges)
            )
            {
                escaped.Append('\\');
            }

            escaped.Append(character);
        }

        return escaped.ToString();
    }

    // In a title, a character reference is decoded even after a backslash.
    private static string EscapedTitle(string title) =>
        title
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "\\<", StringComparison.Ordinal)
            .Replace("`", "\\`", StringComparison.Ordinal);

    private static bool IsMarkup(string text, int i) =>
        text[i] switch
        {
            '\\' or '`' or '*' or '[' or ']' or '<' or '~' or '|' => true,
            '_' => !(
                i > 0
                && i < text.Length - 1
                && char.IsAsciiLetterOrDigit(text[i - 1])
                && char.IsAsciiLetterOrDigit(text[i + 1])
            ),
            '#' => i == 0 || text[i - 1] is ' ' or '#',
            '&' => i == text.Length - 1 || text[i + 1] is '#' || char.IsAsciiLetter(text[i + 1]),
            '!' => i == text.Length - 1 || text[i + 1] is '[',
            _ => false,
        };

    /// <summary>
    /// Returns whether this character would turn the digits at the start of a line into a list marker.
    /// </summary>
    private static bool EndsNumber(string text, int i, Edges edges) =>
        edges.HasFlag(Edges.Start)
        && (text[i] is '.' or ')')
        && i is > 0 and < 10
        && !text.AsSpan(0, i).ContainsAnyExceptInRange('0', '9');
}
