using Cms.Data;
using Cms.GraphQL;

namespace Cms.Media.Blobs;

/// <summary>The blob store cannot be used: it does not respond, is full, or rejects this server.</summary>
public sealed class BlobStoreUnavailableException(Exception cause)
    : IOException("The image store cannot be used at the moment.", cause);

/// <summary>Recognizes an image store that cannot be used, and a database that does not respond.</summary>
public sealed class StoreOutages(DatabaseErrors database) : IOutages
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>Returns the error that clients get while the image store cannot be used.</summary>
    public static RequestError Error() =>
        new(
            ErrorCodes.StoreUnavailable,
            "The image store cannot be used at the moment. Nothing was saved. Try again in a few seconds."
        )
        {
            RetryAfter = Soon,
        };

    public RequestError? Of(Exception fault) => fault is BlobStoreUnavailableException ? Error() : database.Of(fault);

    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        database.RunAsync(work, cancellationToken);
}
