using System.Data.Common;
using System.Runtime.CompilerServices;
using Cms.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.Sqlite;

/// <summary>
/// Keeps the statements of a connection that stays open. EF makes a command for each execution, and SQLite would parse
/// and plan its text each time, which costs more than a page of rows.
/// </summary>
internal sealed class PreparedStatements : DbCommandInterceptor, IDbConnectionInterceptor
{
    // What is asked most is asked first; the rest is prepared as it comes.
    private const int MaxKept = 200;

    private readonly ConditionalWeakTable<DbConnection, Dictionary<string, KeptCommand>> _kept = [];

    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        if (
            eventData.CommandSource is not (CommandSource.LinqQuery or CommandSource.FromSqlQuery)
            || result is not SqliteCommand { Connection: { } connection, Transaction: null } command
        )
        {
            return result;
        }

        // One context uses a connection, and one field at a time uses the context.
        var known = _kept.GetOrCreateValue(connection);
        if (!known.TryGetValue(command.CommandText, out var kept))
        {
            if (known.Count == MaxKept)
            {
                return result;
            }

#pragma warning disable CA2100 // The text is one that EF made, with its values apart.
            kept = new KeptCommand(command.CommandText, connection);
#pragma warning restore CA2100
            known.Add(command.CommandText, kept);
        }

        if (kept.IsInUse)
        {
            return result;
        }

        ForcedPauses.Here();
        kept.TakeOver(command);
        ForcedPauses.Here();
        return kept;
    }

    public InterceptionResult ConnectionClosing(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    )
    {
        Forget(connection);
        return result;
    }

    public ValueTask<InterceptionResult> ConnectionClosingAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    ) => new(ConnectionClosing(connection, eventData, result));

    private void Forget(DbConnection connection)
    {
        if (!_kept.TryGetValue(connection, out var known))
        {
            return;
        }

        _kept.Remove(connection);
        foreach (var command in known.Values)
        {
            command.Release();
        }
    }

    private sealed class KeptCommand(string text, SqliteConnection connection) : SqliteCommand(text, connection)
    {
        private bool _released;

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

        public void Release()
        {
            _released = true;
            Dispose();
        }

        // EF disposes of a command when its rows are read: the statement stays.
        protected override void Dispose(bool disposing)
        {
            if (_released || !disposing)
            {
                base.Dispose(disposing);
            }
        }
    }
}
