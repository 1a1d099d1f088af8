namespace Cms.GraphQL.Execution;

/// <summary>When the GraphQL operation that runs here must have finished its writes.</summary>
public static class MutationDeadline
{
    // An operation is ended at its limit and answered with TIMEOUT. Writes give up a little before that, so that the
    // client learns that nothing was saved, and what earlier mutations of the request returned is not lost.
    private const double Share = 0.9;

    private static readonly AsyncLocal<Started?> Current = new();

    /// <summary>What is left; null outside of a GraphQL operation.</summary>
    public static TimeSpan? Left =>
        Current.Value is { } started ? started.Limit - TimeProvider.System.GetElapsedTime(started.At) : null;

    /// <summary>Limits the writes of an operation, in the asynchronous method that calls this and in what it calls.</summary>
    /// <param name="beganAt">When the operation began, as a timestamp of <see cref="TimeProvider.System" />.</param>
    /// <param name="maxDuration">How long the operation may take.</param>
    public static void Begin(long beganAt, TimeSpan maxDuration) =>
        Current.Value = new Started(beganAt, maxDuration * Share);

    private sealed record Started(long At, TimeSpan Limit);
}
