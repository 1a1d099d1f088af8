using Cms.Data;

namespace Cms.Reading;

/// <summary>
/// Pools readers, up to the number that the provider allows. Their connections stay open between requests. This halves
/// the time of a read if opening a connection takes as long as a query.
/// </summary>
public sealed class ReadPool(IDatabaseProvider provider) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<Reader> _idle = [];
    private bool _isClosed;

    /// <summary>Returns a reader for one request, from the pool or newly opened.</summary>
    internal ValueTask<Reader> TakeAsync(CancellationToken cancellationToken) =>
        TakeIdle() is { } idle ? new(idle) : Reader.OpenAsync(provider, cancellationToken);

    /// <summary>Takes back a reader that is not leased. Closes it if the pool is full or disposed.</summary>
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

    /// <summary>Closes the idle readers. The others are closed when they are returned.</summary>
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
