using System.Security.Cryptography;

namespace Cms.Data;

/// <summary>
/// Defines how a write is retried after a conflict with another write: with random, growing pauses, until a time
/// limit.
/// </summary>
public sealed record WriteRetries
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a write is retried outside a GraphQL operation. In a GraphQL operation, the limit of the operation
    /// applies.
    /// </summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The clock for pauses and limits. It is not the product's clock, because tests stop that clock, and a pause would
    /// never end.
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Returns the pause after a failed attempt. The whole pause is random, so that writes that conflicted once do not
    /// conflict again.
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
