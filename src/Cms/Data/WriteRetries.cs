using System.Security.Cryptography;

namespace Cms.Data;

/// <summary>
/// Defines how to retry a write that lost to another writer: after random, growing pauses, until its time runs out.
/// </summary>
public sealed record WriteRetries
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a write is retried outside a GraphQL operation. Inside one, the operation's own limit applies.
    /// </summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Measures pauses and limits. Not the product's clock: tests stop that clock, and a pausing writer would wait
    /// forever.
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Returns the pause after a lost attempt. The whole pause is random, so that writers that collided once do not
    /// collide again.
    /// </summary>
    public static TimeSpan PauseAfter(int attempt)
    {
        var longest = Math.Min(
            LongestPause.TotalMilliseconds,
            FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 10) - 1)
        );
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)longest + 1));
    }
}
