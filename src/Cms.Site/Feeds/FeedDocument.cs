namespace Cms.Site.Feeds;

/// <summary>A feed, or a day of its archive, before it is written in one of the formats.</summary>
internal sealed record FeedDocument
{
    /// <summary>What was asked for.</summary>
    public required FeedAddress Address { get; init; }

    /// <summary>The public address of the site, without a trailing slash.</summary>
    public required string Origin { get; init; }

    /// <summary>The permanent id of the feed; null to use its address.</summary>
    public string? Id { get; init; }

    /// <summary>What others may do with the content; null to say nothing.</summary>
    public string? Rights { get; init; }

    /// <summary>The URL of the terms that programs read (RSL).</summary>
    public required string Licence { get; init; }

    /// <summary>The WebSub hub that tells subscribers about changes; null if there is none.</summary>
    public Uri? Hub { get; init; }

    /// <summary>The name of the publication.</summary>
    public required string Publication { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>The language of the site, as a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>The URL of the page that shows the same.</summary>
    public required string Page { get; init; }

    /// <summary>When an entry last changed or was withdrawn.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The document with the next older entries (RFC 5005, section 4); null if there is none.</summary>
    public FeedAddress? PreviousArchive { get; init; }

    /// <summary>The entries, newest first.</summary>
    public required IReadOnlyList<FeedEntry> Entries { get; init; }

    /// <summary>What readers of the feed should remove, the latest first.</summary>
    public IReadOnlyList<WithdrawnEntry> Withdrawn { get; init; } = [];

    /// <summary>The feed that readers subscribe to.</summary>
    public FeedAddress Current => Address with { Day = null, Part = 1 };

    /// <summary>The links of the feed that programs look for in the header of the answer (RFC 8288).</summary>
    public string LinkHeader =>
        string.Join(
            ", ",
            new[]
            {
                $"<{new Uri(UrlOf(Address)).AbsoluteUri}>; rel=\"self\"",
                Hub is null ? null : $"<{Hub.AbsoluteUri}>; rel=\"hub\"",
                $"<{Licence}>; rel=\"license\"; type=\"{Terms.Licence.MediaType}\"",
            }.OfType<string>()
        );

    /// <summary>Returns when an entry last changed or was withdrawn; a given time if there are none.</summary>
    public static DateTimeOffset LatestOf(
        IReadOnlyList<FeedEntry> entries,
        IReadOnlyList<WithdrawnEntry> withdrawn,
        DateTimeOffset otherwise
    ) =>
        entries
            .Select(entry => entry.UpdatedAt)
            .Concat(withdrawn.Select(entry => entry.WithdrawnAt))
            .DefaultIfEmpty(otherwise)
            .Max();

    /// <summary>Returns the URL of a feed of the site.</summary>
    public string UrlOf(FeedAddress feed) => Origin + feed.Path;
}

/// <summary>An article or a take in a feed. All URLs are absolute.</summary>
internal sealed record FeedEntry
{
    /// <summary>The permanent id of the entry, which stays the same if the site moves: a URN of its UUID (RFC 9562, section 4).</summary>
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required string Title { get; init; }

    /// <summary>A sentence or two, as plain text.</summary>
    public required string Summary { get; init; }

    /// <summary>The whole content, as HTML without scripts.</summary>
    public required string Html { get; init; }

    /// <summary>The language, as a BCP 47 tag.</summary>
    public required string Language { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the embargo ends, for partners who see the article before; null if it is published.</summary>
    public DateTimeOffset? EmbargoedUntil { get; init; }

    public IReadOnlyList<FeedAuthor> Authors { get; init; } = [];

    /// <summary>The names of the section, topics and tools.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public FeedPicture? Picture { get; init; }

    /// <summary>The URL of the story at the publication that it comes from.</summary>
    public string? Source { get; init; }
}

/// <summary>Who wrote an entry.</summary>
/// <param name="Url">The author's page; null if there is none.</param>
internal sealed record FeedAuthor(string Name, string? Url = null);

/// <summary>The picture of an entry, a JPEG.</summary>
internal sealed record FeedPicture(string Url, string Alt, string? Credit);
