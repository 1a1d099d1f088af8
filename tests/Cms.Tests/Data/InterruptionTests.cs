using Cms.Data;
using Cms.Reading;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Data;

public sealed class InterruptionTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private const string Endless =
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS Value FROM n WHERE x < 0";

    [Fact]
    public async Task A_statement_that_starts_after_its_client_disconnected_is_interrupted()
    {
        await using var scope = database.Services.CreateAsyncScope();
        using var leaving = new CancellationTokenSource();
        using var lease = await scope.ServiceProvider.GetRequiredService<ReadContexts>().RentAsync(leaving.Token);
        await leaving.CancelAsync();

        var ended = await Record.ExceptionAsync(() => lease.Db.Database.SqlQueryRaw<long>(Endless).ToListAsync());

        Assert.Contains("interrupted", ended!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disconnecting_client_stops_its_statement_and_not_the_next_one()
    {
        await using var scope = database.Services.CreateAsyncScope();
        var contexts = scope.ServiceProvider.GetRequiredService<ReadContexts>();
        using var leaving = new CancellationTokenSource();
        CmsDbContext db;
        using (var lease = await contexts.RentAsync(leaving.Token))
        {
            db = lease.Db;
            var endless = Task.Run(() => db.Database.SqlQueryRaw<long>(Endless).ToList());
            leaving.CancelAfter(TimeSpan.FromMilliseconds(100));
            var ended = await Record.ExceptionAsync(() => endless.WaitAsync(TimeSpan.FromMinutes(1)));
            Assert.Contains("interrupted", ended!.Message, StringComparison.Ordinal);
        }

        using var next = await contexts.RentAsync(CancellationToken.None);
        Assert.Same(db, next.Db);
        Assert.Equal(0, await next.Db.Articles.CountAsync());
    }
}
