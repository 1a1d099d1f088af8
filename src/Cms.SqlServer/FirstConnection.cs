using System.Globalization;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cms.SqlServer;

/// <summary>
/// Connects once at start, without EF Core's retries: they would keep a mistyped address waiting for minutes, and whatever
/// supervises the process starts it again anyway.
/// </summary>
internal static class FirstConnection
{
    // In seconds. The driver tries a closed port again until its timeout ends, which is 15 seconds by default.
    private const int FirstTimeout = 5;

    /// <summary>Returns when the server answers, or when it says that it will answer soon.</summary>
    /// <param name="db">A context whose connection is closed.</param>
    /// <param name="explain">What the provider says of an exception; null where it does not know it.</param>
    /// <exception cref="CannotStartException">
    /// .NET runs without globalization, which the driver needs, or the driver fails in a way that has no sentence of ours.
    /// </exception>
    /// <exception cref="SqlException">The server does not answer, or refuses the login or the database.</exception>
    public static async Task OpenAsync(
        CmsDbContext db,
        Func<Exception, string?> explain,
        CancellationToken cancellationToken
    )
    {
        if (IsGlobalizationInvariant())
        {
            throw new CannotStartException(
                "SQL Server cannot be used while .NET runs without globalization: unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT and install the ICU libraries (libicu), or set Cms__Database__Provider to Sqlite."
            );
        }

        // Opened directly, EF Core's connection makes one attempt and keeps its interceptors.
        var connection = db.GetService<IRelationalConnection>();
        var configured = connection.ConnectionString!;
        try
        {
            await ConnectAsync(connection, configured, cancellationToken);
        }
        catch (SqlException passing) when (SqlServerErrors.WillPass(passing))
        {
            // What follows tries again.
        }
        catch (Exception fault) when (fault is not OperationCanceledException && explain(fault) is null)
        {
            throw new CannotStartException(
                $"Cannot connect to SQL Server ({fault.Message.Split('\n')[0].Trim().TrimEnd('.')}): correct ConnectionStrings__Cms, or the server's settings, and start again.",
                fault
            );
        }
        finally
        {
            connection.ConnectionString = configured;
        }
    }

    private static async Task ConnectAsync(
        IRelationalConnection connection,
        string configured,
        CancellationToken cancellationToken
    )
    {
        var settings = new SqlConnectionStringBuilder(configured);
        if (!settings.ShouldSerialize("Connect Timeout"))
        {
            var first = new SqlConnectionStringBuilder(configured) { ConnectTimeout = FirstTimeout, Pooling = false };
            connection.ConnectionString = first.ConnectionString;
            try
            {
                await TryAsync(connection, cancellationToken);
                return;
            }
            catch (SqlException slow) when (SqlServerErrors.Classify(slow) is DatabaseFault.Timeout)
            {
                // Something listens but is slow, as a managed identity's first token can be: wait as long as usual.
                connection.ConnectionString = configured;
            }
        }

        await TryAsync(connection, cancellationToken);
    }

    private static async Task TryAsync(IRelationalConnection connection, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken, errorsExpected: true);
        await connection.CloseAsync();
    }

    // The environment and the runtime configuration can both say so; what counts is whether .NET knows a culture.
    private static bool IsGlobalizationInvariant()
    {
        try
        {
            return CultureInfo.GetCultureInfo("en-US").EnglishName.Contains("Invariant", StringComparison.Ordinal);
        }
        catch (CultureNotFoundException)
        {
            return true;
        }
    }
}
