using System.Net;

namespace Cms.Site.Api;

/// <summary>
/// Sends the address of the reader to an API on another server, so that the API's limits count each reader and not the
/// site. The API trusts it if its own <c>Cms__Proxies</c> contains the address of the site.
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

    // Without the scope of an IPv6 address, which names a network card of this machine.
    private static string TextOf(IPAddress reader) =>
        (reader.IsIPv4MappedToIPv6 ? reader.MapToIPv4() : new IPAddress(reader.GetAddressBytes())).ToString();
}
