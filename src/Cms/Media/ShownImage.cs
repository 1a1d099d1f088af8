using System.Globalization;
using Cms.Body;
using Cms.Media.Images;

namespace Cms.Media;

/// <summary>An image at a place where it is shown, with the texts for that place.</summary>
/// <param name="image">The image.</param>
/// <param name="alt">The alternative text at this place; null or empty to use the image's own.</param>
/// <param name="caption">The caption at this place; null or empty to use the image's own.</param>
/// <param name="isPrivate">Whether the image is shown to staff, who can see images that are not public.</param>
public sealed class ShownImage(PublicImage image, string? alt = null, string? caption = null, bool isPrivate = false)
{
    // The width for images in a body: a text column on a screen with two device pixels per CSS pixel.
    private const int BodyWidth = 1200;

    private DateTimeOffset? _until;

    internal PublicImage Image => image;

    /// <summary>
    /// The alternative text, for readers who cannot see the image; empty if there is none or the image is decorative.
    /// </summary>
    public string Alt => string.IsNullOrWhiteSpace(alt) ? image.Alt ?? "" : alt;

    /// <summary>Whether the image is decorative: it adds nothing to the text, and screen readers skip it.</summary>
    public bool IsDecorative => image.IsDecorative && string.IsNullOrWhiteSpace(alt);

    /// <summary>The caption; null if there is none.</summary>
    public string? Caption => string.IsNullOrWhiteSpace(caption) ? image.Caption : caption;

    /// <summary>Returns when the URLs of the image expire, which is the same for all; null if they do not.</summary>
    internal DateTimeOffset? UrlsExpireAt(RenditionUrls urls) => isPrivate ? _until ??= urls.PrivateUntil() : null;

    internal string Url(RenditionUrls urls, int? width, ImageRatio ratio, RenditionFormat format) =>
        isPrivate
            ? urls.PrivateUrl(image.Source, width, ratio, format, UrlsExpireAt(urls))
            : urls.Url(image.Source, width, ratio, format);

    internal string Srcset(RenditionUrls urls, ImageRatio ratio, RenditionFormat format) =>
        isPrivate
            ? string.Join(
                ", ",
                RenditionSizes
                    .Ladder.Where((width, i) => i == 0 || width <= image.Width)
                    .Select(width =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{urls.PrivateUrl(image.Source, width, ratio, format, UrlsExpireAt(urls))} {Math.Min(width, image.Width)}w"
                        )
                    )
            )
            : urls.Srcset(image.Source, ratio, format);

    /// <summary>Converts the image for a body, which can override its texts.</summary>
    internal MediaTarget ToTarget(RenditionUrls urls) =>
        new(
            Url(urls, BodyWidth, ImageRatio.Original, RenditionFormat.Webp),
            Alt,
            image.Width,
            image.Height,
            Srcset(urls, ImageRatio.Original, RenditionFormat.Webp),
            Caption ?? "",
            image.Rights.Credit
        );
}
