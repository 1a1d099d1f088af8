using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Cms.Data;

/// <summary>What differs between the databases beyond what EF covers.</summary>
public interface IDatabaseProvider
{
    /// <summary>How many connections that only read are kept open between requests; none where the driver does as well.</summary>
    int IdleConnections { get; }

    /// <summary>Ends what a connection is executing, from another thread; nothing where the driver does so by itself.</summary>
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
