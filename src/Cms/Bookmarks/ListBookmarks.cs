using System.Text.Json.Serialization;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>A filter for bookmarks.</summary>
public sealed record BookmarkFilterInput
{
    /// <summary>Only bookmarks of this kind.</summary>
    public BookmarkKind? Kind { get; init; }

    /// <summary>
    /// Only bookmarks whose target has changed or stopped being public since it was bookmarked (true), or only the
    /// others (false).
    /// </summary>
    // Left out if it is null, so that cursors of earlier releases stay valid.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ChangedSinceSaved { get; init; }
}

/// <summary>Lists a reader's bookmarks, newest first.</summary>
public sealed class ListBookmarks(ReadContexts contexts)
{
    private static readonly Keyset<Bookmark, BookmarkId> BySavedAt = new(b => b.SavedAt, b => b.Id);

    public async Task<Connection<Bookmark>> Handle(
        PersonKey reader,
        PageArguments page,
        BookmarkFilterInput? where,
        CancellationToken cancellationToken
    )
    {
        // The cursor does not identify the reader, because each reader's list contains only that reader's bookmarks.
        var list = ListHash.Of("viewer.bookmarks").With(where);
        var from = Keyset<Bookmark, BookmarkId>.Read(list, page);
        var isWithin = Keyset<Bookmark, BookmarkId>.Within<Bookmark>(list, page, row => (row.SavedAt, row.Id));
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await BySavedAt.Slice(Own(lease.Db), page, from).AsNoTracking().ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            row => Cursor.Write(list, row.Id, row.SavedAt),
            contexts.Counting(
                Own,
                () =>
                {
                    contexts.Reads.Unknown();
                    return contexts.Reads.AsItGoes;
                }
            ),
            isWithin
        );

        IQueryable<Bookmark> Own(CmsDbContext db)
        {
            var own = db.BookmarksOf(reader);
            if (where?.Kind is { } kind)
            {
                own = own.Where(b => b.TargetKind == kind);
            }

            return where?.ChangedSinceSaved is { } changed ? own.Where(db.HasChanged(changed)) : own;
        }
    }
}
