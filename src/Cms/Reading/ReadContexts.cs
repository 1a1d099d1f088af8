using System.Diagnostics.CodeAnalysis;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Reading;

/// <summary>
/// The readers of one request. Fields that are resolved at the same time get one reader each. Fields that are resolved
/// one after another share one reader and its open connection.
/// </summary>
public sealed class ReadContexts(ReadPool pool, CurrentViewer viewer) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<Reader> _idle = [];
    private bool _isOver;

    /// <summary>What the request has read so far.</summary>
    public ReadTracker Reads { get; } = new();

    /// <summary>Rents a reader for a read that is not recorded, so the answer is not cached.</summary>
    public ValueTask<Lease> RentAsync(CancellationToken cancellationToken)
    {
        Reads.Unknown();
        return RentAsync(default(ReadTracker.Recorded), cancellationToken);
    }

    /// <summary>Rents a reader for a read that is recorded.</summary>
    public ValueTask<Lease> RentAsync(ReadTracker.Recorded read, CancellationToken cancellationToken) =>
        TakeIdle() is { } idle ? new(Begin(idle, cancellationToken)) : OpenAsync(cancellationToken);

    /// <summary>
    /// Returns a function that counts a list if the count is requested. It rents a reader when it is called.
    /// </summary>
    internal Func<IDataLoaderResult<int>> Counting<T>(
        Func<CmsDbContext, IQueryable<T>> list,
        Func<ReadTracker.Recorded> record
    ) =>
        () =>
            LoaderResults.Later(async cancellationToken =>
            {
                using var lease = await RentAsync(record(), cancellationToken);
                return await list(lease.Db).CountAsync(cancellationToken);
            });

    /// <summary>
    /// Ends the request's reads. A reader that is still leased then is returned to the pool when its lease ends.
    /// </summary>
    public void Dispose()
    {
        Reader[] idle;
        lock (_gate)
        {
            _isOver = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var reader in idle)
        {
            ForcedPauses.Here();
            pool.Return(reader);
        }
    }

    private Reader? TakeIdle()
    {
        Reader? idle;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            _idle.TryPop(out idle);
        }

        ForcedPauses.Here();
        return idle;
    }

    private async ValueTask<Lease> OpenAsync(CancellationToken cancellationToken)
    {
        await ForcedPauses.HereAsync();
        var reader = await pool.TakeAsync(viewer.Value.Entitlement, cancellationToken);
        await ForcedPauses.HereAsync();
        return Begin(reader, cancellationToken);
    }

    // When the client disconnects, its running statement is interrupted.
    private Lease Begin(Reader reader, CancellationToken cancellationToken) =>
        new(
            this,
            reader,
            reader.Begin(),
            cancellationToken.UnsafeRegister(static reader => ((Reader)reader!).Interrupt(), reader)
        );

    private void Return(Reader reader)
    {
        if (!reader.TryReset())
        {
            reader.Dispose();
            return;
        }

        lock (_gate)
        {
            if (!_isOver)
            {
                _idle.Push(reader);
                return;
            }
        }

        pool.Return(reader);
    }

    /// <summary>Gives access to a reader's context. Disposing of a lease again has no effect.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "Leases are never compared.")]
    public readonly struct Lease : IDisposable
    {
        private readonly ReadContexts _owner;
        private readonly Reader _reader;
        private readonly int _turn;
        private readonly CancellationTokenRegistration _interruption;

        internal Lease(ReadContexts owner, Reader reader, int turn, CancellationTokenRegistration interruption) =>
            (_owner, _reader, _turn, _interruption) = (owner, reader, turn, interruption);

        /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
        public CmsDbContext Db => _reader.Of(_turn);

        public void Dispose()
        {
            if (!_reader.TryEnd(_turn))
            {
                return;
            }

            // Wait for an interruption that is in progress, so that it cannot interrupt a statement of the next lease.
            ForcedPauses.Here();
            _interruption.Dispose();
            ForcedPauses.Here();
            _owner.Return(_reader);
        }
    }
}
