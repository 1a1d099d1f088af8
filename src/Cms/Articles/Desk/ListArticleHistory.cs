using Cms.Audit;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>
/// Lists the entries of articles, including those about their comments and takes, newest first. One statement reads the
/// pages of all articles in a request that have the same page arguments.
/// </summary>
public sealed class ListArticleHistory(ReadContexts contexts)
    : BatchLoader<(ArticleId Article, PageArguments Page), Connection<AuditEntry>?>
{
    protected override async Task<
        Dictionary<(ArticleId Article, PageArguments Page), Connection<AuditEntry>?>
    > ReadAsync(
        List<(ArticleId Article, PageArguments Page)> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var histories = new Dictionary<(ArticleId, PageArguments), Connection<AuditEntry>?>(keys.Count);
        using var lease = await contexts.RentAsync(cancellationToken);
        foreach (var asked in keys.GroupBy(key => key.Page, key => key.Article))
        {
            var (page, articles) = (asked.Key, asked.ToList());
            var rows = (await Pages(lease.Db, articles, page).AsNoTracking().ToListAsync(cancellationToken)).ToLookup(
                entry => entry.ArticleId
            );
            foreach (var article in articles)
            {
                var newest = rows[article].OrderByDescending(e => e.At).ThenByDescending(e => e.Seq).ToList();
                if (page.Backward)
                {
                    newest.Reverse();
                }

                histories.Add((article, page), contexts.Connect(HashOf(article), page, newest, db => Of(db, article)));
            }
        }

        return histories;
    }

    private static IQueryable<AuditEntry> Pages(CmsDbContext db, List<ArticleId> articles, PageArguments page)
    {
        if (articles is [var only])
        {
            return Of(db, only).Page(HashOf(only), page);
        }

        // A cursor belongs to the list of one article. If there is one, reading it for the other articles throws.
        articles.ForEach(article => AuditPages.Read(HashOf(article), page.Cursor));
        // Finds the page of each article by a range of its index, so that the cost does not depend on how long the histories are.
        var rows = page.Size + 1;
        return page.Backward
            ? from article in db.Articles
            where articles.Contains(article.Id)
            from entry in db.AuditEntries
            where
                db
                    .AuditEntries.Where(e => e.ArticleId == article.Id)
                    .OrderBy(e => e.At)
                    .ThenBy(e => e.Seq)
                    .Select(e => e.Seq)
                    .Take(rows)
                    .Contains(entry.Seq)
            select entry
            : from article in db.Articles
            where articles.Contains(article.Id)
            from entry in db.AuditEntries
            where
                db
                    .AuditEntries.Where(e => e.ArticleId == article.Id)
                    .OrderByDescending(e => e.At)
                    .ThenByDescending(e => e.Seq)
                    .Select(e => e.Seq)
                    .Take(rows)
                    .Contains(entry.Seq)
            select entry;
    }

    private static IQueryable<AuditEntry> Of(CmsDbContext db, ArticleId article) =>
        db.AuditEntries.Where(e => e.ArticleId == article);

    private static ListHash HashOf(ArticleId article) => ListHash.Of("article history").With(article.ToString());
}
