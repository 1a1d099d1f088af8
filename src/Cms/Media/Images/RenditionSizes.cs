namespace Cms.Media.Images;

/// <summary>The proportions that images are cut to for everyone.</summary>
public enum ImageRatio
{
    /// <summary>Its own; nothing is cut.</summary>
    Original,

    /// <summary>16:9, as videos have it.</summary>
    Wide,

    /// <summary>4:3, as photographs have it.</summary>
    Standard,

    /// <summary>1:1.</summary>
    Square,

    /// <summary>1.91:1, as link previews of social networks have it.</summary>
    Social,
}

/// <summary>The sizes that images are made in for everyone. Any other wants a signature, so that nobody keeps us busy with all of them.</summary>
public static class RenditionSizes
{
    /// <summary>In pixels.</summary>
    public static IReadOnlyList<int> Ladder { get; } = [160, 240, 320, 480, 640, 800, 960, 1200, 1600, 1920, 2560];

    public static int Widest => Ladder[^1];

    /// <summary>The narrowest width that is at least this wide, or the widest.</summary>
    public static int AtLeast(int width) => Ladder.FirstOrDefault(step => step >= width, Widest);

    extension(ImageRatio ratio)
    {
        /// <summary>The height that goes with a width; null where the image decides.</summary>
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
