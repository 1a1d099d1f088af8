using Cms.Studio.Api;
using Cms.Studio.Taxonomy;

namespace Cms.Studio.Articles;

/// <summary>An article, with what editors decide about it besides its words.</summary>
public sealed record ManagedArticleData(ManagedArticleDesk? Desk);

/// <summary>The article, and the people who can write it.</summary>
public sealed record ManagedArticleDesk(ManagedArticle? Article, Staff? People);

/// <summary>Who writes an article, what will happen to it, and what uses it.</summary>
public sealed record ManagedArticle(
    string Id,
    string Headline,
    int Version,
    ArticleStatus Status,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    DateTimeOffset? TrashedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? ScheduledAt,
    DateTimeOffset? EmbargoUntil,
    DateTimeOffset? FirstPublishedAt,
    DateTimeOffset? WithdrawAt,
    NamedKey? Assignee,
    AdvanceRelease? Advance,
    PlannedWithdrawal? PlannedWithdrawal,
    IReadOnlyList<PreviewLink> PreviewLinks,
    ManagedTakedown? Takedown,
    IReadOnlyList<ManagedCheck>? Checks,
    TermUses? UsedBy
)
{
    /// <summary>What prevents the article from being published.</summary>
    internal IEnumerable<ManagedCheck> Errors =>
        (Checks ?? []).Where(check => check.Severity is ManagedCheckSeverity.Error);

    /// <summary>The warnings that must be accepted before the article is published, one for each rule.</summary>
    internal IEnumerable<(string Rule, string Words)> Warnings =>
        (Checks ?? [])
            .Where(check => check.Severity is ManagedCheckSeverity.Warning)
            .GroupBy(check => check.Rule, StringComparer.Ordinal)
            .Select(checks => (checks.Key, string.Join(' ', checks.Select(check => check.Message))));
}

/// <summary>An edition that partners with early access see before readers do.</summary>
public sealed record AdvanceRelease(int Number, DateTimeOffset ReleasedAt, string ReleasedBy);

/// <summary>How far partners have confirmed the withdrawal of the article.</summary>
public sealed record ManagedTakedown(string Id, DateTimeOffset? AcknowledgeBy, int PartnerCount, int OwingCount);

/// <summary>A withdrawal that is scheduled.</summary>
public sealed record PlannedWithdrawal(
    WithdrawalKind Kind,
    string Reason,
    string ScheduledBy,
    string? SuccessorId,
    DateTimeOffset? AcknowledgeBy
);

/// <summary>The kind of a withdrawal, for systems that hold copies of the article.</summary>
public enum WithdrawalKind
{
    Normal,
    Legal,
    Kill,
}

/// <summary>A link with which anybody can read the article before it is published.</summary>
public sealed record PreviewLink(string Id, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ExpiresAt);

/// <summary>Something that prevents the article from being published, or that must be accepted first.</summary>
public sealed record ManagedCheck(string Rule, ManagedCheckSeverity Severity, string Message);

/// <summary>Whether a check can be accepted.</summary>
public enum ManagedCheckSeverity
{
    Error,
    Warning,
}

/// <summary>A published article to read instead of a withdrawn one.</summary>
public sealed record SuccessorData(Successor? Article);

/// <summary>The article; its slug is in its address.</summary>
public sealed record Successor(string Id, string Slug);

/// <summary>What can be done with an article.</summary>
public enum ManageAct
{
    Assign,
    Release,
    Recall,
    Withdraw,
    UnscheduleWithdrawal,
    Trash,
    Restore,
    Delete,
    RevokeLink,
}

/// <summary>What a form of the page sends.</summary>
public sealed class ManageForm
{
    /// <summary>The name under which all forms of the page are handled, also when a form has gone meanwhile.</summary>
    internal const string Handler = "manage";

    public ManageAct? Act { get; set; }

    /// <summary>The version that the person has seen.</summary>
    public int? Version { get; set; }

    /// <summary>The id of the person who writes the article.</summary>
    public string? Person { get; set; }

    /// <summary>When the article should be finished, in the newsroom's zone.</summary>
    public string? Due { get; set; }

    /// <summary>When the embargo ends, in the newsroom's zone.</summary>
    public string? Until { get; set; }

    /// <summary>The rules whose warnings the person has accepted.</summary>
    public IReadOnlyList<string>? Accepted { get; set; }

    /// <summary>Why the article is withdrawn.</summary>
    public string? Reason { get; set; }

    public WithdrawalKind Kind { get; set; }

    /// <summary>The slug, the address or the id of the article to read instead.</summary>
    public string? Successor { get; set; }

    /// <summary>By when partners must confirm the withdrawal, in the newsroom's zone.</summary>
    public string? ConfirmBy { get; set; }

    /// <summary>When to withdraw the article, in the newsroom's zone; empty for now.</summary>
    public string? At { get; set; }

    /// <summary>Whether to go on although something uses the article.</summary>
    public bool DespiteUses { get; set; }

    /// <summary>The id of a preview link.</summary>
    public string? Link { get; set; }
}

/// <summary>The answer to an assignment.</summary>
public sealed record ArticleAssigned(Outcome AssignArticle);

/// <summary>The answer to a release to partners.</summary>
public sealed record ArticleReleased(Outcome ReleaseUnderEmbargo);

/// <summary>The answer to a schedule that is cancelled.</summary>
public sealed record ArticleUnscheduled(Outcome UnscheduleArticle);

/// <summary>The answer to a withdrawal.</summary>
public sealed record ArticleWithdrawn(Outcome WithdrawArticle);

/// <summary>The answer to a withdrawal at a time.</summary>
public sealed record WithdrawalScheduled(Outcome ScheduleWithdrawal);

/// <summary>The answer to a scheduled withdrawal that is cancelled.</summary>
public sealed record WithdrawalUnscheduled(Outcome UnscheduleWithdrawal);

/// <summary>The answer to an article that is put in the trash.</summary>
public sealed record ArticleTrashed(Outcome TrashArticle);

/// <summary>The answer to an article that is taken out of the trash.</summary>
public sealed record ArticleRestored(Outcome RestoreArticle);

/// <summary>The answer to an article that is deleted.</summary>
public sealed record ArticleDeleted(Outcome DeleteArticle);

/// <summary>The answer to a preview link that is revoked.</summary>
public sealed record PreviewLinkRevoked(Outcome RevokePreviewLink);
