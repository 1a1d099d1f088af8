using System.Data.Common;
using Cms.Data;
using Microsoft.EntityFrameworkCore;

namespace Cms.Reading;

/// <summary>
/// A context that only reads, together with the one connection it ever has. One lease uses it at a time: a lease that
/// has ended neither reaches the context nor ends the next one's turn.
/// </summary>
internal sealed class Reader : IDisposable
{
    private readonly CmsDbContext _db;
    private readonly DbConnection _connection;
    private readonly IDatabaseProvider _provider;

    // Odd while a lease holds the reader, and another number for each lease.
    private int _turn;

    private Reader(CmsDbContext db, IDatabaseProvider provider) =>
        (_db, _connection, _provider) = (db, db.Database.GetDbConnection(), provider);

    /// <summary>Opens a connection.</summary>
    public static async ValueTask<Reader> OpenAsync(IDatabaseProvider provider, CancellationToken cancellationToken)
    {
        var db = provider.CreateReadContext();
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            return new Reader(db, provider);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes it ready for the next lease; false when it must be closed instead.</summary>
    public bool TryReset() => _provider.TryReset(_connection);

    /// <summary>Begins a lease and returns its turn.</summary>
    /// <exception cref="InvalidOperationException">Another lease holds the reader.</exception>
    public int Begin()
    {
        var turn = Volatile.Read(ref _turn);
        return (turn & 1) == 0 && Interlocked.CompareExchange(ref _turn, turn + 1, turn) == turn
            ? turn + 1
            : throw new InvalidOperationException("The reader was leased twice at the same time.");
    }

    /// <exception cref="ObjectDisposedException">That turn has ended.</exception>
    public CmsDbContext Of(int turn)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _turn) != turn, this);
        return _db;
    }

    /// <summary>Ends a turn; false when it has ended already.</summary>
    public bool TryEnd(int turn) => Interlocked.CompareExchange(ref _turn, turn + 1, turn) == turn;

    /// <summary>Ends the statement that runs or is about to. Called from any thread, while a lease holds the reader.</summary>
    public void Interrupt() => _provider.Interrupt(_connection);

    public void Dispose() => _db.Dispose();
}
