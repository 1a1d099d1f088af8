using Cms.GraphQL;
using Microsoft.Extensions.Logging;

namespace Cms.Data;

/// <summary>
/// Creates the errors that clients get, at every endpoint, when the database is busy or does not respond.
/// </summary>
public sealed partial class DatabaseErrors(
    IDatabaseProvider provider,
    DatabaseAvailability availability,
    TimeProvider clock,
    ILogger<DatabaseErrors> log
) : IOutages
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    // The retry delay for problems that an operator must solve.
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    // An outage is over when no request has failed for this long.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private (DatabaseFault Kind, long At)? _last;

    /// <summary>
    /// Returns whether the database caused an exception. If the work can be cancelled, check its cancellation token
    /// first.
    /// </summary>
    public bool Concerns(Exception fault) => KindOf(fault) is not DatabaseFault.None;

    /// <summary>
    /// Returns whether a cancelled read or write can end with this exception. Drivers report a cancellation in several
    /// ways, so the result is meaningful only if the caller was cancelled. A full disk or an error in our code is not
    /// an interruption.
    /// </summary>
    public bool IsInterruption(Exception fault) =>
        fault is OperationCanceledException || KindOf(fault) is DatabaseFault.Unavailable;

    /// <summary>
    /// Returns the error for the client; null if the database did not cause the exception.
    /// </summary>
    public RequestError? Of(Exception fault)
    {
        switch (KindOf(fault))
        {
            case DatabaseFault.None:
                return null;
            case DatabaseFault.Contention:
                return new RequestError(
                    ErrorCodes.DatabaseBusy,
                    "Other requests were changing the same data until time ran out. Nothing was saved. Try again in a second."
                );
            case var kind:
                if (!availability.IsAway)
                {
                    if (IsNews(kind))
                    {
                        LogFailed(provider.Explain(fault) ?? "The database does not respond.", fault);
                    }

                    availability.Suspect();
                }

                return Unavailable(kind, mayBeSaved: fault is DatabaseUnavailableException { MayBeSaved: true });
        }
    }

    /// <inheritdoc />
    /// <exception cref="DatabaseUnavailableException">The database does not respond.</exception>
    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        availability.RunAsync(work, cancellationToken);

    /// <summary>Returns the error for an operation that was abandoned while it was running.</summary>
    public static RequestError GivenUp(bool isMutation) =>
        isMutation
            ? new RequestError(
                ErrorCodes.DatabaseUnavailable,
                "The database does not respond. Your change may have been saved: check before you send it again."
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
                ? ("The database does not respond. Try again in a few seconds.", Soon)
            : ("The database cannot do this at the moment. The server log says why.", Later);
        return new RequestError(ErrorCodes.DatabaseUnavailable, message) { RetryAfter = retryAfter };
    }

    // The driver also reports a statement as cancelled if it could not read the response.
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

    // Log each kind of fault once per outage, not once per caller.
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
        "A request got 503. Further requests with the same cause are not logged. {Sentence}"
    )]
    private partial void LogFailed(string sentence, Exception fault);
}
