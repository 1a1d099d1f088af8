using System.Globalization;
using Cms.Data;
using Cms.GraphQL;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cms.SqlServer;

/// <summary>
/// Connects once at startup, without EF Core's retries. Retries would delay the error for a mistyped address by
/// minutes, and the process supervisor restarts the server anyway.
/// </summary>
internal static class FirstConnection
{
    // In seconds. The driver retries a closed port until the connection timeout, by default 15 seconds.
    private const int FirstTimeout = 5;

    /// <summary>Returns when the server responds, or when it reports that it will respond soon.</summary>
    /// <param name="db">A context whose connection is closed.</param>
    /// <param name="explain">Returns the provider's explanation of an exception; null if it has none.</param>
    /// <exception cref="CannotStartException">
    /// .NET runs without globalization, which the driver needs, or the driver fails in a way that
    /// <paramref name="explain" /> does not cover.
    /// </exception>
    /// <exception cref="SqlException">The server does not respond, or rejects the login or the database.</exception>
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

        // Opening EF Core's connection directly makes only one attempt and still runs its interceptors.
        var connection = db.GetService<IRelationalConnection>();
        var configured = connection.ConnectionString!;
        try
        {
            await ConnectAsync(connection, configured, cancellationToken);
        }
        catch (SqlException passing) when (SqlServerErrors.WillPass(passing))
        {
            // The commands that follow use EF Core's retries.
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
                // A server listens but is slow, for example because a managed identity gets its first token. Try again
                // with the default timeout.
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

    // Looks up a culture, because both the environment and the runtime configuration can turn globalization off.
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
