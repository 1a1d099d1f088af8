using Cms.Articles;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel;

/// <summary>Which way a take leans.</summary>
public enum Stance
{
    /// <summary>For it.</summary>
    Supportive,

    /// <summary>For some of it.</summary>
    Mixed,

    /// <summary>Not convinced.</summary>
    Skeptical,
}

/// <summary>Where a take stands.</summary>
public enum TakeStatus
{
    /// <summary>Waits for an editor.</summary>
    Drafted,

    /// <summary>Cleared for the next edition.</summary>
    Approved,

    /// <summary>A later take of the same persona on the same article took its place.</summary>
    Replaced,
}

/// <summary>The passage that a take speaks of.</summary>
public sealed record TakeAnchor
{
    /// <summary>The stable id of a block of the body.</summary>
    public required string BlockId { get; init; }

    /// <summary>The words meant, as they stood.</summary>
    public string? Quote { get; init; }
}

/// <summary>What a take says.</summary>
public sealed record TakeContent
{
    public required string Text { get; init; }

    public Stance Stance { get; init; } = Stance.Mixed;

    /// <summary>How sure the persona is, 0 to 100.</summary>
    public int Confidence { get; init; } = 50;

    /// <summary>The take in one line.</summary>
    public string? Verdict { get; init; }
}

/// <summary>One persona's opinion on one article. The public sees it once it is approved and an edition carries it.</summary>
public sealed class Take
{
    /// <summary>Its id: the same in every answer, for ever.</summary>
    public required TakeId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    public required PersonaId PersonaId { get; init; }

    /// <summary>1 for the persona's first take on the article; the highest approved one is current.</summary>
    public required int Number { get; init; }

    /// <summary>The version of the persona's profile it was written under.</summary>
    public required int ProfileNumber { get; init; }

    public required TakeContent Content { get; init; }

    /// <summary>The passage it speaks of; null when it speaks of the whole article.</summary>
    public TakeAnchor? Anchor { get; init; }

    /// <summary>The take that it answers; null when it answers none.</summary>
    public TakeId? InReplyTo { get; init; }

    /// <summary>Where it stands.</summary>
    public TakeStatus Status { get; private set; } = TakeStatus.Drafted;

    public required Contributor Drafter { get; init; }

    public Contributor? Reviewer { get; private set; }

    /// <summary>When it was drafted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was approved; null while it is not.</summary>
    public DateTimeOffset? ApprovedAt { get; private set; }

    public int Version { get; private set; }

    public static List<UserError> Refusals(TakeContent content, TakeAnchor? anchor = null)
    {
        List<UserError> refusals = [];
        if (string.IsNullOrWhiteSpace(content.Text))
        {
            refusals.Add(new TakeIncomplete() { Path = ["text"] });
        }

        if (content.Confidence is < 0 or > 100)
        {
            refusals.Add(new ConfidenceOutOfRange(content.Confidence) { Path = ["confidence"] });
        }

        Bound(content.Text, "text", 8000);
        Bound(content.Verdict, "verdict", 200);
        Bound(anchor?.BlockId, "anchor.blockId", 40);
        Bound(anchor?.Quote, "anchor.quote", 1000);
        return refusals;

        void Bound(string? text, string field, int max)
        {
            if (text?.Length > max)
            {
                refusals.Add(new TextTooLong(field, max) { Path = field.Split('.') });
            }
        }
    }

    /// <summary>Clears the take for the next edition.</summary>
    public Result<Take> Approve(Contributor reviewer, DateTimeOffset now)
    {
        if (Status is TakeStatus.Approved)
        {
            return this;
        }

        if (Status is not TakeStatus.Drafted)
        {
            return new TakeNotDrafted(Id, Status) { Path = ["id"] };
        }

        (Status, Reviewer, ApprovedAt) = (TakeStatus.Approved, reviewer, now);
        return this;
    }

    internal void Replace() => Status = TakeStatus.Replaced;
}
