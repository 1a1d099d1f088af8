using System.Globalization;
using System.Text;

namespace Cms.Site.Layout;

/// <summary>
/// Makes the colours of the panel readable on light and dark pages: each is moved toward black or white until its
/// contrast with the page is enough for graphics (WCAG 2.2, 1.4.11).
/// </summary>
/// <remarks>
/// The API also has colours for dark pages (<c>accentColourDark</c>, <c>colourDark</c>). They are not enough here: they
/// have the contrast for graphics, but sections colour text; they are only for dark pages; and sections can have
/// colours from the settings.
/// </remarks>
internal static class PanelColours
{
    private const double Enough = 3.1;

    // Accents colour text (WCAG 2.2, 1.4.3).
    private const double EnoughForText = 4.5;
    private const double Step = 0.02;
    private const string Fallback = "#5b6570";
    private const string LightBand = "#eef0f2";
    private const string DarkBand = "#1b1e21";
    private const string DarkPage = "#111315";

    /// <summary>Returns the rules for the accent, the sections, the panel and the steps of confidence.</summary>
    public static string Sheet(ShellData shell, SiteSettings settings)
    {
        StringBuilder light = new($":root{{--accent:{Accent(settings)}}}");
        StringBuilder dark = new($":root{{--accent:{Safe(settings.AccentDark)}}}");
        foreach (var step in Enumerable.Range(0, 21))
        {
            light.Append(CultureInfo.InvariantCulture, $".c{step * 5}{{--h:{step / 20d}}}");
        }

        foreach (var member in shell.Personas.Items)
        {
            var colour = Safe(member.AccentColour);
            light.Append(
                CultureInfo.InvariantCulture,
                $".p-{member.Slug}{{--p:{Toward(colour, "#000000", LightBand)};--pw:{Mix(colour, "#ffffff", 0.8)}}}"
            );
            dark.Append(
                CultureInfo.InvariantCulture,
                $".p-{member.Slug}{{--p:{Toward(colour, "#ffffff", DarkBand)};--pw:{Mix(colour, DarkPage, 0.66)}}}"
            );
        }

        // Editors give sections their colours. The settings come later and win.
        var sections = shell
            .Categories.Items.Where(section => section.Colour is not null)
            .Select(section => KeyValuePair.Create(section.Slug, section.Colour!))
            .Concat(settings.Sections);
        foreach (var (slug, colours) in sections)
        {
            var pair = colours.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            light.Append(
                CultureInfo.InvariantCulture,
                $".s-{slug}{{--accent:{Toward(Safe(pair.FirstOrDefault()), "#000000", LightBand, EnoughForText)}}}"
            );
            dark.Append(
                CultureInfo.InvariantCulture,
                $".s-{slug}{{--accent:{Toward(Safe(pair.LastOrDefault()), "#ffffff", DarkBand, EnoughForText)}}}"
            );
        }

        return $"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}";
    }

    /// <summary>Returns the accent on light pages.</summary>
    public static string Accent(SiteSettings settings) => Safe(settings.Accent);

    // Only a colour goes into the sheet, whatever a setting or an answer contains.
    private static string Safe(string? colour) => SiteSettings.IsColour(colour) ? colour! : Fallback;

    private static string Toward(string colour, string end, string page, double enough = Enough)
    {
        for (var share = 0d; share <= 1; share += Step)
        {
            var mixed = Mix(colour, end, share);
            if (Contrast(mixed, page) >= enough)
            {
                return mixed;
            }
        }

        return end;
    }

    private static string Mix(string colour, string other, double share)
    {
        var (from, to) = (Parts(colour), Parts(other));
        return "#"
            + string.Concat(
                from.Zip(
                    to,
                    (a, b) => ((int)Math.Round(a + ((b - a) * share))).ToString("x2", CultureInfo.InvariantCulture)
                )
            );
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    // Relative luminance, WCAG 2.2.
    private static double Luminance(string colour)
    {
        var linear = Parts(colour)
            .Select(part => part / 255d)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static int[] Parts(string colour) =>
        [
            .. Enumerable
                .Range(0, 3)
                .Select(i =>
                    int.Parse(colour.AsSpan(1 + (i * 2), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                ),
        ];
}
