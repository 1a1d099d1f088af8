using Cms.Foundation;
using Cms.People;

namespace Cms.Articles.Presence;

/// <summary>
/// An editor's page that has an article open. One page at a time holds the lease: it tells others who is editing. A
/// lease never prevents anybody from saving.
/// </summary>
public sealed class ArticlePresence : IRewritten
{
    public const int MaxTab = 64;

    /// <summary>How long a page counts as open after its last request.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    public required ArticleId ArticleId { get; init; }

    public required PersonKey PersonKey { get; init; }

    /// <summary>The id that the page chose for itself, so that two pages of one person are two.</summary>
    public required string Tab { get; init; }

    /// <summary>The name of the person.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the page holds the lease.</summary>
    public bool IsHolder { get; set; }

    /// <summary>When the page opened the article.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the page stops counting as open, unless it renews.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>The pages that have an article open, and the requesting page.</summary>
/// <param name="ArticleId">The article's id.</param>
/// <param name="Tab">The requesting page.</param>
/// <param name="Person">The person at that page.</param>
/// <param name="Present">The pages, in the order in which they opened the article.</param>
public sealed record ArticleLease(
    ArticleId ArticleId,
    string Tab,
    PersonKey Person,
    IReadOnlyList<ArticlePresence> Present
);
