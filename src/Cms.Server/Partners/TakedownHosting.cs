using Cms.Partners.Takedowns.Receipts;

namespace Cms.Server.Partners;

internal static class TakedownHosting
{
    private const string KeysPath = "/.well-known/cms-receipts/jwks.json";

    /// <summary>Adds what takedowns do in the background.</summary>
    public static void AddTakedowns(this WebApplicationBuilder builder) =>
        builder.Services.AddHostedService<DeliveryWatch>().AddHostedService<TakedownWatch>();

    /// <summary>Maps the public keys that verify receipts.</summary>
    public static void MapReceiptKeys(this IEndpointRouteBuilder routes) =>
        routes
            .MapMethods(KeysPath, [HttpMethods.Get, HttpMethods.Head], SendKeysAsync)
            .WithDisplayName("Keys of receipts");

    private static async Task SendKeysAsync(HttpContext http, ListReceiptKeys keys)
    {
        var set = await keys.Handle(http.RequestAborted);

        // The first receipt makes the first key, so that an empty set is not kept.
        http.Response.Headers.CacheControl = set is null ? "no-cache" : "public, max-age=300";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.ContentType = "application/jwk-set+json";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.WriteAsync(set ?? """{"keys":[]}""", http.RequestAborted);
        }
    }
}
