using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>What a browser kept.</summary>
public sealed record MergeBookmarksInput
{
    /// <summary>What was saved elsewhere, 5,000 at most.</summary>
    [ListLength(Bookmark.MaxPerReader)]
    public required List<SavedTargetInput> Bookmarks { get; init; }
}

/// <summary>Something saved where nobody had signed in yet.</summary>
public sealed record SavedTargetInput
{
    /// <summary>The id of an article, a tool or a take.</summary>
    [ID]
    public required string TargetId { get; init; }

    /// <summary>When it was saved; a time still to come counts as now.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>What was written down with it, as plain text; of two notes the longer one stays.</summary>
    public string? Note { get; init; }
}

/// <summary>Why something was not merged.</summary>
public enum MergeRefusal
{
    /// <summary>There is nothing with that id that you may see.</summary>
    TargetNotFound,

    /// <summary>The note is longer than 1,000 characters.</summary>
    NoteTooLong,

    /// <summary>There are 5,000 bookmarks, which is as many as there can be.</summary>
    BookmarkLimitReached,
}

/// <summary>Something that was not merged.</summary>
/// <param name="TargetId">Its id, as it was given.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedTarget([property: ID] string TargetId, MergeRefusal Reason);

/// <summary>What a merge came to.</summary>
/// <param name="Added">How many bookmarks are new.</param>
/// <param name="Joined">How many were there already; each has the earlier of its times now.</param>
/// <param name="Refused">What was not merged, and why.</param>
public sealed record MergedBookmarks(int Added, int Joined, IReadOnlyList<RefusedTarget> Refused);

/// <summary>Takes over what a browser kept before its reader signed in. Merging it again changes nothing.</summary>
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

                // Where there is no room for all, the latest are what the reader still has in mind.
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

    // Each target once, whatever the list says of it several times.
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

    // Takes what stands already out of what is left to add.
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
            var standing = await db.BookmarksOf(reader)
                .Where(b => ids.Contains(b.TargetId))
                .ToListAsync(cancellationToken);
            foreach (var bookmark in standing)
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
