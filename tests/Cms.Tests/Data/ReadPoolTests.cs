using Cms.Data;
using Cms.Reading;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Data;

/// <summary>Pooled readers, their connections and their prepared statements.</summary>
public sealed class ReadPoolTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task A_lease_that_has_ended_cannot_access_the_database()
    {
        await using var scope = database.Services.CreateAsyncScope();
        var lease = await Contexts(scope).RentAsync(default);
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => lease.Db);
    }

    [Fact]
    public async Task A_lease_disposed_twice_returns_its_reader_once()
    {
        await using var scope = database.Services.CreateAsyncScope();
        var first = await Contexts(scope).RentAsync(default);
        first.Dispose();
        using var second = await Contexts(scope).RentAsync(default);
        first.Dispose();
        using var third = await Contexts(scope).RentAsync(default);

        Assert.NotSame(second.Db, third.Db);
        Assert.Throws<ObjectDisposedException>(() => first.Db);
    }

    [Fact]
    public async Task A_lease_that_outlives_its_request_returns_its_reader_when_it_ends()
    {
        CmsDbContext db;
        ReadContexts.Lease lease;
        await using (var scope = database.Services.CreateAsyncScope())
        {
            lease = await Contexts(scope).RentAsync(default);
            db = lease.Db;
        }

        Assert.Equal(0, await lease.Db.Articles.CountAsync());
        lease.Dispose();
        await using var next = database.Services.CreateAsyncScope();
        using var reused = await Contexts(next).RentAsync(default);
        Assert.Same(db, reused.Db);
    }

    [Fact]
    public async Task A_finished_request_cannot_rent_a_reader()
    {
        var scope = database.Services.CreateAsyncScope();
        var contexts = Contexts(scope);
        await scope.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await contexts.RentAsync(default));
    }

    [Fact]
    public async Task A_reader_with_an_open_snapshot_of_the_database_is_not_reused()
    {
        await using var scope = database.Services.CreateAsyncScope();
        CmsDbContext db;
        using (var lease = await Contexts(scope).RentAsync(default))
        {
            db = lease.Db;
            var open = db.Database.GetDbConnection().CreateCommand();
            open.CommandText = "SELECT Seq FROM ChangeCounters";
            Assert.True(await (await open.ExecuteReaderAsync()).ReadAsync());
        }

        var seq = await CountAsync();
        using var next = await Contexts(scope).RentAsync(default);
        Assert.NotSame(db, next.Db);
        Assert.Equal(seq, await next.Db.ChangeCounters.Select(counter => counter.Seq).SingleAsync());
    }

    [Fact]
    public async Task A_read_connection_rejects_writes()
    {
        await using var scope = database.Services.CreateAsyncScope();
        using var lease = await Contexts(scope).RentAsync(default);

        var refused = await Assert.ThrowsAsync<SqliteException>(() =>
            lease.Db.ChangeCounters.ExecuteUpdateAsync(counters => counters.SetProperty(c => c.Seq, c => c.Seq + 1))
        );

        Assert.Equal(8, refused.SqliteErrorCode);
    }

    [Fact]
    public async Task A_read_connection_opens_only_once()
    {
        await using var scope = database.Services.CreateAsyncScope();
        using var lease = await Contexts(scope).RentAsync(default);
        await lease.Db.Database.CloseConnectionAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => lease.Db.Articles.CountAsync());

        Assert.Contains("can be opened only once", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_readers_than_the_pool_retains_each_use_their_own_statements()
    {
        var many = (2 * database.Services.GetRequiredService<IDatabaseProvider>().IdleConnections) + 4;
        for (var round = 0; round < 3; round++)
        {
            await using var scope = database.Services.CreateAsyncScope();
            var contexts = Contexts(scope);
            List<ReadContexts.Lease> leases = [];
            for (var i = 0; i < many; i++)
            {
                leases.Add(await contexts.RentAsync(default));
            }

            Assert.Equal(many, leases.Select(lease => lease.Db).Distinct().Count());
            Assert.All(
                await Task.WhenAll(leases.Select((lease, i) => EchoAsync(lease.Db, i))),
                answer => Assert.Equal(answer.Asked, answer.Answered)
            );
            leases.ForEach(lease => lease.Dispose());
        }
    }

    // Increases the counter on a different connection and returns the new value.
    private async Task<long> CountAsync()
    {
        await using var db = await database.OpenAsync();
        await db.ChangeCounters.ExecuteUpdateAsync(counters => counters.SetProperty(c => c.Seq, c => c.Seq + 1));
        return await db.ChangeCounters.Select(counter => counter.Seq).SingleAsync();
    }

    private static async Task<(int Asked, int Answered)> EchoAsync(CmsDbContext db, int asked) =>
        (asked, await db.ChangeCounters.Select(_ => asked).SingleAsync());

    private static ReadContexts Contexts(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<ReadContexts>();
}
