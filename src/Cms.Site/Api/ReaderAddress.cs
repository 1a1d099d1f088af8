using System.Net;

namespace Cms.Site.Api;

/// <summary>
/// Tells an API on another server for whom the site asks, so that the API's limits count each reader and not the site.
/// The API believes it if <c>Cms__Proxies</c> there contains the address of the site.
/// </summary>
internal sealed class ReaderAddress(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.Options.TryGetValue(Caller.AddressKey, out var reader) && reader is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", TextOf(reader));
        }

        return base.SendAsync(request, cancellationToken);
    }

    // Without the name of a network card, which means nothing on another machine.
    private static string TextOf(IPAddress reader) =>
        (reader.IsIPv4MappedToIPv6 ? reader.MapToIPv4() : new IPAddress(reader.GetAddressBytes())).ToString();
}
