using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Cms.Data;

public static class FailureLogging
{
    extension(DbContextOptionsBuilder options)
    {
        /// <summary>
        /// Keeps EF from logging failures as errors before anybody has decided what they are: a lost race is retried, a
        /// client that left is no error, and an outage is logged once. Whoever handles the exception logs it.
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
