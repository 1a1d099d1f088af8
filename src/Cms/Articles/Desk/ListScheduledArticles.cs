using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>
/// Lists scheduled articles, soonest first. Editors see all articles; authors see those that they work on.
/// </summary>
public sealed class ListScheduledArticles(ReadContexts contexts)
{
    private static readonly ListHash List = ListHash.Of("desk scheduled articles");
    private static readonly Keyset<Article, ArticleId> BySchedule = new(a => a.ScheduledAt!.Value, a => a.Id);

    public async Task<Connection<Article>?> Handle(
        PageArguments page,
        Viewer viewer,
        CancellationToken cancellationToken
    )
    {
        var from = Keyset<Article, ArticleId>.Read(List, page);
        var isWithin = Keyset<Article, ArticleId>.Within<Article>(
            List,
            page,
            article => (article.ScheduledAt!.Value, article.Id),
            descending: false
        );
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await BySchedule
            .Slice(Scheduled(lease.Db), page, from, descending: false)
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            article => Cursor.Write(List, article.Id, article.ScheduledAt!.Value),
            contexts.Counting(Scheduled, () => contexts.Reads.AsItGoes),
            isWithin
        );

        IQueryable<Article> Scheduled(CmsDbContext db) => db.ArticlesOf(viewer).Where(a => a.ScheduledAt != null);
    }
}
