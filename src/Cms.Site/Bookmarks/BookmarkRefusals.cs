namespace Cms.Site.Bookmarks;

/// <summary>Why something was refused, in sentences that end with a way out.</summary>
internal static class BookmarkRefusals
{
    public const string NoRole =
        "Your account may not do this: it has no role here, or it is blocked. Ask the newsroom, or sign out to keep bookmarks in this browser.";
    public const string OtherSite =
        "This request came from another site, so nothing was changed. Use the buttons on a page of this site.";
    public const string NotSignedIn =
        "Nothing was saved, because you are not signed in. Sign in, or turn on scripts to keep bookmarks in this browser.";
    public const string SignInToRead = "Sign in to see the bookmarks of your account.";
    public const string Ended = "Nothing was saved, because your session has ended. Sign in again, then try again.";
    public const string Unavailable =
        "Nothing was saved, because the newsroom cannot be reached. Try again in half a minute.";
    public const string Unreachable = "The newsroom cannot be reached. Try again in half a minute.";
    public const string NoId = "The request does not say what to bookmark. Go back and use a Save button.";
    public const string NotReadable = "The request cannot be read. Reload the page and try again.";
    public const string TooLarge = "The request is too large. Send at most 100 bookmarks at once.";
}
