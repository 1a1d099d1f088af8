using Cms.Data;
using Cms.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SqlServer;

public static class CmsSqlServer
{
    // SQL Server 2022. Higher levels, and UseAzureSql, would turn JSON columns into another type.
    private const int CompatibilityLevel = 160;

    extension(DbContextOptionsBuilder options)
    {
        /// <summary>The content in SQL Server 2022 or Azure SQL.</summary>
        /// <param name="connectionString">As Microsoft.Data.SqlClient reads it.</param>
        /// <param name="maxBatchSize">Statements sent in one batch; null for EF's own choice.</param>
        public DbContextOptionsBuilder UseCmsSqlServer(string connectionString, int? maxBatchSize = null) =>
            options
                .UseSqlServer(
                    connectionString,
                    server =>
                    {
                        server
                            .UseCompatibilityLevel(CompatibilityLevel)
                            .EnableRetryOnFailure()
                            .MigrationsAssembly(typeof(CmsSqlServer).Assembly);
                        if (maxBatchSize is { } size)
                        {
                            server.MaxBatchSize(size);
                        }
                    }
                )
                .AddInterceptors(new VersionInterceptor())
                .EnableThreadSafetyChecks(ForcedPauses.AreOn)
                .UseCompiledShapers();
    }

    extension(IServiceCollection services)
    {
        /// <inheritdoc cref="UseCmsSqlServer" />
        public IServiceCollection AddCmsSqlServer(string connectionString, int? maxBatchSize = null) =>
            services
                .AddPooledDbContextFactory<CmsDbContext>(options =>
                    options.UseCmsSqlServer(connectionString, maxBatchSize)
                )
                .AddSingleton<IDatabaseProvider, SqlServerProvider>()
                .AddSingleton<SqlServerArticleSearch>()
                .AddSingleton<IArticleSearch>(provider => provider.GetRequiredService<SqlServerArticleSearch>());
    }
}
