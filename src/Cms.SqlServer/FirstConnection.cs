using System.Globalization;
using Cms.Data;
using Microsoft.Data.SqlClient;

namespace Cms.SqlServer;

/// <summary>
/// Connects once at start, without EF Core's retries: they would keep a mistyped address waiting for minutes, and whatever
/// supervises the process starts it again anyway.
/// </summary>
internal static class FirstConnection
{
    private const int TimedOut = -2;

    // In seconds. The driver tries a closed port again until its timeout ends, which is 15 seconds by default.
    private const int FirstTimeout = 5;

    /// <exception cref="CannotStartException">.NET runs without globalization, which the driver needs.</exception>
    /// <exception cref="SqlException">The server does not answer, or refuses the login or the database.</exception>
    public static async Task OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        if (IsGlobalizationInvariant())
        {
            throw new CannotStartException(
                "SQL Server cannot be used while .NET runs without globalization: unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT and install the ICU libraries (libicu), or set Cms__Database__Provider to Sqlite."
            );
        }

        var settings = new SqlConnectionStringBuilder(connectionString) { Pooling = false };
        if (!settings.ShouldSerialize("Connect Timeout"))
        {
            var first = new SqlConnectionStringBuilder(settings.ConnectionString) { ConnectTimeout = FirstTimeout };
            try
            {
                await ConnectAsync(first, cancellationToken);
                return;
            }
            catch (SqlException slow) when (slow.Number == TimedOut)
            {
                // Something listens but is slow, as a managed identity's first token can be: wait as long as usual.
            }
        }

        await ConnectAsync(settings, cancellationToken);
    }

    private static async Task ConnectAsync(SqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        await using var connection = new SqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
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
