using Cms.Data;
using Microsoft.Extensions.Logging;

namespace Cms.Api;

/// <summary>What clients are told when the database is busy or does not answer, whichever address they asked.</summary>
public sealed partial class DatabaseErrors(
    IDatabaseProvider provider,
    DatabaseAvailability availability,
    ILogger<DatabaseErrors> log
)
{
    /// <summary>The error for the client; null when the database is not to blame, and the fault is ours.</summary>
    public RequestError? Of(Exception fault)
    {
        switch (provider.FaultOf(fault))
        {
            case DatabaseFault.Contention:
                return new RequestError(
                    ErrorCodes.DatabaseBusy,
                    "Others were changing the same data, and time ran out. Nothing was saved. Try again in a second."
                );
            case DatabaseFault.Timeout
            or DatabaseFault.Unavailable
            or DatabaseFault.Missing
            or DatabaseFault.LoginRefused
            or DatabaseFault.PermissionMissing
            or DatabaseFault.Full
            or DatabaseFault.ReadOnly:
                if (!availability.IsAway)
                {
                    LogFailed(provider.Explain(fault) ?? "The database does not answer.", fault);
                    availability.Suspect();
                }

                return new RequestError(
                    ErrorCodes.DatabaseUnavailable,
                    fault is DatabaseUnavailableException { MayBeSaved: true }
                        ? "The connection to the database was lost while your change was being saved. It may have been saved: check before you send it again."
                        : "The database does not answer. Try again in a few seconds."
                );
            default:
                return null;
        }
    }

    /// <summary>The error for an operation that was given up while it was running; it may have contained a mutation.</summary>
    public static RequestError GivenUp() =>
        new(
            ErrorCodes.DatabaseUnavailable,
            "The database does not answer. Try again in a few seconds. A mutation may have been carried out: check before you send it again."
        );

    [LoggerMessage(LogLevel.Warning, "A request was answered with 503. {Sentence}")]
    private partial void LogFailed(string sentence, Exception fault);
}
