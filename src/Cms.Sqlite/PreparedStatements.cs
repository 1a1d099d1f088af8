using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.Sqlite;

/// <summary>Runs EF's queries as prepared statements of their read connection.</summary>
internal sealed class PreparedStatements : DbCommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) =>
        eventData.CommandSource is CommandSource.LinqQuery or CommandSource.FromSqlQuery
        && result is SqliteCommand { Connection: SqliteReadConnection connection, Transaction: null } command
            ? connection.Prepared(command)
            : result;
}
