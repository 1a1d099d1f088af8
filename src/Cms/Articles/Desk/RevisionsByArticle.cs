using Cms.Articles.Drafting;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>
/// Loads pages of revisions, newest first. One statement loads the pages of all articles in a request that have the
/// same page arguments. Revisions are numbered without gaps, so a page is a range of numbers and the article's revision
/// count is the total.
/// </summary>
public sealed class RevisionsByArticle(ReadContexts contexts)
    : BatchLoader<(ArticleId Article, int Count, PageArguments Page), Connection<WorkingCopy>>
{
    // No article has this many revisions, so a cursor with a higher number does not come from this list.
    private const int MaxNumber = int.MaxValue / 2;

    private static readonly ColumnSet Place = Columns.Set<WorkingCopy>(
        nameof(WorkingCopy.ArticleId),
        nameof(WorkingCopy.Number)
    );

    protected override async Task<
        Dictionary<(ArticleId Article, int Count, PageArguments Page), Connection<WorkingCopy>>
    > ReadAsync(
        List<(ArticleId Article, int Count, PageArguments Page)> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var pages = new Dictionary<(ArticleId, int, PageArguments), Connection<WorkingCopy>>(keys.Count);
        using var lease = await contexts.RentAsync(cancellationToken);
        foreach (var asked in keys.GroupBy(key => key.Page))
        {
            var page = asked.Key;

            // A cursor belongs to one article's list, so reading it throws if there are several articles.
            var from = asked.Select(key => Read(key.Article, page.Cursor)).ToList()[0];
            var until = asked.Select(key => Read(key.Article, page.Until)).ToList()[0];
            var rows = (
                await Within(lease.Db, [.. asked.Select(key => key.Article)], page, from)
                    .Select(WorkingCopy.Columns.Of(columns | Place))
                    .ToListAsync(cancellationToken)
            ).ToLookup(row => row.ArticleId);
            foreach (var key in asked)
            {
                var list = HashOf(key.Article);
                pages.Add(
                    key,
                    Connection.Page(
                        [
                            .. page.Backward
                                ? rows[key.Article].OrderBy(row => row.Number)
                                : rows[key.Article].OrderByDescending(row => row.Number),
                        ],
                        page,
                        row => Cursor.Write(list, row.Id, row.Number),
                        () => LoaderResults.Ready(key.Count),
                        until is { } end ? row => page.Backward ? row.Number < end : row.Number > end : null
                    )
                );
            }
        }

        return pages;
    }

    // Returns a page of each article's revisions, plus one row if the list continues.
    private static IQueryable<Revision> Within(CmsDbContext db, List<ArticleId> articles, PageArguments page, int? from)
    {
        var revisions = db.Revisions.AsNoTracking().Where(revision => articles.Contains(revision.ArticleId));
        if (page.Backward)
        {
            var (after, last) = (from ?? 0, (from ?? 0) + page.Size + 1);
            return revisions.Where(revision => revision.Number > after && revision.Number <= last);
        }

        var rows = page.Size + 1;
        return from is { } before
            ? revisions.Where(revision => revision.Number < before && revision.Number >= before - rows)
            : revisions
                .Join(db.Articles, r => r.ArticleId, a => a.Id, (revision, article) => new { revision, article })
                .Where(x => x.revision.Number > x.article.RevisionCount - rows)
                .Select(x => x.revision);
    }

    private static ListHash HashOf(ArticleId article) => ListHash.Of("revisions").With(article.ToString());

    private static int? Read(ArticleId article, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var keys = new CursorKey[1];
        Cursor.Read<RevisionId>(HashOf(article), cursor, keys);
        return keys[0].Bits is > 0 and < MaxNumber ? (int)keys[0].Bits : throw Cursor.Foreign();
    }
}
