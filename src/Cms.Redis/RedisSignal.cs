using Cms.Data;
using StackExchange.Redis;

namespace Cms.Redis;

/// <summary>
/// Wakes the other servers after a commit with public changes, so that they read the change log at once. The log stays
/// the truth: when a signal is lost, they read it at their next poll.
/// </summary>
public sealed class RedisSignal(RedisConnection redis, RedisSettings settings) : ICommitStep
{
    // Identifies this server, which has read its own changes already.
    private readonly RedisValue _self = Guid.CreateVersion7().ToString("n");

    private RedisChannel Channel => RedisChannel.Literal($"{settings.Prefix}:changes");

    // Nobody waits for Redis, so that a commit never takes longer because of it.
    public Task AfterCommitAsync()
    {
        if (redis.Current is { } connection)
        {
            _ = PublishAsync(connection);
        }

        return Task.CompletedTask;
    }

    private async Task PublishAsync(IConnectionMultiplexer connection)
    {
        using var activity = RedisTelemetry.Begin("PUBLISH", "changes");
        try
        {
            await connection.GetSubscriber().PublishAsync(Channel, _self);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or ObjectDisposedException)
        {
            // The other servers read the log at their next poll.
            activity.Fail(fault);
        }
    }

    /// <summary>Calls <paramref name="woken" /> whenever another server has committed changes.</summary>
    internal async Task ReceiveAsync(Action woken)
    {
        var connection = await redis.OpenAsync();
        await connection
            .GetSubscriber()
            .SubscribeAsync(
                Channel,
                (_, sender) =>
                {
                    if (sender != _self)
                    {
                        woken();
                    }
                },
                CommandFlags.FireAndForget
            );
    }
}
