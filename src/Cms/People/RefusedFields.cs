using System.Collections.Concurrent;
using System.Threading.Channels;
using Cms.Foundation;

namespace Cms.People;

/// <summary>
/// The fields that members of staff selected without the role for them, for the audit log. They are written in the
/// background, so that no request waits. Each person and field is queued at most once a minute. If the queue is full,
/// refusals are not recorded.
/// </summary>
public sealed class RefusedFields(TimeProvider clock)
{
    private const int MaxQueued = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(PersonKey Person, string Field), DateTimeOffset> _queued = [];
    private readonly Channel<(Viewer Viewer, string Field)> _queue = Channel.CreateBounded<(Viewer, string)>(MaxQueued);

    /// <summary>Queues a refusal, if the viewer is staff and it was not queued within the last minute.</summary>
    public void Add(Viewer viewer, string field)
    {
        if (viewer is not { Kind: ViewerKind.Person, Role: >= Role.Author, Key: { } person })
        {
            return;
        }

        var now = clock.Now();
        if (_queued.TryGetValue((person, field), out var last) && now - last < Interval)
        {
            return;
        }

        if (_queued.Count >= MaxQueued)
        {
            foreach (var (old, at) in _queued)
            {
                if (now - at >= Interval)
                {
                    _queued.TryRemove(old, out _);
                }
            }
        }

        if (_queue.Writer.TryWrite((viewer, field)))
        {
            _queued[(person, field)] = now;
        }
    }

    /// <summary>Returns the queued refusals, as they come.</summary>
    public IAsyncEnumerable<(Viewer Viewer, string Field)> ReadAsync(CancellationToken cancellationToken) =>
        _queue.Reader.ReadAllAsync(cancellationToken);
}
