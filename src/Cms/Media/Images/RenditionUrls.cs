using System.Globalization;

namespace Cms.Media.Images;

/// <summary>The base URLs of images and uploads.</summary>
public sealed record MediaAddresses
{
    /// <summary>
    /// The base URL of images, such as the URL of a CDN in front of this server; empty for this server's root.
    /// </summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>The base URL of uploads; empty for this server's root.</summary>
    public string UploadUrl { get; init; } = "";
}

/// <summary>Creates and parses the URLs of images: <c>/i/med_…/1?w=640&amp;fm=webp&amp;v=0f3a…</c>.</summary>
public sealed class RenditionUrls(MediaSigner signer, MediaAddresses addresses, TimeProvider clock)
{
    public const string Path = "/i";

    private const string Purpose = "image";
    private const string LibraryPurpose = "library";

    /// <summary>The minimum lifetime of the URL of an image that is not public.</summary>
    public static readonly TimeSpan PrivateLifetime = TimeSpan.FromHours(1);

    private readonly string _base = addresses.PublicUrl.TrimEnd('/');
    private readonly string _basePath = PathOf(addresses.PublicUrl);

    /// <summary>Returns the URL of an image in one of the fixed sizes.</summary>
    /// <param name="source">The image.</param>
    /// <param name="width">The minimum width, in pixels; null for 1200.</param>
    public string Url(
        RenditionSource source,
        int? width = null,
        ImageRatio ratio = ImageRatio.Original,
        RenditionFormat format = RenditionFormat.Webp
    ) => Address(source, Open(source, RenditionSizes.AtLeast(width ?? 1_200), ratio, format));

    /// <summary>
    /// Returns the fixed widths for a <c>srcset</c>, each with the resulting width of the image. Without requested
    /// widths, these are all fixed widths up to the image's width, and always the smallest.
    /// </summary>
    /// <param name="source">The image.</param>
    /// <param name="widths">
    /// The minimum widths to include; null for all. If a width is larger than the image, the image's own width is used.
    /// </param>
    internal static IEnumerable<(int Step, int Width)> Steps(
        RenditionSource source,
        IReadOnlyCollection<int>? widths,
        ImageRatio ratio,
        RenditionFormat format
    )
    {
        int WidthAt(int step) => RenditionMaker.SizeOf(source, Open(source, step, ratio, format)).Width;
        if (widths is not null)
        {
            return widths
                .Select(RenditionSizes.AtLeast)
                .Order()
                .Select(step => (Step: step, Width: WidthAt(step)))
                .DistinctBy(step => step.Width);
        }

        var widest = WidthAt(RenditionSizes.Widest);
        return RenditionSizes.Ladder.Where((step, i) => i == 0 || step <= widest).Select(step => (step, WidthAt(step)));
    }

    /// <summary>Writes a <c>srcset</c> from widths and their URLs.</summary>
    internal static string Srcset(IEnumerable<(int Step, int Width)> steps, Func<int, string> urlOf) =>
        string.Join(
            ", ",
            steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{urlOf(step.Step)} {step.Width}w"))
        );

    /// <summary>Returns the URL without its scheme and host, for pages on the same host.</summary>
    /// <param name="url">A URL that this object returned.</param>
    internal string Relative(string url) => $"{_basePath}{url[_base.Length..]}";

    /// <summary>
    /// Returns the URL of an image in any size. The URL is signed unless the size is one of the fixed sizes.
    /// </summary>
    public string Url(RenditionSource source, RenditionRecipe recipe)
    {
        var url = Address(source, recipe);
        return recipe.IsOpen ? url : $"{url}&s={signer.Sign(Purpose, Signed(source.Id, source.Rev, recipe, null))}";
    }

    /// <summary>
    /// Returns when the URL of an image that is not public expires, if it is created now: in at least an hour. The time
    /// is a multiple of 15 minutes, so that a page rendered twice contains the same URL and browsers can cache the
    /// image.
    /// </summary>
    public DateTimeOffset PrivateUntil()
    {
        var quarter = TimeSpan.FromMinutes(15).Ticks;
        var now = clock.GetUtcNow().UtcTicks;
        return new DateTimeOffset(((now / quarter) + 1) * quarter, TimeSpan.Zero) + PrivateLifetime;
    }

