using System.Security.Cryptography;
using System.Text;
using Cms.Site.Pages;
using Microsoft.Extensions.Caching.Memory;

namespace Cms.Site.Articles.Share;

/// <summary>
/// The share images of articles. An image is drawn once, kept, and drawn again when the API says that what it shows has
/// changed.
/// </summary>
internal sealed class SharePages(CmsApi api, SiteSettings settings, SiteHost host, TimeProvider clock) : IDisposable
{
    private const long Capacity = 32_000_000;
    private const int MaxSlug = 200;

    // Drawing is the most expensive work of the site, so it takes one processor at most.
    private readonly SemaphoreSlim _drawing = new(1);
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = Capacity });
    private readonly SharePicture _picture = new(settings);

    public void Dispose()
    {
        _drawing.Dispose();
        _kept.Dispose();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.ServiceProvider.GetRequiredService<SharePages>();
        routes.MapMethods("/share/{slug}.png", [HttpMethods.Get, HttpMethods.Head], pages.SendAsync);
    }

    /// <summary>
    /// Returns the path of the image of an article. It changes when something that the image shows does, because other
    /// sites keep images for long.
    /// </summary>
    public static string PathOf(ArticleData article, PageContext page)
    {
        string[] shown =
        [
            article.Headline,
            article.Language,
            article.Category?.Name ?? "",
            page.Settings.Name,
            page.Settings.Tagline,
            page.Settings.Accent,
            .. article.Takes.Select(take =>
                $"{take.PersonaSlug} {take.Stance} {take.Confidence} {page.Shell.Member(take.PersonaSlug)?.AccentColour}"
            ),
        ];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', shown)));
        return $"/share/{article.Slug}.png?v={Convert.ToHexStringLower(hash[..4])}";
    }

    private async Task SendAsync(HttpContext http, string slug)
    {
        var response = http.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        var kept = _kept.Get<KeptImage>(slug);
        try
        {
            if (slug.Length <= MaxSlug && (kept is null || clock.GetUtcNow() - kept.CheckedAt >= host.Revalidate))
            {
                kept = await MakeAsync(slug, kept, http);
            }
        }
        catch (ApiUnavailableException) when (kept is not null)
        {
            // The last image is better than none.
        }
        catch (ApiUnavailableException)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = "30";
            response.Headers.CacheControl = "no-store";
            return;
        }

        if (kept is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.Headers.CacheControl = "no-store";
            return;
        }

        response.Headers.CacheControl =
            "public, max-age=0, s-maxage=5, stale-while-revalidate=60, stale-if-error=86400";
        if (kept.Answer.Keys is { Length: > 0 } keys)
        {
            response.Headers["Surrogate-Key"] = keys;
        }

        await Results.Bytes(kept.Png, "image/png", entityTag: new(kept.ETag)).ExecuteAsync(http);
    }

    private async Task<KeptImage?> MakeAsync(string slug, KeptImage? kept, HttpContext http)
    {
        Caller anybody = new(Address: http.Connection.RemoteIpAddress);
        var answer = await api.QueryAsync<ShareAnswer>(
            "SiteShare",
            new { slug },
            anybody,
            kept?.Answer,
            http.RequestAborted
        );
        if (ReferenceEquals(answer, kept?.Answer))
        {
            kept!.CheckedAt = clock.GetUtcNow();
            return kept;
        }

        if (answer.Data.Article is not { } article || !SharePicture.CanShow(article.Headline))
        {
            _kept.Remove(slug);
            return null;
        }

        await _drawing.WaitAsync(http.RequestAborted);
        try
        {
            // Somebody else may have drawn it meanwhile.
            if (
                _kept.Get<KeptImage>(slug) is not { } drawn
                || drawn.Answer.ETag is null
                || !drawn.Answer.ETag.Equals(answer.ETag)
            )
            {
                drawn = KeptImage.Of(_picture.Draw(article), answer, clock.GetUtcNow());
                _kept.Set(slug, drawn, new MemoryCacheEntryOptions { Size = drawn.Png.Length });
            }

            return drawn;
        }
        finally
        {
            _drawing.Release();
        }
    }

    private sealed record KeptImage(byte[] Png, string ETag, Answer<ShareAnswer> Answer)
    {
        public DateTimeOffset CheckedAt { get; set; }

        public static KeptImage Of(byte[] png, Answer<ShareAnswer> answer, DateTimeOffset now) =>
            new(png, $"\"{Convert.ToHexStringLower(SHA256.HashData(png)[..12])}\"", answer) { CheckedAt = now };
    }
}
