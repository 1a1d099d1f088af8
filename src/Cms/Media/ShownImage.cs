using System.Globalization;
using Cms.Body;
using Cms.Media.Images;

namespace Cms.Media;

/// <summary>An image where it is shown, with the words that it has there.</summary>
/// <param name="image">The image.</param>
/// <param name="alt">What stands there in place of its own alternative text; null or empty for its own.</param>
/// <param name="caption">What stands there in place of its own caption; null or empty for its own.</param>
/// <param name="isPrivate">It is shown to staff, who may see it before readers do.</param>
public sealed class ShownImage(PublicImage image, string? alt = null, string? caption = null, bool isPrivate = false)
{
    // Where a client says nothing: a reader's column on a screen of two dots to the pixel.
    private const int BodyWidth = 1200;

    internal PublicImage Image => image;

    /// <summary>What it shows, for those who do not see it; empty when it is decorative.</summary>
    public string Alt => string.IsNullOrWhiteSpace(alt) ? image.Alt ?? "" : alt;

    /// <summary>It says nothing that the text does not, so that screen readers pass over it.</summary>
    public bool IsDecorative => image.IsDecorative && string.IsNullOrWhiteSpace(alt);

    /// <summary>What is written below it; null when nothing is.</summary>
    public string? Caption => string.IsNullOrWhiteSpace(caption) ? image.Caption : caption;

    internal string Url(RenditionUrls urls, int? width, ImageRatio ratio, RenditionFormat format) =>
        isPrivate ? urls.PrivateUrl(image.Source, width, ratio, format) : urls.Url(image.Source, width, ratio, format);

    internal string Srcset(RenditionUrls urls, ImageRatio ratio, RenditionFormat format) =>
        isPrivate
            ? string.Join(
                ", ",
                RenditionSizes
                    .Ladder.Where((width, i) => i == 0 || width <= image.Width)
                    .Select(width =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{urls.PrivateUrl(image.Source, width, ratio, format)} {Math.Min(width, image.Width)}w"
                        )
                    )
            )
            : urls.Srcset(image.Source, ratio, format);

    /// <summary>The image in a body, which has its own words for it.</summary>
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
