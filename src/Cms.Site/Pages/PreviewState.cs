namespace Cms.Site.Pages;

/// <summary>Whether a page is a preview.</summary>
public enum PreviewState
{
    /// <summary>It is an ordinary page.</summary>
    None,

    /// <summary>It shows the working copy of an article.</summary>
    Shown,

    /// <summary>The reader has a preview link that has expired or was revoked, so the page shows what readers see.</summary>
    Ended,

    /// <summary>
    /// It shows the working copy to a member of staff, in a frame of the Studio. It has no banner and no scripts, because
    /// the Studio says what it is.
    /// </summary>
    Draft,
}
