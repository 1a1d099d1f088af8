using System.Net.Sockets;

namespace Cms.DevIdentity;

/// <summary>The methods that the server calls by reflection, so that releases do not reference this project.</summary>
public static class Provider
{
    /// <summary>Returns the settings that make the server accept this provider's tokens.</summary>
    /// <exception cref="UriFormatException">
    /// The URL is not an http address of this machine. The message contains an example.
    /// </exception>
    public static IReadOnlyDictionary<string, string?> Settings(string url) =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureAd:Instance"] = Address(url).GetLeftPart(UriPartial.Authority) + "/",
            ["AzureAd:TenantId"] = Tenant.Id,
            ["AzureAd:ClientId"] = Tenant.Api,
            ["AzureAd:ClientSecret"] = Application.Pages.Secret,
        };

    /// <summary>Starts a provider, which runs until it is disposed.</summary>
    /// <param name="folder">The folder that stores its keys.</param>
    /// <exception cref="IOException">The port is in use, or the keys cannot be read or written.</exception>
    public static async Task<IAsyncDisposable> StartAsync(
        string url,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var server = IdentityServer.Build(Address(url), KeyFile.Open(folder), TimeProvider.System);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception fault)
        {
            await server.DisposeAsync();
            if (fault is SocketException or IOException)
            {
                throw new IOException(
                    $"Cannot listen on {url}, the development sign-in ({fault.Message.TrimEnd('.')}): stop the program that uses the port, or set Cms__DevIdentity__Url to another port of this machine.",
                    fault
                );
            }

            throw;
        }
    }

    /// <summary>Returns an access token from the provider at <paramref name="url" />.</summary>
    /// <param name="who">The role or name of a person; any other text, such as <c>partner</c>, means a partner.</param>
    /// <exception cref="HttpRequestException">No provider runs there, or it rejected the request.</exception>
    public static async Task<string> TokenAsync(string url, string who, CancellationToken cancellationToken)
    {
        using var client = new IdentityClient(Address(url));
        return Person.Find(who) is { } person
            ? await client.SignInAsync(person, cancellationToken)
            : await client.SignInAsync(Partner.Lantern, cancellationToken);
    }

    private static Uri Address(string url) =>
        Loopback.Read(url) is { PathAndQuery: "/", Port: > 0 } address
            ? address
            : throw new UriFormatException(
                $"{url} is not an address of this machine: the development identity provider serves http on loopback only, such as http://127.0.0.1:5081."
            );
}
