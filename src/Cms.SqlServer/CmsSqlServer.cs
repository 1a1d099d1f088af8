using Cms.Data;
using Cms.Reading;
using Cms.Search;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.SqlServer;

public static class CmsSqlServer
{
    // SQL Server 2022. Higher levels, and UseAzureSql, would change the type of JSON columns.
    private const int CompatibilityLevel = 160;

    extension(DbContextOptionsBuilder options)
    {
        /// <summary>Stores the content in SQL Server 2022 or Azure SQL.</summary>
        /// <param name="connectionString">A connection string for Microsoft.Data.SqlClient.</param>
        /// <param name="maxBatchSize">The maximum number of statements in one batch; null for EF's default.</param>
        public DbContextOptionsBuilder UseCmsSqlServer(string connectionString, int? maxBatchSize = null) =>
            options
                .UseSqlServer(
                    WithoutOwnRetries(connectionString),
                    server =>
                    {
                        server
                            .UseCompatibilityLevel(CompatibilityLevel)
                            .ExecutionStrategy(dependencies => new SqlServerRetries(dependencies))
                            .MigrationsAssembly(typeof(CmsSqlServer).Assembly);
                        if (maxBatchSize is { } size)
                        {
                            server.MaxBatchSize(size);
                        }
                    }
                )
                .ReplaceService<IModelCustomizer, SqlServerModel>()
                .AddInterceptors(new VersionInterceptor())
                .EnableThreadSafetyChecks(ForcedPauses.AreOn)
                .LogFailuresOnce()
                .UseCompiledShapers();
    }

    // By default, the driver waits ten seconds before it reopens a connection, and after a failure it opens no
    // connections for up to a minute. DatabaseAvailability handles failures faster. Values in the connection string
    // take precedence.
    private static string WithoutOwnRetries(string connectionString)
    {
        try
        {
            var settings = new SqlConnectionStringBuilder(connectionString);
            if (!settings.ShouldSerialize("Connect Retry Count"))
            {
                settings.ConnectRetryCount = 0;
            }

            if (!settings.ShouldSerialize("Pool Blocking Period"))
            {
                settings.PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock;
            }

            return settings.ConnectionString;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            // Opening the first connection fails for the same reason, and startup explains it.
            return connectionString;
        }
    }

    extension(IServiceCollection services)
    {
        /// <inheritdoc cref="UseCmsSqlServer" />
        public IServiceCollection AddCmsSqlServer(string connectionString, int? maxBatchSize = null)
        {
            services.TryAddSingleton<DatabaseGate>();
            return services
                .AddPooledDbContextFactory<CmsDbContext>(
                    (provider, options) =>
                        options
                            .UseCmsSqlServer(connectionString, maxBatchSize)
                            .AddInterceptors(provider.GetRequiredService<DatabaseGate>())
                )
                .AddSingleton<IDatabaseProvider, SqlServerProvider>()
                .AddSingleton<SqlServerArticleSearch>()
                .AddSingleton<IArticleSearch>(provider => provider.GetRequiredService<SqlServerArticleSearch>());
        }
    }
}
