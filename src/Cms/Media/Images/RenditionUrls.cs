using System.Globalization;

namespace Cms.Media.Images;

/// <summary>Where images are asked for, and where files are sent.</summary>
public sealed record MediaAddresses
{
    /// <summary>What addresses of images begin with, such as that of a CDN before this server; empty for this server's root.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>What addresses of uploads begin with; empty for this server's root.</summary>
    public string UploadUrl { get; init; } = "";
}

/// <summary>Makes and reads the addresses of images: <c>/i/med_…/1?w=640&amp;fm=webp&amp;v=0f3a…</c>.</summary>
public sealed class RenditionUrls(MediaSigner signer, MediaAddresses addresses, TimeProvider clock)
{
    public const string Path = "/i";

    private const string Purpose = "image";

    /// <summary>How long an address of an image that is not public is good for.</summary>
    public static readonly TimeSpan PrivateLifetime = TimeSpan.FromHours(1);

    /// <summary>The address of an image in one of the sizes that are made for everyone.</summary>
    /// <param name="source">The image.</param>
    /// <param name="width">At least as wide, in pixels; null for 1200.</param>
    public string Url(
        RenditionSource source,
        int? width = null,
        ImageRatio ratio = ImageRatio.Original,
        RenditionFormat format = RenditionFormat.Webp
    ) => Address(source, Open(source, RenditionSizes.AtLeast(width ?? 1_200), ratio, format));

    /// <summary>All widths that an image is made in, as <c>srcset</c> takes them: none is wider than the image, except the first.</summary>
    public string Srcset(
        RenditionSource source,
        ImageRatio ratio = ImageRatio.Original,
        RenditionFormat format = RenditionFormat.Webp
    ) =>
        string.Join(
            ", ",
            RenditionSizes
                .Ladder.Where(
                    (width, i) =>
                        i == 0
                        || width
                            <= RenditionMaker.SizeOf(source, Open(source, RenditionSizes.Widest, ratio, format)).Width
                )
                .Select(width =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Url(source, width, ratio, format)} {RenditionMaker.SizeOf(source, Open(source, width, ratio, format)).Width}w"
                    )
                )
        );

    /// <summary>The address of an image in any size, signed where that is not one of those for everyone.</summary>
    public string Url(RenditionSource source, RenditionRecipe recipe)
    {
        var url = Address(source, recipe);
        return recipe.IsOpen ? url : $"{url}&s={signer.Sign(Purpose, Signed(source.Id, source.Rev, recipe, null))}";
    }

    /// <summary>The address of an image that readers do not see yet, for whoever holds it and for an hour.</summary>
    public string PrivateUrl(RenditionSource source, RenditionRecipe recipe)
    {
        // On the quarter of an hour, so that a page made twice shows the same address and browsers keep the image.
        var quarter = TimeSpan.FromMinutes(15).Ticks;
        var now = clock.GetUtcNow().UtcTicks;
        var until = new DateTimeOffset(((now / quarter) + 1) * quarter, TimeSpan.Zero) + PrivateLifetime;
        var expires = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{Address(source, recipe)}&e={expires}&s={signer.Sign(Purpose, Signed(source.Id, source.Rev, recipe, expires))}";
    }

    /// <inheritdoc cref="PrivateUrl(RenditionSource, RenditionRecipe)" />
    public string PrivateUrl(
        RenditionSource source,
        int? width = null,
        ImageRatio ratio = ImageRatio.Original,
        RenditionFormat format = RenditionFormat.Webp
    ) => PrivateUrl(source, Open(source, RenditionSizes.AtLeast(width ?? 1_200), ratio, format));

    /// <summary>Reads the query of an address: what is asked for, and what was signed.</summary>
    /// <param name="id">The image.</param>
    /// <param name="rev">Which of its files.</param>
    /// <param name="query">What stands after the question mark.</param>
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
        var isSigned = signature is not null && signer.IsSigned(Purpose, Signed(id, rev, recipe, expires), signature);
        return new RenditionRequest(
            recipe,
            Value("v="),
            isSigned,
            isSigned
                && expires is not null
                && DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture))
                    > clock.GetUtcNow()
        );
    }

    private string Address(RenditionSource source, RenditionRecipe recipe) =>
        $"{addresses.PublicUrl.TrimEnd('/')}{Path}/{source.Id}/{source.Rev}?{recipe}&v={source.Stamp}";

    // Rights that forbid cutting leave an image its own proportions, and one that moves whole does so in WebP only.
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

/// <summary>What an address asks for.</summary>
/// <param name="Recipe">The image.</param>
/// <param name="Stamp">What the image was made of when the address was; null where it does not say.</param>
/// <param name="IsSigned">We made the address.</param>
/// <param name="IsPass">And it shows what is not public, to whoever holds it, still.</param>
public sealed record RenditionRequest(RenditionRecipe Recipe, string? Stamp, bool IsSigned, bool IsPass);
