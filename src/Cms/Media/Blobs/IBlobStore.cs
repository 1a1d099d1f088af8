namespace Cms.Media.Blobs;

/// <summary>
/// Keeps bytes. A blob appears whole or not at all, is never written twice, and stands when its writer has been told so,
/// whatever happens to the machine. What is known of it beyond its bytes stands in the database.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores a blob unless one stands under its key.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="content">Its bytes, read once and to their end, or as far as they are taken.</param>
    /// <param name="contentType">What they are.</param>
    /// <param name="expectedSha256">What they must hash to; null when that is not known.</param>
    /// <param name="maxBytes">How many there may be.</param>
    Task<BlobPut> PutAsync(
        BlobKey key,
        Stream content,
        string contentType,
        string? expectedSha256,
        long maxBytes,
        CancellationToken cancellationToken
    );

    /// <summary>Opens a blob for reading; null when there is none. Dispose of it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="range">Which of its bytes; null for all of them.</param>
    /// <param name="ifNoneMatch">An entity tag the caller has; null for none.</param>
    Task<BlobReading?> OpenReadAsync(
        BlobKey key,
        BlobRange? range,
        string? ifNoneMatch,
        CancellationToken cancellationToken
    );

    /// <summary>What is known of a blob; null when there is none.</summary>
    Task<BlobProperties?> HeadAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>Removes a blob; false when there was none.</summary>
    Task<bool> DeleteAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>Blobs whose keys begin with something, in the order of their keys, a page at a time.</summary>
    /// <param name="prefix">What the keys begin with, such as <see cref="BlobKey.Originals" />.</param>
    /// <param name="token">From the page before; null for the first.</param>
    Task<BlobPage> ListAsync(string prefix, string? token, CancellationToken cancellationToken);

    /// <summary>An address that takes one blob from whoever holds it, for a while.</summary>
    Task<UploadTicket> CreateUploadTicketAsync(
        BlobKey key,
        long maxBytes,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    );

    /// <summary>Removes what writers that were cut off have left behind, if older than told; gives how many there were.</summary>
    Task<int> RemoveRemnantsAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Whether the store can be used: does nothing, or throws.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>What became of bytes that were to be stored.</summary>
public enum BlobPut
{
    /// <summary>They are stored now.</summary>
    Created,

    /// <summary>A blob stands under their key already, and stays as it is.</summary>
    Exists,

    /// <summary>There are more of them than may be; none are kept.</summary>
    TooLarge,

    /// <summary>They do not hash to what was expected; none are kept.</summary>
    Different,
}

/// <summary>Some bytes of a blob.</summary>
/// <param name="Start">The first, from 0.</param>
/// <param name="Length">How many at most; null for all that follow.</param>
public readonly record struct BlobRange(long Start, long? Length);

/// <summary>What a store knows of a blob.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Bytes">How many bytes it has.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record BlobProperties(BlobKey Key, long Bytes, DateTimeOffset CreatedAt)
{
    public string ETag => Key.ETag;
}

/// <summary>Some blobs.</summary>
/// <param name="Blobs">In the order of their keys.</param>
/// <param name="Next">Asks for the page after this one; null when there is none.</param>
public sealed record BlobPage(IReadOnlyList<BlobProperties> Blobs, string? Next);

/// <summary>A blob that is open for reading.</summary>
public sealed class BlobReading(BlobProperties properties, Stream? content) : IAsyncDisposable
{
    public BlobProperties Properties => properties;

    /// <summary>The caller's entity tag matches: there is nothing to read.</summary>
    public bool IsNotModified => content is null;

    /// <summary>Its bytes.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to read, because the caller has them.</exception>
    public Stream Content => content ?? throw new InvalidOperationException($"{properties.Key} was not modified.");

    public ValueTask DisposeAsync() => content?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>How to send a file.</summary>
/// <param name="Url">Where to: absolute, or from the root of this server.</param>
/// <param name="Method">By which HTTP method.</param>
/// <param name="Headers">What to send with it.</param>
/// <param name="ExpiresAt">Until when the address takes it.</param>
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
        /// <summary>Opens all of a blob for reading; null when there is none. Dispose of it.</summary>
        public Task<BlobReading?> OpenReadAsync(BlobKey key, CancellationToken cancellationToken) =>
            store.OpenReadAsync(key, range: null, ifNoneMatch: null, cancellationToken);

        /// <summary>Every blob whose key begins with something, page after page.</summary>
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
