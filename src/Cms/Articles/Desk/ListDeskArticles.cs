using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>
/// Lists articles in any state, most recently created first. Editors see all articles; authors see those that they work on.
/// </summary>
public sealed class ListDeskArticles(ReadContexts contexts)
{
    private static readonly ListHash List = ListHash.Of("desk articles");

    public async Task<Connection<Article>?> Handle(
        PageArguments page,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var articles = lease.Db.ArticlesOf(viewer);
        if (page.Cursor is { } cursor)
        {
            var from = Cursor.Read<ArticleId>(List, cursor, []);
            articles = page.Backward ? articles.Where(a => a.Id > from) : articles.Where(a => a.Id < from);
        }

        if (page.Until is { } limit)
        {
            var until = Cursor.Read<ArticleId>(List, limit, []);
            articles = page.Backward ? articles.Where(a => a.Id < until) : articles.Where(a => a.Id > until);
        }

        // Ids are in order of creation. Sorting by UpdatedAt would need an index that the table does not have.
        var rows = await (page.Backward ? articles.OrderBy(a => a.Id) : articles.OrderByDescending(a => a.Id))
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            article => Cursor.Write(List, article.Id),
            contexts.Counting(db => db.ArticlesOf(viewer), () => contexts.Reads.AsItGoes)
        );
    }
}

/// <summary>
/// Reads one article in any state; returns null if it does not exist or the viewer is not allowed to see it.
/// </summary>
public sealed class ReadDeskArticle(ReadContexts contexts)
{
    public async Task<Article?> Handle(ArticleId id, Viewer viewer, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.ArticlesOf(viewer).SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
    }
}

internal static class DeskArticles
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns the articles whose working copies a viewer is allowed to see.</summary>
        public IQueryable<Article> ArticlesOf(Viewer viewer) =>
            viewer.Is(Role.Editor) ? db.Articles.AsNoTracking()
            : viewer.Is(Role.Author) && viewer.Key is { } key ? db.ArticlesBy(key).AsNoTracking()
            : db.Articles.AsNoTracking().Where(_ => false);
    }
}
