namespace Cms.Media.Blobs;

/// <summary>
/// Stores blobs. A blob is stored completely or not at all, is never overwritten, and survives any failure of the
/// machine once the write has succeeded. All other data about a blob is in the database.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores a blob, unless its key is already in use.</summary>
    /// <param name="key">The blob's key.</param>
    /// <param name="content">
    /// The blob's bytes. The stream is read once, to its end or until the bytes are rejected.
    /// </param>
    /// <param name="contentType">The media type of the bytes.</param>
    /// <param name="expectedSha256">The expected hash of the bytes; null if it is not known.</param>
    /// <param name="maxBytes">The maximum number of bytes.</param>
    Task<BlobPut> PutAsync(
        BlobKey key,
        Stream content,
        string contentType,
        string? expectedSha256,
        long maxBytes,
        CancellationToken cancellationToken
    );

    /// <summary>Opens a blob for reading; null if there is none. The caller disposes of the result.</summary>
    /// <param name="key">The blob's key.</param>
    /// <param name="range">The bytes to read; null for all of them.</param>
    /// <param name="ifNoneMatch">The entity tag of the caller's copy; null if the caller has none.</param>
    Task<BlobReading?> OpenReadAsync(
        BlobKey key,
        BlobRange? range,
        string? ifNoneMatch,
        CancellationToken cancellationToken
    );

    /// <summary>Returns the properties of a blob; null if there is none.</summary>
    Task<BlobProperties?> HeadAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>Removes a blob. Returns false if there was none.</summary>
    Task<bool> DeleteAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>Lists the blobs whose keys have a prefix, in the order of their keys, one page at a time.</summary>
    /// <param name="prefix">The prefix, such as <see cref="BlobKey.Originals" />.</param>
    /// <param name="token">The token from the previous page; null for the first page.</param>
    Task<BlobPage> ListAsync(string prefix, string? token, CancellationToken cancellationToken);

    /// <summary>Creates a URL that accepts one blob from anyone who has the URL, for a limited time.</summary>
    Task<UploadTicket> CreateUploadTicketAsync(
        BlobKey key,
        long maxBytes,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Removes the temporary files that interrupted writes left before a given time. Returns their number.
    /// </summary>
    Task<int> RemoveRemnantsAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Checks whether the store can be used; throws if it cannot.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>The result of storing a blob.</summary>
public enum BlobPut
{
    /// <summary>The blob has been stored.</summary>
    Created,

    /// <summary>A blob already exists under the key. It is unchanged.</summary>
    Exists,

    /// <summary>The bytes exceed the limit. Nothing was stored.</summary>
    TooLarge,

    /// <summary>The bytes do not have the expected hash. Nothing was stored.</summary>
    Different,
}

/// <summary>A range of a blob's bytes.</summary>
/// <param name="Start">The first byte, counted from 0.</param>
/// <param name="Length">The maximum number of bytes; null for all remaining bytes.</param>
public readonly record struct BlobRange(long Start, long? Length);

/// <summary>The properties of a stored blob.</summary>
/// <param name="Key">The blob's key.</param>
/// <param name="Bytes">The size of the blob, in bytes.</param>
/// <param name="CreatedAt">When the blob was stored.</param>
public sealed record BlobProperties(BlobKey Key, long Bytes, DateTimeOffset CreatedAt)
{
    public string ETag => Key.ETag;
}

/// <summary>A page of blobs.</summary>
/// <param name="Blobs">The blobs, in the order of their keys.</param>
/// <param name="Next">The token for the next page; null if this is the last page.</param>
public sealed record BlobPage(IReadOnlyList<BlobProperties> Blobs, string? Next);

/// <summary>A blob that is open for reading.</summary>
public sealed class BlobReading(BlobProperties properties, Stream? content) : IAsyncDisposable
{
    public BlobProperties Properties => properties;

    /// <summary>Whether the caller's copy is current, so that there is nothing to read.</summary>
    public bool IsNotModified => content is null;

    /// <summary>The blob's bytes.</summary>
    /// <exception cref="InvalidOperationException">The caller's copy is current.</exception>
    public Stream Content => content ?? throw new InvalidOperationException($"{properties.Key} was not modified.");

    public ValueTask DisposeAsync() => content?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Where and how to send a file.</summary>
/// <param name="Url">The URL to send the file to: absolute, or relative to the root of this server.</param>
/// <param name="Method">The HTTP method to use.</param>
/// <param name="Headers">The HTTP headers to send with the file.</param>
/// <param name="ExpiresAt">When the URL stops accepting the file.</param>
public sealed record UploadTicket(
    string Url,
    string Method,
    IReadOnlyDictionary<string, string> Headers,
    DateTimeOffset ExpiresAt
);

public static class BlobStores
{
    extension(IBlobStore store)
    {
        /// <summary>Opens a whole blob for reading; null if there is none. The caller disposes of the result.</summary>
        public Task<BlobReading?> OpenReadAsync(BlobKey key, CancellationToken cancellationToken) =>
            store.OpenReadAsync(key, range: null, ifNoneMatch: null, cancellationToken);

        /// <summary>Lists all blobs whose keys have a prefix, page after page.</summary>
        public async IAsyncEnumerable<BlobProperties> ListAllAsync(
            string prefix,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            string? token = null;
            do
            {
                var page = await store.ListAsync(prefix, token, cancellationToken);
                foreach (var blob in page.Blobs)
                {
                    yield return blob;
                }

                token = page.Next;
            } while (token is not null);
        }
    }
}
