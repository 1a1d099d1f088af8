using System.Collections.Frozen;
using System.ComponentModel;
using Cms.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cms.SqlServer;

/// <summary>
/// Maps SQL Server's error numbers to their meanings. No other place in the product uses these numbers.
/// </summary>
internal static class SqlServerErrors
{
    private const string Driver = "Microsoft.Data.SqlClient";

    // Errors of this class and above end the connection.
    private const byte Fatal = 20;

    // Ordered from least to most serious, because an exception can contain several errors: for example, a missing
    // database also reports a failed login.
    private static readonly FrozenDictionary<DatabaseFault, int> Seriousness = new[]
    {
        DatabaseFault.None,
        DatabaseFault.Cancelled,
        DatabaseFault.Duplicate,
        DatabaseFault.Contention,
        DatabaseFault.Timeout,
        DatabaseFault.PermissionMissing,
        DatabaseFault.LoginRefused,
        DatabaseFault.Missing,
        DatabaseFault.Unavailable,
        DatabaseFault.ReadOnly,
        DatabaseFault.Full,
        DatabaseFault.Damaged,
    }
        .Index()
        .ToFrozenDictionary(fault => fault.Item, fault => fault.Index);

    // EF Core's SqlServerTransientExceptionDetector lists the transient errors.
    private static readonly FrozenDictionary<int, Meaning> Known = Meanings(
            // Duplicate key in a unique index; violation of a unique or primary key constraint.
            (DatabaseFault.Duplicate, [2601, 2627]),
            // Deadlock victim, lock request timeout, no locks left, lock not held, lock on ‘model’ while a database is
            // created.
            (DatabaseFault.Contention, [1204, 1205, 1221, 1222, 1232, 1807]),
            // Snapshot update conflict, snapshot of a changed table, a transaction that was aborted or whose row
            // versions are gone.
            (DatabaseFault.Contention, [3947, 3948, 3950, 3953, 3957, 3960, 3961, 3966]),
            // Rows or metadata that changed while a statement read them, with or without a new plan.
            (DatabaseFault.Contention, [601, 617, 669, 2021, 2816, 4117, 4184]),
            // Conflicts of memory-optimized tables.
            (DatabaseFault.Contention, [41301, 41302, 41305, 41325, 41839]),
            // The driver's command and connection timeouts.
            (DatabaseFault.Timeout, [-2, 258]),
            // Cannot open database; database does not exist; the login cannot access the database.
            (DatabaseFault.Missing, [4060, 911, 916]),
            // Login failed, untrusted domain, disabled, password expired, password must be changed.
            (DatabaseFault.LoginRefused, [18456, 18452, 18470, 18487, 18488]),
            // Permission denied on an object, a column, in the database, on the server.
            (DatabaseFault.PermissionMissing, [229, 230, 262, 300]),
            // No disk space, file group full, log full, size quota reached (Azure SQL).
            (DatabaseFault.Full, [1101, 1105, 9002, 40544]),
            (DatabaseFault.ReadOnly, [3906]),
            // I/O errors and torn pages.
            (DatabaseFault.Damaged, [823, 824]),
            // The network: not found, connection lost, reset, refused, unknown host.
            (DatabaseFault.Unavailable, [2, 20, 26, 40, 53, 64, 121, 233, 10053, 10054, 10060, 10061, 11001]),
            // The server: out of memory, locks or workers, paused, shutting down, upgrading; the batch was aborted.
            (DatabaseFault.Unavailable, [701, 802, 1203, 3980, 6005, 8628, 8645, 8651, 9020, 17142, 17197, 18401]),
            // The database: closed, suspect, in recovery, restoring, offline, in transition, on a replica that is not
            // readable.
            (
                DatabaseFault.Unavailable,
                [615, 921, 922, 923, 924, 926, 927, 941, 942, 945, 952, 976, 978, 979, 982, 983]
            ),
            (DatabaseFault.Unavailable, [988, 997])
        )
        .Concat(
            // Azure SQL: resource limits, failovers, reconfiguration, a paused database.
            Meanings(
                    (DatabaseFault.Unavailable, [4221, 10922, 10928, 10929, 10930, 10936, 30085]),
                    (DatabaseFault.Unavailable, [40143, 40166, 40189, 40197, 40501, 40540, 40613, 40623, 40642, 40648]),
                    (DatabaseFault.Unavailable, [40671, 40675, 40890, 40903, 42108, 42109, 45182]),
                    (DatabaseFault.Unavailable, [49802, 49918, 49919, 49920, 49977, 49983])
                )
                .Select(known => KeyValuePair.Create(known.Key, known.Value with { WillPass = true }))
        )
        .ToFrozenDictionary();

    public static DatabaseFault Classify(Exception exception) =>
        exception switch
        {
            SqlException sql => Classify(sql),
            ArgumentException { Source: Driver or "Core Microsoft SqlClient Data Provider" } =>
                DatabaseFault.ConnectionStringInvalid,
            // The driver throws this for a full pool, and for a connection that broke before the statement was sent.
            InvalidOperationException { Source: Driver } and not ObjectDisposedException => DatabaseFault.Unavailable,
            _ => DatabaseFault.None,
        };

    /// <summary>
    /// Returns whether Azure SQL reports that a database is temporarily paused, moved or short of resources.
    /// </summary>
    public static bool WillPass(SqlException exception) =>
        exception.Errors.Cast<SqlError>().Any(error => Known.GetValueOrDefault(error.Number).WillPass);

    /// <summary>Returns whether a database could not be created because it already exists.</summary>
    public static bool AlreadyExists(SqlException exception) => exception.Number is 1801;

    private static DatabaseFault Classify(SqlException exception) =>
        exception
            .Errors.Cast<SqlError>()
            .Select(error => Classify(error, exception))
            .DefaultIfEmpty()
            .MaxBy(fault => Seriousness[fault]);

    private static DatabaseFault Classify(SqlError error, SqlException exception) =>
        Known.TryGetValue(error.Number, out var known)
            ? known.Fault
            : error.Number switch
            {
                // The operating system reported a failed socket operation.
                203 when exception.InnerException is Win32Exception => DatabaseFault.Unavailable,

                // The driver uses the same number for a cancelled statement and for a response that it could not read,
                // so callers check whether they cancelled.
                0 when error.Class < Fatal => DatabaseFault.Cancelled,

                _ when error.Class >= Fatal => DatabaseFault.Unavailable,
                _ => DatabaseFault.None,
            };

    private static IEnumerable<KeyValuePair<int, Meaning>> Meanings(
        params IEnumerable<(DatabaseFault Fault, int[] Numbers)> meanings
    ) =>
        meanings.SelectMany(meaning =>
            meaning.Numbers.Select(number => KeyValuePair.Create(number, new Meaning(meaning.Fault, WillPass: false)))
        );

    private readonly record struct Meaning(DatabaseFault Fault, bool WillPass);
}

/// <summary>
/// Retries an operation that failed because of the connection or another transaction: once immediately, and once after
/// a short pause. This is enough for a connection that was lost while idle. CmsDatabase continues to retry writes that
/// conflict with other writes.
/// </summary>
internal sealed class SqlServerRetries(ExecutionStrategyDependencies dependencies)
    : ExecutionStrategy(dependencies, maxRetryCount: 2, maxRetryDelay: TimeSpan.FromMilliseconds(100))
{
    // A full pool is not retried: the driver has already waited for it until its timeout.
    protected override bool ShouldRetryOn(Exception exception) =>
        exception is SqlException
        && SqlServerErrors.Classify(exception) is (DatabaseFault.Contention or DatabaseFault.Unavailable);
}
