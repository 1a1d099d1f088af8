using Cms.Data;
using Cms.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Sqlite;

public static class CmsSqlite
{
    extension(DbContextOptionsBuilder options)
    {
        /// <summary>The content in one SQLite file.</summary>
        public DbContextOptionsBuilder UseCmsSqlite(string file) =>
            options
                .UseSqlite(
                    new SqliteConnectionStringBuilder { DataSource = file }.ToString(),
                    sqlite => sqlite.MigrationsAssembly(typeof(CmsSqlite).Assembly)
                )
                .AddInterceptors(new VersionInterceptor(), new SqlitePragmas())
                // One context serves one field at a time; ReadContexts sees to it.
                .EnableThreadSafetyChecks(false);
    }

    extension(IServiceCollection services)
    {
        /// <summary>Keeps the content in <paramref name="file" />.</summary>
        public IServiceCollection AddCmsSqlite(string file) =>
            services
                .AddSingleton(new SqliteFile(Path.GetFullPath(file)))
                .AddPooledDbContextFactory<CmsDbContext>(options => options.UseCmsSqlite(Path.GetFullPath(file)))
                .AddSingleton<IDatabaseProvider, SqliteProvider>()
                .AddSingleton<IArticleSearch, SqliteArticleSearch>();
    }
}
