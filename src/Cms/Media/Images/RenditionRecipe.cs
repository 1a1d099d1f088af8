using System.Globalization;

namespace Cms.Media.Images;

/// <summary>How an image is put into the space it is given.</summary>
public enum RenditionFit
{
    /// <summary>Whole, no larger than the space.</summary>
    Max,

    /// <summary>Cut to the proportions of the space, around what must stay in the picture.</summary>
    Cover,
}

/// <summary>How an image is encoded for readers.</summary>
public enum RenditionFormat
{
    /// <summary>Understood by every browser of today.</summary>
    Webp,

    /// <summary>Smaller, and made only after it was first asked for: until then the answer is another format.</summary>
    Avif,

    /// <summary>Understood by everything, without transparency.</summary>
    Jpeg,

    /// <summary>Without loss, and large.</summary>
    Png,
}

/// <summary>What a reader's browser asks for: <c>w=640&amp;h=360&amp;fit=cover&amp;fm=webp&amp;q=70&amp;dpr=2</c>.</summary>
public sealed record RenditionRecipe
{
    public const int MaxSide = 4_096;
    public const int MaxDpr = 3;

    /// <summary>In pixels of the page; null for what the height makes of it.</summary>
    public int? Width { get; init; }

    /// <summary>In pixels of the page; null for what the width makes of it.</summary>
    public int? Height { get; init; }

    public RenditionFit Fit { get; init; }

    public RenditionFormat Format { get; init; }

    /// <summary>From 1 to 100; null for what suits the format.</summary>
    public int? Quality { get; init; }

    /// <summary>Pixels of the screen for each pixel of the page, in each direction.</summary>
    public int Dpr { get; init; } = 1;

    /// <summary>Whether anybody may ask for it: one of the widths and proportions that are made for everyone.</summary>
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

    /// <summary>Reads what <see cref="ToString" /> writes, in any order; null where a part is unknown, twice there or beyond its limits.</summary>
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

    // One way of writing a number, so that one image has one address.
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
        /// <summary>As addresses and names of blobs write it.</summary>
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
