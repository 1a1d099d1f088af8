using Cms.Articles.Desk;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Preview;

/// <summary>A link that lets anybody who has it read the newest revision of one article.</summary>
[ObjectType<PreviewLink>(
    Name = "DeskPreviewLink",
    Bind = Bind.Explicit,
    Fields = [
        nameof(PreviewLink.Id),
        nameof(PreviewLink.ArticleId),
        nameof(PreviewLink.CreatedBy),
        nameof(PreviewLink.CreatedAt),
        nameof(PreviewLink.ExpiresAt),
    ]
)]
public static class DeskPreviewLinkNode
{
    /// <summary>
    /// The token, to send in the header Cms-Preview. Only the mutation that created the link returns it; null
    /// otherwise.
    /// </summary>
    public static string? GetToken([Parent] PreviewLink link) => link.Token;

    /// <summary>
    /// The address of the front end's preview page, which contains the token. Only the mutation that created the link
    /// returns it; null otherwise.
    /// </summary>
    public static IDataLoaderResult<string?> GetUrlAsync(
        [Parent] PreviewLink link,
        [Service] SiteAddresses site,
        [Service] DeskArticleById articles
    ) =>
        link.Token is { } token
            ? articles.Load(link.ArticleId).Then(string? (article) => site.PreviewOf(article!.Id, article.Slug, token))
            : LoaderResults.Ready<string?>(null);
}

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticlePreviewLinks
{
    /// <summary>The preview links of the article that still work, newest first.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<List<PreviewLink>> GetPreviewLinksAsync(
        [Parent] Article article,
        [Service] PreviewLinksByArticle links
    ) => links.Load(article.Id);
}

/// <summary>Loads the preview links of articles that still work, newest first.</summary>
public sealed class PreviewLinksByArticle(ReadContexts contexts, TimeProvider clock)
    : GroupLoader<ArticleId, PreviewLink>
{
    protected override ArticleId KeyOf(PreviewLink row) => row.ArticleId;

    protected override async Task<List<PreviewLink>> ReadRowsAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await lease
            .Db.LivePreviewLinks(clock.Now())
            .Where(l => keys.Contains(l.ArticleId))
            .ToListAsync(cancellationToken);
        return [.. rows.OrderByDescending(l => l.Id.Value)];
    }
}
