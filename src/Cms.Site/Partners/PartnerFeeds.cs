using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Cms.Site.Feeds;
using Cms.Site.Pages;
using Cms.Site.Parts;

namespace Cms.Site.Partners;

/// <summary>
/// The feeds of partners: <c>/p/{key}/feed.rss</c>, or <c>/p/feed.rss</c> with the key as the password of HTTP Basic. A feed
/// contains what the agreement of the key's partner includes, because the site reads it with the key.
/// </summary>
internal static class PartnerFeeds
{
    private const int Default = 50;
    private const int Most = 1_000;
    private const int PerAnswer = 50;
    private const int MaxKey = 100;
    private const string AtomFormat = "atom";
    private const string NinjsFormat = "ninjs";
    private const string Formats =
        "There is no such feed. The addresses of feeds end with /feed.rss, .atom, .json or .ninjs.";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication app)
    {
        // The site would show the address, which can contain a key, on a page that others may keep.
        app.MapMethods(
            "/p/{**path}",
            Reading,
            (HttpContext http) => RefuseAsync(http, StatusCodes.Status404NotFound, Formats)
        );
        app.MapMethods("/p/feed.{format}", Reading, (HttpContext http, string format) => SendAsync(http, null, format));
        app.MapMethods(
            "/p/{key}/feed.{format}",
            Reading,
            (HttpContext http, string key, string format) => SendAsync(http, key, format)
        );
    }

    private static async Task SendAsync(HttpContext http, string? inPath, string format)
    {
        if (format is not ("rss" or AtomFormat or "json" or NinjsFormat))
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, Formats);
        }
        else if (!TryReadLimit(http.Request.Query["limit"].ToString(), out var limit))
        {
            await RefuseAsync(
                http,
                StatusCodes.Status400BadRequest,
                string.Create(CultureInfo.InvariantCulture, $"Set limit to a number from 1 to {Most}, or leave it out.")
            );
        }
        else if (
            (inPath ?? PasswordOf(http.Request)) is not { Length: > 0 and <= MaxKey } key
            || !SiteHost.IsToken(key)
        )
        {
            await ChallengeAsync(http);
        }
        else
        {
            await SendAsync(http, key, inPath is null ? "/p/feed" : $"/p/{key}/feed", format, limit);
        }
    }

    private static async Task SendAsync(HttpContext http, string key, string path, string format, int limit)
    {
        var services = http.RequestServices;
        var pages = services.GetRequiredService<SitePages>();
        var settings = services.GetRequiredService<SiteSettings>();
        var address = PageAddress.Of("/p", SiteRoutes.OriginOf(http.Request, settings));
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        DateTimeOffset today = new(now.UtcDateTime.Date, TimeSpan.Zero);
        try
        {
            await pages.SendToPartnerAsync(
                http,
                address,
                page => MakeAsync(page, settings, path, format, limit, today),
                key
            );
        }
        catch (SignInEndedException)
        {
            await ChallengeAsync(http);
        }
        catch (NotAllowedException refusal)
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, refusal.Message);
        }
        catch (TooManyRequestsException)
        {
            http.Response.Headers.RetryAfter = "60";
            await RefuseAsync(
                http,
                StatusCodes.Status429TooManyRequests,
                "There were too many requests with this key. Wait a minute."
            );
        }
        catch (Exception failure) when (failure is ApiUnavailableException or UnknownCursorException)
        {
            // The address contains the key, so it is not logged.
            pages.Report("/p/…/feed", failure);
            http.Response.Headers.RetryAfter = "30";
            await RefuseAsync(
                http,
                StatusCodes.Status503ServiceUnavailable,
                "The newsroom does not answer at the moment. Try again in half a minute."
            );
        }
    }

    private static async Task<TextPage> MakeAsync(
        PageRequest page,
        SiteSettings settings,
        string path,
        string format,
        int limit,
        DateTimeOffset today
    )
    {
        List<FeedArticle> articles = [];
        IReadOnlyList<WithdrawnEntry> withdrawn = [];
        PartnerAgreement? agreement = null;
        var since = Words.Iso(FeedTombstones.Since(today));
        for (string? after = null; articles.Count < limit; )
        {
            var answer = await page.QueryAsync<PartnerFeedAnswer>(
                "SitePartnerFeed",
                new
                {
                    first = Math.Min(PerAnswer, limit - articles.Count),
                    after,
                    since,
                    isAtom = format == AtomFormat && after is null,
                }
            );
            agreement = answer.Agreement ?? throw new SignInEndedException();
            articles.AddRange(answer.List.Nodes);
            withdrawn = answer.WithdrawnArticles ?? withdrawn;
            if (!answer.List.PageInfo.HasNextPage)
            {
                break;
            }

            after = answer.List.PageInfo.EndCursor;
        }

        var rights = $"Only for {agreement!.Partner}, under the agreement with {settings.Name}.";
        Attribution attribution = new(agreement.Attribution, settings.Name);
        if (format == NinjsFormat)
        {
            return new TextPage(
                new Ninjs(page.Address, settings.Name, rights, attribution).Of(articles),
                "application/json; charset=utf-8"
            );
        }

        var feed = FeedAddress.All with { Format = Enum.Parse<FeedFormat>(format, ignoreCase: true), OwnPath = path };
        FeedEntries entries = new(page.Address, attribution);
        IReadOnlyList<FeedEntry> found = [.. articles.Select(entries.Of)];
        FeedDocument document = new()
        {
            Address = feed,
            Origin = page.Address.Origin,
            Id = $"tag:{new Uri(page.Address.Origin).Host},2026:partner-feed",
            Publication = settings.Name,
            Title = $"{settings.Name} for {agreement.Partner}",
            Description = $"The articles of {settings.Name} that the agreement with {agreement.Partner} includes.",
            Language = settings.Language,
            Page = page.Address.Origin + "/",
            Rights = rights,
            UpdatedAt = FeedDocument.LatestOf(found, withdrawn, DateTimeOffset.UnixEpoch),
            Entries = found,
            Withdrawn = withdrawn,
        };
        return new TextPage(
            feed.Format switch
            {
                FeedFormat.Rss => FeedXml.Rss(document),
                FeedFormat.Atom => FeedXml.AtomOf(document),
                _ => JsonFeed.Of(document),
            },
            feed.MediaType + "; charset=utf-8"
        );
    }

    private static bool TryReadLimit(string text, out int limit)
    {
        limit = Default;
        return text.Length == 0
            || (
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit is >= 1 and <= Most
            );
    }

    // RFC 7617. The name of the user does not matter, because the key alone says who asks.
    private static string? PasswordOf(HttpRequest request)
    {
        if (
            !AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var sent)
            || !sent.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || sent.Parameter is not { Length: <= 1_000 } parameter
        )
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[parameter.Length];
        return
            Convert.TryFromBase64String(parameter, bytes, out var length)
            && Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) is [_, var password]
            ? password
            : null;
    }

    private static Task ChallengeAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"Feeds for partners\", charset=\"UTF-8\"";
        return RefuseAsync(
            http,
            StatusCodes.Status401Unauthorized,
            "This feed needs a feed key that works: in its address, or as the password of HTTP Basic. Ask your contact in the newsroom for one."
        );
    }

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.WriteAsync(message + "\n", http.RequestAborted);
    }
}
