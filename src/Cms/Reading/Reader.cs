using System.Data.Common;
using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Reading;

/// <summary>
/// A read-only context and its connection. It serves one lease at a time. A lease that has ended can neither use the
/// context nor end a later lease.
/// </summary>
internal sealed class Reader : IDisposable
{
    private readonly CmsDbContext _db;
    private readonly DbConnection _connection;
    private readonly IDatabaseProvider _provider;

    // The current turn: odd while the reader is leased, and different for each lease.
    private int _turn;

    private Reader(CmsDbContext db, IDatabaseProvider provider, ReadModel model) =>
        (_db, _connection, _provider, Model) = (db, db.Database.GetDbConnection(), provider, model);

    /// <summary>The model that the reader has.</summary>
    public ReadModel Model { get; }

    /// <summary>Creates a reader and opens its connection.</summary>
    public static async ValueTask<Reader> OpenAsync(
        IDatabaseProvider provider,
        ReadModel model,
        CancellationToken cancellationToken
    )
    {
        var db = provider.CreateReadContext(
            model switch
            {
                ReadModel.Public => null,
                ReadModel.Partner => options => new PartnerDbContext(options),
                _ => options => new EarlyPartnerDbContext(options),
            }
        );

        // The context lives as long as the pool. If it tracked rows, later requests would get their old values.
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            return new Reader(db, provider, model);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sets what the partner of the next leases receives. The reader must not be leased.</summary>
    public void Serve(Entitlement entitlement) => ((PartnerDbContext)_db).Entitlement = entitlement;

    /// <summary>Prepares the reader for the next lease. Returns false if it must be closed instead.</summary>
    public bool TryReset() => _provider.TryReset(_connection);

    /// <summary>Begins a lease and returns its turn.</summary>
    /// <exception cref="InvalidOperationException">The reader is already leased.</exception>
    public int Begin()
    {
        var turn = Volatile.Read(ref _turn);
        return (turn & 1) == 0 && Interlocked.CompareExchange(ref _turn, turn + 1, turn) == turn
            ? turn + 1
            : throw new InvalidOperationException("The reader was leased twice at the same time.");
    }

    /// <exception cref="ObjectDisposedException">The turn has ended.</exception>
    public CmsDbContext Of(int turn)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _turn) != turn, this);
        return _db;
    }

    /// <summary>Ends a turn. Returns false if it has already ended.</summary>
    public bool TryEnd(int turn) => Interlocked.CompareExchange(ref _turn, turn + 1, turn) == turn;

    /// <summary>Interrupts the current or next statement. Called from any thread while the reader is leased.</summary>
    public void Interrupt() => _provider.Interrupt(_connection);

    public void Dispose() => _db.Dispose();
}
