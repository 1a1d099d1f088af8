using System.Globalization;
using Cms.Backups;
using Cms.GraphQL;
using Microsoft.Data.Sqlite;

namespace Cms.Sqlite;

/// <summary>What a copy of the database says about itself.</summary>
/// <param name="Migrations">The migrations that were applied, in their order.</param>
/// <param name="Newsroom">
/// The hash of the first entry of the audit log, which stays the same for the life of a newsroom; null if it has none.
/// </param>
/// <param name="Media">The originals that the media store must have, in the order of their hashes.</param>
public sealed record CopiedNewsroom(
    IReadOnlyList<string> Migrations,
    string? Newsroom,
    IReadOnlyList<OriginalFile> Media
);

/// <summary>Copies SQLite files for backups, and prepares them to replace another one.</summary>
public static class SqliteCopies
{
    // Another program can hold the locks of the write-ahead log for a moment, for example while it recovers the log.
    private const int Attempts = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // SQLITE_BUSY and SQLITE_LOCKED.
    private static readonly int[] Busy = [5, 6];

    // A newsroom without rows in these tables has no content. Settings, sign-ins and keys are no content.
    private static readonly string[] Content =
    [
        "Articles",
        "Authors",
        "Bookmarks",
        "Categories",
        "Changes",
        "Fronts",
        "MediaAssets",
        "Partners",
        "Personas",
        "Redirects",
        "Sources",
        "Tags",
        "Tools",
    ];

    static SqliteCopies() => CmsSqlite.Initialize();

    /// <summary>
    /// Copies a database as of one moment, while other programs read and write it. The copy is one file, on disk.
    /// </summary>
    /// <param name="file">The database, which must exist.</param>
    /// <param name="copy">The file to create.</param>
    public static async Task MakeAsync(string file, string copy, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Copy(file, copy);
                break;
            }
            catch (SqliteException busy) when (Busy.Contains(busy.SqliteErrorCode) && attempt < Attempts)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }

        await CloseAsync(copy, cancellationToken);
        await using var flushed = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(flushed.SafeFileHandle);
    }

    /// <summary>Reads every page of a file. Returns what is wrong with it, in words; null if it is sound.</summary>
    public static string? FindFault(string file)
    {
        try
        {
            using var connection = Open(file, SqliteOpenMode.ReadOnly);
            var verdict = Texts(connection, "PRAGMA integrity_check(1)")[0];
            return verdict == "ok" ? null : verdict.TrimEnd('.');
        }
        catch (SqliteException damaged)
        {
            return damaged.Message.TrimEnd('.');
        }
    }

    /// <summary>Reads what a copy says about itself.</summary>
    /// <exception cref="SqliteException">The file is not a database of this program.</exception>
    public static CopiedNewsroom Read(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        return new CopiedNewsroom(
            Texts(connection, """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" """),
            Texts(connection, """SELECT "Hash" FROM "AuditEntries" WHERE "Seq" = 1""").FirstOrDefault(),
            [
                .. Texts(
                        connection,
                        """SELECT "Sha256" || ' ' || "Bytes" FROM "MediaBlobs" WHERE "State" = 'Ready' ORDER BY "Sha256" """
                    )
                    .Select(line => line.Split(' '))
                    .Select(words => new OriginalFile(words[0], long.Parse(words[1], CultureInfo.InvariantCulture))),
            ]
        );
    }

    /// <summary>Returns a table of a database that has content; null if the newsroom is empty.</summary>
    /// <exception cref="SqliteException">The file cannot be read, or is not a database.</exception>
    public static string? FindContent(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadWrite);
        var tables = Texts(connection, "SELECT name FROM sqlite_master WHERE type = 'table'");
        return tables.Count > 0 && !tables.Contains("ChangeCounters", StringComparer.Ordinal)
            ? tables[0]
            : Array.Find(
                Content,
                table =>
                    tables.Contains(table, StringComparer.Ordinal)
                    && Texts(connection, $"SELECT EXISTS (SELECT 1 FROM \"{table}\")")[0] == "1"
            );
    }

    /// <summary>
    /// Moves everything from the write-ahead log into the file, so that the file alone is the database.
    /// </summary>
    /// <exception cref="CannotStartException">Another program has opened the database.</exception>
    public static async Task CloseAsync(string file, CancellationToken cancellationToken)
    {
        SqliteConnection.ClearAllPools();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (TryClose(file))
                {
                    return;
                }
            }
            catch (SqliteException busy) when (Busy.Contains(busy.SqliteErrorCode))
            {
                // A program that has opened the file keeps a lock on it, even if it does nothing.
            }

            if (attempt == 3)
            {
                throw new CannotStartException(
                    $"Another program uses the database {file}: stop it (the server, another command, a database browser) and run the command again."
                );
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Begins a write, and takes it back.</summary>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public static void ProveWritable(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadWrite);

        // A server that is busy holds the lock for a moment at a time.
        connection.DefaultTimeout = 5;
        using var transaction = connection.BeginTransaction(deferred: false);
        transaction.Rollback();
    }

    // In one step: a copy in several steps would begin again after each write of another program. Other programs can read
    // and write meanwhile, because the copy reads a snapshot.
    private static void Copy(string file, string copy)
    {
        using var source = Open(file, SqliteOpenMode.ReadWrite);
        using var target = Open(copy, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(target);
    }

    private static bool TryClose(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadWrite);
        return Texts(connection, "PRAGMA journal_mode = DELETE")[0] == "delete";
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 1,
            }.ConnectionString
        );
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The only names in the text are those of our tables.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        List<string> texts = [];
        while (rows.Read())
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }
}
