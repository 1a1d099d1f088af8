using System.Net.Mime;
using Cms.Studio.Api;

namespace Cms.Studio.Takedowns;

/// <summary>Sends the receipt of a takedown as a file: JSON, or signed as JWS.</summary>
internal static class ReceiptDownload
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            TakedownWords.Path + "/{id}/receipt.json",
            (string id, HttpContext http, StudioApi api) =>
                SendAsync(id, http, api, "json", "application/json; charset=utf-8", receipt => receipt.Json)
        );
        routes.MapGet(
            TakedownWords.Path + "/{id}/receipt.jws",
            (string id, HttpContext http, StudioApi api) =>
                SendAsync(id, http, api, "jws", "application/jose", receipt => receipt.Jws)
        );
    }

    private static async Task SendAsync(
        string id,
        HttpContext http,
        StudioApi api,
        string extension,
        string mediaType,
        Func<SignedReceipt, string> contentOf
    )
    {
        http.Response.Headers.CacheControl = "private, no-store";
        SignedReceipt? receipt;
        try
        {
            receipt = (await api.SendAsync<TakedownReceiptData>("StudioTakedownReceipt", new { id }))
                .Desk
                ?.Takedown
                ?.Receipt;
        }
        catch (Exception refusal) when (refusal is NotAllowedException or RefusedException or SignInEndedException)
        {
            // The page says why.
            http.Response.Redirect(TakedownWords.PathOf(Uri.EscapeDataString(id)));
            return;
        }
        catch (Exception failure) when (failure is ApiUnavailableException or TooManyRequestsException)
        {
            http.Response.Headers.RetryAfter = "30";
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(
                "The receipt could not be made just now. Try again in half a minute.\n",
                http.RequestAborted
            );
            return;
        }

        if (receipt is null)
        {
            http.Response.Redirect(TakedownWords.PathOf(Uri.EscapeDataString(id)));
            return;
        }

        http.Response.ContentType = mediaType;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentDisposition = new ContentDisposition
        {
            FileName = $"takedown-receipt.{extension}",
        }.ToString();
        await http.Response.WriteAsync(contentOf(receipt), http.RequestAborted);
    }
}
