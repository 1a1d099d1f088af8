using System.Diagnostics;
using Cms.Media.Blobs;

namespace Cms.Server.Telemetry;

/// <summary>Traces what is read from and written to a blob store.</summary>
internal sealed class TracedBlobStore(IBlobStore store) : IBlobStore
{
    public async Task<BlobPut> PutAsync(
        BlobKey key,
        Stream content,
        string contentType,
        string? expectedSha256,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        using var activity = Begin("put");
        var put = await store.PutAsync(key, content, contentType, expectedSha256, maxBytes, cancellationToken);
        activity?.SetTag("cms.blob.result", put.ToString());
        return put;
    }

    public async Task<BlobReading?> OpenReadAsync(
        BlobKey key,
        BlobRange? range,
        string? ifNoneMatch,
        CancellationToken cancellationToken
    )
    {
        using var activity = Begin("open");
        var reading = await store.OpenReadAsync(key, range, ifNoneMatch, cancellationToken);
        activity?.SetTag("cms.blob.bytes", reading?.Properties.Bytes);
        return reading;
    }

    public async Task<BlobProperties?> HeadAsync(BlobKey key, CancellationToken cancellationToken)
    {
        using var activity = Begin("head");
        return await store.HeadAsync(key, cancellationToken);
    }

    public async Task<bool> DeleteAsync(BlobKey key, CancellationToken cancellationToken)
    {
        using var activity = Begin("delete");
        return await store.DeleteAsync(key, cancellationToken);
    }

    public async Task<BlobPage> ListAsync(string prefix, string? token, CancellationToken cancellationToken)
    {
        using var activity = Begin("list");
        return await store.ListAsync(prefix, token, cancellationToken);
    }

    public async Task<UploadTicket> CreateUploadTicketAsync(
        BlobKey key,
        long maxBytes,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    )
    {
        using var activity = Begin("ticket");
        return await store.CreateUploadTicketAsync(key, maxBytes, lifetime, cancellationToken);
    }

    public async Task<int> RemoveRemnantsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        using var activity = Begin("sweep");
        return await store.RemoveRemnantsAsync(before, cancellationToken);
    }

    public Task ProbeAsync(CancellationToken cancellationToken) => store.ProbeAsync(cancellationToken);

    private static Activity? Begin(string verb)
    {
        var activity = ServerTraces.Source.StartActivity($"blob {verb}", ActivityKind.Client);
        activity?.SetTag("cms.blob.operation", verb);
        return activity;
    }
}
