using Cms.Data;
using Cms.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Sqlite;

public static class CmsSqlite
{
    // The driver tries a locked statement anew for so many seconds; each try waits for a part of them.
    private const int LockWait = 30;
    private const int LockTry = 5;

    extension(DbContextOptionsBuilder options)
    {
        /// <summary>The content in one SQLite file.</summary>
        /// <param name="file">Its path.</param>
        /// <param name="lockWait">Seconds to wait, one at least, while another program holds the file.</param>
        public DbContextOptionsBuilder UseCmsSqlite(string file, int lockWait = LockWait) =>
            options
                .UseSqlite(
                    new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = lockWait }.ToString(),
                    sqlite => sqlite.MigrationsAssembly(typeof(CmsSqlite).Assembly)
                )
                .AddInterceptors(
                    new VersionInterceptor(),
                    new SqlitePragmas(TimeSpan.FromSeconds(Math.Min(lockWait, LockTry)))
                )
                // One context serves one field at a time; ReadContexts sees to it.
                .EnableThreadSafetyChecks(false);
    }

    extension(IServiceCollection services)
    {
        /// <summary>Keeps the content in <paramref name="file" />.</summary>
        /// <inheritdoc cref="UseCmsSqlite" />
        public IServiceCollection AddCmsSqlite(string file, int lockWait = LockWait) =>
            services
                .AddSingleton(new SqliteFile(Path.GetFullPath(file)))
                .AddPooledDbContextFactory<CmsDbContext>(options =>
                    options.UseCmsSqlite(Path.GetFullPath(file), lockWait)
                )
                .AddSingleton<IDatabaseProvider, SqliteProvider>()
                .AddSingleton<IArticleSearch, SqliteArticleSearch>();
    }
}
