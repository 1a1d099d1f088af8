namespace Cms.Site.Parts;

/// <summary>The average colour of an image, from its ThumbHash (https://evanw.github.io/thumbhash).</summary>
internal static class Thumb
{
    private const string Grey = "#888888";

    /// <summary>Returns the colour as <c>#rrggbb</c>; grey if there is no hash.</summary>
    public static string Colour(string? hash)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (hash is null || !Convert.TryFromBase64String(hash, bytes, out var length) || length < 5)
        {
            return Grey;
        }

        var header = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
        var luminance = (header & 63) / 63d;
        var p = ((header >> 6 & 63) / 31.5) - 1;
        var q = ((header >> 12 & 63) / 31.5) - 1;
        var blue = luminance - (2d / 3 * p);
        var red = ((3 * luminance) - blue + q) / 2;
        var green = red - q;
        return $"#{Byte(red):x2}{Byte(green):x2}{Byte(blue):x2}";
    }

    private static int Byte(double part) => (int)Math.Round(Math.Clamp(part, 0, 1) * 255);
}
