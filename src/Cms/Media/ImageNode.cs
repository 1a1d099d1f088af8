using Cms.GraphQL;
using Cms.Media.Images;
using Cms.Media.Rights;

namespace Cms.Media;

/// <summary>An image, with addresses of it in whatever size, shape and format suits.</summary>
[ObjectType<ShownImage>(
    Name = "Image",
    Bind = Bind.Explicit,
    Fields = [nameof(ShownImage.Alt), nameof(ShownImage.IsDecorative), nameof(ShownImage.Caption)]
)]
public static class ImageNode
{
    /// <summary>
    /// Which image of the library it is. Not named `id`, because its text belongs to the place that shows it: client
    /// caches must not merge two uses of one image.
    /// </summary>
    public static MediaId GetMediaId([Parent] ShownImage shown) => shown.Image.Id;

    /// <summary>Where it is, ready to use, in the next of the widths that images are made in.</summary>
    /// <param name="width">How wide it is to be at least, in pixels, if it is as wide itself; 1200 when left out.</param>
    /// <param name="ratio">Which shape, cropped around its focal point; its own when left out, and where it may not be cropped.</param>
    /// <param name="format">Which format; WEBP when left out. What moves does so in WEBP, and in its own shape; anything else shows its first picture.</param>
    public static string GetUrl(
        [Parent] ShownImage shown,
        [Service] RenditionUrls urls,
        int? width = null,
        ImageRatio? ratio = null,
        RenditionFormat? format = null
    ) => shown.Url(urls, width, ratio ?? ImageRatio.Original, format ?? RenditionFormat.Webp);

    /// <summary>The same in every width worth having, as the srcset of an img lists them.</summary>
    /// <param name="ratio">Which shape, cropped around its focal point; its own when left out, and where it may not be cropped.</param>
    /// <param name="format">Which format; WEBP when left out. What moves does so in WEBP, and in its own shape; anything else shows its first picture.</param>
    public static string GetSrcset(
        [Parent] ShownImage shown,
        [Service] RenditionUrls urls,
        ImageRatio? ratio = null,
        RenditionFormat? format = null
    ) => shown.Srcset(urls, ratio ?? ImageRatio.Original, format ?? RenditionFormat.Webp);

    /// <summary>How wide the whole image is, in pixels.</summary>
    public static int GetWidth([Parent] ShownImage shown) => shown.Image.Width;

    /// <summary>How high the whole image is, in pixels.</summary>
    public static int GetHeight([Parent] ShownImage shown) => shown.Image.Height;

    /// <summary>Whether it moves.</summary>
    public static bool GetIsAnimated([Parent] ShownImage shown) => shown.Image.IsAnimated;

    /// <summary>A few bytes that stand in while it loads: a ThumbHash in base64 (evanw.github.io/thumbhash).</summary>
    public static string GetPlaceholder([Parent] ShownImage shown) => shown.Image.ThumbHash;

    /// <summary>What must stay in the picture when it is cropped.</summary>
    public static FocalPoint GetFocalPoint([Parent] ShownImage shown) => shown.Image.Focus;

    /// <summary>Who is to be named beside it; null when nobody is known.</summary>
    public static string? GetCredit([Parent] ShownImage shown) => shown.Image.Rights.Credit;

    /// <summary>Who made it and on what terms it is shown, under the names that schema.org's ImageObject has for them.</summary>
    public static ImageCredit GetRights([Parent] ShownImage shown) => ImageCredit.Of(shown.Image.Rights);
}

/// <summary>Who made an image and on what terms it is shown, under the names that schema.org's ImageObject has for them.</summary>
/// <param name="Creator">Who made it; null when that is not known.</param>
/// <param name="CreditText">Who is to be named beside it; null when nobody is known.</param>
/// <param name="CopyrightNotice">Who owns the copyright; null when nothing is claimed.</param>
/// <param name="License">Where its licence can be read; null when that is not told.</param>
/// <param name="AcquireLicensePage">Where others can get a licence of their own; null when that is not told.</param>
/// <param name="UsageTerms">What the licence says in words of its own; null when that is not told.</param>
/// <param name="MustCredit">Whoever shows it has to show the credit.</param>
/// <param name="NoCrop">It is shown whole or not at all.</param>
/// <param name="Territories">Where it may be shown (ISO 3166-1 alpha-2); everywhere when empty.</param>
/// <param name="ExpiresAt">When its rights end; null when they do not.</param>
/// <param name="DigitalSourceType">How it came to be (IPTC); null when that is not known.</param>
public sealed record ImageCredit(
    string? Creator,
    string? CreditText,
    string? CopyrightNotice,
    [property: Url] string? License,
    [property: Url] string? AcquireLicensePage,
    string? UsageTerms,
    bool MustCredit,
    bool NoCrop,
    IReadOnlyList<string> Territories,
    DateTimeOffset? ExpiresAt,
    DigitalSourceType? DigitalSourceType
)
{
    internal static ImageCredit Of(ImageRights rights) =>
        new(
            rights.Creator,
            rights.Credit,
            rights.CopyrightNotice,
            rights.LicenceUrl,
            rights.AcquireLicenceUrl,
            rights.UsageTerms,
            rights.MustCredit,
            rights.NoCrop,
            rights.Territories,
            rights.ExpiresAt,
            rights.DigitalSourceType
        );
}
