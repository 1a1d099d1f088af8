using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles;

/// <summary>The kind of a withdrawal, for systems that hold copies of the article.</summary>
public enum WithdrawalKind
{
    /// <summary>The newsroom decided to withdraw the article.</summary>
    Normal,

    /// <summary>
    /// The law or a court order requires the withdrawal. Front ends should respond with 451 (RFC 7725) instead of 410.
    /// </summary>
    Legal,

    /// <summary>The article must not be used. Delete every copy immediately.</summary>
    Kill,
}

/// <summary>The terms of a withdrawal.</summary>
public sealed record Withdrawal
{
    /// <summary>The reason that readers see.</summary>
    public required string Reason { get; init; }

    public WithdrawalKind Kind { get; init; }

    /// <summary>The article to read instead; null if there is none.</summary>
    public ArticleId? SuccessorId { get; init; }

    /// <summary>The time by which partners must confirm the withdrawal; null if there is no deadline.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>Returns why these terms cannot be used; null if they can.</summary>
    /// <param name="article">The article to withdraw.</param>
    /// <param name="at">When it is withdrawn.</param>
    internal UserError? RefusalFor(Article article, DateTimeOffset at) =>
        string.IsNullOrWhiteSpace(Reason) ? new ReasonRequired { Path = ["reason"] }
        : Reason.Length > ArticleLimits.Note ? new TextTooLong("reason", ArticleLimits.Note) { Path = ["reason"] }
        : SuccessorId == article.Id ? new SuccessorNotFound(article.Id) { Path = ["successor"] }
        : AcknowledgeBy <= at ? new AcknowledgementTooEarly(at) { Path = ["acknowledgeBy"] }
        : null;
}

/// <summary>A withdrawal that is scheduled, and who scheduled it.</summary>
public sealed record PlannedWithdrawal
{
    /// <summary>The reason that readers will see.</summary>
    public required string Reason { get; init; }

    /// <summary>The kind of withdrawal, for systems that hold copies of the article.</summary>
    public WithdrawalKind Kind { get; init; }

    /// <summary>The id of the article to read instead; null if there is none.</summary>
    public ArticleId? SuccessorId { get; init; }

    /// <summary>The time by which partners must confirm the withdrawal; null if there is no deadline.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    public required Contributor By { get; init; }

    public Withdrawal ToWithdrawal() =>
        new()
        {
            Reason = Reason,
            Kind = Kind,
            SuccessorId = SuccessorId,
            AcknowledgeBy = AcknowledgeBy,
        };
}
