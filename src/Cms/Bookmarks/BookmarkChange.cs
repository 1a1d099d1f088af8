namespace Cms.Bookmarks;

/// <summary>How the target of a bookmark has changed since it was bookmarked.</summary>
public enum BookmarkChange
{
    /// <summary>The target is no longer public. No other change is then listed.</summary>
    Removed,

    /// <summary>A mistake in the article was corrected.</summary>
    Corrected,

    /// <summary>
    /// The article or tool changed in any other way, for example in its text or its slug.
    /// </summary>
    Updated,

    /// <summary>The article has takes that it did not have.</summary>
    NewTakes,

    /// <summary>
    /// The bookmarked take was revised. For a bookmarked article: one of its takes was revised or retracted.
    /// </summary>
    TakeChanged,
}
