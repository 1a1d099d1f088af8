namespace Cms.GraphQL.Execution;

/// <summary>The time by which the current GraphQL operation must finish its writes.</summary>
public static class MutationDeadline
{
    // At its time limit, an operation is stopped with TIMEOUT. Writes stop a little earlier, so that the client learns
    // that nothing was saved, and still gets the results of earlier mutations in the request.
    private const double Share = 0.9;

    private static readonly AsyncLocal<Started?> Current = new();

    /// <summary>The time left for writes; null outside a GraphQL mutation.</summary>
    public static TimeSpan? Left =>
        Current.Value is { } started ? started.Limit - TimeProvider.System.GetElapsedTime(started.At) : null;

    /// <summary>
    /// Limits the writes of an operation in the calling asynchronous method and the methods that it calls.
    /// </summary>
    /// <param name="beganAt">The start of the operation, as a timestamp of <see cref="TimeProvider.System" />.</param>
    public static void Begin(long beganAt, TimeSpan maxDuration) =>
        Current.Value = new Started(beganAt, maxDuration * Share);

    private sealed record Started(long At, TimeSpan Limit);
}
