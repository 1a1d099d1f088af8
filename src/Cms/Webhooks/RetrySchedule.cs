namespace Cms.Webhooks;

/// <summary>When attempts to deliver a message follow each other.</summary>
internal static class RetrySchedule
{
    /// <summary>The longest time that a receiver can ask to wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    private const double Least = 0.8;
    private const double Spread = 0.4;

    // The first attempt is made at once.
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>The number of attempts.</summary>
    public static int Attempts => Delays.Length + 1;

    /// <summary>Returns how long to wait after a failed attempt; null if there is no further attempt.</summary>
    /// <param name="attempts">The number of attempts that were made: at least 1.</param>
    /// <param name="retryAfter">How long the receiver asked to wait; null if it did not.</param>
    /// <param name="chance">A random number from 0 to 1, so that many deliveries do not return at the same time.</param>
    public static TimeSpan? DelayAfter(int attempts, TimeSpan? retryAfter, double chance)
    {
        if (attempts > Delays.Length)
        {
            return null;
        }

        var own = Delays[attempts - 1] * (Least + (Spread * chance));
        var asked = retryAfter > LongestWait ? LongestWait : retryAfter ?? TimeSpan.Zero;
        return asked > own ? asked : own;
    }
}
