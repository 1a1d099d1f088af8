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

    // The size of the largest image in memory, in bytes, with four channels of eight bits.
    internal const long MaxDecodedBytes = 4 * MaxPixels;

    /// <summary>The maximum time for reading an image or making a rendition.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(10);
}
