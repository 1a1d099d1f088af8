using System.Globalization;
using System.Text;
using Cms.Foundation;

namespace Cms.Media.Library;

/// <summary>
/// The search terms of an image: the words of its file name, alternative text, caption, folder, creator and credit
/// line.
/// </summary>
internal static class LibraryTerms
{
    // The maximum number of terms, enough for any ordinary caption.
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

    /// <summary>Returns the words of a text, in lower case and with Latin letters reduced to ASCII.</summary>
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
