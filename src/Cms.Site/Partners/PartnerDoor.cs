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

    // A new release can write the same content differently.
    private static readonly Guid Build = typeof(PartnerDoor).Module.ModuleVersionId;

    /// <summary>Sends a file that is made for the partner whose key the request has. Refusals are text.</summary>
    /// <param name="inPath">The key in the address; null if there is none.</param>
    /// <param name="parameters">What else decides the content, such as the number of articles.</param>
    /// <param name="make">Returns the file; its second argument is the folder of the partner's addresses.</param>
    /// <param name="channel">What the use is counted as; null if it is only limited.</param>
    public static Task SendAsync(
        HttpContext http,
        string? inPath,
        string parameters,
        Func<PageRequest, string, Task<TextPage>> make,
        string? channel = null
    ) =>
        OpenAsync(
            http,
            inPath,
            channel,
            (key, visit) =>
            {
                var services = http.RequestServices;
                var settings = services.GetRequiredService<SiteSettings>();
                var address = PageAddress.Of("/p", SiteRoutes.OriginOf(http.Request, settings));
                var folder = inPath is null ? "/p" : $"/p/{key}";
                return services
                    .GetRequiredService<SitePages>()
                    .SendToPartnerAsync(
                        http,
                        address,
                        $"{http.Request.Path} {parameters}",
                        async page =>
                            $"{Build} {address.Origin} {http.Request.Path} {parameters} {settings} {await VersionAsync(page)}",
                        page => make(page, folder),
                        key,
                        visit
                    );
            },
            (status, _, message) => RefuseAsync(http, status, message)
        );

    /// <summary>
    /// Does something for the partner whose key the request has. It is limited, but not counted as use. Refusals are
    /// problem documents.
    /// </summary>
    /// <param name="act">Does it, as this caller of the API.</param>
    public static Task ActAsync(HttpContext http, Func<Caller, Task> act) =>
        OpenAsync(
            http,
            (string?)http.Request.RouteValues["key"],
            channel: null,
            (key, visit) => act(new Caller(Address: http.Connection.RemoteIpAddress) { FeedKey = key, Visit = visit }),
            (status, code, message) => RefuseWithProblemAsync(http, status, code, message)
        );

    // Finds the key, does something with it, and says why that was refused.
    private static async Task OpenAsync(
        HttpContext http,
        string? inPath,
        string? channel,
        Func<string, PartnerVisit, Task> act,
        Func<int, string, string, Task> refuse
    )
    {
        var key = inPath ?? PasswordOf(http.Request);
        if (key is not { Length: > 0 and <= MaxKey } || !SiteHost.IsToken(key))
        {
            await ChallengeAsync();
            return;
        }

        PartnerVisit visit = new(channel);
        http.Response.OnStarting(() =>
        {
            visit.Report(http.Response);
            return Task.CompletedTask;
        });
        try
        {
            await act(key, visit);
        }
        catch (SignInEndedException)
        {
            await ChallengeAsync();
        }
        catch (NotAllowedException refusal)
        {
            await refuse(StatusCodes.Status403Forbidden, "AUTH_NOT_AUTHORIZED", refusal.Message);
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
            await RefuseWithProblemAsync(
                http,
                StatusCodes.Status429TooManyRequests,
                "RATE_LIMITED",
                "There were too many requests. Wait as long as Retry-After says.",
                "rate-limited",
                "Too many requests"
            );
        }
        catch (QuotaExceededException refusal)
        {
            await RefuseWithProblemAsync(
                http,
                StatusCodes.Status429TooManyRequests,
                "QUOTA_EXCEEDED",
                refusal.Message,
                "quota-exceeded",
                "The requests of this month are used up"
            );
        }
        catch (Exception failure) when (failure is ApiUnavailableException or UnknownCursorException)
        {
            // The address contains the key, so it is not logged.
            http.RequestServices.GetRequiredService<SitePages>().Report("/p/…", failure);
            http.Response.Headers.RetryAfter = "30";
            await refuse(
                StatusCodes.Status503ServiceUnavailable,
                "UNAVAILABLE",
                "The newsroom does not answer at the moment. Try again in half a minute."
            );
        }

        visit.Ended?.Invoke(
            http.Response.StatusCode,
            HttpMethods.IsHead(http.Request.Method) ? 0 : http.Response.ContentLength ?? 0
        );

        Task ChallengeAsync()
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"Feeds for partners\", charset=\"UTF-8\"";
            return refuse(
                StatusCodes.Status401Unauthorized,
                "AUTH_NOT_AUTHENTICATED",
                "This address needs a feed key that works: in its address, or as the password of HTTP Basic. Ask your contact in the newsroom for one."
            );
        }
    }

    /// <summary>Refuses a request with problem details (RFC 9457), so that programs can tell why.</summary>
    /// <param name="type">The type of problem; by default, the status says everything.</param>
    /// <param name="title">The type in words; null for those of the status.</param>
    public static Task RefuseWithProblemAsync(
        HttpContext http,
        int status,
        string code,
        string message,
        string type = "about:blank",
        string? title = null
    ) =>
        RefuseAsync(
            http,
            status,
            "application/problem+json",
            JsonSerializer.Serialize(
                new
                {
                    type,
                    title = title ?? ReasonPhrases.GetReasonPhrase(status),
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

    private static Task RefuseResyncAsync(HttpContext http) =>
        RefuseWithProblemAsync(
            http,
            StatusCodes.Status410Gone,
            "CHANGES_RESYNC",
            "This address cannot be continued: it is too old, or the newsroom's database was restored. Read changes?initial=true, and delete each copy that is not among the answers.",
            "resync-required",
            "Read everything again"
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
}
