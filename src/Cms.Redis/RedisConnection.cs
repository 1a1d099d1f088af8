using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Cms.Redis;

/// <summary>
/// The connection to Redis. The server works without it: it is opened in the background, and opened again after a loss.
/// </summary>
public sealed partial class RedisConnection(ConfigurationOptions options, ILogger<RedisConnection> log)
    : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A key of a check that was killed is removed after this time.
    private static readonly TimeSpan Proof = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _opening;
    private ConnectionMultiplexer? _connection;
    private bool _isAway;

    /// <summary>Called when the connection is restored, because signals may have been missed.</summary>
    internal Action? Interrupted { get; set; }

    /// <summary>The connection; null while Redis cannot be reached, and in commands, which never open it.</summary>
    internal IConnectionMultiplexer? Current =>
        Volatile.Read(ref _connection) is { IsConnected: true } connection ? connection : null;

    /// <summary>Opens the connection. Returns also if Redis cannot be reached yet.</summary>
    internal Task<ConnectionMultiplexer> OpenAsync()
    {
        lock (_gate)
        {
            return _opening ??= ConnectAsync();
        }
    }

    /// <summary>Logs once that Redis does not respond, until it responds again.</summary>
    internal void ReportAway(string reason)
    {
        if (!Interlocked.Exchange(ref _isAway, true))
        {
            LogAway(Servers, reason);
        }
    }

    /// <summary>Logs that Redis responds again, if it did not.</summary>
    internal void ReportBack()
    {
        if (Volatile.Read(ref _isAway) && Interlocked.Exchange(ref _isAway, false))
        {
            LogBack(Servers);
        }
    }

    /// <summary>
    /// Looks every second whether Redis has come back. The library does not report a connection that succeeds for the first
    /// time.
    /// </summary>
    internal async Task WatchAsync(CancellationToken cancellationToken)
    {
        await OpenAsync().WaitAsync(cancellationToken);
        using PeriodicTimer timer = new(Interval);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (Volatile.Read(ref _isAway) && Current is not null)
            {
                ReportBack();
                Interrupted?.Invoke();
            }
        }
    }

    /// <summary>
    /// Writes a key, reads it, removes it, and sends a signal. Returns the version of Redis and how long this took.
    /// </summary>
    /// <param name="prefix">The beginning of the key and the channel.</param>
    /// <exception cref="RedisException">Redis cannot be reached, or refuses.</exception>
    /// <exception cref="TimeoutException">Redis does not answer.</exception>
    public async Task<(Version Version, TimeSpan Took)> ProveAsync(string prefix)
    {
        var once = options.Clone();
        once.AbortOnConnectFail = true;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(once);
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var database = connection.GetDatabase();
        var key = (RedisKey)$"{prefix}:doctor:{Guid.CreateVersion7():n}";
        await database.StringSetAsync(key, "1", Proof);
        var read = await database.StringGetAsync(key);
        await database.KeyDeleteAsync(key);
        if (read != "1")
        {
            throw new RedisException("a key that was written is not there");
        }

        await connection.GetSubscriber().PublishAsync(RedisChannel.Literal($"{prefix}:doctor"), "1");
        return (connection.GetServers()[0].Version, System.Diagnostics.Stopwatch.GetElapsedTime(began));
    }

    /// <summary>The servers in the connection string.</summary>
    public string Servers => string.Join(", ", options.EndPoints);

    public async ValueTask DisposeAsync()
    {
        if (_opening is { } opening)
        {
            var connection = await opening;
            connection.ConnectionFailed -= OnFailed;
            await connection.DisposeAsync();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        // Resolving names and connecting can block.
        await Task.Yield();
        var connection = await ConnectionMultiplexer.ConnectAsync(options);
        connection.ConnectionFailed += OnFailed;
        if (!connection.IsConnected)
        {
            ReportAway("no connection");
        }

        Volatile.Write(ref _connection, connection);
        return connection;
    }

    // The message of the exception has pages of diagnostics.
    private void OnFailed(object? sender, ConnectionFailedEventArgs lost) => ReportAway(lost.FailureType.ToString());

    [LoggerMessage(
        LogLevel.Warning,
        "Redis at {Servers} cannot be reached ({Reason}). Start it, or correct ConnectionStrings__Redis. Until then, changes that other servers make are visible here after up to a second, and each server counts limits alone"
    )]
    private partial void LogAway(string servers, string reason);

    [LoggerMessage(LogLevel.Information, "Redis at {Servers} responds again")]
    private partial void LogBack(string servers);
}
