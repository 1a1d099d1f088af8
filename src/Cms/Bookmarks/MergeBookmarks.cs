using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>Bookmarks that a browser saved.</summary>
public sealed record MergeBookmarksInput : MutationInput
{
    /// <summary>The bookmarks to merge, at most 5,000.</summary>
    [ListLength(Bookmark.MaxPerReader)]
    public required List<SavedTargetInput> Bookmarks { get; init; }
}

/// <summary>A bookmark that a browser saved before the reader signed in.</summary>
public sealed record SavedTargetInput
{
    /// <summary>The id of an article, a tool or a take.</summary>
    [ID]
    public required string TargetId { get; init; }

    /// <summary>When the bookmark was saved. A time in the future counts as the current time.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>A note, as plain text. If there are two notes for a target, the longer one is used.</summary>
    public string? Note { get; init; }
}

/// <summary>Why a bookmark was not merged.</summary>
public enum MergeRefusal
{
    /// <summary>No public article, tool or take has this id.</summary>
    TargetNotFound,

    /// <summary>The note is longer than 1,000 characters.</summary>
    NoteTooLong,

    /// <summary>You have 5,000 bookmarks, which is the maximum.</summary>
    BookmarkLimitReached,
}

/// <summary>A bookmark that was not merged.</summary>
/// <param name="TargetId">The id of the article, tool or take.</param>
/// <param name="Reason">Why the bookmark was not merged.</param>
public sealed record RefusedTarget([property: ID] string TargetId, MergeRefusal Reason);

/// <summary>The result of a merge.</summary>
/// <param name="Added">The number of new bookmarks.</param>
/// <param name="Joined">
/// The number of merged bookmarks that already existed. Each keeps the earlier of the two `savedAt` times.
/// </param>
/// <param name="Refused">The bookmarks that were not merged, each with the reason.</param>
public sealed record MergedBookmarks(int Added, int Joined, IReadOnlyList<RefusedTarget> Refused);

/// <summary>
/// Merges bookmarks that a browser saved before the reader signed in. Repeating a merge changes nothing.
/// </summary>
public sealed class MergeBookmarks(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<MergedBookmarks>> Handle(
        MergeBookmarksInput input,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        var reader = actor.Person;
        return database.WriteAsync<MergedBookmarks>(
            actor,
            async (db, token) =>
            {
                List<RefusedTarget> refused = [];
                var saved = Gather(input.Bookmarks, now, refused);
                await db.LockShelfAsync(reader, token);
                var versions = await db.VersionsOfAsync(saved.Keys, token);
                var joined = await JoinAsync(db, reader, saved, versions, token);
                var room = Bookmark.MaxPerReader - await db.BookmarksOf(reader).CountAsync(token);

                // If there is not enough room for all bookmarks, add the newest ones.
                List<Bookmark> added = [];
                foreach (var (target, (at, note)) in saved.OrderByDescending(s => s.Value.At))
                {
                    if (!versions.TryGetValue(target, out var version))
                    {
                        refused.Add(new(target.ToString(), MergeRefusal.TargetNotFound));
                    }
                    else if (added.Count == room)
                    {
                        refused.Add(new(target.ToString(), MergeRefusal.BookmarkLimitReached));
                    }
                    else
                    {
                        added.Add(Bookmark.Of(reader, target, at, note, version.At(at)));
                    }
                }

                if (added.Count + joined == 0 && refused.Exists(r => r.Reason is MergeRefusal.BookmarkLimitReached))
                {
                    return new BookmarkLimitReached(Bookmark.MaxPerReader) { Path = ["bookmarks"] };
                }

                db.AddRange(added);
                return new MergedBookmarks(added.Count, joined, refused);
            },
            cancellationToken
        );
    }

    // Combines items with the same target, so that each target occurs once. Adds invalid items to `refused`.
    private static Dictionary<BookmarkTarget, (DateTimeOffset At, string? Note)> Gather(
        List<SavedTargetInput> bookmarks,
        DateTimeOffset now,
        List<RefusedTarget> refused
    )
    {
        Dictionary<BookmarkTarget, (DateTimeOffset At, string? Note)> saved = [];
        foreach (var item in bookmarks)
        {
            if (BookmarkTarget.Parse(item.TargetId) is not { } target)
            {
                refused.Add(new(item.TargetId, MergeRefusal.TargetNotFound));
            }
            else if (Bookmark.Refusal(item.Note) is not null)
            {
                refused.Add(new(item.TargetId, MergeRefusal.NoteTooLong));
            }
            else
            {
                var at = item.SavedAt < now ? item.SavedAt.ToMilliseconds() : now;
                saved[target] = saved.TryGetValue(target, out var earlier)
                    ? (at < earlier.At ? at : earlier.At, Bookmark.Longer(earlier.Note, item.Note))
                    : (at, item.Note);
            }
        }

        return saved;
    }

    // Merges saved items into the reader's existing bookmarks, and removes the merged items from `saved`.
    private static async Task<int> JoinAsync(
        CmsDbContext db,
        PersonKey reader,
        Dictionary<BookmarkTarget, (DateTimeOffset At, string? Note)> saved,
        Dictionary<BookmarkTarget, TargetVersions> versions,
        CancellationToken cancellationToken
    )
    {
        var joined = 0;
        foreach (var chunk in saved.Keys.Select(target => target.Id).Chunk(VisibleTargets.MaxBatch))
        {
            var ids = chunk.ToList();
            var existing = await db.BookmarksOf(reader)
                .Where(b => ids.Contains(b.TargetId))
                .ToListAsync(cancellationToken);
            foreach (var bookmark in existing)
            {
                if (saved.Remove(bookmark.Target, out var other))
                {
                    var version = versions.TryGetValue(bookmark.Target, out var known)
                        ? known.At(other.At)
                        : int.MaxValue;
                    bookmark.Join(other.At, other.Note, version);
                    joined++;
                }
            }
        }

        return joined;
    }
}
