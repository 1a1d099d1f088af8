using Cms.Articles;

namespace Cms.Partners.Takedowns;

/// <summary>
/// A withdrawal that each partner has to confirm that ever received the article: one of the kind LEGAL or KILL, or one
/// with a deadline. Who owes a confirmation follows from the deliveries, because one of them can be recorded after the
/// withdrawal.
/// </summary>
public sealed class Takedown
{
    /// <summary>The id of the edition that withdrew the article.</summary>
    public required EditionId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>The number of that edition. Editions before it have smaller numbers.</summary>
    public required int EditionNumber { get; init; }

    /// <summary>The kind of withdrawal.</summary>
    public required WithdrawalKind Kind { get; init; }

    /// <summary>The public reason.</summary>
    public required string Reason { get; init; }

    /// <summary>When the article was withdrawn.</summary>
    public required DateTimeOffset WithdrawnAt { get; init; }

    /// <summary>Who withdrew the article; null if it is not recorded.</summary>
    public required string? WithdrawnBy { get; init; }

    /// <summary>The time by which partners must confirm the withdrawal; null if there is no deadline.</summary>
    public required DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>
    /// When editors were last told which partners have not confirmed it in time; null if they were not.
    /// </summary>
    public DateTimeOffset? EscalatedAt { get; internal set; }

    /// <summary>Returns the takedown that an edition begins; null if it begins none.</summary>
    internal static Takedown? Of(Edition edition) =>
        edition is { IsTombstone: true, WithdrawalKind: { } kind, WithdrawalReason: { } reason }
        && (kind is not WithdrawalKind.Normal || edition.AcknowledgeBy is not null)
            ? new Takedown
            {
                Id = edition.Id,
                ArticleId = edition.ArticleId,
                EditionNumber = edition.Number,
                Kind = kind,
                Reason = reason,
                WithdrawnAt = edition.LiveFrom,
                WithdrawnBy = edition.IssuedBy,
                AcknowledgeBy = edition.AcknowledgeBy,
            }
            : null;
}
