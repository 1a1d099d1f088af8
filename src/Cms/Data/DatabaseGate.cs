using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.Data;

/// <summary>
/// Rejects new connections while the database is known to be down, so that callers do not wait for the driver to fail.
/// <see cref="DatabaseAvailability" /> closes and opens the gate.
/// </summary>
public sealed class DatabaseGate : DbConnectionInterceptor
{
    private volatile bool _isClosed;

    public bool IsClosed
    {
        get => _isClosed;
        internal set => _isClosed = value;
    }

    public override InterceptionResult ConnectionOpening(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    ) => _isClosed ? throw new DatabaseUnavailableException() : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    ) => _isClosed ? throw new DatabaseUnavailableException() : new(result);
}
