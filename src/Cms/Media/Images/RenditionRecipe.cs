using System.Globalization;

namespace Cms.Media.Images;

/// <summary>How an image fits into the requested size.</summary>
public enum RenditionFit
{
    /// <summary>The whole image, no larger than the requested size.</summary>
    Max,

    /// <summary>Cropped to the aspect ratio of the requested size, around the focal point.</summary>
    Cover,
}

/// <summary>The format of an image that is served to readers.</summary>
public enum RenditionFormat
{
    /// <summary>WebP, which all current browsers support.</summary>
    Webp,

    /// <summary>
    /// AVIF, smaller than WebP. It is created after the first request; until it is ready, the response is in WebP.
    /// </summary>
    Avif,

    /// <summary>JPEG, which all software supports but which has no transparency.</summary>
    Jpeg,

    /// <summary>PNG, lossless and large.</summary>
    Png,
}

/// <summary>
/// The rendition that a browser requests: <c>w=640&amp;h=360&amp;fit=cover&amp;fm=webp&amp;q=70&amp;dpr=2</c>.
/// </summary>
public sealed record RenditionRecipe
{
    public const int MaxSide = 4_096;
    public const int MaxDpr = 3;

    /// <summary>The width, in CSS pixels; null to derive it from the height.</summary>
    public int? Width { get; init; }

    /// <summary>The height, in CSS pixels; null to derive it from the width.</summary>
    public int? Height { get; init; }

    public RenditionFit Fit { get; init; }

    public RenditionFormat Format { get; init; }

    /// <summary>The quality, from 1 to 100; null for the format's default.</summary>
    public int? Quality { get; init; }

    /// <summary>The number of device pixels per CSS pixel, in each direction.</summary>
    public int Dpr { get; init; } = 1;

    /// <summary>
    /// Whether anyone can request the rendition: it has a fixed width, a fixed aspect ratio and the default quality.
    /// </summary>
    public bool IsOpen =>
        Quality is null
        && Width is { } width
        && RenditionSizes.Ladder.Contains(width)
        && width * Dpr <= RenditionSizes.Widest
        && (
            Fit is RenditionFit.Max
                ? Height is null
                : Enum.GetValues<ImageRatio>().Any(ratio => ratio.HeightOf(width) == Height)
        );

    /// <summary>
    /// Parses the output of <see cref="ToString" />, in any order. Null if a part is unknown, repeated or out of range.
    /// </summary>
    public static RenditionRecipe? Parse(string query)
    {
        var recipe = new RenditionRecipe();
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var part in query.Split('&', 8))
        {
            if (
                part.Split('=') is not [var name, var value]
                || !seen.Add(name)
                || recipe.With(name, value) is not { } next
            )
            {
                return null;
            }

            recipe = next;
        }

        return recipe.IsSound ? recipe : null;
    }

    public override string ToString() =>
        string.Join(
            '&',
            new[]
            {
                Width is { } width ? $"w={Text(width)}" : null,
                Height is { } height ? $"h={Text(height)}" : null,
                Fit is RenditionFit.Cover ? "fit=cover" : null,
                $"fm={Format.Extension}",
                Quality is { } quality ? $"q={Text(quality)}" : null,
                Dpr > 1 ? $"dpr={Text(Dpr)}" : null,
            }.OfType<string>()
        );

    private bool IsSound =>
        (Width ?? Height) is not null
        && (Fit is RenditionFit.Max || (Width is not null && Height is not null))
        && Width is null or > 0
        && Height is null or > 0
        && (Width ?? 0) * Dpr <= MaxSide
        && (Height ?? 0) * Dpr <= MaxSide
        && Quality is null or (>= 1 and <= 100)
        && Dpr is >= 1 and <= MaxDpr;

    private RenditionRecipe? With(string name, string value) =>
        (name, value, Number(value)) switch
        {
            ("w", _, { } width) => this with { Width = width },
            ("h", _, { } height) => this with { Height = height },
            ("q", _, { } quality) => this with { Quality = quality },
            ("dpr", _, { } dpr) => this with { Dpr = dpr },
            ("fit", "max", _) => this with { Fit = RenditionFit.Max },
            ("fit", "cover", _) => this with { Fit = RenditionFit.Cover },
            ("fm", _, _) when RenditionFormats.Parse(value) is { } format => this with { Format = format },
            _ => null,
        };

    // Accepts only one spelling of each number, so that there are fewer URLs for the same image.
    private static int? Number(string text) =>
        text is { Length: > 0 and <= 4 }
        && text[0] != '0'
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

public static class RenditionFormats
{
    extension(RenditionFormat format)
    {
        /// <summary>The file extension, as used in URLs and in the names of blobs.</summary>
        public string Extension =>
            format switch
            {
                RenditionFormat.Webp => "webp",
                RenditionFormat.Avif => "avif",
                RenditionFormat.Jpeg => "jpg",
                _ => "png",
            };

        public string ContentType => format is RenditionFormat.Jpeg ? "image/jpeg" : $"image/{format.Extension}";
    }

    public static RenditionFormat? Parse(string extension) =>
        Enum.GetValues<RenditionFormat>()
            .Where(format => format.Extension == extension)
            .Select(format => (RenditionFormat?)format)
            .SingleOrDefault();
}
