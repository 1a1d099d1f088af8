using System.Security.Cryptography;

namespace Cms.Data;

/// <summary>How a write is retried that lost to another writer: after random pauses that grow, until its time runs out.</summary>
public sealed record WriteRetries
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a write is retried outside of a GraphQL operation; inside, the operation's own limit counts.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Measures pauses and limits. Not the product's clock: tests stop that one, and a paused writer would wait forever.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The pause after a lost attempt. All of it is random, so that writers who collided once do not collide again.</summary>
    public static TimeSpan PauseAfter(int attempt)
    {
        var longest = Math.Min(
            LongestPause.TotalMilliseconds,
            FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 10) - 1)
        );
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)longest + 1));
    }
}

/// <summary>When the GraphQL operation that runs here must have finished its writes.</summary>
public static class WriteDeadline
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
