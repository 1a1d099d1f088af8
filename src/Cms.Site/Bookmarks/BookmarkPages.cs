using Cms.Site.Pages;

namespace Cms.Site.Bookmarks;

/// <summary>The page with a reader's bookmarks. For anonymous readers, scripts fill it from the browser's store.</summary>
internal static class BookmarkPages
{
    public const string Path = "/bookmarks";

    /// <summary>The kinds that the list can be limited to.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["article", "take", "tool"];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPage(Path, ShowAsync, "kind", "after");

    private static async Task<PageResult> ShowAsync(PageRequest page)
    {
        var kind = Kinds.FirstOrDefault(kind => kind == page.Address.Query.GetValueOrDefault("kind"));
        if (page.Caller.Cookie is null)
        {
            return Page(viewer: null, kind, problem: null);
        }

        try
        {
            var list = await page.QueryAsync<BookmarksData>(
                "SiteBookmarks",
                new
                {
                    after = page.Address.Query.GetValueOrDefault("after"),
                    where = kind is null ? null : new { kind = kind.ToUpperInvariant() },
                }
            );
            return Page(list.Viewer, kind, problem: null);
        }
        catch (NotAllowedException)
        {
            return Page(viewer: null, kind, BookmarkRefusals.NoRole);
        }
        catch (UnknownCursorException)
        {
            return PageResult.Moved(Path);
        }
    }

    private static ShownPage Page(BookmarksViewer? viewer, string? kind, string? problem) =>
        PageResult.Show<BookmarksPage>(
            (nameof(BookmarksPage.Viewer), viewer),
            (nameof(BookmarksPage.Kind), kind),
            (nameof(BookmarksPage.Problem), problem)
        );
}
