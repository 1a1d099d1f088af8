using Cms.Articles;
using Cms.GraphQL;
using Cms.Reading;

namespace Cms.Audit;

/// <summary>Lists the entries of one article, including those about its comments and takes, newest first.</summary>
public sealed class ListArticleHistory(ReadContexts contexts)
{
    private static readonly ListHash History = ListHash.Of("article history");

    public Task<Connection<AuditEntry>> Handle(
        ArticleId article,
        PageArguments page,
        CancellationToken cancellationToken
    ) =>
        contexts.AuditPageAsync(
            History.With(article.ToString()),
            db => db.AuditEntries.Where(e => e.ArticleId == article),
            page,
            cancellationToken
        );
}
