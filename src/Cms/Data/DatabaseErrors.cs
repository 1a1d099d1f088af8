using Cms.GraphQL;
using Microsoft.Extensions.Logging;

namespace Cms.Data;

/// <summary>What clients are told when the database is busy or does not answer, whichever address they asked.</summary>
public sealed partial class DatabaseErrors(
    IDatabaseProvider provider,
    DatabaseAvailability availability,
    TimeProvider clock,
    ILogger<DatabaseErrors> log
) : IOutages
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    // A person has to do something first.
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    // An outage in which nobody was refused for so long is over.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private (DatabaseFault Kind, long At)? _last;

    /// <summary>Whether the database is to blame. Callers that were cancelled look at their own token first.</summary>
    public bool Concerns(Exception fault) => KindOf(fault) is not DatabaseFault.None;

    /// <summary>
    /// Whether a fault is how a cancelled read or write ends. Drivers report a cancellation in several ways, so this says
    /// something only about callers that were cancelled. A full disk or a fault of ours is no interruption.
    /// </summary>
    public bool IsInterruption(Exception fault) =>
        fault is OperationCanceledException || KindOf(fault) is DatabaseFault.Unavailable;

    /// <summary>The error for the client; null when the database is not to blame, and the fault is ours.</summary>
    public RequestError? Of(Exception fault)
    {
        switch (KindOf(fault))
        {
            case DatabaseFault.None:
                return null;
            case DatabaseFault.Contention:
                return new RequestError(
                    ErrorCodes.DatabaseBusy,
                    "Others were changing the same data, and time ran out. Nothing was saved. Try again in a second."
                );
            case var kind:
                if (!availability.IsAway)
                {
                    if (IsNews(kind))
                    {
                        LogFailed(provider.Explain(fault) ?? "The database does not answer.", fault);
                    }

                    availability.Suspect();
                }

                return Unavailable(kind, mayBeSaved: fault is DatabaseUnavailableException { MayBeSaved: true });
        }
    }

    /// <inheritdoc />
    /// <exception cref="DatabaseUnavailableException">The database does not answer.</exception>
    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        availability.RunAsync(work, cancellationToken);

    /// <summary>The error for an operation that was given up while it was running.</summary>
    public static RequestError GivenUp(bool isMutation) =>
        isMutation
            ? new RequestError(
                ErrorCodes.DatabaseUnavailable,
                "The database does not answer. Your change may have been saved: check before you send it again."
            )
            {
                RetryAfter = Soon,
            }
            : Unavailable(DatabaseFault.Unavailable, mayBeSaved: false);

    private static RequestError Unavailable(DatabaseFault kind, bool mayBeSaved)
    {
        var (message, retryAfter) =
            mayBeSaved
                ? (
                    "The connection to the database was lost while your change was being saved. It may have been saved: check before you send it again.",
                    Soon
                )
            : kind is DatabaseFault.Unavailable or DatabaseFault.Missing
                ? ("The database does not answer. Try again in a few seconds.", Soon)
            : ("The database cannot do this at the moment. The operators find the reason in the log.", Later);
        return new RequestError(ErrorCodes.DatabaseUnavailable, message) { RetryAfter = retryAfter };
    }

    // A statement that was cancelled although nobody asked for it is an answer that the driver could not read.
    private DatabaseFault KindOf(Exception fault) =>
        provider.FaultOf(fault) switch
        {
            DatabaseFault.Timeout or DatabaseFault.Unavailable or DatabaseFault.Cancelled => DatabaseFault.Unavailable,
            var kind
            and (
                DatabaseFault.Contention
                or DatabaseFault.Missing
                or DatabaseFault.LoginRefused
                or DatabaseFault.PermissionMissing
                or DatabaseFault.Full
                or DatabaseFault.ReadOnly
            ) => kind,
            _ => DatabaseFault.None,
        };

    // Once in each outage, not once for each caller.
    private bool IsNews(DatabaseFault kind)
    {
        lock (_gate)
        {
            var isNews = _last is not { } last || last.Kind != kind || clock.GetElapsedTime(last.At) >= Quiet;
            _last = (kind, clock.GetTimestamp());
            return isNews;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Requests are answered with 503; those that follow for the same reason are not logged. {Sentence}"
    )]
    private partial void LogFailed(string sentence, Exception fault);
}
