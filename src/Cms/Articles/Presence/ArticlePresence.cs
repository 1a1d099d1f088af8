using Cms.Audit;
using Cms.Foundation;
using Cms.People;

namespace Cms.Articles.Presence;

/// <summary>
/// An editor's browser tab that has an article open. One tab at a time holds the lease: it tells others who is editing.
/// A lease never prevents anybody from saving.
/// </summary>
public sealed class ArticlePresence : IRewritten, IAudited
{
    string IAudited.AuditSubject => ArticleId.ToString();

    ArticleId? IAudited.AuditArticle => ArticleId;

    string? IAudited.AuditPart => "lease";

    public const int MaxTab = 64;

    /// <summary>How long a tab counts as open after its last request.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    public required ArticleId ArticleId { get; init; }

    public required PersonKey PersonKey { get; init; }

    /// <summary>The id that the tab chose for itself, so that two tabs of one person are two.</summary>
    public required string Tab { get; init; }

    /// <summary>The name of the person.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the tab holds the lease.</summary>
    public bool IsHolder { get; set; }

    /// <summary>When the tab opened the article.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the tab stops counting as open, unless it renews.</summary>
    [NotAudited]
    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>The tabs that have an article open, and the requesting tab.</summary>
/// <param name="ArticleId">The article's id.</param>
/// <param name="Tab">The requesting tab.</param>
/// <param name="Person">The person at that tab.</param>
/// <param name="Present">The tabs, in the order in which they opened the article.</param>
public sealed record ArticleLease(
    ArticleId ArticleId,
    string Tab,
    PersonKey Person,
    IReadOnlyList<ArticlePresence> Present
);
