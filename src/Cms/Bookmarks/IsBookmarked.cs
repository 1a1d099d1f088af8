using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>Looks up which targets in a response the viewer has bookmarked. One statement covers all kinds.</summary>
public sealed class IsBookmarked(ReadContexts contexts, CurrentViewer viewer) : BatchLoader<BookmarkTarget, bool?>
{
    /// <summary>
    /// Returns whether the viewer has bookmarked a target; null for viewers who cannot have bookmarks.
    /// </summary>
    public IDataLoaderResult<bool?>? Of(BookmarkTarget target) =>
        viewer.Value.Is(Role.Reader) && viewer.Value.Key is not null ? Load(target) : null;

    protected override bool? Missing(BookmarkTarget key) => false;

    protected override async Task<Dictionary<BookmarkTarget, bool?>> ReadAsync(
        List<BookmarkTarget> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var ids = keys.ConvertAll(target => target.Id);
        using var lease = await contexts.RentAsync(cancellationToken);
        var saved = await lease
            .Db.BookmarksOf(viewer.Value.Reader)
            .Where(b => ids.Contains(b.TargetId))
            .Select(b => new { b.TargetKind, b.TargetId })
            .ToListAsync(cancellationToken);
        return saved.ToDictionary(b => new BookmarkTarget(b.TargetKind, b.TargetId), bool? (_) => true);
    }
}
