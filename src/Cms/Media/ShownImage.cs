using Cms.Body;
using Cms.Media.Images;

namespace Cms.Media;

/// <summary>An image at a place where it is shown, with the texts for that place.</summary>
/// <param name="image">The image.</param>
/// <param name="alt">The alternative text at this place; null or empty to use the image's own.</param>
/// <param name="caption">The caption at this place; null or empty to use the image's own.</param>
/// <param name="isPrivate">Whether the image is shown to people who can see images that are not public.</param>
/// <param name="isOfLibrary">
/// Whether the image is shown as part of the library, where staff see images even after their rights have ended.
/// </param>
public sealed class ShownImage(
    PublicImage image,
    string? alt = null,
    string? caption = null,
    bool isPrivate = false,
    bool isOfLibrary = false
)
{
    // The width for images in a body: a text column on a screen with two device pixels per CSS pixel.
    private const int BodyWidth = 1200;

    private DateTimeOffset? _until;

    /// <summary>Returns an image of the library, as staff see it.</summary>
    internal static ShownImage OfLibrary(PublicImage image) => new(image, isPrivate: true, isOfLibrary: true);

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

    internal string Url(
        RenditionUrls urls,
        int? width,
        ImageRatio ratio,
        RenditionFormat format,
        bool isRelative = false
    )
    {
        var url = isPrivate
            ? urls.PrivateUrl(image.Source, width, ratio, format, UrlsExpireAt(urls), isOfLibrary)
            : urls.Url(image.Source, width, ratio, format);
        return isRelative ? urls.Relative(url) : url;
    }

    internal string Srcset(
        RenditionUrls urls,
        ImageRatio ratio,
        RenditionFormat format,
        IReadOnlyCollection<int>? widths = null,
        bool isRelative = false
    ) =>
        RenditionUrls.Srcset(
            RenditionUrls.Steps(image.Source, widths, ratio, format),
            step => Url(urls, step, ratio, format, isRelative)
        );

    /// <summary>Converts the image for a body, which can override its texts.</summary>
    internal MediaTarget ToTarget(RenditionUrls urls, bool isRelative = false) =>
        new(
            Url(urls, BodyWidth, ImageRatio.Original, RenditionFormat.Webp, isRelative),
            Alt,
            image.Width,
            image.Height,
            Srcset(urls, ImageRatio.Original, RenditionFormat.Webp, isRelative: isRelative),
            Caption ?? "",
            image.Rights.Credit
        );
}
