using System.Text.RegularExpressions;

namespace Cms.Body;

/// <summary>The addresses of video players that a page can show in a frame.</summary>
internal static partial class EmbedPlayer
{
    /// <summary>
    /// Returns the address of the player, without cookies if the site has one; null if the player is not known.
    /// </summary>
    public static string? FrameOf(EmbedAddress address)
    {
        if (YouTube().Match(address.Value) is { Success: true } video)
        {
            return $"https://www.youtube-nocookie.com/embed/{video.Groups["id"].Value}";
        }

        if (Vimeo().Match(address.Value) is not { Success: true } film)
        {
            return null;
        }

        // A video that is not listed needs its hash.
        var hash = film.Groups["hash"].Value;
        return $"https://player.vimeo.com/video/{film.Groups["id"].Value}?dnt=1{(hash is "" ? "" : $"&h={hash}")}";
    }

    [GeneratedRegex(
        """
            ^https://(
            youtu\.be/
            |((www|m)\.)?youtube\.com/(watch\?([^\#]*&)?v=|(embed|shorts|live)/)
            |www\.youtube-nocookie\.com/embed/
            )(?<id>[A-Za-z0-9_-]{11})([?&\#/]|$)
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex YouTube();

    [GeneratedRegex(
        """
            ^https://(
            vimeo\.com/(?<id>[0-9]{1,12})(/(?<hash>[0-9a-f]{6,20}))?
            |player\.vimeo\.com/video/(?<id>[0-9]{1,12})(\?([^\#]*&)?h=(?<hash>[0-9a-f]{6,20}))?
            )([?&\#/]|$)
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Vimeo();
}
