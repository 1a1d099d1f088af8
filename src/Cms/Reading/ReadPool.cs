using Cms.Data;
using Cms.People;

namespace Cms.Reading;

/// <summary>
/// Pools readers, up to the number that the provider allows. Their connections stay open between requests. This halves
/// the time of a read if opening a connection takes as long as a query.
/// </summary>
public sealed class ReadPool(IDatabaseProvider provider) : IDisposable
{
    private readonly Lock _gate = new();

    // For each model.
    private readonly Stack<Reader>[] _idle =
    [
        [],
        [],
        [],
    ];
    private bool _isClosed;

    /// <summary>Returns a reader for one request, from the pool or newly opened.</summary>
    /// <param name="entitlement">What the partner receives; null if the request is not a partner's.</param>
    /// <param name="cancellationToken">Cancelled when the request ends.</param>
    internal async ValueTask<Reader> TakeAsync(Entitlement? entitlement, CancellationToken cancellationToken)
    {
        var reader =
            TakeIdle(_idle[(int)entitlement.Model])
            ?? await Reader.OpenAsync(provider, entitlement.Model, cancellationToken);
        if (entitlement is not null)
        {
            reader.Serve(entitlement);
        }

        return reader;
    }

    /// <summary>Takes back a reader that is not leased. Closes it if the pool is full or disposed.</summary>
    internal void Return(Reader reader)
    {
        ForcedPauses.Here();
        lock (_gate)
        {
            var idle = _idle[(int)reader.Model];
            if (!_isClosed && idle.Count < provider.IdleConnections)
            {
                idle.Push(reader);
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
            idle = [.. _idle.SelectMany(readers => readers)];
            foreach (var readers in _idle)
            {
                readers.Clear();
            }
        }

        foreach (var reader in idle)
        {
            reader.Dispose();
        }
    }

    private Reader? TakeIdle(Stack<Reader> among)
    {
        Reader? idle;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            among.TryPop(out idle);
        }

        ForcedPauses.Here();
        return idle;
    }
}
