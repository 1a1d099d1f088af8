using Cms.Site.Articles.Body;
using Cms.Site.Pages;

namespace Cms.Site.Articles;

/// <summary>The pages of articles, published or previewed.</summary>
internal static class ArticlePages
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPage("/articles/{slug}", page => ShowAsync(page, page["slug"]));

    /// <summary>Shows the article with a slug, as the request may see it.</summary>
    public static async Task<PageResult> ShowAsync(PageRequest page, string? slug)
    {
        var article = (await page.QueryAsync<ArticleAnswer>("SiteArticle", new { slug })).Article;
        var preview = page.PreviewState;
        if (article is null)
        {
            return preview is PreviewState.Ended ? PreviewPages.Ended : PageResult.Missing;
        }

        var body = BodyMaker.Make(article);
        return PageResult.Show<ArticlePage>(
            (nameof(ArticlePage.Article), article),
            (nameof(ArticlePage.Body), body)
        ) with
        {
            Frames = body.Frames,
            Preview = preview,
        };
    }
}
