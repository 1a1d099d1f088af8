using Cms.Articles;
using Cms.Data;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

/// <summary>What a bookmark of an article or a take is compared with.</summary>
/// <param name="Article">The article, or the article of the take.</param>
/// <param name="Saved">The number of the edition that was current when the target was bookmarked.</param>
/// <param name="Take">The bookmarked take; null if the article is bookmarked.</param>
public readonly record struct SavedEdition(ArticleId Article, int Saved, TakeId? Take);

/// <summary>
/// Finds out how articles changed since an edition. Two statements compare all bookmarks of a page.
/// </summary>
public sealed class ChangesSinceEdition(ReadContexts contexts)
    : BatchLoader<SavedEdition, IReadOnlyList<BookmarkChange>>
{
    protected override IReadOnlyList<BookmarkChange> Missing(SavedEdition key) => [BookmarkChange.Updated];

    protected override async Task<Dictionary<SavedEdition, IReadOnlyList<BookmarkChange>>> ReadAsync(
        List<SavedEdition> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var articles = keys.Select(key => key.Article).Distinct().ToList();
        var first = keys.Min(key => key.Saved);
        using var lease = await contexts.RentAsync(cancellationToken);
        var editions = (
            await lease
                .Db.Editions.Where(e =>
                    articles.Contains(e.ArticleId) && e.Number >= first && e.Kind != EditionKind.Advance
                )
                .Select(e => new Issued(e.Id, e.ArticleId, e.Number, e.Kind, e.RevisionId))
                .ToListAsync(cancellationToken)
        ).ToLookup(e => e.ArticleId);
        var compared = keys.ToDictionary(
            key => key,
            key => editions[key.Article].Where(e => e.Number >= key.Saved).OrderBy(e => e.Number).ToList()
        );
        var ends = compared
            .Values.Where(issued => issued.Count > 0)
            .SelectMany(issued => new[] { issued[0].Id, issued[^1].Id })
            .Distinct()
            .ToList();
        var takes = await TakesAsync(lease.Db, ends, cancellationToken);
        return compared.ToDictionary(
            pair => pair.Key,
            IReadOnlyList<BookmarkChange> (pair) => [.. Compare(pair.Key, pair.Value, takes).Distinct().Order()]
        );
    }

    private static async Task<ILookup<EditionId, (TakeId Take, TakeRevisionId Revision)>> TakesAsync(
        CmsDbContext db,
        List<EditionId> editions,
        CancellationToken cancellationToken
    )
    {
        List<(EditionId Edition, TakeId Take, TakeRevisionId Revision)> found = [];
        foreach (var chunk in editions.Chunk(MaxBatch))
        {
            var ids = chunk.ToList();
            var rows = await db
                .EditionTakes.Where(t => ids.Contains(t.EditionId))
                .Select(t => new
                {
                    t.EditionId,
                    t.TakeId,
                    t.RevisionId,
                })
                .ToListAsync(cancellationToken);
            found.AddRange(rows.Select(row => (row.EditionId, row.TakeId, row.RevisionId)));
        }

        return found.ToLookup(row => row.Edition, row => (row.Take, row.Revision));
    }

    // Returns at least one change, because an edition that differs in nothing else, such as its slug, is an update.
    private static List<BookmarkChange> Compare(
        SavedEdition key,
        List<Issued> issued,
        ILookup<EditionId, (TakeId Take, TakeRevisionId Revision)> takes
    )
    {
        if (issued is not [var saved, .., var current] || saved.Number != key.Saved)
        {
            return [BookmarkChange.Updated];
        }

        List<BookmarkChange> changes = [];
        var (before, now) = (
            takes[saved.Id].ToDictionary(t => t.Take, t => t.Revision),
            takes[current.Id].ToDictionary(t => t.Take, t => t.Revision)
        );
        if (issued.Skip(1).Any(e => e.Kind is EditionKind.Corrected))
        {
            changes.Add(BookmarkChange.Corrected);
        }

        // A tombstone has no revision. The publication after it counts as an update only if the text changed.
        var texts = issued.Where(e => e.RevisionId is not null).ToList();
        if (texts.Zip(texts.Skip(1)).Any(pair => IsUpdate(pair.First, pair.Second)))
        {
            changes.Add(BookmarkChange.Updated);
        }

        if (now.Keys.Any(take => !before.ContainsKey(take)))
        {
            changes.Add(BookmarkChange.NewTakes);
        }

        var revised = before.Where(take => now.GetValueOrDefault(take.Key) != take.Value).Select(take => take.Key);
        if (key.Take is { } own ? revised.Contains(own) : revised.Any())
        {
            changes.Add(BookmarkChange.TakeChanged);
        }

        return changes is [] ? [BookmarkChange.Updated] : changes;
    }

    private static bool IsUpdate(Issued before, Issued after) =>
        after.Kind is not EditionKind.Corrected && after.RevisionId != before.RevisionId;

    private sealed record Issued(
        EditionId Id,
        ArticleId ArticleId,
        int Number,
        EditionKind Kind,
        RevisionId? RevisionId
    );
}
