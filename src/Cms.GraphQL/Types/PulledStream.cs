using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Resolvers;

namespace Cms.GraphQL.Types;

/// <summary>
/// Replaces the observable that GraphQL.NET expects. Each event is pulled after the previous one has been sent, so that
/// nothing has to be buffered for a slow client.
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
