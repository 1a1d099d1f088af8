using System.Globalization;
using System.Text;
using Cms.Foundation;

namespace Cms.Media.Library;

/// <summary>The words that an image is found by: of its name, of what is said of it, and of those who made it.</summary>
internal static class LibraryTerms
{
    // As many as matter; a caption is not a book.
    private const int Most = 200;

    public static HashSet<string> Of(MediaAsset asset) =>
        Of(
                string.Join(
                    ' ',
                    asset.FileName,
                    asset.Alt,
                    asset.Caption,
                    asset.Folder,
                    asset.Rights.Creator,
                    asset.Rights.CreditLine
                )
            )
            .Distinct(StringComparer.Ordinal)
            .Take(Most)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The words of a text, in lower case, Latin letters without their marks.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Append(LatinLetters.Spell(letter) ?? char.ToLowerInvariant(letter).ToString());
            }
            else if (
                CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark
                && word.Length > 0
            )
            {
                yield return Cut(word);
            }
        }

        if (word.Length > 0)
        {
            yield return Cut(word);
        }
    }

    private static string Cut(StringBuilder word)
    {
        var cut = word.ToString(0, Math.Min(word.Length, MediaTerm.MaxLength));
        word.Clear();
        return cut;
    }
}
