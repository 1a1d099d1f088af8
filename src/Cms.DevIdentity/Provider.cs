using System.Net.Sockets;

namespace Cms.DevIdentity;

/// <summary>What the server calls by name, so that no release needs to know this project.</summary>
public static class Provider
{
    /// <summary>The settings with which the server takes this provider's tokens.</summary>
    /// <exception cref="UriFormatException">Not an address of this machine; the message says what is.</exception>
    public static IReadOnlyDictionary<string, string?> Settings(string url) =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureAd:Instance"] = Address(url).GetLeftPart(UriPartial.Authority) + "/",
            ["AzureAd:TenantId"] = Tenant.Id,
            ["AzureAd:ClientId"] = Tenant.Api,
            ["AzureAd:ClientSecret"] = Application.Pages.Secret,
        };

    /// <summary>Serves until it is disposed of.</summary>
    /// <param name="folder">Where its keys are kept.</param>
    /// <exception cref="IOException">The port is taken, or the keys cannot be kept.</exception>
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
                    $"{url}, where people sign in while developing, cannot be listened on ({fault.Message.TrimEnd('.')}): stop the program that does, or set Cms__DevIdentity__Url to another port of this machine.",
                    fault
                );
            }

            throw;
        }
    }

    /// <summary>A token from the provider that runs at <paramref name="url" />.</summary>
    /// <param name="who">A person by role or name, or <c>partner</c>.</param>
    /// <exception cref="HttpRequestException">Nothing runs there, or something else does.</exception>
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
