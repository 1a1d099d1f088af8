using System.Globalization;

namespace Cms.Studio.Media;

/// <summary>What images are, in words.</summary>
internal static class MediaWords
{
    /// <summary>Returns a size, for example <c>1,600 × 900</c>.</summary>
    public static string Pixels(int width, int height) =>
        string.Create(CultureInfo.InvariantCulture, $"{width:N0} × {height:N0}");

    /// <summary>Returns the size of a file, for example <c>240 kB</c>.</summary>
    public static string Bytes(int bytes) =>
        bytes < 1_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1_000)} kB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000m:0.#} MB");

    /// <summary>Returns how often something is used.</summary>
    public static string Uses(int count) =>
        count switch
        {
            0 => "Not used",
            1 => "Used once",
            _ => string.Create(CultureInfo.InvariantCulture, $"Used {count:N0} times"),
        };

    /// <summary>Returns what is missing; null if nothing is.</summary>
    public static string? Of(MediaGap gap) =>
        gap switch
        {
            MediaGap.Alt => "No alternative text",
            MediaGap.Credit => "No credit",
            MediaGap.AltAndCredit => "No alternative text, no credit",
            _ => null,
        };
}
