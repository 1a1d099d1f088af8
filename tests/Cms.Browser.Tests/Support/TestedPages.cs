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
}
