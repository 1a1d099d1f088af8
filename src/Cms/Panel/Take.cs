using Cms.Articles;
using Cms.Audit;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel;

/// <summary>The position that a take adopts.</summary>
public enum Stance
{
    /// <summary>In favour.</summary>
    Supportive,

    /// <summary>Partly in favour.</summary>
    Mixed,

    /// <summary>Not convinced.</summary>
    Skeptical,
}

/// <summary>The status of a take.</summary>
public enum TakeStatus
{
    /// <summary>Waiting for an editor's approval.</summary>
    Drafted,

    /// <summary>Approved. It is in the next edition, and in later ones until another take replaces it.</summary>
    Approved,

    /// <summary>Replaced by the approval of a different take by the same persona on the same article.</summary>
    Replaced,
}

/// <summary>The passage that a take refers to.</summary>
public sealed record TakeAnchor
{
    /// <summary>The id of a block in the body.</summary>
    public required string BlockId { get; init; }

    /// <summary>The words that the take refers to, as they were in the article when the take was written.</summary>
    public string? Quote { get; init; }
}

/// <summary>The content of a take.</summary>
public sealed record TakeContent
{
    public required string Text { get; init; }

    public Stance Stance { get; init; } = Stance.Mixed;

    /// <summary>The persona's confidence in the take, from 0 to 100.</summary>
    public int Confidence { get; init; } = 50;

    /// <summary>A one-line summary of the take.</summary>
    public string? Verdict { get; init; }
}

/// <summary>
/// A persona's opinion on an article. Readers see it once it is approved and part of a published edition.
/// </summary>
public sealed class Take : IArticlePart, IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    ArticleId? IAudited.AuditArticle => ArticleId;

    /// <summary>The take's id. It never changes.</summary>
    public required TakeId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    public required PersonaId PersonaId { get; init; }

    /// <summary>The number of the take among the persona's takes on the article. Numbers start at 1.</summary>
    public required int Number { get; init; }

    /// <summary>The number of the persona's profile that the take was written under.</summary>
    public required int ProfileNumber { get; init; }

    public required TakeContent Content { get; init; }

    /// <summary>The passage that the take refers to; null for the whole article.</summary>
    public TakeAnchor? Anchor { get; init; }

    /// <summary>The id of the take that this one replies to; null if it is not a reply.</summary>
    public TakeId? InReplyTo { get; init; }

    /// <summary>The status of the take.</summary>
    public TakeStatus Status { get; private set; } = TakeStatus.Drafted;

    public required Contributor Drafter { get; init; }

    public Contributor? Reviewer { get; private set; }

    /// <summary>When the take was drafted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the take was approved; null if it has not been approved.</summary>
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

    /// <summary>Approves the take for the next edition.</summary>
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
