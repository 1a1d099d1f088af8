using System.Net.Mime;
using System.Text.Json;
using Cms.Site.Bookmarks;
using Cms.Site.Pages;

namespace Cms.Site.Account;

/// <summary>Exports and deletes the data of the signed-in reader.</summary>
internal sealed class AccountEndpoints(CmsApi api, SiteHost host, SitePages pages)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var endpoints = ActivatorUtilities.CreateInstance<AccountEndpoints>(routes.ServiceProvider);
        routes.MapGet(AccountPages.Path + "/data", http => endpoints.TryAsync(http, endpoints.ExportAsync));
        routes.MapPost(AccountPages.Path + "/delete", http => endpoints.TryAsync(http, endpoints.DeleteAsync));
    }

    private async Task ExportAsync(HttpContext http, Caller reader)
    {
        var data = await api.SendAsync<MyData>("SiteMyData", null, reader, http.RequestAborted);
        if (data.Viewer is not { } viewer)
        {
            throw new SignInEndedException();
        }

        http.Response.Headers.ContentDisposition = new ContentDisposition { FileName = "my-data.json" }.ToString();
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.WriteAsync(JsonSerializer.Serialize(viewer.Data, Readable), http.RequestAborted);
    }

    private async Task DeleteAsync(HttpContext http, Caller reader)
    {
        if (!host.IsOwn(http.Request))
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, BookmarkRefusals.OtherSite);
            return;
        }

        var isConfirmed =
            http.Request.HasFormContentType
            && (await http.Request.ReadFormAsync(http.RequestAborted))["confirm"] == "yes";
        if (!isConfirmed)
        {
            await RefuseAsync(
                http,
                StatusCodes.Status400BadRequest,
                "Nothing was deleted, because the deletion was not confirmed. Open ‘Delete your data’ and use its button."
            );
            return;
        }

        var answer = await api.SendAsync<DeleteAnswer>(
            "SiteDeleteMyData",
            new { input = new { confirm = true } },
            reader,
            http.RequestAborted
        );
        if (answer.DeleteMyData is not { Errors: [], DeletedData.Bookmarks: var deleted })
        {
            await RefuseAsync(
                http,
                StatusCodes.Status400BadRequest,
                answer.DeleteMyData.Errors is [var error, ..] ? error.Message : "Nothing was deleted. Try again."
            );
            return;
        }

        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"{AccountPages.Path}?deleted={deleted}";
    }

    private async Task TryAsync(HttpContext http, Func<HttpContext, Caller, Task> act)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        var caller = host.CallerOf(http);
        try
        {
            await (
                caller.Cookie is null
                    ? RefuseAsync(
                        http,
                        StatusCodes.Status401Unauthorized,
                        "You are not signed in, so there is no account to read. Sign in first."
                    )
                    : act(http, caller)
            );
        }
        catch (SignInEndedException)
        {
            await RefuseAsync(
                http,
                StatusCodes.Status401Unauthorized,
                "Your session has ended, so nothing was done. Sign in again, then try again."
            );
        }
        catch (NotAllowedException)
        {
            await RefuseAsync(http, StatusCodes.Status403Forbidden, BookmarkRefusals.NoRole);
        }
        catch (ApiUnavailableException failure)
        {
            pages.Report(http.Request.Path, failure);
            await RefuseAsync(
                http,
                StatusCodes.Status503ServiceUnavailable,
                "The newsroom cannot be reached. Nothing was changed. Try again in half a minute."
            );
        }
    }

    private Task RefuseAsync(HttpContext http, int status, string sentence) =>
        pages.SendOnceAsync(
            http,
            PageResult.Show<RefusedPage>(
                (nameof(RefusedPage.Sentence), sentence),
                (nameof(RefusedPage.Heading), "This was not done"),
                (nameof(RefusedPage.Back), AccountPages.Path),
                (nameof(RefusedPage.NeedsSignIn), status == StatusCodes.Status401Unauthorized)
            ) with
            {
                Status = status,
            },
            AccountPages.Path
        );
}
