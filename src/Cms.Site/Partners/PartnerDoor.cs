using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cms.Site.Pages;

namespace Cms.Site.Partners;

/// <summary>
/// The way in for the programs of partners: the feed key in the address, or as the password of HTTP Basic. Every refusal
/// is a sentence, and the key is never logged.
/// </summary>
internal static class PartnerDoor
{
    private const int MaxKey = 100;

    // A new release can write the same content differently.
    private static readonly Guid Build = typeof(PartnerDoor).Module.ModuleVersionId;

    /// <summary>Sends a file that is made for the partner whose key the request has.</summary>
    /// <param name="inPath">The key in the address; null if there is none.</param>
    /// <param name="parameters">What else decides the content, such as the number of articles.</param>
    /// <param name="make">Returns the file; its second argument is the folder of the partner's addresses.</param>
    /// <param name="channel">What the use is counted as; null if it is only limited.</param>
    public static async Task SendAsync(
        HttpContext http,
        string? inPath,
        string parameters,
        Func<PageRequest, string, Task<TextPage>> make,
        string? channel = null
    )
    {
        var key = inPath ?? PasswordOf(http.Request);
        if (key is not { Length: > 0 and <= MaxKey } || !SiteHost.IsToken(key))
        {
            await ChallengeAsync(http);
            return;
        }

        var services = http.RequestServices;
        var pages = services.GetRequiredService<SitePages>();
        var settings = services.GetRequiredService<SiteSettings>();
        var address = PageAddress.Of("/p", SiteRoutes.OriginOf(http.Request, settings));
        var folder = inPath is null ? "/p" : $"/p/{key}";
        PartnerVisit visit = new(channel);
        http.Response.OnStarting(() =>
        {
            foreach (var (name, value) in visit.Limits)
            {
                if (name != "Retry-After" || http.Response.StatusCode == StatusCodes.Status429TooManyRequests)
                {
                    http.Response.Headers[name] = value;
                }
            }

            return Task.CompletedTask;
        });
        try
        {
            await pages.SendToPartnerAsync(
                http,
                address,
                async page =>
                    $"{Build} {address.Origin} {http.Request.Path} {parameters} {settings} {await VersionAsync(page)}",
                page => make(page, folder),
                key,
                visit
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
        catch (RefusedException refusal)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, refusal.Message);
        }
        catch (ResyncRequiredException)
        {
            await RefuseResyncAsync(http);
        }
        catch (TooManyRequestsException)
        {
            http.Response.Headers.RetryAfter = "60";
            await RefuseAsync(
                http,
                StatusCodes.Status429TooManyRequests,
                "rate-limited",
                "Too many requests",
                "There were too many requests. Wait as long as Retry-After says.",
                "RATE_LIMITED"
            );
        }
        catch (QuotaExceededException refusal)
        {
            await RefuseAsync(
                http,
                StatusCodes.Status429TooManyRequests,
                "quota-exceeded",
                "The requests of this month are used up",
                refusal.Message,
                "QUOTA_EXCEEDED"
            );
        }
        catch (Exception failure) when (failure is ApiUnavailableException or UnknownCursorException)
        {
            // The address contains the key, so it is not logged.
            pages.Report("/p/…", failure);
            http.Response.Headers.RetryAfter = "30";
            await RefuseAsync(
                http,
                StatusCodes.Status503ServiceUnavailable,
                "The newsroom does not answer at the moment. Try again in half a minute."
            );
        }

        visit.Ended?.Invoke(
            http.Response.StatusCode,
            HttpMethods.IsHead(http.Request.Method) ? 0 : http.Response.ContentLength ?? 0
        );
    }

    private static async Task<string> VersionAsync(PageRequest page) =>
        (await page.QueryAsync<PartnerVersionAnswer>("SitePartnerVersion")).Agreement?.ContentVersion
        ?? throw new SignInEndedException();

    /// <summary>Reads the parameter <c>limit</c>.</summary>
    public static bool TryReadLimit(HttpRequest request, int byDefault, int most, out int limit)
    {
        var text = request.Query["limit"].ToString();
        limit = byDefault;
        return text.Length == 0
            || (
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit >= 1
                && limit <= most
            );
    }

    /// <summary>Refuses a request whose parameter <c>limit</c> cannot be used.</summary>
    public static Task RefuseLimitAsync(HttpContext http, int most) =>
        RefuseAsync(
            http,
            StatusCodes.Status400BadRequest,
            string.Create(CultureInfo.InvariantCulture, $"Set limit to a number from 1 to {most}, or leave it out.")
        );

    /// <summary>Refuses a request.</summary>
    public static Task RefuseAsync(HttpContext http, int status, string message) =>
        RefuseAsync(http, status, "text/plain; charset=utf-8", message + "\n");

    private static Task RefuseResyncAsync(HttpContext http) =>
        RefuseAsync(
            http,
            StatusCodes.Status410Gone,
            "resync-required",
            "Read everything again",
            "This address cannot be continued: it is too old, or the newsroom's database was restored. Read changes?initial=true, and delete each copy that is not among the answers.",
            "CHANGES_RESYNC"
        );

    // Problem details (RFC 9457), so that programs can tell it from other refusals.
    private static Task RefuseAsync(
        HttpContext http,
        int status,
        string type,
        string title,
        string detail,
        string code
    ) =>
        RefuseAsync(
            http,
            status,
            "application/problem+json",
            JsonSerializer.Serialize(
                new
                {
                    type,
                    title,
                    status,
                    detail,
                    code,
                }
            )
        );

    private static Task RefuseAsync(HttpContext http, int status, string mediaType, string body)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = status;
        http.Response.ContentType = mediaType;
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.WriteAsync(body, http.RequestAborted);
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
            "This address needs a feed key that works: in its address, or as the password of HTTP Basic. Ask your contact in the newsroom for one."
        );
    }
}
