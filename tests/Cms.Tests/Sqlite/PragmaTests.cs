using System.Globalization;
using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Sqlite;

public sealed class PragmaTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Expected = new()
    {
        ["journal_mode"] = "wal",
        ["synchronous"] = "1",
        ["busy_timeout"] = "1000",
        ["foreign_keys"] = "1",
        ["cache_size"] = "-65536",
        ["mmap_size"] = "268435456",
        ["temp_store"] = "2",
    };

    private readonly SqliteServers _servers = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [Fact]
    public async Task Every_new_or_pooled_connection_has_the_required_settings()
    {
        var databases = await StartAsync();
        for (var use = 0; use < 2; use++)
        {
            await using var first = await databases.CreateDbContextAsync();
            await using var second = await databases.CreateDbContextAsync();
            await first.Database.OpenConnectionAsync();
            await second.Database.OpenConnectionAsync();

            Assert.Equal(Expected, await SettingsOfAsync(first));
            Assert.Equal(Expected, await SettingsOfAsync(second));
        }
    }

    private async Task<IDbContextFactory<CmsDbContext>> StartAsync()
    {
        var server = _servers.Start();
        await server.GetRequiredService<IDatabaseProvider>().PrepareAsync(default);
        return server.GetRequiredService<IDbContextFactory<CmsDbContext>>();
    }

    private static async Task<Dictionary<string, string?>> SettingsOfAsync(CmsDbContext db)
    {
        Dictionary<string, string?> settings = [];
        foreach (var pragma in Expected.Keys)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA " + pragma;
            settings[pragma] = Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }

        return settings;
    }
}
