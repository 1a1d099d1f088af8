using System.Data.Common;
using Cms.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Data;

/// <summary>The differences between databases that EF does not cover.</summary>
public interface IDatabaseProvider
{
    /// <summary>
    /// The number of read connections that stay open between requests; 0 if the driver's pool is sufficient.
    /// </summary>
    int IdleConnections { get; }

    /// <summary>
    /// Creates a context for reading. The context owns its connection, which is not open yet and closes with the
    /// context.
    /// </summary>
    /// <param name="create">Creates a context with a model of its own; null for the usual one.</param>
    CmsDbContext CreateReadContext(Func<DbContextOptions<CmsDbContext>, CmsDbContext>? create = null);

    /// <summary>
    /// Prepares the connection of a context from <see cref="CreateReadContext" /> for the next lease. Returns false if
    /// the connection must be closed.
    /// </summary>
    bool TryReset(DbConnection connection);

    /// <summary>
    /// Interrupts the statement that is running on a read connection. Later statements are interrupted too, until the
    /// connection is reset. This method is called from a different thread. It does nothing if the driver reacts to
    /// cancellation.
    /// </summary>
    void Interrupt(DbConnection connection);

    /// <summary>
    /// Waits until this process may begin its next write. The caller disposes of the turn when the write has ended. The
    /// result is null if the database itself lets writers wait in order.
    /// </summary>
    ValueTask<IDisposable?> TakeWriteTurnAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Returns the meaning of one driver exception. Callers use <see cref="DatabaseFaults" />, which also looks at
    /// inner exceptions.
    /// </summary>
    DatabaseFault Classify(Exception exception);

    /// <summary>
    /// Returns one sentence that says how an operator can make the database usable; null if the database did not cause
    /// the exception.
    /// </summary>
    string? Explain(Exception exception);

    /// <summary>Opens a new connection outside any pool. Throws if the database does not respond.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Returns the database's clock; null if the database uses the clock of this machine.</summary>
    Task<DateTimeOffset?> ClockAsync(CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(null);

    /// <summary>
    /// Examines the database for an operator, without changing it. Every problem is a finding, also that the database does
    /// not respond.
    /// </summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken);

    /// <summary>Prepares the database at startup, or throws <see cref="CannotStartException" />.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Brings the schema up to date. If several processes do so at the same time, one applies the migrations and the
    /// others wait.
    /// </summary>
    Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken);
}

/// <summary>The result of applying the pending migrations.</summary>
/// <param name="Applied">The migrations that this process applied.</param>
/// <param name="AppliedElsewhere">The migrations that another process applied while this one waited.</param>
public sealed record MigrationOutcome(IReadOnlyList<string> Applied, IReadOnlyList<string> AppliedElsewhere)
{
    /// <summary>
    /// Creates the outcome from the migrations that were pending before and after this process acquired the migration
    /// lock.
    /// </summary>
    public static MigrationOutcome Of(IReadOnlyList<string> before, IReadOnlyList<string> underLock) =>
        new(underLock, [.. before.Except(underLock, StringComparer.Ordinal)]);
}
