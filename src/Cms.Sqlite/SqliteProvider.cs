using System.Data.Common;
using Cms.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Cms.Sqlite;

/// <summary>One SQLite file, which looks after its own schema.</summary>
internal sealed class SqliteProvider(
    SqliteFile file,
    IDbContextFactory<CmsDbContext> databases,
    DbContextOptions<CmsDbContext> options
) : IDatabaseProvider
{
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    // Opening sets up a dozen functions and prepares every statement again.
    public int IdleConnections { get; } = 4 * Environment.ProcessorCount;

    public CmsDbContext CreateReadContext()
    {
        var reading = new DbContextOptionsBuilder<CmsDbContext>(options);
        reading.UseSqlite(new SqliteReadConnection(file.ReadConnectionString), contextOwnsConnection: true);
        return new CmsDbContext(reading.Options);
    }

    public bool TryReset(DbConnection connection) => ((SqliteReadConnection)connection).TryReset();

    public void Interrupt(DbConnection connection) => ((SqliteReadConnection)connection).Interrupt();

    // SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE (sqlite.org/rescode.html).
    public bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 };

    // Primary result codes: sqlite.org/rescode.html.
    public string? Explain(Exception exception) =>
        Causes(exception).OfType<SqliteException>().FirstOrDefault()?.SqliteErrorCode switch
        {
            5 or 6 =>
                $"The database {file.Path} is locked by another program: stop that program (a backup, a database browser, a second server) and start again.",
            8 or 3 =>
                $"The database {file.Path} cannot be written: give this user write permission to the file and its folder, or set Cms__DataDirectory to a folder it may write.",
            10 or 13 =>
                $"The disk that holds {file.Path} is full or failing: free some space or set Cms__DataDirectory to another disk; what was saved before is safe.",
            11 or 26 =>
                $"The file {file.Path} is damaged or is no database: restore it from a backup, or move it away to begin with an empty one.",
            14 =>
                $"The database {file.Path} cannot be opened: check that its folder exists and that this user may read and write it, or set Cms__DataDirectory to another folder.",
            _ => Causes(exception).Any(cause => cause is UnauthorizedAccessException or IOException)
                ? $"The folder of {file.Path} cannot be used ({Causes(exception).First(cause => cause is UnauthorizedAccessException or IOException).Message.TrimEnd('.')}): give this user write permission, or set Cms__DataDirectory to another folder."
                : null,
        };

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
            await MigrateAsync(cancellationToken);
            await ProveWritableAsync(cancellationToken);
        }
        catch (Exception fault) when (Explain(fault) is { } sentence)
        {
            throw new CannotStartException(sentence, fault);
        }
    }

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return [];
        }

        await using var only = await LockAsync(cancellationToken);

        // Ours alone now: a row in EF's own lock table was left by a process that was killed while migrating.
        await db.Database.ExecuteSqlRawAsync(
            """CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL); DELETE FROM "__EFMigrationsLock";""",
            cancellationToken
        );
        List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
        await db.Database.MigrateAsync(cancellationToken);
        return pending;
    }

    private async Task ProveWritableAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.ChangeCounters.ExecuteUpdateAsync(c => c.SetProperty(x => x.Seq, x => x.Seq), cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }

    // The file stays: whoever deleted it might let two in, one by the old file and one by a new.
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = file.Path + ".migrating";
        for (var waited = TimeSpan.Zero; ; waited += LockPoll)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LockWait && File.Exists(path))
            {
                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}

/// <summary>Where the content is kept.</summary>
/// <param name="Path">The file.</param>
/// <param name="LockWait">Seconds to wait while another program holds the file.</param>
internal sealed record SqliteFile(string Path, int LockWait)
{
    /// <summary>For connections that come from the driver's pool.</summary>
    public string ConnectionString => Connection(pooling: true);

    /// <summary>For connections that each have a native handle of their own.</summary>
    public string ReadConnectionString => Connection(pooling: false);

    private string Connection(bool pooling) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            DefaultTimeout = LockWait,
            Pooling = pooling,
        }.ToString();
}
