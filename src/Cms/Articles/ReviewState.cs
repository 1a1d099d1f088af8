namespace Cms.Articles;

/// <summary>The state of the review of an article's newest revision. It does not affect what readers see.</summary>
public enum ReviewState
{
    /// <summary>Somebody is writing. The article has not been submitted for review.</summary>
    Drafting,

    /// <summary>An editor is asked to review the newest revision.</summary>
    InReview,

    /// <summary>An editor asked for changes.</summary>
    ChangesRequested,

    /// <summary>An editor approved the newest revision.</summary>
    Approved,
}
