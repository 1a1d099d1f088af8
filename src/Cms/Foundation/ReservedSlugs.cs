namespace Cms.Foundation;

/// <summary>The last parts of URLs that front ends and this server use for their own pages.</summary>
internal static class ReservedSlugs
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "admin",
        "api",
        "archive",
        "authors",
        "docs",
        "drafts",
        "edit",
        "explorer",
        "feed",
        "feeds",
        "graphql",
        "latest",
        "new",
        "page",
        "partner",
        "preview",
        "search",
        "sitemap",
        "studio",
    };

    public static bool Contains(string slug) => Reserved.Contains(slug);
}
