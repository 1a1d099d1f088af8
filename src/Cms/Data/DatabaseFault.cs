using Microsoft.EntityFrameworkCore;

namespace Cms.Data;

/// <summary>What an error of the database means. Each provider maps its error numbers to these in one place.</summary>
public enum DatabaseFault
{
    /// <summary>Not an error of the database, or one that is a fault of ours.</summary>
    None,

    /// <summary>A row with the same unique value exists.</summary>
    Duplicate,

    /// <summary>Another transaction was in the way. Nothing was saved: run this one again.</summary>
    Contention,

    /// <summary>The database did not answer in time.</summary>
    Timeout,

    /// <summary>The database cannot be reached, or accepts no work for a moment.</summary>
    Unavailable,

    /// <summary>There is no such database.</summary>
    Missing,

    /// <summary>The login is refused.</summary>
    LoginRefused,

    /// <summary>The login may not do this.</summary>
    PermissionMissing,

    /// <summary>The database, its log or its disk is full.</summary>
    Full,

    /// <summary>The database cannot be written.</summary>
    ReadOnly,

    /// <summary>The database is damaged, or is no database.</summary>
    Damaged,

    /// <summary>The caller cancelled the statement.</summary>
    Cancelled,

    /// <summary>The connection string cannot be read.</summary>
    ConnectionStringInvalid,
}

/// <summary>A write lost to other writers until its time ran out. Nothing was saved.</summary>
public sealed class DatabaseBusyException(Exception? last)
    : Exception("Other writers were in the way until the time for this write ran out.", last);

/// <summary>The database does not answer.</summary>
/// <param name="cause">What the driver reported last, if anything.</param>
/// <param name="mayBeSaved">The connection was lost while a write was being committed.</param>
public sealed class DatabaseUnavailableException(Exception? cause = null, bool mayBeSaved = false)
    : Exception("The database does not answer.", cause)
{
    /// <summary>It is unknown whether the write was committed.</summary>
    public bool MayBeSaved => mayBeSaved;
}

public static class DatabaseFaults
{
    extension(IDatabaseProvider provider)
    {
        /// <summary>What an exception means, however deep EF has wrapped the driver's own.</summary>
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
