namespace Cms.Media.Images;

/// <summary>What an image may be.</summary>
public static class ImageLimits
{
    public const int MaxMegapixels = 50;
    public const long MaxPixels = MaxMegapixels * 1_000_000L;

    /// <summary>What must be held in memory whole, where others are read line by line.</summary>
    public const int MaxMegapixelsDecodedWhole = 25;

    public const int MaxSide = 16_384;

    // As much as the pixels of the largest image take with eight bits and four channels each.
    internal const long MaxDecodedBytes = 4 * MaxPixels;

    /// <summary>How long reading or making one may take.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(10);
}
