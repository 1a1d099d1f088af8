using System.Data.Common;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Whether a save failed because a row with the same unique value stands already.</summary>
    bool IsUniqueViolation(DbUpdateException exception);

    /// <summary>What an operator can do about a database that cannot be used, in one sentence; null if the database is not at fault.</summary>
    string? Explain(Exception exception);

    /// <summary>Makes the database ready at start, or throws <see cref="CannotStartException" />.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Brings the schema up to date, however many start at once; gives the names of the migrations applied.</summary>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken);
}

/// <summary>A setting or the database stands in the way, and the message says in one sentence what an operator can do.</summary>
public sealed class CannotStartException(string message, Exception? inner = null) : Exception(message, inner);
