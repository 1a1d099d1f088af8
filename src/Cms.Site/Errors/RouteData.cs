using System.Text.Json.Serialization;
using Cms.Site.Articles;

namespace Cms.Site.Errors;

/// <summary>The answer to where a path leads.</summary>
public sealed record RouteAnswer(RouteData? Route);

/// <summary>Where a path leads: to content, to another path, or to something that was withdrawn.</summary>
public sealed record RouteData
{
    /// <summary><c>ContentRoute</c>, <c>RedirectRoute</c> or <c>GoneRoute</c>.</summary>
    [JsonPropertyName("__typename")]
    public required string Type { get; init; }

    /// <summary>The new address of a redirect.</summary>
    public string? To { get; init; }

    /// <summary>The last headline of an article that was withdrawn; null if it may not be shown.</summary>
    public string? LastHeadline { get; init; }

    /// <summary>Why an article was withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>When an article was withdrawn.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The article to read instead.</summary>
    public CardData? Successor { get; init; }
}

/// <summary>The newest articles, for readers whose page does not exist.</summary>
public sealed record LatestData(Layout.Nodes<CardData> Articles);
