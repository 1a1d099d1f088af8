using Cms.Data;

namespace Cms.Reading;

/// <summary>
/// Readers whose connections stay open between requests, as many as the provider says: where opening a connection costs
/// as much as a query, that saves half the time.
/// </summary>
public sealed class ReadPool(IDatabaseProvider provider) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<Reader> _idle = [];
    private bool _isClosed;

    /// <summary>A reader for one request, from the pool or opened for it.</summary>
    internal ValueTask<Reader> TakeAsync(CancellationToken cancellationToken) =>
        TakeIdle() is { } idle ? new(idle) : Reader.OpenAsync(provider, cancellationToken);

    /// <summary>Takes back a reader that no lease holds; one too many is closed.</summary>
    internal void Return(Reader reader)
    {
        ForcedPauses.Here();
        lock (_gate)
        {
            if (!_isClosed && _idle.Count < provider.IdleConnections)
            {
                _idle.Push(reader);
                return;
            }
        }

        reader.Dispose();
    }

    /// <summary>Closes the idle readers; those still out are closed when they come back.</summary>
    public void Dispose()
    {
        Reader[] idle;
        lock (_gate)
        {
            _isClosed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var reader in idle)
        {
            reader.Dispose();
        }
    }

    private Reader? TakeIdle()
    {
        Reader? idle;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _idle.TryPop(out idle);
        }

        ForcedPauses.Here();
        return idle;
    }
}
