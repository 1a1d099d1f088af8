using System.Globalization;

namespace Cms.GraphQL;

/// <summary>Parses RFC 3339 times. The offset from UTC is required, because a time without one is ambiguous.</summary>
public static class Rfc3339
{
    /// <summary>The expected format, for error messages.</summary>
    public const string Expected = "a time with its offset from UTC: 2026-04-23T09:00:00Z or 2026-04-23T11:00:00+02:00";

    private static readonly string[] Forms =
    [
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-ddTHH:mmK",
    ];

    public static bool HasOffset(string text) =>
        text.Length >= 11 && (text[^1] is 'Z' or 'z' || text.AsSpan(10).IndexOfAny('+', '-') >= 0);

    /// <summary>Returns the time in UTC; null for any other text or a time without an offset.</summary>
    public static DateTimeOffset? Parse(string text) =>
        HasOffset(text)
        && DateTimeOffset.TryParseExact(
            text.ToUpperInvariant(),
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
}
