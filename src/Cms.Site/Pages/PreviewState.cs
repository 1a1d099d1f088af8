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
}
