using Azure.Storage.Blobs;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;

namespace Cms.Server.Media;

/// <summary>Where images are stored, and which URLs they have: <c>Cms__Media__*</c>.</summary>
public sealed record MediaSettings
{
    /// <summary><c>FileSystem</c> or <c>Azure</c>.</summary>
    public string Store { get; init; } = "FileSystem";

    /// <summary>The folder of the <c>FileSystem</c> store; by default <c>media</c> in the data directory.</summary>
    public string? Folder { get; init; }

    /// <summary>The base URL of images, such as a CDN in front of this server; empty for this server's root.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>
    /// The base URL of uploads; by default the base URL of images. Set it if the CDN does not accept uploads.
    /// </summary>
    public string? UploadUrl { get; init; }

    /// <summary>The key that signs URLs: at least 32 random bytes in base64, the same on every server.</summary>
    public string? SigningKey { get; init; }

    public AzureMediaSettings Azure { get; init; } = new();

    internal bool IsAzure =>
        Store.ToUpperInvariant() switch
        {
            "FILESYSTEM" => false,
            "AZURE" => true,
            _ => throw new CannotStartException($"Cms__Media__Store is {Store}: set it to FileSystem or Azure."),
        };

    /// <exception cref="CannotStartException">The key is required but not set, or is not valid.</exception>
    internal byte[]? Key()
    {
        if (string.IsNullOrWhiteSpace(SigningKey))
        {
            return IsAzure
                ? throw new CannotStartException(
                    "Cms__Media__SigningKey is not set, and servers that share a blob store must share it: set it to 32 random bytes in base64, for example the output of openssl rand -base64 32."
                )
                : null;
        }

        var key = new byte[SigningKey.Length];
        return Convert.TryFromBase64String(SigningKey, key, out var length) && length >= MediaSigner.MinKeyBytes
            ? key[..length]
            : throw new CannotStartException(
                "Cms__Media__SigningKey is not at least 32 bytes in base64: set it to such a value, for example the output of openssl rand -base64 32."
            );
    }

    /// <exception cref="CannotStartException">An address is not valid.</exception>
    internal MediaAddresses Addresses() =>
        new()
        {
            PublicUrl = Checked(nameof(PublicUrl), PublicUrl),
            UploadUrl = Checked(nameof(UploadUrl), UploadUrl ?? PublicUrl),
        };

    /// <summary>The origin to which browsers send files, if it is not this server; otherwise null.</summary>
    internal string? UploadOrigin() =>
        (
            IsAzure ? Azure.BlobEndpoint()
            : (UploadUrl ?? PublicUrl) is { Length: > 0 } url ? new Uri(url)
            : null
        )?.GetLeftPart(UriPartial.Authority);

    private static string Checked(string name, string address) =>
        address.Length == 0
        || (
            Uri.TryCreate(address, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url is { IsLoopback: true, Scheme: "http" })
            && url.Query.Length == 0
            && url.Fragment.Length == 0
        )
            ? address
            : throw new CannotStartException(
                $"Cms__Media__{name} is {address}: set it to an https address without a query, or unset it."
            );
}

/// <summary>The account and container in Azure Blob Storage.</summary>
public sealed record AzureMediaSettings
{
    /// <summary>
    /// The account's connection string, for development. In production, use <see cref="ServiceUri" />.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>The account's blob endpoint, which the server accesses with its managed identity.</summary>
    public string? ServiceUri { get; init; }

    /// <summary>The container. If it does not exist, it is created without public access.</summary>
    public string Container { get; init; } = "media";

    /// <summary>The version of the service's API, such as <c>2025-11-05</c>; by default the library's newest.</summary>
    public string? ServiceVersion { get; init; }

    /// <summary>The address of the account.</summary>
    internal Uri? BlobEndpoint() =>
        ConnectionString is { Length: > 0 } connection ? new BlobServiceClient(connection).Uri
        : ServiceUri is { Length: > 0 } address ? new Uri(address)
        : null;

    /// <exception cref="CannotStartException">The library does not know the version.</exception>
    internal BlobClientOptions Options()
    {
        var options =
            ServiceVersion is null ? new BlobClientOptions()
            : Enum.TryParse<BlobClientOptions.ServiceVersion>(
                "V" + ServiceVersion.Replace('-', '_'),
                ignoreCase: false,
                out var version
            )
                ? new BlobClientOptions(version)
            : throw new CannotStartException(
                $"Cms__Media__Azure__ServiceVersion is {ServiceVersion}, which the library does not support: unset it, or set a version such as 2025-11-05."
            );
        options.Retry.MaxRetries = 3;

        // An outage longer than about two seconds is reported to the client, which can try again.
        options.Retry.Delay = TimeSpan.FromMilliseconds(300);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return options;
    }
}
