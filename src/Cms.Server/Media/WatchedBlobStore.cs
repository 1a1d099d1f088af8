using Cms.Media.Blobs;

namespace Cms.Server.Media;

/// <summary>
/// Reports every failure of a blob store as a <see cref="BlobStoreUnavailableException" />. Logs the beginning and the end
/// of an outage, not every failure.
/// </summary>
internal sealed partial class WatchedBlobStore(IBlobStore store, ILogger<WatchedBlobStore> log) : IBlobStore
{
    private bool _isAway;

    public async Task<BlobPut> PutAsync(
        BlobKey key,
        Stream content,
        string contentType,
        string? expectedSha256,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        // A client that stops sending is not a failure of the store.
        using SentFile sent = new(content);
        return await RunAsync(
            () => store.PutAsync(key, sent, contentType, expectedSha256, maxBytes, cancellationToken),
            () => sent.HasFailed || cancellationToken.IsCancellationRequested
        );
    }

    public Task<BlobReading?> OpenReadAsync(
        BlobKey key,
        BlobRange? range,
        string? ifNoneMatch,
        CancellationToken cancellationToken
    ) => RunAsync(() => store.OpenReadAsync(key, range, ifNoneMatch, cancellationToken), cancellationToken);

    public Task<BlobProperties?> HeadAsync(BlobKey key, CancellationToken cancellationToken) =>
        RunAsync(() => store.HeadAsync(key, cancellationToken), cancellationToken);

    public Task<bool> DeleteAsync(BlobKey key, CancellationToken cancellationToken) =>
        RunAsync(() => store.DeleteAsync(key, cancellationToken), cancellationToken);

    public Task<BlobPage> ListAsync(string prefix, string? token, CancellationToken cancellationToken) =>
        RunAsync(() => store.ListAsync(prefix, token, cancellationToken), cancellationToken);

    public Task<UploadTicket> CreateUploadTicketAsync(
        BlobKey key,
        long maxBytes,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    ) => RunAsync(() => store.CreateUploadTicketAsync(key, maxBytes, lifetime, cancellationToken), cancellationToken);

    public Task<int> RemoveRemnantsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        RunAsync(() => store.RemoveRemnantsAsync(before, cancellationToken), cancellationToken);

    public Task ProbeAsync(CancellationToken cancellationToken) =>
        RunAsync(
            async () =>
            {
                await store.ProbeAsync(cancellationToken);
                return true;
            },
            cancellationToken
        );

    private Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, () => cancellationToken.IsCancellationRequested);

    private async Task<T> RunAsync<T>(Func<Task<T>> work, Func<bool> isInterrupted)
    {
        T result;
        try
        {
            result = await work();
        }
        catch (Exception fault) when (!isInterrupted())
        {
            if (!Interlocked.Exchange(ref _isAway, true))
            {
                LogAway(log, fault);
            }

            throw new BlobStoreUnavailableException(fault);
        }

        if (Volatile.Read(ref _isAway) && Interlocked.Exchange(ref _isAway, false))
        {
            LogBack(log);
        }

        return result;
    }

    [LoggerMessage(
        LogLevel.Error,
        "The image store cannot be used. Uploads and images get 503 until it can. Check that it is reachable, that it has space, and that this server may write to it"
    )]
    private static partial void LogAway(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Information, "The image store can be used again")]
    private static partial void LogBack(ILogger logger);

    /// <summary>What a client sends. It remembers whether reading it has failed.</summary>
    private sealed class SentFile(Stream inner) : Stream
    {
        public bool HasFailed { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                return await inner.ReadAsync(buffer, cancellationToken);
            }
            catch
            {
                HasFailed = true;
                throw;
            }
        }

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                return inner.Read(buffer, offset, count);
            }
            catch
            {
                HasFailed = true;
                throw;
            }
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
