using Cms.Data;
using Cms.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Testing;

/// <summary>
/// A migrated, empty SQLite database. It is made once in each test process and copied for each test, because the
/// migrations take longer than most tests.
/// </summary>
public static class EmptySqlite
{
    private static readonly Lazy<Task<byte[]>> Made = new(MakeAsync);

    /// <summary>Writes a copy to <paramref name="file" />, which must not exist. Its change log has an epoch of its own.</summary>
    public static async Task CopyAsync(string file)
    {
        var content = await Made.Value;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (FileStream copy = new(file, FileMode.CreateNew))
        {
            await copy.WriteAsync(content);
        }

        await RenewAsync(file);
    }

    /// <summary>Gives the change log of a copied database an epoch of its own, as if it had been migrated.</summary>
    public static Task RenewAsync(string file) =>
        ExecuteAsync(file, """UPDATE "ChangeCounters" SET "Epoch" = randomblob(16);""");

    /// <summary>Writes everything in the log into the file, so that the file alone is the database and can be copied.</summary>
    public static async Task CloseAsync(string file)
    {
        SqliteConnection.ClearAllPools();
        await ExecuteAsync(file, "PRAGMA wal_checkpoint(TRUNCATE);");
    }

    private static async Task<byte[]> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cms-test-empty-");
        try
        {
            var file = Path.Combine(folder.FullName, "cms.db");
            await using (
                var services = new ServiceCollection()
                    .AddSingleton(TimeProvider.System)
                    .AddLogging()
                    .AddCmsSqlite(file)
                    .BuildServiceProvider()
            )
            {
                await services.GetRequiredService<IDatabaseProvider>().MigrateAsync(CancellationToken.None);
            }

            await CloseAsync(file);
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ExecuteAsync(string file, string sql)
    {
        await using SqliteConnection connection = new(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
