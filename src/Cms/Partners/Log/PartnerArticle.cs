using Cms.Articles;
using Cms.Foundation;

namespace Cms.Partners.Log;

/// <summary>Whether a partner has an article.</summary>
public enum PartnerArticleState
{
    /// <summary>The agreement includes the article.</summary>
    Included,

    /// <summary>The article was withdrawn.</summary>
    Withdrawn,

    /// <summary>The article is public, but the agreement does not include it any more.</summary>
    OutOfScope,
}

/// <summary>What a partner's log says of one article. The row is written again for each change of the article.</summary>
public sealed class PartnerArticle : IRewritten
{
    public required PartnerId PartnerId { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>The number of the step that changed the row last.</summary>
    public long Seq { get; private set; }

    public PartnerArticleState State { get; private set; }

    /// <summary>Whether the partner received the article for the first time, or it was updated or corrected.</summary>
    public PartnerArticleChange Change { get; private set; }

    /// <summary>The edition that the partner has, or the one that withdrew the article.</summary>
    public EditionId EditionId { get; private set; }

    /// <summary>The number of corrections in that edition.</summary>
    public int Corrections { get; private set; }

    /// <summary>When the change was made.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Takes the current edition. Returns false if the row has it already.</summary>
    public bool Include(CurrentEdition edition)
    {
        if (State is PartnerArticleState.Included && Seq > 0 && EditionId == edition.Id)
        {
            return false;
        }

        Change =
            Seq == 0 || State is not PartnerArticleState.Included ? PartnerArticleChange.Added
            : edition.Corrections > Corrections ? PartnerArticleChange.Corrected
            : PartnerArticleChange.Updated;
        (State, EditionId, Corrections) = (PartnerArticleState.Included, edition.Id, edition.Corrections);
        return true;
    }

    /// <summary>Removes the article. Returns false if the partner did not have it.</summary>
    /// <param name="tombstone">The edition that withdrew the article; null if it is still public.</param>
    public bool Remove(EditionId? tombstone)
    {
        // An article that left the agreement says nothing more, also not that it was withdrawn later.
        if (State is not PartnerArticleState.Included)
        {
            return false;
        }

        State = tombstone is null ? PartnerArticleState.OutOfScope : PartnerArticleState.Withdrawn;
        EditionId = tombstone ?? EditionId;
        return true;
    }

    /// <summary>Records the step that changed the row.</summary>
    public void Number(long seq, DateTimeOffset at) => (Seq, ChangedAt) = (seq, at);
}

/// <summary>How an article of a partner changed.</summary>
public enum PartnerArticleChange
{
    Added,
    Updated,
    Corrected,
}

/// <summary>The edition of an article that a partner can see now.</summary>
public sealed record CurrentEdition(ArticleId ArticleId, EditionId Id, int Corrections);
