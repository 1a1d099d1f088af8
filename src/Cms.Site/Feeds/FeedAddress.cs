using System.Globalization;
using System.Text.RegularExpressions;

namespace Cms.Site.Feeds;

/// <summary>The formats of feeds.</summary>
public enum FeedFormat
{
    /// <summary>RSS 2.0.</summary>
    Rss,

    /// <summary>Atom (RFC 4287).</summary>
    Atom,

    /// <summary>JSON Feed 1.1.</summary>
    Json,
}

/// <summary>What the items of a feed have in common.</summary>
public enum FeedSubject
{
    All,
    Category,
    Tag,
    Tool,
    Persona,
}

/// <summary>
/// The address of a feed, such as <c>/feeds/category/chips.rss</c>, or of a day of its archive, such as
/// <c>/feeds/category/chips/2026-11-26.rss</c>. Addresses never change, because readers keep them for years.
/// </summary>
/// <param name="Subject">What the items have in common.</param>
/// <param name="Slug">The slug of the subject; empty if the feed contains all items.</param>
/// <param name="Format">The format.</param>
public sealed partial record FeedAddress(FeedSubject Subject, string Slug, FeedFormat Format)
{
    /// <summary>The folder of all feeds.</summary>
    public const string Folder = "/feeds";

    /// <summary>The maximum number of the part of a day.</summary>
    public const int MaxPart = 9;

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The feed of all articles as RSS.</summary>
    public static FeedAddress All { get; } = new(FeedSubject.All, "", FeedFormat.Rss);

    /// <summary>Whether the feed contains takes; otherwise articles.</summary>
    public bool HasTakes { get; init; }

    /// <summary>The day of the archive, in UTC; null for the feed that readers subscribe to.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Which part of the day this is, from 1. Only days with very many articles have several.</summary>
    public int Part { get; init; } = 1;

    /// <summary>The path of a partner's own feed, without the format; null for a public feed.</summary>
    public string? OwnPath { get; init; }

    /// <summary>The path.</summary>
    public string Path => (OwnPath ?? PublicPath) + $".{NameOf(Format)}";

    private string PublicPath =>
        $"{Folder}/{(HasTakes ? "takes/" : "")}{NameOf(Subject)}"
        + (Slug.Length > 0 ? "/" + Slug : "")
        + (Day is { } day ? "/" + day.ToString(DayFormat, CultureInfo.InvariantCulture) : "")
        + (Part > 1 ? $".{Part}" : "");

    /// <summary>The media type of the format.</summary>
    public string MediaType => $"application/{(Format is FeedFormat.Json ? "feed+json" : NameOf(Format) + "+xml")}";

    /// <summary>Reads the part of a path after <c>/feeds/</c>. Returns null if it names no feed.</summary>
    public static FeedAddress? Parse(string path)
    {
        var match = Feed().Match(path);
        DateOnly? day = null;
        if (!match.Success || !TryReadDay(match.Groups["day"], ref day))
        {
            return null;
        }

        return new FeedAddress(
            Enum.Parse<FeedSubject>(match.Groups["subject"].Value, ignoreCase: true),
            match.Groups["slug"].Value,
            Enum.Parse<FeedFormat>(match.Groups["format"].Value, ignoreCase: true)
        )
        {
            HasTakes = match.Groups["takes"].Success,
            Day = day,
            Part = match.Groups["part"] is { Success: true, Value: [var digit] } ? digit - '0' : 1,
        };
    }

    // The pattern also matches days that no calendar has.
    private static bool TryReadDay(Group text, ref DateOnly? day)
    {
        if (!text.Success)
        {
            return true;
        }

        var isDay = DateOnly.TryParseExact(
            text.Value,
            DayFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var read
        );
        day = read;
        return isDay;
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    // Takes are listed for all personas or for one, and have no archive.
    [GeneratedRegex(
        @"^(((?<subject>all)|(?<subject>category|tag|tool|persona)/(?<slug>[^/.]+))(/(?<day>[12][0-9]{3}-[0-9]{2}-[0-9]{2})(\.(?<part>[2-9]))?)?|(?<takes>takes/)((?<subject>all)|(?<subject>persona)/(?<slug>[^/.]+)))\.(?<format>rss|atom|json)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Feed();
}
