using Cms.Data;
using Cms.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Cms.Sqlite;

public static class CmsSqlite
{
    // The driver tries a locked statement anew for so many seconds; each try waits for a part of them.
    private const int LockWait = 30;
    private const int LockTry = 5;

    static CmsSqlite()
    {
        // Before the library is first used: no connection is used by two threads at once, so none needs a mutex of its
        // own (sqlite.org/threadsafe.html), and nobody reads the statistics that every allocation would lock.
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    extension(DbContextOptionsBuilder options)
    {
        /// <summary>The content in one SQLite file.</summary>
        /// <param name="file">Its path.</param>
        /// <param name="lockWait">Seconds to wait, one at least, while another program holds the file.</param>
        public DbContextOptionsBuilder UseCmsSqlite(string file, int lockWait = LockWait) =>
            options
                .UseSqlite(
                    new SqliteFile(file, lockWait).ConnectionString,
                    sqlite =>
                        sqlite
                            .MigrationsAssembly(typeof(CmsSqlite).Assembly)
                            // One parameter however long the list, so that the statement's text is always the same.
                            .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)
                )
                .AddInterceptors(
                    new VersionInterceptor(),
                    new PreparedStatements(),
                    new SqlitePragmas(TimeSpan.FromSeconds(Math.Min(lockWait, LockTry)))
                )
                // A lease is one field's alone (ReadContexts); tests of contention check it.
                .EnableThreadSafetyChecks(ForcedPauses.AreOn)
                .UseCompiledShapers();
    }

    extension(IServiceCollection services)
    {
        /// <summary>Keeps the content in <paramref name="file" />.</summary>
        /// <inheritdoc cref="UseCmsSqlite" />
        public IServiceCollection AddCmsSqlite(string file, int lockWait = LockWait) =>
            services
                .AddSingleton(new SqliteFile(Path.GetFullPath(file), lockWait))
                .AddPooledDbContextFactory<CmsDbContext>(options =>
                    options.UseCmsSqlite(Path.GetFullPath(file), lockWait)
                )
                .AddSingleton<IDatabaseProvider, SqliteProvider>()
                .AddSingleton<IArticleSearch, SqliteArticleSearch>();
    }
}
