using System.Threading.Channels;
using Cms.Changes;
using Microsoft.Extensions.Hosting;

namespace Cms.Redis;

/// <summary>
/// Reads the change log when another server has committed changes. Signals that arrive during a read cause one more
/// read.
/// </summary>
internal sealed class SignalReader(RedisConnection redis, RedisSignal signal, ChangeFeed feed) : BackgroundService
{
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.Interrupted = Wake;
        var watching = redis.WatchAsync(stoppingToken);
        try
        {
            await signal.ReceiveAsync(Wake).WaitAsync(stoppingToken);
            await foreach (var _ in _woken.Reader.ReadAllAsync(stoppingToken))
            {
                await feed.CommittedAsync();
            }
        }
        finally
        {
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Wake() => _woken.Writer.TryWrite(true);
}
