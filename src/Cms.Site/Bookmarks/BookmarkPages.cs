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
            return Page(list: null, kind, problem: null);
        }

        try
        {
            var list = await SavedPage.ReadAsync(
                page.Address.Query.GetValueOrDefault("after"),
                kind?.ToUpperInvariant(),
                variables => page.QueryAsync<BookmarksData>("SiteBookmarks", variables)
            );
            return Page(list, kind, problem: null);
        }
        catch (NotAllowedException)
        {
            return Page(list: null, kind, BookmarkRefusals.NoRole);
        }
        catch (UnknownCursorException)
        {
            return PageResult.Moved(Path);
        }
    }

    private static ShownPage Page(SavedPage? list, string? kind, string? problem) =>
        PageResult.Show<BookmarksPage>(
            (nameof(BookmarksPage.List), list),
            (nameof(BookmarksPage.Kind), kind),
            (nameof(BookmarksPage.Problem), problem)
        );
}
