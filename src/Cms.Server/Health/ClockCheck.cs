namespace Cms.Server.Health;

/// <summary>Returns the database's clock; null if the database uses the clock of this machine.</summary>
internal delegate Task<DateTimeOffset?> DatabaseClock(CancellationToken cancellationToken);

/// <summary>
/// Compares the clock of this server with the database's. Leases and due times compare the clocks of several servers, so a
/// server whose clock is wrong must not do timed work.
/// </summary>
internal sealed partial class ClockCheck(DatabaseClock database, TimeProvider clock, ILogger<ClockCheck> log)
{
    /// <summary>The largest difference that is allowed. Leases are much longer.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    private bool _isOff;

    /// <summary>Returns whether the clock of this server is wrong. Logs changes.</summary>
    public async Task<bool> IsOffAsync(CancellationToken cancellationToken)
    {
        if (await database(cancellationToken) is not { } theirs)
        {
            return false;
        }

        var difference = clock.GetUtcNow() - theirs;
        var isOff = difference.Duration() > Most;
        if (Interlocked.Exchange(ref _isOff, isOff) != isOff)
        {
            if (isOff)
            {
                LogOff(log, difference.TotalSeconds);
            }
            else
            {
                LogRight(log);
            }
        }

        return isOff;
    }

    [LoggerMessage(
        LogLevel.Error,
        "The clock of this server differs from the database's by {Seconds:F1} seconds. Set it, for example with NTP. Until then, this server is not ready and does no timed work"
    )]
    private static partial void LogOff(ILogger logger, double seconds);

    [LoggerMessage(LogLevel.Information, "The clock of this server is right again")]
    private static partial void LogRight(ILogger logger);
}
