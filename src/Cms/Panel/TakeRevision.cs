using Cms.Articles;
using Cms.Audit;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel;

/// <summary>What somebody writes for a persona: the words, and what they refer to.</summary>
/// <param name="Content">The words.</param>
/// <param name="Anchor">The passage that they refer to; null for the whole article.</param>
/// <param name="InReplyTo">The take that they answer; null if they answer none.</param>
/// <param name="DraftedWith">The model that drafted them; null if a person did.</param>
public sealed record TakeDraft(
    TakeContent Content,
    TakeAnchor? Anchor = null,
    TakeId? InReplyTo = null,
    DraftedWith? DraftedWith = null
);

/// <summary>A snapshot of a take. Its words never change: a save creates a new revision.</summary>
public sealed class TakeRevision : IAudited
{
    string IAudited.AuditSubject => TakeId.ToString();

    string? IAudited.AuditPart => "revision";

    /// <summary>The revision's id. It never changes.</summary>
    public required TakeRevisionId Id { get; init; }

    public required TakeId TakeId { get; init; }

    /// <summary>The revision's number. Numbers start at 1 and have no gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The number of the persona's profile that the revision was written under.</summary>
    public required int ProfileNumber { get; init; }

    public required TakeContent Content { get; init; }

    /// <summary>The passage that the take refers to; null for the whole article.</summary>
    public TakeAnchor? Anchor { get; init; }

    /// <summary>The id of the take that this one replies to; null if it is not a reply.</summary>
    public TakeId? InReplyTo { get; init; }

    /// <summary>The AI model that drafted the text; null if a person did.</summary>
    public DraftedWith? DraftedWith { get; init; }

    /// <summary>The name of the person who last edited the words that the model drafted; null if nobody did.</summary>
    public string? EditedBy { get; init; }

    public required Contributor Drafter { get; init; }

    public Contributor? Reviewer { get; private set; }

    /// <summary>When the revision was saved.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the revision was approved; null if it has not been approved.</summary>
    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>Returns the words, and what they refer to.</summary>
    internal TakeDraft ToDraft() => new(Content, Anchor, InReplyTo, DraftedWith);

    internal void Approve(Contributor reviewer, DateTimeOffset now)
    {
        if (ApprovedAt is null)
        {
            (Reviewer, ApprovedAt) = (reviewer, now);
        }
    }

    public static List<UserError> Refusals(TakeDraft draft)
    {
        var (content, anchor, _, model) = draft;
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
        refusals.AddRange(Provenance.Refusals(model));
        return refusals;

        void Bound(string? text, string field, int max)
        {
            if (text?.Length > max)
            {
                refusals.Add(new TextTooLong(field, max) { Path = field.Split('.') });
            }
        }
    }
}
