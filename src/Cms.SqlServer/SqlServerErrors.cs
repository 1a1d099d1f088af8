using Cms.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cms.SqlServer;

/// <summary>What SQL Server's error numbers mean. No other place in the product names one of these.</summary>
internal static class SqlServerErrors
{
    // Errors of this class and above end the connection.
    private const byte Fatal = 20;

    public static DatabaseFault Classify(Exception exception) =>
        exception switch
        {
            SqlException sql => Classify(sql),
            ArgumentException { Source: "Microsoft.Data.SqlClient" or "Core Microsoft SqlClient Data Provider" } =>
                DatabaseFault.ConnectionStringInvalid,
            _ => DatabaseFault.None,
        };

    /// <summary>Whether Azure SQL says that a database is paused, moved or short of resources for a moment.</summary>
    public static bool WillPass(SqlException exception) =>
        exception.Number is 4221 or 10928 or 10929 or 40197 or 40501 or 40613 or 49918 or 49919 or 49920;

    /// <summary>Whether a database could not be created because it exists.</summary>
    public static bool SaysThatItExists(SqlException exception) => exception.Number is 1801;

    private static DatabaseFault Classify(SqlException exception) =>
        exception.Number switch
        {
            // Duplicate key in a unique index; violation of a unique or primary key constraint.
            2601 or 2627 => DatabaseFault.Duplicate,

            // Deadlock victim, lock request timeout, snapshot update conflict, snapshot of a changed table.
            1205 or 1222 or 3960 or 3961 => DatabaseFault.Contention,

            // The driver's command and connection timeouts.
            -2 or 258 => DatabaseFault.Timeout,

            // Cannot open database; database does not exist; the login cannot access the database.
            4060 or 911 or 916 => DatabaseFault.Missing,

            // Login failed, untrusted domain, disabled, password expired, password must be changed.
            18456 or 18452 or 18470 or 18487 or 18488 => DatabaseFault.LoginRefused,

            // Permission denied on an object, a column, in the database, on the server.
            229 or 230 or 262 or 300 => DatabaseFault.PermissionMissing,

            // No disk space, file group full, log full, size quota reached (Azure SQL).
            1101 or 1105 or 9002 or 40544 => DatabaseFault.Full,

            3906 => DatabaseFault.ReadOnly,

            // I/O errors and torn pages.
            823 or 824 => DatabaseFault.Damaged,

            // The network: not found, connection lost, reset, refused, unknown host.
            2 or 20 or 26 or 40 or 53 or 64 or 121 or 233 or 10053 or 10054 or 10060 or 10061 or 11001 =>
                DatabaseFault.Unavailable,

            // The server: out of memory, locks or workers, paused, shutting down, upgrading.
            701 or 802 or 1203 or 1204 or 6005 or 8628 or 8645 or 8651 or 17142 or 17197 or 18401 =>
                DatabaseFault.Unavailable,

            // The database: closed, in recovery, restoring, offline, in transition, on a replica that is not readable.
            615 or 921 or 922 or 923 or 924 or 927 or 942 or 945 or 952 or 976 or 978 or 979 or 982 or 983 or 4221 =>
                DatabaseFault.Unavailable,

            // Azure SQL: resource limits, failovers and reconfiguration.
            10922
            or 10928
            or 10929
            or 10936
            or 40143
            or 40166
            or 40197
            or 40501
            or 40540
            or 40613
            or 42108
            or 42109
            or 49918
            or 49919
            or 49920 => DatabaseFault.Unavailable,

            // The caller cancelled the statement; the driver has no number of its own for it.
            0 when exception.Class < Fatal => DatabaseFault.Cancelled,

            _ when exception.Class >= Fatal => DatabaseFault.Unavailable,
            _ => DatabaseFault.None,
        };
}

/// <summary>
/// Retries what failed because of the connection or another transaction, at once and then after short pauses: enough for
/// a connection that was lost while idle. CmsDatabase goes on from there where a write lost to others.
/// </summary>
internal sealed class SqlServerRetries(ExecutionStrategyDependencies dependencies)
    : ExecutionStrategy(dependencies, maxRetryCount: 2, maxRetryDelay: TimeSpan.FromMilliseconds(100))
{
    protected override bool ShouldRetryOn(Exception exception) =>
        SqlServerErrors.Classify(exception) is DatabaseFault.Contention or DatabaseFault.Unavailable;
}
