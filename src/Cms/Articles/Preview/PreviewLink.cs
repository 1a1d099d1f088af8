using System.Diagnostics.CodeAnalysis;
using Cms.Audit;
using Cms.People;

namespace Cms.Articles.Preview;

/// <summary>
/// A link that lets anybody who has it read the newest revision of one article, until it expires or is revoked.
/// Only the hash of its token is stored.
/// </summary>
public sealed class PreviewLink : IArticlePart, IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    ArticleId? IAudited.AuditArticle => ArticleId;

    /// <summary>The maximum number of links of one article that have not expired.</summary>
    public const int MaxPerArticle = 20;

    public const int MaxName = 200;

    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(7);
    public static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);

    /// <summary>The link's id. It never changes.</summary>
    public required PreviewLinkId Id { get; init; }

    /// <summary>The article that the link opens.</summary>
    public required ArticleId ArticleId { get; init; }

    /// <summary>The SHA-256 hash of the token.</summary>
    [NotAudited]
    [SuppressMessage("Performance", "CA1819", Justification = "EF Core stores it as bytes, and nothing changes it.")]
    public required byte[] TokenHash { get; init; }

    /// <summary>The person who created the link. If that person is blocked, the link is revoked.</summary>
    public required PersonKey CreatorKey { get; init; }

    /// <summary>The name of the person who created the link.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When the link was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the link stops working.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The token. It is not stored, so it is known only to the mutation that created the link.</summary>
    internal string? Token { get; init; }
}
