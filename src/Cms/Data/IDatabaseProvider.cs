using System.Data.Common;
using Cms.GraphQL;

namespace Cms.Data;

/// <summary>What differs between the databases beyond what EF covers.</summary>
public interface IDatabaseProvider
{
    /// <summary>How many connections that only read stay open between requests; none where the driver's own pool is as fast.</summary>
    int IdleConnections { get; }

    /// <summary>Makes a context for reading. Its connection belongs to it alone, is not open yet and closes with it.</summary>
    CmsDbContext CreateReadContext();

    /// <summary>Makes a connection of <see cref="CreateReadContext" /> ready for the next lease; false when it must be closed.</summary>
    bool TryReset(DbConnection connection);

    /// <summary>Ends what such a connection executes until it is reset, from another thread; nothing where the driver does so by itself.</summary>
    void Interrupt(DbConnection connection);

    /// <summary>What one exception of the driver means; callers ask <see cref="DatabaseFaults" />, which looks inside wrappers.</summary>
    DatabaseFault Classify(Exception exception);

    /// <summary>What an operator can do about a database that cannot be used, in one sentence; null if the database is not at fault.</summary>
    string? Explain(Exception exception);

    /// <summary>Opens a new connection, past any pool, and throws if the database does not answer on it.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Makes the database ready at start, or throws <see cref="CannotStartException" />.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Brings the schema up to date. When several processes do so at once, one applies the migrations and the others wait.</summary>
    Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken);
}

/// <summary>What became of the migrations that were pending.</summary>
/// <param name="Applied">Applied by this process.</param>
/// <param name="AppliedElsewhere">Applied by another process while this one waited for it.</param>
public sealed record MigrationOutcome(IReadOnlyList<string> Applied, IReadOnlyList<string> AppliedElsewhere)
{
    /// <summary>Compares what was pending before this process had the migration lock with what was pending under it.</summary>
    public static MigrationOutcome Of(IReadOnlyList<string> before, IReadOnlyList<string> underLock) =>
        new(underLock, [.. before.Except(underLock, StringComparer.Ordinal)]);
}
