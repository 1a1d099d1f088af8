using System.Linq.Expressions;
using Cms.Articles;
using Cms.Data;

namespace Cms.Partners.Takedowns;

/// <summary>
/// A withdrawal of an article that you received. Delete every copy, and then confirm the withdrawal with
/// `acknowledgeTakedown`.
/// </summary>
public sealed class OwnTakedown
{
    /// <summary>The id of the takedown.</summary>
    public required EditionId Id { get; init; }

    /// <summary>The id of the withdrawn article.</summary>
    public required ArticleId ArticleId { get; init; }

    /// <summary>The slug of the withdrawn article: the end of its address, to which your copies may link.</summary>
    public required string Slug { get; init; }

    /// <summary>The kind of withdrawal.</summary>
    public required WithdrawalKind Kind { get; init; }

    /// <summary>The public reason.</summary>
    public required string Reason { get; init; }

    /// <summary>When the article was withdrawn.</summary>
    public required DateTimeOffset WithdrawnAt { get; init; }

    /// <summary>The time by which you must confirm it; null if there is no deadline.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>When you confirmed it; null if you have not.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>How you confirmed it; null if you have not.</summary>
    public AcknowledgementChannel? Channel { get; init; }

    /// <summary>Returns what a partner sees of a takedown.</summary>
    internal static Expression<Func<Takedown, OwnTakedown>> Of(CmsDbContext db, PartnerId partner) =>
        takedown => new OwnTakedown
        {
            Id = takedown.Id,
            ArticleId = takedown.ArticleId,
            Slug = db.Editions.Where(e => e.Id == takedown.Id).Select(e => e.Slug).First(),
            Kind = takedown.Kind,
            Reason = takedown.Reason,
            WithdrawnAt = takedown.WithdrawnAt,
            AcknowledgeBy = takedown.AcknowledgeBy,
            AcknowledgedAt = db
                .TakedownAcknowledgements.Where(a => a.TakedownId == takedown.Id && a.PartnerId == partner)
                .Select(a => (DateTimeOffset?)a.At)
                .FirstOrDefault(),
            Channel = db
                .TakedownAcknowledgements.Where(a => a.TakedownId == takedown.Id && a.PartnerId == partner)
                .Select(a => (AcknowledgementChannel?)a.Channel)
                .FirstOrDefault(),
        };
}
