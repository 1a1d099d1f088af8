using System.Buffers;
using System.Text;

namespace Cms.Foundation;

/// <summary>
/// Removes control characters from short texts, such as a headline that was pasted with line breaks. Such characters
/// are invisible, and XML 1.0 does not allow most of them.
/// </summary>
public static class PlainLine
{
    private static readonly SearchValues<char> Controls = SearchValues.Create([
        .. Enumerable
            .Range(0, 0x20)
            .Concat(Enumerable.Range(0x7F, 0x21))
            .Append(0x2028)
            .Append(0x2029)
            .Select(c => (char)c),
    ]);

    /// <summary>
    /// Returns the text without control characters. A space separates the words between which they were.
    /// </summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(Controls))
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (var range in text.AsSpan().SplitAny(Controls))
        {
            var part = text.AsSpan()[range];
            if (line.Length > 0 && part.Length > 0 && line[^1] is not ' ' && part[0] is not ' ')
            {
                line.Append(' ');
            }

            line.Append(part);
        }

        return line.ToString();
    }

    /// <summary>
    /// Returns the beginning of a text that has too many words, with an ellipsis. Words are separated by white space.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The maximum number of words.</param>
    public static string FirstWords(string text, int most)
    {
        var words = 0;
        var isInWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            var isSpace = char.IsWhiteSpace(text[i]);
            if (!isSpace && !isInWord && ++words > most)
            {
                return text[..i].TrimEnd() + "…";
            }

            isInWord = !isSpace;
        }

        return text;
    }

    /// <summary>Returns the beginning of a text that is too long. A surrogate pair is not split.</summary>
    /// <param name="text">The text.</param>
    /// <param name="max">The maximum length, in UTF-16 code units.</param>
    public static string Cut(string text, int max) =>
        text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}
