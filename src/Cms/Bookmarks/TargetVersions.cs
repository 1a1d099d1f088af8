using Cms.Articles;
using Cms.Data;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Reading;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>The versions of a bookmarked target, oldest first, each with the time from which it was public.</summary>
internal sealed class TargetVersions(IEnumerable<(int Version, DateTimeOffset From)> versions)
{
    private readonly (int Version, DateTimeOffset From)[] _versions = [.. versions.OrderBy(v => v.Version)];

    /// <summary>Returns the version that was public at a time, or the first version for earlier times.</summary>
    public int At(DateTimeOffset time)
    {
        var at = Array.FindLastIndex(_versions, v => v.From <= time);
        return _versions[Math.Max(at, 0)].Version;
    }
}

internal static class VisibleTargets
{
    /// <summary>The maximum number of ids in one statement.</summary>
    public const int MaxBatch = BatchLoader<BookmarkTarget, bool?>.MaxBatch;

    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the versions of the targets that readers can see. The result does not contain other targets.
        /// </summary>
        public async Task<Dictionary<BookmarkTarget, TargetVersions>> VersionsOfAsync(
            IReadOnlyCollection<BookmarkTarget> targets,
            CancellationToken cancellationToken
        )
        {
            List<(BookmarkTarget Target, int Version, DateTimeOffset From)> found = [];
            foreach (var chunk in targets.Where(t => t.Kind is BookmarkKind.Article).Chunk(MaxBatch))
            {
                var ids = chunk.Select(t => new ArticleId(t.Id.Value)).ToList();
                var visible = db.VisibleArticles;
                var rows = await db
                    .Editions.Where(e =>
                        ids.Contains(e.ArticleId)
                        && e.Kind != EditionKind.Advance
                        && visible.Any(l => l.ArticleId == e.ArticleId && l.FacetId == FacetId.All)
                    )
                    .Select(e => new
                    {
                        e.ArticleId,
                        e.Number,
                        e.LiveFrom,
                    })
                    .ToListAsync(cancellationToken);
                found.AddRange(rows.Select(row => (BookmarkTarget.Of(row.ArticleId), row.Number, row.LiveFrom)));
            }

            foreach (var chunk in targets.Where(t => t.Kind is BookmarkKind.Take).Chunk(MaxBatch))
            {
                var ids = chunk.Select(t => new TakeId(t.Id.Value)).ToList();
                var rows = await db
                    .VisibleTakes.Where(l => ids.Contains(l.TakeId))
                    .Join(db.Editions, l => l.EditionId, e => e.Id, (l, e) => new { l.TakeId, e.ArticleId })
                    .Join(
                        db.Editions.Where(e => e.Kind != EditionKind.Advance),
                        take => take.ArticleId,
                        e => e.ArticleId,
                        (take, e) =>
                            new
                            {
                                take.TakeId,
                                e.Number,
                                e.LiveFrom,
                            }
                    )
                    .ToListAsync(cancellationToken);
                found.AddRange(rows.Select(row => (BookmarkTarget.Of(row.TakeId), row.Number, row.LiveFrom)));
            }

            foreach (var chunk in targets.Where(t => t.Kind is BookmarkKind.Tool).Chunk(MaxBatch))
            {
                var ids = chunk.Select(t => new ToolId(t.Id.Value)).ToList();
                var rows = await db
                    .VisibleTools.Where(t => ids.Contains(t.Id))
                    .Select(t => new
                    {
                        t.Id,
                        t.Version,
                        t.UpdatedAt,
                    })
                    .ToListAsync(cancellationToken);

                // Past versions of a tool are not stored. The previous version number is used for all times before the
                // last change.
                found.AddRange(
                    rows.SelectMany(row =>
                        new[]
                        {
                            (BookmarkTarget.Of(row.Id), row.Version - 1, DateTimeOffset.MinValue),
                            (BookmarkTarget.Of(row.Id), row.Version, row.UpdatedAt),
                        }
                    )
                );
            }

            return found
                .GroupBy(row => row.Target)
                .ToDictionary(
                    group => group.Key,
                    group => new TargetVersions(group.Select(row => (row.Version, row.From)))
                );
        }
    }
}
