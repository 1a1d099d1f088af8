namespace Cms.Articles;

/// <summary>The state of the review of an article's newest revision. It does not affect what readers see.</summary>
public enum ReviewState
{
    /// <summary>
    /// The newest revision is not in review: it has not been submitted, was taken back, or has been published.
    /// </summary>
    Drafting,

    /// <summary>An editor is asked to review the newest revision.</summary>
    InReview,

    /// <summary>An editor asked for changes.</summary>
    ChangesRequested,

    /// <summary>An editor approved the newest revision.</summary>
    Approved,
}
