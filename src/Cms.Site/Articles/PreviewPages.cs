using Cms.Site.Articles.Share;
using Cms.Site.Pages;

namespace Cms.Site.Articles;

/// <summary>
/// Opens and ends previews. The token of a link is kept in a cookie that browsers send only with the page of its
/// article, so it does not stay in the address.
/// </summary>
internal static class PreviewPages
{
    // Links live for at most 30 days. A preview that is left open ends with the day.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private const int MaxLength = 200;

    /// <summary>The page of a link that does not work.</summary>
    public static ShownPage Ended { get; } =
        PageResult.Show<PreviewEndedPage>() with
        {
            Status = StatusCodes.Status404NotFound,
            Preview = PreviewState.Ended,
        };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/preview/{token}", OpenAsync);
        routes.MapGet("/preview/end", EndAsync);

        // The Studio shows this page beside the text. It needs the session, so a site that runs alone does not have it.
        if (routes.ServiceProvider.GetRequiredService<SiteHost>().CanSignIn)
        {
            routes.MapGet(
                "/preview/draft/{article}",
                (HttpContext http, string article, SitePages pages) =>
                    pages.SendDraftAsync(http, page => ShowDraftAsync(page, article))
            );
        }
    }

    private static async Task<PageResult> ShowDraftAsync(PageRequest page, string article)
    {
        if (article.Length > MaxLength)
        {
            return PageResult.Missing;
        }

        try
        {
            var found = await page.QueryAsync<PreviewAnswer>("SitePreview", new { id = article });
            return found.Node?.Slug is { } slug ? await ArticlePages.ShowAsync(page, slug) : PageResult.Missing;
        }
        catch (RefusedException)
        {
            // The address does not contain the id of an article.
            return PageResult.Missing;
        }
    }

    // The default template of preview links is /preview/{token}?article={id}.
    private static async Task OpenAsync(HttpContext http, string token, string? article, CmsApi api, SitePages pages)
    {
        try
        {
            var slug =
                article is { Length: > 0 and <= MaxLength } && SiteHost.IsToken(token)
                    ? await FindAsync(api, http, article, token)
                    : null;
            if (slug is null)
            {
                // The page is the same for every link, and its own links do not repeat the token.
                await pages.SendOnceAsync(http, Ended, "/");
                return;
            }

            http.Response.Cookies.Append(
                SiteHost.PreviewCookie,
                token,
                new CookieOptions(CookieOf(http, slug)) { MaxAge = Lifetime }
            );
            Leave(http, "/articles/" + slug);
        }
        catch (ApiUnavailableException failure)
        {
            // The log must not contain the token.
            pages.Report("/preview", failure);
            await pages.SendUnavailableAsync(http, failure);
        }
    }

    private static async Task EndAsync(HttpContext http, string? article, CmsApi api, SitePages pages)
    {
        if (article is not { Length: > 0 and <= MaxLength } slug || !slug.All(IsInSlug))
        {
            Leave(http, "/");
            return;
        }

        http.Response.Cookies.Delete(SiteHost.PreviewCookie, CookieOf(http, slug));
        try
        {
            // An article that was never published has no page for readers.
            Caller anybody = new(Address: http.Connection.RemoteIpAddress);
            var shared = await api.QueryAsync<ShareAnswer>(
                "SiteShare",
                new { slug },
                anybody,
                known: null,
                http.RequestAborted
            );
            Leave(http, shared.Data.Article is null ? "/" : "/articles/" + slug);
        }
        catch (ApiUnavailableException failure)
        {
            pages.Report(http.Request.Path, failure);
            Leave(http, "/");
        }
    }

    // The answer to a valid token must not be cached, so it has no ETag. Otherwise it is the same as without a token.
    private static async Task<string?> FindAsync(CmsApi api, HttpContext http, string id, string token)
    {
        Caller caller = new(Preview: token, Address: http.Connection.RemoteIpAddress);
        try
        {
            var answer = await api.QueryAsync<PreviewAnswer>(
                "SitePreview",
                new { id },
                caller,
                known: null,
                http.RequestAborted
            );
            return answer is { ETag: null, Data.Node.Slug: { Length: > 0 } slug } && slug.All(IsInSlug) ? slug : null;
        }
        catch (RefusedException)
        {
            // What the link calls an article is not an id.
            return null;
        }
    }

    private static CookieOptions CookieOf(HttpContext http, string slug) =>
        new()
        {
            HttpOnly = true,
            IsEssential = true,
            Path = "/articles/" + slug,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        };

    private static void Leave(HttpContext http, string to)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.Location = to;
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    // What a slug can contain is safe in a path and a cookie.
    private static bool IsInSlug(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.' or '~';
}

/// <summary>The answer to where the article of a preview link is.</summary>
public sealed record PreviewAnswer(PreviewNode? Node);

/// <summary>The previewed article.</summary>
/// <param name="Slug">The slug; null if the id is not an article's.</param>
public sealed record PreviewNode(string? Slug);
