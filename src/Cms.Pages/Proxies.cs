using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using IPNetwork = System.Net.IPNetwork;

namespace Cms.Pages;

/// <summary>
/// The proxies, and the sites that run alone, whose headers <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are
/// trusted (<c>Cms__Proxies</c>). From everybody else, these headers are ignored.
/// </summary>
public static class Proxies
{
    private const string Setting = "Cms:Proxies";

    private static readonly char[] Separators = [',', ' '];

    /// <summary>Reads the addresses and networks of the proxies.</summary>
    /// <exception cref="InvalidOperationException">A text is not an address. The message says what to do.</exception>
    public static IReadOnlyList<IPNetwork> Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return [.. (configuration[Setting] ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Of)];
    }

    /// <summary>Replaces the address of a proxy with that of its client. Call it before everything else.</summary>
    public static void UseProxies(this IApplicationBuilder app, IReadOnlyList<IPNetwork> proxies)
    {
        ArgumentNullException.ThrowIfNull(proxies);
        if (proxies.Count == 0)
        {
            return;
        }

        ForwardedHeadersOptions options = new()
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // A request may pass several proxies. The first address that is not a proxy's is the client's.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        app.UseForwardedHeaders(options);
    }

    private static IPNetwork Of(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException(
            $"Cms__Proxies contains ‘{text}’, which is not an address: set it to addresses or networks, such as 10.0.0.7, 10.1.0.0/16."
        );
}
