using Cms.Articles;
using Cms.Audit;

namespace Cms.Partners.Takedowns;

/// <summary>How a partner confirmed a takedown.</summary>
public enum AcknowledgementChannel
{
    /// <summary>A webhook of the partner accepted the message that it must remove the article.</summary>
    Webhook,

    /// <summary>A program of the partner, with the mutation acknowledgeTakedown.</summary>
    Graphql,

    /// <summary>A request to <c>/p/{key}/acknowledge</c>.</summary>
    Http,

    /// <summary>A contact of the partner, in the portal or with its own token.</summary>
    Portal,
}

/// <summary>That a partner confirmed a takedown. It never changes.</summary>
public sealed class TakedownAcknowledgement : IAudited
{
    public const int MaxBy = 200;

    string IAudited.AuditSubject => TakedownId.ToString();

    ArticleId? IAudited.AuditArticle => ArticleId;

    string? IAudited.AuditPart => "acknowledgement";

    public required EditionId TakedownId { get; init; }

    public required PartnerId PartnerId { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>When the partner confirmed it.</summary>
    public required DateTimeOffset At { get; init; }

    public required AcknowledgementChannel Channel { get; init; }

    /// <summary>The key, application, webhook or person that confirmed it.</summary>
    public required string By { get; init; }
}
