using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cms.Site.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.Site.Partners;

/// <summary>
/// The way in for the programs of partners: the feed key in the address, or as the password of HTTP Basic. Every refusal
/// is a sentence, and the key is never logged.
/// </summary>
internal static class PartnerDoor
{
    private const int MaxKey = 100;
    private const string TooMany = "There were too many requests with this key. Wait a minute.";
    private const string Unavailable = "The newsroom does not answer at the moment. Try again in half a minute.";
    private const string KeyNeeded =
        "This address needs a feed key that works: in its address, or as the password of HTTP Basic. Ask your contact in the newsroom for one.";

    // A new release can write the same content differently.
    private static readonly Guid Build = typeof(PartnerDoor).Module.ModuleVersionId;

    /// <summary>Sends a file that is made for the partner whose key the request has.</summary>
    /// <param name="inPath">The key in the address; null if there is none.</param>
    /// <param name="parameters">What else decides the content, such as the number of articles.</param>
    /// <param name="make">Returns the file; its second argument is the folder of the partner's addresses.</param>
    public static async Task SendAsync(
        HttpContext http,
        string? inPath,
        string parameters,
        Func<PageRequest, string, Task<TextPage>> make
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
        try
        {
            await pages.SendToPartnerAsync(
                http,
                address,
                async page =>
                    $"{Build} {address.Origin} {http.Request.Path} {parameters} {settings} {await VersionAsync(page)}",
                page => make(page, folder),
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
        catch (ResyncRequiredException)
        {
            await RefuseResyncAsync(http);
        }
        catch (TooManyRequestsException)
        {
            http.Response.Headers.RetryAfter = "60";
            await RefuseAsync(http, StatusCodes.Status429TooManyRequests, TooMany);
        }
        catch (Exception failure) when (failure is ApiUnavailableException or UnknownCursorException)
        {
            // The address contains the key, so it is not logged.
            pages.Report("/p/…", failure);
            http.Response.Headers.RetryAfter = "30";
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, Unavailable);
        }
    }

    /// <summary>Does something for the partner whose key the request has. Refusals are problem documents.</summary>
    /// <param name="act">Does it, as this caller of the API.</param>
    public static async Task ActAsync(HttpContext http, Func<Caller, Task> act)
    {
        var key = (string?)http.Request.RouteValues["key"] ?? PasswordOf(http.Request);
        if (key is not { Length: > 0 and <= MaxKey } || !SiteHost.IsToken(key))
        {
            await ChallengeWithProblemAsync(http);
            return;
        }

        try
        {
            await act(new Caller(Address: http.Connection.RemoteIpAddress) { FeedKey = key });
        }
        catch (SignInEndedException)
        {
            await ChallengeWithProblemAsync(http);
        }
        catch (NotAllowedException refusal)
        {
            await RefuseWithProblemAsync(http, StatusCodes.Status403Forbidden, "AUTH_NOT_AUTHORIZED", refusal.Message);
        }
        catch (TooManyRequestsException)
        {
            http.Response.Headers.RetryAfter = "60";
            await RefuseWithProblemAsync(http, StatusCodes.Status429TooManyRequests, "RATE_LIMITED", TooMany);
        }
        catch (ApiUnavailableException failure)
        {
            // The address contains the key, so it is not logged.
            http.RequestServices.GetRequiredService<SitePages>().Report("/p/…", failure);
            http.Response.Headers.RetryAfter = "30";
            await RefuseWithProblemAsync(http, StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", Unavailable);
        }
    }

    /// <summary>Refuses a request with problem details (RFC 9457), so that programs can tell why.</summary>
    public static Task RefuseWithProblemAsync(HttpContext http, int status, string code, string message) =>
        RefuseAsync(
            http,
            status,
            "application/problem+json",
            JsonSerializer.Serialize(
                new
                {
                    title = ReasonPhrases.GetReasonPhrase(status),
                    status,
                    detail = message,
                    code,
                }
            )
        );

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

    // Problem details (RFC 9457), so that programs can tell it from other refusals.
    private static Task RefuseResyncAsync(HttpContext http) =>
        RefuseAsync(
            http,
            StatusCodes.Status410Gone,
            "application/problem+json",
            JsonSerializer.Serialize(
                new
                {
                    type = "resync-required",
                    title = "Read everything again",
                    status = StatusCodes.Status410Gone,
                    detail = "This address cannot be continued: it is too old, or the newsroom's database was restored. Read changes?initial=true, and delete each copy that is not among the answers.",
                    code = "CHANGES_RESYNC",
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
        AskForKey(http);
        return RefuseAsync(http, StatusCodes.Status401Unauthorized, KeyNeeded);
    }

    private static Task ChallengeWithProblemAsync(HttpContext http)
    {
        AskForKey(http);
        return RefuseWithProblemAsync(http, StatusCodes.Status401Unauthorized, "AUTH_NOT_AUTHENTICATED", KeyNeeded);
    }

    private static void AskForKey(HttpContext http) =>
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"Feeds for partners\", charset=\"UTF-8\"";
}
