using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Cms.GraphQL;
using Cms.Media.Blobs;
using BlobProperties = Cms.Media.Blobs.BlobProperties;

namespace Cms.Server.Media;

/// <summary>
/// Stores blobs in one container of Azure Blob Storage. A blob is written in one request, and only if it does not exist
/// (<c>If-None-Match: *</c>), so that it is stored completely or not at all.
/// </summary>
internal sealed class AzureBlobStore(BlobServiceClient service, string container, TimeProvider clock)
    : IBlobStore,
        IDisposable
{
    // The limit in bytes is larger than any file, so that each upload is one request.
    private const long MaxRequestBytes = 64 * 1024 * 1024;
    private const int PageSize = 1_000;

    // Because clocks differ, tickets start in the past: a ticket that starts in the future does not work yet.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(6);

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(container);
    private readonly SemaphoreSlim _fetchingKey = new(1);
    private UserDelegationKey? _key;
    private volatile bool _containerExists;

    /// <exception cref="CannotStartException">The settings are incomplete or not valid.</exception>
    public static AzureBlobStore Open(AzureMediaSettings settings, TimeProvider clock)
    {
        var options = settings.Options();
        var service = (settings.ConnectionString, settings.ServiceUri) switch
        {
            ({ Length: > 0 } connection, null or "") => Connect(connection, options),
            (null or "", { Length: > 0 } address) => new BlobServiceClient(
                Address(address),
                new DefaultAzureCredential(),
                options
            ),
            _ => throw new CannotStartException(
                "Cms__Media__Store is Azure: set either Cms__Media__Azure__ServiceUri, for the managed identity, or Cms__Media__Azure__ConnectionString, not both."
            ),
        };
        return new AzureBlobStore(service, settings.Container, clock);
    }

    public async Task<BlobPut> PutAsync(
        BlobKey key,
        Stream content,
        string contentType,
        string? expectedSha256,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        // Write to a temporary file first: hash and length are known only at the end, and an upload cannot be undone.
        await using var whole = new FileStream(
            Path.Combine(Path.GetTempPath(), $"cms-{Guid.CreateVersion7():N}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
                BufferSize = 0,
            }
        );
        if (await CopyAsync(content, whole, maxBytes, cancellationToken) is not { } sha256)
        {
            return BlobPut.TooLarge;
        }

        if (expectedSha256 is not null && sha256 != expectedSha256)
        {
            return BlobPut.Different;
        }

        whole.Position = 0;
        await EnsureContainerAsync(cancellationToken);
        try
        {
            await Blob(key)
                .UploadAsync(
                    whole,
                    new BlobUploadOptions
                    {
                        HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
                        Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                        TransferOptions = new Azure.Storage.StorageTransferOptions
                        {
                            InitialTransferSize = MaxRequestBytes,
                            MaximumTransferSize = MaxRequestBytes,
                        },
                    },
                    cancellationToken
                );
            return BlobPut.Created;
        }
        catch (RequestFailedException refused)
            when (refused.ErrorCode == BlobErrorCode.BlobAlreadyExists
                || refused.ErrorCode == BlobErrorCode.ConditionNotMet
            )
        {
            return BlobPut.Exists;
        }
    }

    public async Task<BlobReading?> OpenReadAsync(
        BlobKey key,
        BlobRange? range,
        string? ifNoneMatch,
        CancellationToken cancellationToken
    )
    {
        if (ifNoneMatch == key.ETag)
        {
            return await HeadAsync(key, cancellationToken) is { } known ? new BlobReading(known, content: null) : null;
        }

        try
        {
            var download = await Blob(key)
                .DownloadStreamingAsync(
                    new BlobDownloadOptions
                    {
                        Range = range is { } part ? new HttpRange(part.Start, part.Length) : default,
                    },
                    cancellationToken
                );
            var details = download.Value.Details;

            // "bytes 0-9/100" contains the length of the whole blob; ContentLength is the length of the part.
            var all = details.ContentRange is { Length: > 0 } of
                ? long.Parse(of.AsSpan(of.LastIndexOf('/') + 1), CultureInfo.InvariantCulture)
                : details.ContentLength;
            return new BlobReading(new BlobProperties(key, all, details.CreatedOn), download.Value.Content);
        }
        catch (RequestFailedException missing) when (missing.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
        catch (RequestFailedException beyond) when (beyond.ErrorCode == BlobErrorCode.InvalidRange)
        {
            return await HeadAsync(key, cancellationToken) is { } known ? new BlobReading(known, Stream.Null) : null;
        }
    }

    public async Task<BlobProperties?> HeadAsync(BlobKey key, CancellationToken cancellationToken)
    {
        try
        {
            var properties = await Blob(key).GetPropertiesAsync(cancellationToken: cancellationToken);
            return new BlobProperties(key, properties.Value.ContentLength, properties.Value.CreatedOn);
        }
        catch (RequestFailedException missing) when (missing.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(BlobKey key, CancellationToken cancellationToken) =>
        await Blob(key)
            .DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);

    public async Task<BlobPage> ListAsync(string prefix, string? token, CancellationToken cancellationToken)
    {
        var pages = _container
            .GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken)
            .AsPages(token, PageSize);
        await foreach (var page in pages)
        {
            return new BlobPage(
                [
                    .. page.Values.SelectMany(blob =>
                        BlobKey.Parse(blob.Name) is { } key
                            ?
                            [
                                new BlobProperties(
                                    key,
                                    blob.Properties.ContentLength ?? 0,
                                    blob.Properties.CreatedOn ?? DateTimeOffset.MinValue
                                ),
                            ]
                            : Enumerable.Empty<BlobProperties>()
                    ),
                ],
                page.ContinuationToken is { Length: > 0 } next ? next : null
            );
        }

        return new BlobPage([], null);
    }

    /// <summary>
    /// Creates a shared access signature with which a client can write only one quarantined blob: in one request, or in
    /// blocks that are committed at the end, so that a long upload can be resumed. Blocks require the permission to
    /// write. With it, clients can overwrite their own file until the upload is committed.
    /// </summary>
    public async Task<UploadTicket> CreateUploadTicketAsync(
        BlobKey key,
        long maxBytes,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    )
    {
        await EnsureContainerAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((now + lifetime).ToUnixTimeSeconds());
        var blob = Blob(key);
        var signature = new BlobSasBuilder(BlobSasPermissions.Create | BlobSasPermissions.Write, expiresAt)
        {
            BlobContainerName = _container.Name,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = now - Skew,
        };
        var url = blob.CanGenerateSasUri
            ? blob.GenerateSasUri(signature)
            : new BlobUriBuilder(blob.Uri)
            {
                Sas = signature.ToSasQueryParameters(
                    await DelegationKeyAsync(expiresAt, cancellationToken),
                    service.AccountName
                ),
            }.ToUri();
        return new UploadTicket(
            url.AbsoluteUri,
            "PUT",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["x-ms-blob-type"] = "BlockBlob" },
            expiresAt
        );
    }

    /// <summary>Does nothing, because the service removes uncommitted blocks after a week.</summary>
    public Task<int> RemoveRemnantsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    public Task ProbeAsync(CancellationToken cancellationToken) =>
        _containerExists
            ? _container.GetPropertiesAsync(cancellationToken: cancellationToken)
            : EnsureContainerAsync(cancellationToken);

    private async Task EnsureContainerAsync(CancellationToken cancellationToken)
    {
        if (!_containerExists)
        {
            await _container.CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellationToken);
            _containerExists = true;
        }
    }

    private static BlobServiceClient Connect(string connection, BlobClientOptions options)
    {
        try
        {
            return new BlobServiceClient(connection, options);
        }
        catch (FormatException)
        {
            // Do not repeat the connection string, which may contain the account key.
            throw new CannotStartException(
                "Cms__Media__Azure__ConnectionString is not valid: set it to the complete connection string from the storage account's access keys."
            );
        }
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw new CannotStartException(
                $"Cms__Media__Azure__ServiceUri is {text}: set it to the account's https address, such as https://account.blob.core.windows.net."
            );

    private static async Task<string?> CopyAsync(
        Stream from,
        FileStream to,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        while (await from.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (to.Position + read > maxBytes)
            {
                return null;
            }

            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => _fetchingKey.Dispose();

    private BlobClient Blob(BlobKey key) => _container.GetBlobClient(key.Value);

    // Gets a key from the service to sign tickets, so that the server needs no account key. The key is valid for hours.
    private async Task<UserDelegationKey> DelegationKeyAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await _fetchingKey.WaitAsync(cancellationToken);
        try
        {
            if (_key is null || _key.SignedExpiresOn < until)
            {
                var now = clock.GetUtcNow();
                _key = await service.GetUserDelegationKeyAsync(now - Skew, now + KeyLifetime, cancellationToken);
            }

            return _key;
        }
        finally
        {
            _fetchingKey.Release();
        }
    }
}
