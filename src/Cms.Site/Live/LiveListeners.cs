using System.Net;
using System.Threading.Channels;

namespace Cms.Site.Live;

/// <summary>The open pages that listen for changes, with a limit for each address and one for all.</summary>
internal sealed class LiveListeners(LiveSettings settings)
{
    // What a slow page can be behind before it loses the oldest events.
    private const int MaxWaiting = 50;

    private readonly Lock _gate = new();
    private readonly HashSet<LiveListener> _all = [];
    private readonly Dictionary<string, int> _perAddress = new(StringComparer.Ordinal);

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _all.Count == 0;
            }
        }
    }

    /// <summary>Adds a page, unless there are too many.</summary>
    public LiveEntry Enter(IPAddress? reader)
    {
        var address = ClientNetwork.KeyOf(reader);
        lock (_gate)
        {
            var own = _perAddress.GetValueOrDefault(address);
            if (settings.PerAddress > 0 && own >= settings.PerAddress)
            {
                return new(null, LiveRefusal.Address);
            }

            if (settings.Total > 0 && _all.Count >= settings.Total)
            {
                return new(null, LiveRefusal.Total);
            }

            LiveListener listener = new(
                address,
                Channel.CreateBounded<LiveEvent>(
                    new BoundedChannelOptions(MaxWaiting)
                    {
                        FullMode = BoundedChannelFullMode.DropOldest,
                        SingleReader = true,
                    }
                )
            );
            _all.Add(listener);
            _perAddress[address] = own + 1;
            return new(listener, LiveRefusal.None);
        }
    }

    /// <summary>Removes a page.</summary>
    public void Leave(LiveListener listener)
    {
        lock (_gate)
        {
            if (!_all.Remove(listener))
            {
                return;
            }

            // Addresses without pages are forgotten, so that the list stays as short as that of the pages.
            if (--_perAddress[listener.Address] == 0)
            {
                _perAddress.Remove(listener.Address);
            }
        }
    }

    /// <summary>Passes a change to all pages.</summary>
    public void Tell(LiveEvent change)
    {
        lock (_gate)
        {
            foreach (var listener in _all)
            {
                listener.Events.Writer.TryWrite(change);
            }
        }
    }
}

/// <summary>A page that listens. Two pages of one reader are different, so this is not a record.</summary>
public sealed class LiveListener(string address, Channel<LiveEvent> events)
{
    /// <summary>The address or the network that the page counts for.</summary>
    internal string Address => address;

    /// <summary>What the page has not been sent yet.</summary>
    public Channel<LiveEvent> Events => events;
}

/// <summary>A page that was added, or why it was not.</summary>
public readonly record struct LiveEntry(LiveListener? Listener, LiveRefusal Refusal);

/// <summary>Why a page cannot listen.</summary>
public enum LiveRefusal
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Too many pages of its address listen.</summary>
    Address,

    /// <summary>Too many pages listen.</summary>
    Total,
}