    /// <summary>Returns the URL of an image that is not public. It is valid for anyone who has it, until it expires.</summary>
    /// <param name="source">The image.</param>
    /// <param name="recipe">The size and format.</param>
    /// <param name="until">When the URL expires; null for the usual time.</param>
    /// <param name="isOfLibrary">Whether the URL also works after the rights in the image have ended.</param>
    public string PrivateUrl(
        RenditionSource source,
        RenditionRecipe recipe,
        DateTimeOffset? until = null,
        bool isOfLibrary = false
    )
    {
        var expires = (until ?? PrivateUntil()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = signer.Sign(
            isOfLibrary ? LibraryPurpose : Purpose,
            Signed(source.Id, source.Rev, recipe, expires)
        );
        return $"{Address(source, recipe)}&e={expires}&s={signature}";
    }

    /// <inheritdoc cref="PrivateUrl(RenditionSource, RenditionRecipe, DateTimeOffset?, bool)" />
    public string PrivateUrl(
        RenditionSource source,
        int? width = null,
        ImageRatio ratio = ImageRatio.Original,
        RenditionFormat format = RenditionFormat.Webp,
        DateTimeOffset? until = null,
        bool isOfLibrary = false
    ) => PrivateUrl(source, Open(source, RenditionSizes.AtLeast(width ?? 1_200), ratio, format), until, isOfLibrary);

    /// <summary>Parses the query of an image URL and checks its signature; null if the query is malformed.</summary>
    /// <param name="id">The image's id.</param>
    /// <param name="rev">The number of the file.</param>
    /// <param name="query">The query of the URL.</param>
    public RenditionRequest? Read(MediaId id, int rev, string query)
    {
        var parts = query.TrimStart('?').Split('&');
        string? Value(string name) =>
            parts.FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))?[2..];
        if (
            RenditionRecipe.Parse(string.Join('&', parts.Where(part => part is not ['s' or 'e' or 'v', '=', ..])))
            is not { } recipe
        )
        {
            return null;
        }

        var (signature, expires) = (Value("s="), Value("e="));
        var signed = Signed(id, rev, recipe, expires);
        var isOfLibrary = signature is not null && signer.IsSigned(LibraryPurpose, signed, signature);
        var isSigned = isOfLibrary || (signature is not null && signer.IsSigned(Purpose, signed, signature));
        var isPass =
            isSigned
            && expires is not null
            && DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture))
                > clock.GetUtcNow();
        return new RenditionRequest(recipe, Value("v="), isSigned, isPass, isPass && isOfLibrary);
    }

    private static string PathOf(string baseUrl) =>
        Uri.TryCreate(baseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url.AbsolutePath.TrimEnd('/')
            : baseUrl.TrimEnd('/');

    private string Address(RenditionSource source, RenditionRecipe recipe) =>
        $"{_base}{Path}/{source.Id}/{source.Rev}?{recipe}&v={source.Stamp}";

    // If the rights forbid cropping, the original aspect ratio is used. An uncropped animated image uses WebP
    // instead of AVIF, because only WebP renditions are animated.
    private static RenditionRecipe Open(RenditionSource source, int width, ImageRatio ratio, RenditionFormat format) =>
        ratio is ImageRatio.Original || source.Rights.NoCrop
            ? new RenditionRecipe
            {
                Width = width,
                Format = source.IsAnimated && format is RenditionFormat.Avif ? RenditionFormat.Webp : format,
            }
            : new RenditionRecipe
            {
                Width = width,
                Height = ratio.HeightOf(width),
                Fit = RenditionFit.Cover,
                Format = format,
            };

    private static string Signed(MediaId id, int rev, RenditionRecipe recipe, string? expires) =>
        $"{id}/{rev}?{recipe}\n{expires}";
}

/// <summary>The parsed query of an image URL.</summary>
/// <param name="Recipe">The rendition.</param>
/// <param name="Stamp">The image's stamp when the URL was created; null if the URL has none.</param>
/// <param name="IsSigned">Whether the URL has a valid signature.</param>
/// <param name="IsPass">
/// Whether the URL gives access even to an image that is not public: it is signed, with an expiry time in the future.
/// </param>
/// <param name="IsOfLibrary">
/// Whether the URL gives access even to an image whose rights have ended. Only the image library has such URLs.
/// </param>
public sealed record RenditionRequest(
    RenditionRecipe Recipe,
    string? Stamp,
    bool IsSigned,
    bool IsPass,
    bool IsOfLibrary
);
