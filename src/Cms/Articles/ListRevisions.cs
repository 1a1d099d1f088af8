using Cms.Api;
using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles;

/// <summary>An article's revisions, the latest first.</summary>
public sealed class ListRevisions(ReadContexts contexts)
{
    public async Task<Connection<WorkingCopy>> Handle(
        ArticleId article,
        PageArguments page,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var list = ListHash.Of("revisions").With(article.ToString());
        using var lease = await contexts.RentAsync(cancellationToken);
        var revisions = lease.Db.Revisions.AsNoTracking().Where(r => r.ArticleId == article);
        if (page.Cursor is { } cursor)
        {
            var keys = new CursorKey[1];
            Cursor.Read<RevisionId>(list, cursor, keys);
            var number = (int)keys[0].Bits;
            revisions = page.Backward
                ? revisions.Where(r => r.Number > number)
                : revisions.Where(r => r.Number < number);
        }

        var rows = await (page.Backward ? revisions.OrderBy(r => r.Number) : revisions.OrderByDescending(r => r.Number))
            .Take(page.Size + 1)
            .Select(WorkingCopy.Columns.Of(columns | Columns.Set<WorkingCopy>(nameof(WorkingCopy.Number))))
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            row => Cursor.Write(list, row.Id, row.Number),
            contexts.Counting(db => db.Revisions.Where(r => r.ArticleId == article), () => contexts.Reads.AsItGoes)
        );
    }
}
