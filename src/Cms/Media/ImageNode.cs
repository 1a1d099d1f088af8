using Cms.GraphQL;
using Cms.Media.Images;
using Cms.Media.Rights;

namespace Cms.Media;

/// <summary>An image, with URLs for different sizes, aspect ratios and formats.</summary>
[ObjectType<ShownImage>(
    Name = "Image",
    Bind = Bind.Explicit,
    Fields = [nameof(ShownImage.Alt), nameof(ShownImage.IsDecorative), nameof(ShownImage.Caption)]
)]
public static class ImageNode
{
    /// <summary>
    /// The image's id in the library. The field is not named `id`, because the image's texts depend on where it is
    /// shown, and client caches must not merge two uses of one image.
    /// </summary>
    public static MediaId GetMediaId([Parent] ShownImage shown) => shown.Image.Id;

    // More widths than fixed widths cannot give more URLs.
    private const int MaxWidths = 20;

    /// <summary>The URL of the image at one of the fixed widths.</summary>
    /// <param name="width">
    /// The minimum width, in pixels; default 1200. It is rounded up to the next fixed width (160 to 2560 pixels).
    /// Images are never enlarged.
    /// </param>
    /// <param name="ratio">
    /// The aspect ratio to crop to, around the focal point. Default: the original aspect ratio, which is also used if
    /// the rights forbid cropping.
    /// </param>
    /// <param name="format">
    /// The format; default WEBP. Only uncropped WEBP images can be animated; all others show the first frame. If AVIF
    /// is requested for an uncropped animated image, the URL returns WEBP.
    /// </param>
    /// <param name="relative">
    /// Whether to leave out the scheme and host, for a site that serves images on its own host.
    /// </param>
    public static string GetUrl(
        [Parent] ShownImage shown,
        [Service] RenditionUrls urls,
        int? width = null,
        ImageRatio? ratio = null,
        RenditionFormat? format = null,
        bool relative = false
    ) => shown.Url(urls, width, ratio ?? ImageRatio.Original, format ?? RenditionFormat.Webp, relative);

    /// <summary>
    /// The URLs of the image at several widths, for the `srcset` attribute of an HTML `img` element. Default: every
    /// fixed width (160 to 2560 pixels) up to the width of the image.
    /// </summary>
    /// <param name="ratio">
    /// The aspect ratio to crop to, around the focal point. Default: the original aspect ratio, which is also used if
    /// the rights forbid cropping.
    /// </param>
    /// <param name="format">
    /// The format; default WEBP. Only uncropped WEBP images can be animated; all others show the first frame. If AVIF
    /// is requested for an uncropped animated image, the URLs return WEBP.
    /// </param>
    /// <param name="widths">
    /// The widths to include, in pixels. Each is rounded up to the next fixed width. Images are never enlarged: if a
    /// width is larger than the image, the image's own width is used. Each width is listed once, smallest first.
    /// </param>
    /// <param name="relative">
    /// Whether to leave out the scheme and host, for a site that serves images on its own host.
    /// </param>
    public static string GetSrcset(
        [Parent] ShownImage shown,
        [Service] RenditionUrls urls,
        ImageRatio? ratio = null,
        RenditionFormat? format = null,
        [ListLength(MaxWidths)] List<int>? widths = null,
        bool relative = false
    ) =>
        widths is []
            ? throw new RequestError(
                ErrorCodes.BadUserInput,
                "widths is empty. List at least one width, or leave it out to get all fixed widths."
            )
            : shown.Srcset(urls, ratio ?? ImageRatio.Original, format ?? RenditionFormat.Webp, widths, relative);

    /// <summary>
    /// When the URLs of the image stop working; null if they do not expire. Only URLs returned by the desk and in previews
    /// expire. They work for at least an hour. To get new URLs, query the image again or use `desk { images }`.
    /// </summary>
    public static DateTimeOffset? GetUrlsExpireAt([Parent] ShownImage shown, [Service] RenditionUrls urls) =>
        shown.UrlsExpireAt(urls);

    /// <summary>The width of the uncropped image, in pixels.</summary>
    public static int GetWidth([Parent] ShownImage shown) => shown.Image.Width;

    /// <summary>The height of the uncropped image, in pixels.</summary>
    public static int GetHeight([Parent] ShownImage shown) => shown.Image.Height;

    /// <summary>Whether the image is animated.</summary>
    public static bool GetIsAnimated([Parent] ShownImage shown) => shown.Image.IsAnimated;

    /// <summary>
    /// A tiny preview to show while the image loads: a ThumbHash in Base64 (evanw.github.io/thumbhash).
    /// </summary>
    public static string GetPlaceholder([Parent] ShownImage shown) => shown.Image.ThumbHash;

    /// <summary>The point to keep in view when the image is cropped.</summary>
    public static FocalPoint GetFocalPoint([Parent] ShownImage shown) => shown.Image.Focus;

    /// <summary>The credit to show with the image; null if none is known.</summary>
    public static string? GetCredit([Parent] ShownImage shown) => shown.Image.Rights.Credit;

    /// <summary>The image's creator, credit and licence.</summary>
    public static ImageCredit GetRights([Parent] ShownImage shown) => ImageCredit.Of(shown.Image.Rights);
}

/// <summary>
/// An image's creator, credit and licence. The fields acquireLicensePage, copyrightNotice, creator, creditText,
/// digitalSourceType and license have the same names as in schema.org's ImageObject.
/// </summary>
/// <param name="Creator">The creator; null if unknown.</param>
/// <param name="CreditText">The credit to show with the image; null if none is known.</param>
/// <param name="CopyrightNotice">The copyright notice; null if there is none.</param>
/// <param name="License">The URL of the licence; null if none is given.</param>
/// <param name="AcquireLicensePage">
/// The URL of a page where others can acquire a licence; null if none is given.
/// </param>
/// <param name="UsageTerms">The terms of the licence, as text; null if none are given.</param>
/// <param name="MustCredit">Whether the credit must be shown with the image.</param>
/// <param name="NoCrop">Whether the image must not be cropped.</param>
/// <param name="Territories">
/// The countries in which the image may be shown (ISO 3166-1 alpha-2); empty for all countries.
/// </param>
/// <param name="ExpiresAt">When the rights end; null if they do not end.</param>
/// <param name="DigitalSourceType">How the image was created (IPTC); null if unknown.</param>
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
