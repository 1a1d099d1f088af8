using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Cms.Api;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Data;

/// <summary>
/// The contexts that one request reads with: fields resolved at the same time get one each, fields resolved after one
/// another share one and its open connection.
/// </summary>
public sealed class ReadContexts(OpenContexts contexts) : IAsyncDisposable
{
    private readonly Stack<CmsDbContext> _idle = [];

    /// <summary>What was read so far.</summary>
    public Reads Reads { get; } = new();

    /// <summary>A context for something that is not recorded: the answer is not kept.</summary>
    public ValueTask<Lease> RentAsync(CancellationToken cancellationToken)
    {
        Reads.Unknown();
        return RentAsync(default(Reads.Recorded), cancellationToken);
    }

    /// <summary>A context for what was recorded.</summary>
    public ValueTask<Lease> RentAsync(Reads.Recorded read, CancellationToken cancellationToken)
    {
        lock (_idle)
        {
            if (_idle.TryPop(out var idle))
            {
                return new(Begin(idle, cancellationToken));
            }
        }

        return OpenAsync(cancellationToken);
    }

    /// <summary>Counts a list when it comes to that, on whatever context is free then.</summary>
    internal Func<IDataLoaderResult<int>> Counting<T>(
        Func<CmsDbContext, IQueryable<T>> list,
        Func<Reads.Recorded> record
    ) =>
        () =>
            LoaderResults.Later(async cancellationToken =>
            {
                using var lease = await RentAsync(record(), cancellationToken);
                return await list(lease.Db).CountAsync(cancellationToken);
            });

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryPop(out var db))
        {
            await ForcedPauses.HereAsync();
            await contexts.ReturnAsync(db);
        }
    }

    private async ValueTask<Lease> OpenAsync(CancellationToken cancellationToken)
    {
        await ForcedPauses.HereAsync();
        var db = await contexts.RentAsync(cancellationToken);
        await ForcedPauses.HereAsync();
        return Begin(db, cancellationToken);
    }

    // Who leaves stops what is read for them.
    private Lease Begin(CmsDbContext db, CancellationToken cancellationToken) =>
        new(
            this,
            db,
            cancellationToken.UnsafeRegister(
                static (state, _) =>
                {
                    var (contexts, db) = ((OpenContexts, CmsDbContext))state!;
                    contexts.Interrupt(db);
                },
                (contexts, db)
            )
        );

    private void Return(CmsDbContext db)
    {
        lock (_idle)
        {
            _idle.Push(db);
        }
    }

    /// <summary>Gives the context back when disposed.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "A lease is held, never compared.")]
    public readonly struct Lease(ReadContexts owner, CmsDbContext db, CancellationTokenRegistration interruption)
        : IDisposable
    {
        public CmsDbContext Db => db;

        public void Dispose()
        {
            ForcedPauses.Here();
            interruption.Dispose();
            ForcedPauses.Here();
            owner.Return(db);
        }
    }
}

/// <summary>
/// Contexts that only read, each with its connection open. As many as the provider says stay so between requests: where
/// opening a connection costs as much as a query, that is spared.
/// </summary>
public sealed class OpenContexts(IDbContextFactory<CmsDbContext> databases, IDatabaseProvider provider)
    : IAsyncDisposable
{
    private readonly ConcurrentBag<CmsDbContext> _idle = [];

    /// <summary>A context with an open connection, for one reader at a time.</summary>
    public ValueTask<CmsDbContext> RentAsync(CancellationToken cancellationToken) =>
        _idle.TryTake(out var idle) ? new(idle) : OpenAsync(cancellationToken);

    /// <summary>Ends what a context is reading.</summary>
    public void Interrupt(CmsDbContext db) => provider.Interrupt(db.Database.GetDbConnection());

    /// <summary>Takes a context back that nobody reads with any more.</summary>
    public ValueTask ReturnAsync(CmsDbContext db)
    {
        if (_idle.Count >= provider.IdleConnections)
        {
            return db.DisposeAsync();
        }

        _idle.Add(db);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var db))
        {
            await db.DisposeAsync();
        }
    }

    private async ValueTask<CmsDbContext> OpenAsync(CancellationToken cancellationToken)
    {
        var db = await databases.CreateDbContextAsync(cancellationToken);
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
