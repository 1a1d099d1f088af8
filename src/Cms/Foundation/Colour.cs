using Cms.GraphQL;

namespace Cms.Foundation;

/// <summary>A colour as <c>#</c> and six hexadecimal digits.</summary>
public static class Colour
{
    public static bool IsWellFormed(string text) =>
        text is ['#', _, _, _, _, _, _] && text.Skip(1).All(char.IsAsciiHexDigit);

    /// <summary>The dark background that <see cref="OnDark" /> is measured on.</summary>
    public const string Dark = "#1b1e21";

    /// <summary>
    /// The contrast of <see cref="OnDark" />. WCAG 2.2 requires 3:1 for graphics; the rest allows for rounding.
    /// </summary>
    public const double DarkContrast = 3.1;

    // A hundredth of the way to white is less than what the eye can tell apart.
    private const int Steps = 100;

    /// <summary>
    /// Moves a colour towards white until its contrast on a dark background is enough for graphics. A colour that has
    /// enough contrast does not change.
    /// </summary>
    public static string OnDark(string colour)
    {
        var (own, dark) = (Read(colour), Luminance(Read(Dark)));
        for (var step = 0; step < Steps; step++)
        {
            var lighter = Array.ConvertAll(own, part => part + ((255 - part) * step / Steps));
            if ((Luminance(lighter) + 0.05) / (dark + 0.05) >= DarkContrast)
            {
                return $"#{Convert.ToHexStringLower(Array.ConvertAll(lighter, part => (byte)part))}";
            }
        }

        return "#ffffff";
    }

    private static int[] Read(string colour) =>
        Array.ConvertAll(Convert.FromHexString(colour.AsSpan(1)), part => (int)part);

    // Relative luminance as WCAG 2.2 defines it.
    private static double Luminance(int[] colour)
    {
        var linear = Array.ConvertAll(
            colour,
            part =>
                part / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)
        );
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }
}

/// <summary>The colour is not in the format #rrggbb.</summary>
/// <param name="Colour">The value from the request.</param>
public sealed record ColourMalformed(string Colour) : UserError("Write the colour as # and six hexadecimal digits.");
