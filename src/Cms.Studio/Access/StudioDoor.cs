using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cms.Studio.Access;

/// <summary>
/// Lets only staff see the pages of the Studio, and only contacts of partners those of their portal. The API checks each request again; this makes sure that everybody else
/// learns what to do.
/// </summary>
internal sealed class StudioDoor(StudioHost host)
{
    // Everything comes from this server as a file. Images may also come from the store of a cloud, and files go to it. The
    // only frame is the preview of the reader site on this server, and nobody may show the Studio in a frame.
    private readonly string _policy =
        $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; font-src 'self'; connect-src 'self' {host.UploadOrigin}; frame-src {(host.HasSite ? "'self'" : "'none'")}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types studio-paste";

    /// <summary>Handles a request for a page of the Studio or of the portal.</summary>
    public async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/studio/assets", StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }

        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "private, no-store";
        try
        {
            await EnterAsync(http, next);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException && IsFormUnread(http))
        {
            // Otherwise, the page would try to read the form again, and to add the header that the first one has added.
            http.Request.Form = FormCollection.Empty;
            headers.Remove("blazor-enhanced-nav");
            var status = (fault as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            await ShowAsync<UnreadableForm>(
                http,
                status,
                (nameof(UnreadableForm.Door), DoorSign.Of(http.Request.Path)),
                (nameof(UnreadableForm.IsTooLarge), status == StatusCodes.Status413PayloadTooLarge)
            );
        }
    }

    // Afterwards, the same faults are the server's own.
    private static bool IsFormUnread(HttpContext http) =>
        !http.Response.HasStarted
        && http.Request.HasFormContentType
        && http.Features.Get<IFormFeature>() is { Form: null };

    private async Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        var door = DoorSign.Of(http.Request.Path);
        var isReading = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!isReading && !host.IsOwn(http.Request))
        {
            await ShowAsync<OtherSite>(http, StatusCodes.Status403Forbidden, (nameof(OtherSite.Door), door));
        }
        else if (host.VisitorOf(http) is not { } visitor)
        {
            await AskToSignInAsync(http, isReading);
        }
        else if (door.Admits(visitor))
        {
            await next(http);
        }
        else if (door == DoorSign.Portal)
        {
            await ShowAsync<NoContact>(http, StatusCodes.Status403Forbidden, (nameof(NoContact.Visitor), visitor));
        }
        else
        {
            await ShowAsync<NoRole>(http, StatusCodes.Status403Forbidden, (nameof(NoRole.Visitor), visitor));
        }
    }

    /// <summary>Sends somebody to sign in. What they have sent is shown again, so that nothing is lost.</summary>
    private static async Task AskToSignInAsync(HttpContext http, bool isReading)
    {
        if (isReading)
        {
            http.Response.Redirect(
                "/signin?returnUrl=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)
            );
            return;
        }

        var form = http.Request.HasFormContentType
            ? await http.Request.ReadFormAsync(http.RequestAborted)
            : FormCollection.Empty;
        await ShowAsync<SignInAgain>(
            http,
            StatusCodes.Status401Unauthorized,
            (nameof(SignInAgain.Door), DoorSign.Of(http.Request.Path)),
            (nameof(SignInAgain.Action), (http.Request.Path + http.Request.QueryString).ToString()),
            (nameof(SignInAgain.Form), form)
        );
    }

    /// <summary>Sends a page that is no part of the Studio's own pages, such as an error.</summary>
    private static Task ShowAsync<T>(HttpContext http, int status, params (string Name, object? Value)[] parameters)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        RazorComponentResult<T> page = new(
            parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal)
        )
        {
            StatusCode = status,
        };
        return page.ExecuteAsync(http);
    }
}
