using System.Data.Common;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Sqlite;

/// <summary>Provides the content from one SQLite file. Startup brings the file's schema up to date.</summary>
internal sealed partial class SqliteProvider(
    SqliteFile file,
    IDbContextFactory<CmsDbContext> databases,
    DbContextOptions<CmsDbContext> options,
    ILogger<SqliteProvider> logger
) : IDatabaseProvider
{
    private const string DatabaseCheck = "database";
    private const string WritingCheck = "writing";

    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private Task _lastWrite = Task.CompletedTask;

    // Idle connections are reused, because a new connection registers a dozen functions and prepares every statement.
    public int IdleConnections { get; } = 4 * Environment.ProcessorCount;

    public CmsDbContext CreateReadContext(Func<DbContextOptions<CmsDbContext>, CmsDbContext>? create = null)
    {
        var reading = new DbContextOptionsBuilder<CmsDbContext>(options);
        var connection = new SqliteReadConnection(SqliteFile.Connection(file.Path, CmsSqlite.LockWait, pooling: false));
        if (create is null)
        {
            reading.UseSqlite(connection, contextOwnsConnection: true);
            return new CmsDbContext(reading.Options);
        }

        // With a query filter, EF Core 10 compares the ids in a list that is one parameter as text: after a nested SELECT, it
        // forgets that they are stored as bytes. A parameter for each id avoids this.
        reading.UseSqlite(
            connection,
            contextOwnsConnection: true,
            sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.MultipleParameters)
        );
        return create(reading.Options);
    }

    public bool TryReset(DbConnection connection) => ((SqliteReadConnection)connection).TryReset();

    public void Interrupt(DbConnection connection) => ((SqliteReadConnection)connection).Interrupt();

    // SQLite has one lock for all writers. A writer that waits for the lock blocks its thread and asks for it after growing
    // pauses, so later writers often get it first. The writes of this process therefore wait here, in the order they came.
    public async ValueTask<IDisposable?> TakeWriteTurnAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_gate)
        {
            (before, _lastWrite) = (_lastWrite, ended.Task);
        }

        try
        {
            await before.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The next write still waits for the one before this.
            _ = before.ContinueWith(_ => ended.SetResult(), TaskScheduler.Default);
            throw;
        }

        return new WriteTurn(ended);
    }

    // Primary result codes, and extended codes for violated constraints: sqlite.org/rescode.html.
    public DatabaseFault Classify(Exception exception) =>
        (exception as SqliteException) switch
        {
            // SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE.
            { SqliteExtendedErrorCode: 1555 or 2067 } => DatabaseFault.Duplicate,
            // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL (a lost race for the locks of the write-ahead log).
            { SqliteErrorCode: 5 or 6 or 15 } => DatabaseFault.Contention,
            // SQLITE_INTERRUPT.
            { SqliteErrorCode: 9 } => DatabaseFault.Cancelled,
            // SQLITE_PERM, SQLITE_READONLY.
            { SqliteErrorCode: 3 or 8 } => DatabaseFault.ReadOnly,
            // SQLITE_IOERR.
            { SqliteErrorCode: 10 } => DatabaseFault.Unavailable,
            // SQLITE_FULL.
            { SqliteErrorCode: 13 } => DatabaseFault.Full,
            // SQLITE_CANTOPEN.
            { SqliteErrorCode: 14 } => DatabaseFault.Missing,
            // SQLITE_CORRUPT, SQLITE_NOTADB.
            { SqliteErrorCode: 11 or 26 } => DatabaseFault.Damaged,
            _ => DatabaseFault.None,
        };

    public string? Explain(Exception exception) =>
        this.FaultOf(exception) switch
        {
            DatabaseFault.Contention =>
                $"The database {file.Path} is locked by another program: stop that program (a backup, a database browser, a second server) and start again.",
            DatabaseFault.ReadOnly =>
                $"The database {file.Path} cannot be written: give this user write permission to the file and its folder, or set Cms__DataDirectory to a folder it may write.",
            DatabaseFault.Unavailable or DatabaseFault.Full =>
                $"The disk that holds {file.Path} is full or failing: free some space, or set Cms__DataDirectory to another disk. Everything saved before is safe.",
            DatabaseFault.Damaged =>
                $"The file {file.Path} is damaged or is not a database: restore it from a backup, or move it away to start with an empty one.",
            DatabaseFault.Missing =>
                $"The database {file.Path} cannot be opened: check that its folder exists and that this user may read and write it, or set Cms__DataDirectory to another folder.",
            _ => Causes(exception).FirstOrDefault(cause => cause is UnauthorizedAccessException or IOException)
                is { } unusable
                ? $"The folder of {file.Path} cannot be used ({unusable.Message.TrimEnd('.')}): give this user write permission, or set Cms__DataDirectory to another folder."
                : null,
        };

    // Nothing to probe: a file has no network connection that could hang.
    public Task ProbeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(file.Path))
        {
            return
            [
                Finding.Warning(
                    DatabaseCheck,
                    $"{file.Path} does not exist: the server creates it when it starts. If there should be a newsroom, correct Cms__DataDirectory."
                ),
            ];
        }

        List<Finding> findings = [];
        try
        {
            await using var db = CreateReadContext();
            await db.Database.OpenConnectionAsync(cancellationToken);
            List<string> applied = [.. await db.Database.GetAppliedMigrationsAsync(cancellationToken)];
            findings.Add(Finding.Ok(DatabaseCheck, $"SQLite opens {file.Path}."));
            findings.Add(SchemaFinding.Of(applied, db.Database.GetMigrations(), isMigratedAtStart: true));
            SqliteCopies.ProveWritable(file.Path);
            findings.Add(Finding.Ok(WritingCheck, "The database can be written."));
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            var sentence = Explain(fault) ?? $"SQLite failed ({fault.Message.TrimEnd('.')}): restore a backup.";
            findings.Add(
                findings.Count > 0 && this.FaultOf(fault) is DatabaseFault.Contention
                    ? Finding.Warning(WritingCheck, sentence)
                    : Finding.Failure(findings.Count > 0 ? WritingCheck : DatabaseCheck, sentence)
            );
        }

        return findings;
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
            await MigrateAsync(cancellationToken);
            await ProveWritableAsync(cancellationToken);
            await PatientlyAsync(
                async db =>
                {
                    await FillDeskListings.RunAsync(db, cancellationToken);
                    return true;
                },
                cancellationToken
            );
        }
        catch (Exception fault) when (Explain(fault) is { } sentence)
        {
            throw new CannotStartException(sentence, fault);
        }
    }

    public Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken) =>
        PatientlyAsync(
            async db =>
            {
                CreateFile();
                List<string> before = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
                if (before.Count == 0)
                {
                    return new MigrationOutcome([], []);
                }

                await using var only = await LockAsync(cancellationToken);

                // Only this process migrates now, so any row in EF's lock table was left by a process that was killed
                // during a migration.
                await db.Database.ExecuteSqlRawAsync(
                    """CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL); DELETE FROM "__EFMigrationsLock";""",
                    cancellationToken
                );
                List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
                await db.Database.MigrateAsync(cancellationToken);
                return MigrationOutcome.Of(before, pending);
            },
            cancellationToken
        );

    // An empty file is an empty database. A file that exists is not opened, because closing it would release the locks of
    // other connections of this process (sqlite.org/howtocorrupt.html).
    private void CreateFile()
    {
        if (!File.Exists(file.Path))
        {
            File.Open(file.Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }
    }

    private Task<bool> ProveWritableAsync(CancellationToken cancellationToken) =>
        PatientlyAsync(
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.ChangeCounters.ExecuteUpdateAsync(
                    c => c.SetProperty(x => x.Seq, x => x.Seq),
                    cancellationToken
                );
                await transaction.RollbackAsync(cancellationToken);
                return true;
            },
            cancellationToken
        );

    // Waits longer for locks. At startup, no client waits for a response, and another process can write continuously.
    private async Task<T> PatientlyAsync<T>(Func<CmsDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var usual = connection.DefaultTimeout;
        connection.DefaultTimeout = (int)file.StartWait.TotalSeconds;
        try
        {
            return await work(db);
        }
        finally
        {
            connection.DefaultTimeout = usual;
        }
    }

    // The lock file is never deleted. Otherwise, two processes could hold the lock: one on the old file and one on a
    // new file.
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
                if (waited == TimeSpan.Zero)
                {
                    LogWaiting(file.Path);
                }

                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Another process is migrating the database {File}; waiting")]
    private partial void LogWaiting(string file);

    private sealed class WriteTurn(TaskCompletionSource ended) : IDisposable
    {
        public void Dispose() => ended.TrySetResult();
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}

/// <summary>The file that stores the content.</summary>
/// <param name="Path">The full path of the file.</param>
/// <param name="StartWait">How long startup waits while another program locks the file.</param>
internal sealed record SqliteFile(string Path, TimeSpan StartWait)
{
    /// <param name="path">The file's path.</param>
    /// <param name="lockWait">How many seconds a statement waits while another program locks the file.</param>
    /// <param name="pooling">Whether the driver reuses native handles for later connections.</param>
    public static string Connection(string path, int lockWait, bool pooling) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = lockWait,
            Pooling = pooling,

            // Only a migration creates the file. If the disk of the file is missing, an empty file would hide the content.
            Mode = SqliteOpenMode.ReadWrite,
        }.ToString();
}
