using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Cms.Sqlite;

/// <summary>
/// Configures each native connection once. The settings remain when the pool reuses the connection.
/// </summary>
/// <param name="lockWait">How long a statement waits for a lock before the driver retries it.</param>
internal sealed class SqlitePragmas(TimeSpan lockWait) : DbConnectionInterceptor
{
    // The file stores this setting, so a read-only connection cannot set it. EF opens a read-only connection to check
    // whether the file exists.
    private const string WriteAheadLog = "PRAGMA journal_mode = WAL;";

    // A read connection rejects every write, so that a mistake fails immediately.
    private const string ReadOnly = "PRAGMA query_only = ON;";

    private const string Pragmas = """
        PRAGMA synchronous = NORMAL;
        PRAGMA foreign_keys = ON;
        PRAGMA cache_size = -65536;
        PRAGMA mmap_size = 268435456;
        PRAGMA temp_store = MEMORY;
        """;

    // SQLITE_DBCONFIG_ENABLE_QPSG
    private const int EnablePlanStability = 1007;

    private readonly ConditionalWeakTable<sqlite3, object> _ready = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        SetUp((SqliteConnection)connection);

    // SQLite has no asynchronous calls for this.
    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        SetUp((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private void SetUp(SqliteConnection connection)
    {
        if (connection.Handle is not { } handle || _ready.TryGetValue(handle, out _))
        {
            return;
        }

        raw.sqlite3_busy_timeout(handle, (int)lockWait.TotalMilliseconds);
        // If a plan depends on the values of parameters, for example of a LIMIT, SQLite plans the statement again for
        // each execution (sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigenableqpsg). This setting prevents
        // such plans.
        raw.sqlite3_db_config(handle, EnablePlanStability, 1, out _);
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        if (connection is SqliteReadConnection)
        {
            command.CommandText = ReadOnly;
            command.ExecuteNonQuery();
        }
        else if (raw.sqlite3_db_readonly(handle, "main") == 0)
        {
            command.CommandText = WriteAheadLog;
            command.ExecuteNonQuery();
        }

        _ready.AddOrUpdate(handle, handle);
    }
}
