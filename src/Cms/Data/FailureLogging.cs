using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Cms.Data;

public static class FailureLogging
{
    extension(DbContextOptionsBuilder options)
    {
        /// <summary>
        /// Lowers the log level of failures in EF. A conflicting write is retried, a client can disconnect, and an
        /// outage should be logged only once. The code that handles the exception logs it.
        /// </summary>
        public DbContextOptionsBuilder LogFailuresOnce() =>
            options.ConfigureWarnings(events =>
                events.Log(
                    (RelationalEventId.ConnectionError, LogLevel.Debug),
                    (RelationalEventId.CommandError, LogLevel.Debug),
                    (RelationalEventId.TransactionError, LogLevel.Debug),
                    (CoreEventId.QueryIterationFailed, LogLevel.Debug),
                    (CoreEventId.SaveChangesFailed, LogLevel.Debug)
                )
            );
    }
}
