namespace Cms.Media.Images;

/// <summary>The aspect ratios that are available for all images.</summary>
public enum ImageRatio
{
    /// <summary>The image's original aspect ratio, uncropped.</summary>
    Original,

    /// <summary>16:9, a common ratio for videos.</summary>
    Wide,

    /// <summary>4:3, a common ratio for photographs.</summary>
    Standard,

    /// <summary>1:1.</summary>
    Square,

    /// <summary>1.91:1, the ratio of link previews on social networks.</summary>
    Social,
}

/// <summary>
/// The sizes that anyone can request. Any other size needs a signature, so that clients cannot overload the server with
/// requests for many sizes.
/// </summary>
public static class RenditionSizes
{
    /// <summary>The fixed widths, in pixels.</summary>
    public static IReadOnlyList<int> Ladder { get; } = [160, 240, 320, 480, 640, 800, 960, 1200, 1600, 1920, 2560];

    public static int Widest => Ladder[^1];

    /// <summary>Returns the smallest fixed width that is at least the given width, or else the largest.</summary>
    public static int AtLeast(int width) => Ladder.FirstOrDefault(step => step >= width, Widest);

    extension(ImageRatio ratio)
    {
        /// <summary>Returns the height for a width; null for the original aspect ratio.</summary>
        public int? HeightOf(int width) =>
            ratio switch
            {
                ImageRatio.Wide => Rounded(width * 9, 16),
                ImageRatio.Standard => Rounded(width * 3, 4),
                ImageRatio.Square => width,
                ImageRatio.Social => Rounded(width * 100, 191),
                _ => null,
            };
    }

    private static int Rounded(int dividend, int divisor) => (dividend + (divisor / 2)) / divisor;
}
