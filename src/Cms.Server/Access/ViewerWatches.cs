using Cms.Access;

namespace Cms.Server.Access;

/// <summary>Looks after connections that outlast a request: they end when what their viewer signed in with does, or at a block.</summary>
internal sealed class ViewerWatches(BlockList blocks, TimeProvider clock)
{
    // The longest that a timer waits; nothing that expires later is held for so long.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>Calls <paramref name="over" /> with the reason, once at most, until disposed of; null where nothing can expire.</summary>
    public IDisposable? Begin(Admittance admittance, Action<string> over)
    {
        if (admittance.Viewer.Key is not { } key)
        {
            return null;
        }

        var left = admittance.ExpiresAt - clock.GetUtcNow();
        var watch = new Watch(over);
        watch.Expiry = clock.CreateTimer(
            _ => watch.End("Token expired"),
            null,
            left < TimeSpan.Zero ? TimeSpan.Zero
                : left > Longest ? Longest
                : left,
            Timeout.InfiniteTimeSpan
        );
        watch.Block = blocks.Watch(key, () => watch.End("Forbidden"));
        return watch;
    }

    private sealed class Watch(Action<string> over) : IDisposable
    {
        private int _isOver;

        public ITimer? Expiry { get; set; }

        public IDisposable? Block { get; set; }

        public void End(string reason)
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                over(reason);
            }
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref _isOver, 1);
            Expiry?.Dispose();
            Block?.Dispose();
        }
    }
}
