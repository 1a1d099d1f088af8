using System.Globalization;
using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Sqlite;

public sealed class PragmaTests : IAsyncLifetime
{
    private readonly SqliteServers _servers = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "1")]
    [InlineData("busy_timeout", "1000")]
    [InlineData("foreign_keys", "1")]
    [InlineData("cache_size", "-65536")]
    [InlineData("mmap_size", "268435456")]
    [InlineData("temp_store", "2")]
    public async Task Every_connection_has_its_settings_new_or_from_the_pool(string pragma, string expected)
    {
        var databases = await StartAsync();
        for (var use = 0; use < 2; use++)
        {
            await using var first = await databases.CreateDbContextAsync();
            await using var second = await databases.CreateDbContextAsync();
            await first.Database.OpenConnectionAsync();
            await second.Database.OpenConnectionAsync();

            Assert.Equal((expected, expected), (await ReadAsync(first, pragma), await ReadAsync(second, pragma)));
        }
    }

    private async Task<IDbContextFactory<CmsDbContext>> StartAsync()
    {
        var server = _servers.Start();
        await server.GetRequiredService<IDatabaseProvider>().PrepareAsync(default);
        return server.GetRequiredService<IDbContextFactory<CmsDbContext>>();
    }

    private static async Task<string?> ReadAsync(CmsDbContext db, string pragma)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + pragma;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
