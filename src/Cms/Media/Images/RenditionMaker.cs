using System.Globalization;
using System.Text;
using Cms.GraphQL;
using NetVips;

namespace Cms.Media.Images;

/// <summary>An image that is served to readers.</summary>
/// <param name="Bytes">The encoded image.</param>
/// <param name="Format">The format of the image.</param>
public sealed record Rendition(ReadOnlyMemory<byte> Bytes, RenditionFormat Format)
{
    public string ContentType => Format.ContentType;
}

/// <summary>
/// Makes the images that readers see. An uploaded file is never served: its pixels are encoded again, without the
/// metadata that a camera or program added, and with the rights that the library records. An animated image stays
/// animated, with the same timing, in an uncropped WebP. All other renditions show its first frame.
/// </summary>
public sealed class RenditionMaker(ImageGate gate)
{
    // Change this value when new code makes a different image from the same original and recipe, so that no older
    // rendition is served.
    private const string Generation = "a";

    /// <summary>
    /// Returns the name under which a rendition is stored. The name contains everything that can differ between
    /// renditions of the same file.
    /// </summary>
    public static string NameOf(RenditionSource source, RenditionRecipe recipe)
    {
        var (width, height) = SizeOf(source, recipe);
        var name = new StringBuilder(Generation);
        name.Append(CultureInfo.InvariantCulture, $"-{width}x{height}");
        if (recipe.Fit is RenditionFit.Cover)
        {
            var (x, y) = (RenditionSource.Thousandths(source.Focus.X), RenditionSource.Thousandths(source.Focus.Y));
            name.Append(CultureInfo.InvariantCulture, $"-at{x}x{y}");
        }

        if (recipe.Quality is { } quality)
        {
            name.Append(CultureInfo.InvariantCulture, $"-q{quality}");
        }

        return name.Append(CultureInfo.InvariantCulture, $"-{source.Stamp}.{recipe.Format.Extension}").ToString();
    }

    /// <summary>
    /// Returns whether a rendition is current: it has the current generation and matches the current state of an
    /// image.
    /// </summary>
    /// <param name="name">The name under which the rendition is stored.</param>
    /// <param name="stamps">The stamps of all images that use the file.</param>
    internal static bool IsCurrent(string name, IEnumerable<string> stamps) =>
        name.StartsWith(Generation + "-", StringComparison.Ordinal)
        && stamps.Any(stamp => name.Contains($"-{stamp}.", StringComparison.Ordinal));

    /// <summary>Returns the size of a rendition, in pixels. It is never larger than the original.</summary>
    public static (int Width, int Height) SizeOf(RenditionSource source, RenditionRecipe recipe)
    {
        var (width, height) = (recipe.Width * recipe.Dpr, recipe.Height * recipe.Dpr);
        if (recipe.Fit is RenditionFit.Cover)
        {
            var larger = Math.Max((double)width!.Value / source.Width, (double)height!.Value / source.Height);
            var shrink = Math.Max(1, larger);
            return (Scaled(width.Value, 1 / shrink), Scaled(height.Value, 1 / shrink));
        }

        var scale = Math.Min(
            1,
            Math.Min(
                width is { } w ? (double)w / source.Width : double.MaxValue,
                height is { } h ? (double)h / source.Height : double.MaxValue
            )
        );
        return (Scaled(source.Width, scale), Scaled(source.Height, scale));
    }

    /// <summary>Makes a rendition. Returns an error if too many images are waiting or it takes too long.</summary>
    /// <param name="original">The bytes of the original.</param>
    public async Task<Result<Rendition>> RenderAsync(
        byte[] original,
        RenditionSource source,
        RenditionRecipe recipe,
        CancellationToken cancellationToken
    )
    {
        var (entered, made) = await gate.TryRunAsync(by => Make(original, source, recipe, by), cancellationToken);
        return entered ? made : new ImagesBusy();
    }

    private static Result<Rendition> Make(
        byte[] original,
        RenditionSource source,
        RenditionRecipe recipe,
        Deadline deadline
    )
    {
        try
        {
            return Render(original, source, recipe, deadline);
        }
        catch (VipsException fault) when (Deadline.Ended(fault))
        {
            return new ImageTooSlow();
        }
    }

    private static Rendition Render(byte[] original, RenditionSource source, RenditionRecipe recipe, Deadline deadline)
    {
        Libvips.Require();
        var picture =
            ImageSniffer.FormatOf(original) is ImageFormat.Png
                ? PngChunks.Strip(original) ?? throw new InvalidDataException("The original is damaged.")
                : original;

        // All other renditions show only the first frame.
        var isAnimated = source.IsAnimated && recipe is { Format: RenditionFormat.Webp, Fit: RenditionFit.Max };
        var (width, height) = SizeOf(source, recipe);
        using var sized =
            recipe.Fit is RenditionFit.Cover
                ? Cover(picture, source, width, height)
                : Thumbnail(picture, width, height, Enums.Size.Force, isAnimated ? "n=-1" : null);
        using var flat =
            recipe.Format is RenditionFormat.Jpeg && sized.HasAlpha()
                ? sized.Flatten(background: [255, 255, 255])
                : sized.Copy();
        using var signed = flat.Mutate(image =>
            image.Set(GValue.BlobType, "xmp-data", Encoding.UTF8.GetBytes(XmpRights.Write(source.Rights)))
        );
        deadline.Limit(signed);
        return new Rendition(Encode(signed, recipe), recipe.Format);
    }

    private static Image Cover(byte[] picture, RenditionSource source, int width, int height)
    {
        var scale = Math.Max((double)width / source.Width, (double)height / source.Height);
        var (across, down) = (
            Math.Max(width, Scaled(source.Width, scale)),
            Math.Max(height, Scaled(source.Height, scale))
        );
        using var whole = Thumbnail(picture, across, down, Enums.Size.Force, options: null);
        return whole.ExtractArea(
            Edge(source.Focus.X, across, width),
            Edge(source.Focus.Y, down, height),
            width,
            height
        );
    }

    // Returns where the cropped part begins, so that the focal point is as close to its centre as possible.
    private static int Edge(double focus, int all, int part) =>
        Math.Clamp((int)Math.Round((focus * all) - (part / 2.0)), 0, all - part);

    private static Image Thumbnail(byte[] picture, int width, int height, Enums.Size size, string? options) =>
        Image.ThumbnailBuffer(
            picture,
            width,
            options,
            height: height,
            size: size,
            outputProfile: "srgb",
            failOn: Enums.FailOn.Truncated
        );

    private static byte[] Encode(Image image, RenditionRecipe recipe) =>
        recipe.Format switch
        {
            RenditionFormat.Avif => image.HeifsaveBuffer(
                q: recipe.Quality ?? 50,
                effort: 2,
                compression: Enums.ForeignHeifCompression.Av1,
                keep: Enums.ForeignKeep.Xmp
            ),
            RenditionFormat.Jpeg => image.JpegsaveBuffer(
                q: recipe.Quality ?? 80,
                optimizeCoding: true,
                interlace: true,
                keep: Enums.ForeignKeep.Xmp
            ),
            RenditionFormat.Png => image.PngsaveBuffer(keep: Enums.ForeignKeep.Xmp),
            _ => image.WebpsaveBuffer(q: recipe.Quality ?? 80, keep: Enums.ForeignKeep.Xmp),
        };

    private static int Scaled(int side, double scale) => Math.Max(1, (int)Math.Round(side * scale));
}
