using Cms.Data;
using Cms.Reading;
using Cms.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Cms.Sqlite;

public static class CmsSqlite
{
    // Seconds. A statement that meets a lock blocks its thread meanwhile, and no caller is to wait longer than two
    // seconds for a file that another program locks: CmsDatabase runs a transaction again that could not begin.
    internal const int LockWait = 1;

    // Seconds that the start waits, and migrate.
    private const int StartWait = 30;

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
        public DbContextOptionsBuilder UseCmsSqlite(string file) =>
            options
                .UseSqlite(
                    SqliteFile.Connection(file, LockWait, pooling: true),
                    sqlite =>
                        sqlite
                            .MigrationsAssembly(typeof(CmsSqlite).Assembly)
                            // One parameter however long the list, so that the statement's text is always the same.
                            .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)
                )
                .ReplaceService<IModelCustomizer, SqliteModel>()
                .AddInterceptors(
                    new VersionInterceptor(),
                    new PreparedStatements(),
                    new SqlitePragmas(TimeSpan.FromSeconds(LockWait))
                )
                // A lease is one field's alone (ReadContexts); tests of contention check it.
                .EnableThreadSafetyChecks(ForcedPauses.AreOn)
                .LogFailuresOnce()
                .UseCompiledShapers();
    }

    extension(IServiceCollection services)
    {
        /// <summary>Keeps the content in <paramref name="file" />.</summary>
        /// <param name="file">Its path.</param>
        /// <param name="startWait">Seconds that the start waits, one at least, while another program locks the file.</param>
        public IServiceCollection AddCmsSqlite(string file, int startWait = StartWait) =>
            services
                .AddSingleton(new SqliteFile(Path.GetFullPath(file), TimeSpan.FromSeconds(startWait)))
                .AddPooledDbContextFactory<CmsDbContext>(options => options.UseCmsSqlite(Path.GetFullPath(file)))
                .AddSingleton<IDatabaseProvider, SqliteProvider>()
                .AddSingleton<IArticleSearch, SqliteArticleSearch>();
    }
}
