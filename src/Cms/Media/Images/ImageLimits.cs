namespace Cms.Media.Images;

/// <summary>The limits for images.</summary>
public static class ImageLimits
{
    public const int MaxMegapixels = 50;
    public const long MaxPixels = MaxMegapixels * 1_000_000L;

    /// <summary>
    /// The limit for images that must be decoded whole in memory. Other images are read line by line.
    /// </summary>
    public const int MaxMegapixelsDecodedWhole = 25;

    public const int MaxSide = 16_384;

    // The memory for the pixels of the largest image, with four channels of eight bits.
    internal const long MaxDecodedBytes = 4 * MaxPixels;

    /// <summary>How long it may take to read an image or to make a rendition.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(10);
}
