using Cms.Audit;
using Cms.People;

namespace Cms.Articles;

/// <summary>
/// A snapshot of an article's working copy. Its content never changes: a save creates a new revision, and an autosave
/// can replace the newest one by a new one. Only staff see revisions.
/// </summary>
public sealed class Revision : IArticlePart, IAudited
{
    string IAudited.AuditSubject => ArticleId.ToString();

    ArticleId? IAudited.AuditArticle => ArticleId;

    string? IAudited.AuditPart => "revision";

    public required RevisionId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>The revision's number. Numbers start at 1 and have no gaps.</summary>
    public required int Number { get; init; }

    public required ArticleContent Content { get; init; }

    public required Contributor Drafter { get; init; }

    /// <summary>The model that drafted the text; null if a person did. Later revisions inherit it.</summary>
    public DraftedWith? DraftedWith { get; init; }

    /// <summary>The name of the person who last edited the text that the model drafted; null if nobody did.</summary>
    public string? EditedBy { get; init; }

    /// <summary>When the revision was first saved.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last saved: later than <see cref="CreatedAt" /> if autosaves were folded into it.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>Whether the revision was saved automatically.</summary>
    public bool IsAutosave { get; init; }

    /// <summary>A name that a member of staff gave it; null if it has none.</summary>
    public string? Label { get; private set; }

    /// <summary>
    /// The id of the earlier revision that this revision restores; null if this revision is not a restoration.
    /// </summary>
    public RevisionId? RestoredFrom { get; init; }

    /// <summary>
    /// Who approved these words; null if nobody did, or if they were approved in a different newsroom and imported.
    /// </summary>
    public PersonKey? ApproverKey { get; private set; }

    /// <summary>The name of the person who approved these words; null if nobody did.</summary>
    public string? ApprovedBy { get; private set; }

    /// <summary>Whether a person approved these words.</summary>
    public bool IsApproved => ApprovedBy is not null;

    /// <summary>Whether a person other than its drafter approved it.</summary>
    public bool IsApprovedByAnother => ApproverKey is { } approver && !IsDraftedBy(approver);

    /// <summary>Returns whether this person drafted it.</summary>
    public bool IsDraftedBy(Contributor person) =>
        person.Kind is ContributorKind.Person && Drafter.Kind is ContributorKind.Person && Drafter.Key == person.Key;

    /// <summary>Approves the revision. The approval of a second person replaces that of the drafter.</summary>
    public void Approve(PersonKey approver, string name)
    {
        if (!IsApprovedByAnother)
        {
            (ApproverKey, ApprovedBy) = (approver, name);
        }
    }

    /// <summary>Records that a person approved these words where they were exported.</summary>
    internal void ApproveElsewhere(string name) => ApprovedBy = name;

    /// <summary>Takes the approval back, because somebody asks for changes.</summary>
    public void Disapprove() => (ApproverKey, ApprovedBy) = (null, null);

    /// <summary>Names the revision. Null or a blank text removes the name.</summary>
    public void SetLabel(string? label) => Label = string.IsNullOrWhiteSpace(label) ? null : label.Trim();

    private bool IsDraftedBy(PersonKey person) =>
        Drafter.Kind is ContributorKind.Person && Drafter.Key == person.ToString();
}
