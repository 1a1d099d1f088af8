using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Cms.Data;

public static class FailureLogging
{
    extension(DbContextOptionsBuilder options)
    {
        /// <summary>
        /// Prevents EF from logging failures as errors before it is known what they are: a lost race is retried, a
        /// client that disconnects is not an error, and an outage is logged once. The code that handles the exception
        /// logs it.
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
