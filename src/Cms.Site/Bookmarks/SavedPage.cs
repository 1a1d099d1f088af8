namespace Cms.Site.Bookmarks;

/// <summary>
/// A page of a reader's bookmarks. The API has a list of those that changed and a list of the others; the pages of the
/// first come before the pages of the second.
/// </summary>
/// <param name="Viewer">The numbers of the bookmarks; null if the session has ended.</param>
/// <param name="Changed">Those that changed since they were saved, newest first.</param>
/// <param name="Unchanged">The others, newest first. Empty if more follow that changed.</param>
/// <param name="Next">Where the next page begins; null if this is the last one.</param>
public sealed record SavedPage(
    BookmarksViewer? Viewer,
    IReadOnlyList<SavedItem> Changed,
    IReadOnlyList<SavedItem> Unchanged,
    string? Next
)
{
    private const string ChangedMark = "changed:";
    private const string UnchangedMark = "unchanged:";

    /// <summary>Reads a page.</summary>
    /// <param name="after">Where it begins, from the <see cref="Next" /> of the page before; null for the first page.</param>
    /// <param name="kind">Only bookmarks of this kind; null for all.</param>
    /// <param name="ask">Reads one page of a list.</param>
    public static async Task<SavedPage> ReadAsync(
        string? after,
        string? kind,
        Func<BookmarkVariables, Task<BookmarksData>> ask
    )
    {
        ArgumentNullException.ThrowIfNull(ask);
        IReadOnlyList<SavedItem> changed = [];
        var last = CursorOf(after, UnchangedMark);
        if (last is null)
        {
            var first = (await ask(new(CursorOf(after, ChangedMark), new(kind, ChangedSinceSaved: true)))).Viewer;
            if (first is null)
            {
                return new(null, [], [], null);
            }

            changed = ItemsOf(first);
            if (NextOf(first, ChangedMark) is { } more)
            {
                return new(first, changed, [], more);
            }
        }

        var viewer = (await ask(new(last, new(kind, ChangedSinceSaved: false)))).Viewer;
        return viewer is null
            ? new(null, [], [], null)
            : new(viewer, changed, ItemsOf(viewer), NextOf(viewer, UnchangedMark));
    }

    private static string? CursorOf(string? after, string mark) =>
        after?.StartsWith(mark, StringComparison.Ordinal) == true ? after[mark.Length..] : null;

    private static List<SavedItem> ItemsOf(BookmarksViewer viewer) => [.. viewer.Bookmarks.Items.Select(SavedItem.Of)];

    private static string? NextOf(BookmarksViewer viewer, string mark) =>
        viewer.Bookmarks.PageInfo is { HasNextPage: true, EndCursor: { } cursor } ? mark + cursor : null;
}

/// <summary>The variables of the query for one page of bookmarks.</summary>
public sealed record BookmarkVariables(string? After, BookmarkCondition Where);

/// <summary>Which bookmarks to read.</summary>
public sealed record BookmarkCondition(string? Kind, bool ChangedSinceSaved);
