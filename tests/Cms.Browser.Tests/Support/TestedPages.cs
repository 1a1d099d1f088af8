namespace Cms.Browser.Tests.Support;

/// <summary>A page of the site with the sample newsroom.</summary>
/// <param name="Name">The name in the table of weights.</param>
public sealed record TestedPage(string Name, string Path, int Status = 200);

/// <summary>The pages that all tests of pages visit. Add every new kind of page here.</summary>
public static class TestedPages
{
    /// <summary>The article that is withdrawn before the tests.</summary>
    public const string Withdrawn = "marrow-speech-without-a-signal";

    /// <summary>The article to read instead.</summary>
    public const string Successor = "the-disk-said-yes";

    public static IReadOnlyList<TestedPage> All { get; } =
    [
        new("home", "/"),
        new("article", $"/articles/{Successor}"),
        new("category", "/categories/security"),
        new("tag", "/tags/ci"),
        new("source", "/sources/halfpipe-weekly"),
        new("author", "/authors/ilse-varga"),
        new("panel", "/panel"),
        new("persona", "/panel/the-skeptic"),
        new("tool", "/tools/lantern-db"),
        new("search", "/search?q=cache"),
        new("feeds", "/feeds"),
        new("bookmarks", "/bookmarks"),
        new("account", "/account"),
        new("offline", "/offline"),
        new("not found", "/no/such/page", 404),
        new("withdrawn", $"/articles/{Withdrawn}", 410),
    ];

    /// <summary>The screens of the Studio, for an administrator. Add every new kind of screen here.</summary>
    public static IReadOnlyList<string> Studio { get; } =
    [
        "/studio/articles",
        "/studio/articles?q=nothing-like-this",
        "/studio/articles?list=trash",
        "/studio/articles?after=nonsense",
        "/studio/inbox",
        "/studio/panel",
        "/studio/panel?list=stale",
        "/studio/board",
        "/studio/calendar",
        "/studio/calendar?view=month",
        "/studio/activity",
        "/studio/media",
        "/studio/media?view=list",
        "/studio/media?q=nothing-has-this-name",
        "/studio/media/expiring",
        "/studio/personas",
        "/studio/personas/new",
        "/studio/tools",
        "/studio/tools/new",
        "/studio/fronts",
        "/studio/fronts/home",
        "/studio/categories",
        "/studio/categories/new",
        "/studio/tags",
        "/studio/tags?q=nothing-like-this",
        "/studio/sources",
        "/studio/sources/new",
        "/studio/authors",
        "/studio/authors/new",
        "/studio/redirects",
        "/studio/people",
        "/studio/people/blocked",
        "/studio/people/block",
        "/studio/partners",
        "/studio/partners/new",
        "/studio/webhooks",
        "/studio/takedowns",
        "/studio/takedowns?list=all",
        "/studio/audit",
        "/studio/imports",
        "/studio/signed-in",
    ];

    /// <summary>Lists of the Studio, the link to the page of their first entry, and the pages that belong to an entry.</summary>
    public static IReadOnlyList<(string List, string Link, IReadOnlyList<string> More)> StudioEntries { get; } =
    [
        ("/studio/media", ".media-grid a", []),
        ("/studio/personas", ".people a", []),
        ("/studio/tools", ".tool-rows a", []),
        ("/studio/fronts", "main a[href*='/fronts/cat_']", []),
        ("/studio/categories", ".ledger tbody th a", ["/merge"]),
        ("/studio/authors", ".ledger tbody th a", ["/portrait"]),
    ];
}
