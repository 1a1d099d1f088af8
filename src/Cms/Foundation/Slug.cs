using System.Globalization;
using System.Text;

namespace Cms.Foundation;

/// <summary>The readable part of a URL: lower-case ASCII letters and digits, separated by single hyphens.</summary>
public static class Slug
{
    /// <summary>The maximum length in characters.</summary>
    public const int MaxLength = 120;

    public static bool IsWellFormed(string? slug)
    {
        if (slug is not { Length: > 0 and <= MaxLength } || slug[0] == '-' || slug[^1] == '-')
        {
            return false;
        }

        for (var i = 0; i < slug.Length; i++)
        {
            if (
                !(
                    char.IsAsciiLetterLower(slug[i])
                    || char.IsAsciiDigit(slug[i])
                    || (slug[i] == '-' && slug[i - 1] != '-')
                )
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Makes a slug from a headline or a name. Returns null if no character of the text can be used in a slug.
    /// </summary>
    public static string? From(string text)
    {
        var slug = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var letter in text)
        {
            if (slug.Length >= MaxLength)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(char.ToLowerInvariant(letter));
            }
            else if ((letter == '&' ? "and" : LatinLetters.Spell(letter)) is { } letters)
            {
                slug.Append(letters);
            }
            else if (
                slug.Length > 0
                && slug[^1] != '-'
                && letter is not ('\'' or '’')
                && CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark
            )
            {
                slug.Append('-');
            }
        }

        var made = slug.ToString(0, Math.Min(slug.Length, MaxLength)).Trim('-');
        return made.Length == 0 ? null : made;
    }

    /// <summary>Returns the slug with a number: <c>news-2</c> for <c>news</c> and 2.</summary>
    public static string Numbered(string slug, int number)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}");
        return slug[..Math.Min(slug.Length, MaxLength - suffix.Length)].TrimEnd('-') + suffix;
    }
}
