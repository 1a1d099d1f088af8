using System.Data;
using System.Runtime.InteropServices;
using Cms.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cms.Sqlite;

/// <summary>
/// A read-only connection and the statements prepared on it. EF creates a command for each execution, and SQLite would
/// parse and plan its text each time, which costs more than reading a page of rows.
/// </summary>
/// <remarks>
/// The connection opens one native handle, once, and does not share it (the driver's pool is off). The statements are
/// released before the handle closes, so that none can outlive it or run on a different handle.
/// </remarks>
internal sealed class SqliteReadConnection(string connectionString) : SqliteConnection(connectionString)
{
    // Frequent queries arrive early, so they stay prepared. Queries after this number are prepared for each execution.
    private const int MaxStatements = 200;

    // The number of virtual machine instructions between two checks. SQLite executes them in well under a millisecond.
    private const int InterruptionCheck = 10_000;

    // SQLITE_TXN_NONE
    private const int NoTransaction = 0;

    private readonly Dictionary<string, PreparedCommand> _statements = new(StringComparer.Ordinal);
    private sqlite3? _own;
    private bool _isPoisoned;
    private volatile bool _isInterrupted;

    /// <summary>
    /// Prepares the connection for the next lease. Returns false if it is no longer usable, or if an unfinished
    /// statement still holds an old snapshot of the database open.
    /// </summary>
    public bool TryReset()
    {
        _isInterrupted = false;
        return !_isPoisoned
            && Handle is { } handle
            && ReferenceEquals(handle, _own)
            && TransactionState(handle, schema: 0) == NoTransaction;
    }

    /// <exception cref="InvalidOperationException">The connection was opened before.</exception>
    public override void Open()
    {
        if (State is ConnectionState.Open)
        {
            return;
        }

        if (_own is not null)
        {
            throw new InvalidOperationException("A read connection can be opened only once: create a new one.");
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
    /// Interrupts the current or next statement. While the driver executes a statement, it does not react to the
    /// cancellation token. SQLite ignores an interruption that comes before the statement, so the statement also checks
    /// a flag (sqlite.org/c3ref/interrupt.html, progress_handler.html).
    /// </summary>
    public void Interrupt()
    {
        _isInterrupted = true;
        if (Handle is { } handle)
        {
            raw.sqlite3_interrupt(handle);
        }
    }

    /// <summary>
    /// Returns a prepared command with the text and parameters of <paramref name="command" />, or the command itself if
    /// no prepared command is available.
    /// </summary>
    public SqliteCommand Prepared(SqliteCommand command)
    {
        if (!_statements.TryGetValue(command.CommandText, out var prepared))
        {
            if (_statements.Count == MaxStatements)
            {
                return command;
            }

#pragma warning disable CA2100 // EF generated the text, and its values are parameters.
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

    // Checks that the statements were prepared on the current native handle. If not, the connection is not used again.
    private void Verify()
    {
        if (_isPoisoned || _own is null || !ReferenceEquals(Handle, _own))
        {
            _isPoisoned = true;
            throw new InvalidOperationException("The read connection lost its native handle and is not used again.");
        }
    }

    // SQLitePCLRaw does not have this function (sqlite.org/c3ref/txn_state.html). A statement that was not reset keeps
    // a transaction open.
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_txn_state", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TransactionState(sqlite3 handle, nint schema);

    private sealed class PreparedCommand(string text, SqliteReadConnection owner) : SqliteCommand(text, owner)
    {
        private bool _isReleased;

        public bool IsInUse => DataReader is not null;

        /// <summary>
        /// Takes the parameters of a command with the same text for the next execution, and disposes of that command.
        /// </summary>
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

        // EF disposes of a command when it has read the rows. The statement stays prepared until the connection closes.
        protected override void Dispose(bool disposing)
        {
            if (_isReleased || !disposing)
            {
                base.Dispose(disposing);
            }
        }
    }
}
