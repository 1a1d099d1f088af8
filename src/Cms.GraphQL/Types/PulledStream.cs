using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Resolvers;

namespace Cms.GraphQL.Types;

/// <summary>
/// Stands where the engine wants an observable: events are pulled, each when the last has been sent, so that nobody
/// has to hold what a slow reader has not read.
/// </summary>
internal sealed class PulledStream : ISourceStreamResolver
{
    public static PulledStream Instance { get; } = new();

    public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) =>
        throw new NotSupportedException("Events are pulled by SubscriptionStrategy.");

    public static async IAsyncEnumerable<object?> Of<T>(
        IAsyncEnumerable<T> events,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            yield return item;
        }
    }
}
