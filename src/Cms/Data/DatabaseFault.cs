using Microsoft.EntityFrameworkCore;

namespace Cms.Data;

/// <summary>
/// The meaning of a database error. Each provider maps its error numbers to these values in one place.
/// </summary>
public enum DatabaseFault
{
    /// <summary>An error outside the database, or a database error that our code caused.</summary>
    None,

    /// <summary>A row with the same unique value exists.</summary>
    Duplicate,

    /// <summary>A conflict with another transaction. Nothing was saved. Run this transaction again.</summary>
    Contention,

    /// <summary>The database did not respond in time.</summary>
    Timeout,

    /// <summary>The database cannot be reached, or temporarily accepts no work.</summary>
    Unavailable,

    /// <summary>The database does not exist or cannot be opened.</summary>
    Missing,

    /// <summary>The login failed.</summary>
    LoginRefused,

    /// <summary>The login lacks a permission.</summary>
    PermissionMissing,

    /// <summary>The database, its log or its disk is full.</summary>
    Full,

    /// <summary>The database is read-only.</summary>
    ReadOnly,

    /// <summary>The database is damaged, or the file is not a database.</summary>
    Damaged,

    /// <summary>The caller cancelled the statement.</summary>
    Cancelled,

    /// <summary>The connection string cannot be read.</summary>
    ConnectionStringInvalid,
}

/// <summary>A write still conflicted with other writes when its time ran out. Nothing was saved.</summary>
public sealed class DatabaseBusyException(Exception? last)
    : Exception("This write still conflicted with other writes when its time ran out.", last);

/// <summary>The database does not respond.</summary>
/// <param name="cause">The driver's last exception, if any.</param>
/// <param name="mayBeSaved">Whether the connection was lost while a write was being committed.</param>
public sealed class DatabaseUnavailableException(Exception? cause = null, bool mayBeSaved = false)
    : Exception("The database does not respond.", cause)
{
    /// <summary>Whether the write may have been committed.</summary>
    public bool MayBeSaved => mayBeSaved;
}

public static class DatabaseFaults
{
    extension(IDatabaseProvider provider)
    {
        /// <summary>
        /// Returns the meaning of an exception. Checks inner exceptions too, because EF wraps the driver's exceptions.
        /// </summary>
        public DatabaseFault FaultOf(Exception exception)
        {
            for (var cause = exception; cause is not null; cause = cause.InnerException)
            {
                var fault = cause switch
                {
                    DbUpdateConcurrencyException or DatabaseBusyException => DatabaseFault.Contention,
                    DatabaseUnavailableException => DatabaseFault.Unavailable,
                    _ => provider.Classify(cause),
                };
                if (fault is not DatabaseFault.None)
                {
                    return fault;
                }
            }

            return DatabaseFault.None;
        }
    }
}
