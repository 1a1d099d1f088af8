using System.Data;
using System.Runtime.InteropServices;
using Cms.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cms.Sqlite;

/// <summary>
/// A connection that only reads, together with the statements prepared on it. EF makes a command for each execution, and
/// SQLite would parse and plan its text each time, which costs more than a page of rows.
/// </summary>
/// <remarks>
/// It opens one native handle, once, and shares it with nobody (the driver's pool is off). The statements are released
/// before the handle closes, so that none of them can outlive it or run on another.
/// </remarks>
internal sealed class SqliteReadConnection(string connectionString) : SqliteConnection(connectionString)
{
    // The first queries are the frequent ones; the rest is prepared for each execution.
    private const int MaxStatements = 200;

    // Instructions of SQLite's virtual machine between two looks at whether to go on: well under a millisecond.
    private const int InterruptionCheck = 10_000;

    // SQLITE_TXN_NONE
    private const int NoTransaction = 0;

    private readonly Dictionary<string, PreparedCommand> _statements = new(StringComparer.Ordinal);
    private sqlite3? _own;
    private bool _isPoisoned;
    private volatile bool _isInterrupted;

    /// <summary>
    /// Makes it ready for the next lease. False when it is not sound, or when a statement that was not finished holds an
    /// old view of the database.
    /// </summary>
    public bool TryReset()
    {
        _isInterrupted = false;
        return !_isPoisoned
            && Handle is { } handle
            && ReferenceEquals(handle, _own)
            && TransactionState(handle, schema: 0) == NoTransaction;
    }

    /// <exception cref="InvalidOperationException">It was open before.</exception>
    public override void Open()
    {
        if (State is ConnectionState.Open)
        {
            return;
        }

        if (_own is not null)
        {
            throw new InvalidOperationException("A read connection opens once: make another one.");
        }

        base.Open();
        _own = Handle;
        raw.sqlite3_progress_handler(
            _own,
            InterruptionCheck,
            static own => ((SqliteReadConnection)own)._isInterrupted ? 1 : 0,
            this
        );
    }

    public override void Close()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Release();
        }

        _statements.Clear();
        base.Close();
    }

    /// <summary>
    /// Ends the statement that runs, or that is about to. The driver executes on the caller's thread, whatever its token
    /// says. SQLite forgets an interruption that comes before the statement, so the statement asks as well
    /// (sqlite.org/c3ref/interrupt.html, progress_handler.html).
    /// </summary>
    public void Interrupt()
    {
        _isInterrupted = true;
        if (Handle is { } handle)
        {
            raw.sqlite3_interrupt(handle);
        }
    }

    /// <summary>The prepared command of the same text, with the values of <paramref name="command" />; the command itself where there is none.</summary>
    public SqliteCommand Prepared(SqliteCommand command)
    {
        if (!_statements.TryGetValue(command.CommandText, out var prepared))
        {
            if (_statements.Count == MaxStatements)
            {
                return command;
            }

#pragma warning disable CA2100 // The text is one that EF made, with its values apart.
            prepared = new PreparedCommand(command.CommandText, this);
#pragma warning restore CA2100
            _statements.Add(command.CommandText, prepared);
        }

        if (prepared.IsInUse)
        {
            return command;
        }

        ForcedPauses.Here();
        prepared.TakeOver(command);
        ForcedPauses.Here();
        return prepared;
    }

    // The native handle is the one that the statements were prepared on. If it ever were not, nothing more is read here.
    private void Verify()
    {
        if (_isPoisoned || _own is null || !ReferenceEquals(Handle, _own))
        {
            _isPoisoned = true;
            throw new InvalidOperationException("The read connection lost its native handle; it is not used again.");
        }
    }

    // sqlite.org/c3ref/txn_state.html, which SQLitePCLRaw does not have. A statement that was not reset keeps one open.
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_txn_state", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TransactionState(sqlite3 handle, nint schema);

    private sealed class PreparedCommand(string text, SqliteReadConnection owner) : SqliteCommand(text, owner)
    {
        private bool _isReleased;

        public bool IsInUse => DataReader is not null;

        /// <summary>Runs next with the values of a command of the same text.</summary>
        public void TakeOver(SqliteCommand command)
        {
            Parameters.Clear();
            var given = command.Parameters;
            for (var i = 0; i < given.Count; i++)
            {
                Parameters.Add(given[i]);
            }

            CommandTimeout = command.CommandTimeout;
            command.Dispose();
        }

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            owner.Verify();
            ForcedPauses.Here();
            var rows = base.ExecuteReader(behavior);
            ForcedPauses.Here();
            return rows;
        }

        public void Release()
        {
            _isReleased = true;
            Dispose();
        }

        // EF disposes of a command when its rows are read: the statement stays prepared until its connection closes.
        protected override void Dispose(bool disposing)
        {
            if (_isReleased || !disposing)
            {
                base.Dispose(disposing);
            }
        }
    }
}
