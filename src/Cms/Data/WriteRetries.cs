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
