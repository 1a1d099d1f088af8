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
    // In seconds. A statement that waits for a lock blocks its thread, and no caller should wait longer than two
    // seconds for a file that another program locks. CmsDatabase retries a transaction that could not begin.
    internal const int LockWait = 1;

    // How many seconds startup and the migrate command wait for a lock.
    private const int StartWait = 30;

    /// <summary>Sets up the SQLite library, if no other class has done so.</summary>
    internal static void Initialize() =>
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(CmsSqlite).TypeHandle);

    static CmsSqlite()
    {
        // This must run before the library is first used. Two threads never use a connection at the same time, so
        // connections need no mutex (sqlite.org/threadsafe.html). Memory statistics are off: nobody reads them, and
        // every allocation would lock them.
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    extension(DbContextOptionsBuilder options)
    {
        /// <summary>Stores the content in one SQLite file.</summary>
        /// <param name="file">The file's path.</param>
        public DbContextOptionsBuilder UseCmsSqlite(string file) =>
            options
                .UseSqlite(
                    SqliteFile.Connection(file, LockWait, pooling: true),
                    sqlite =>
                        sqlite
                            .MigrationsAssembly(typeof(CmsSqlite).Assembly)
                            // A list is always one parameter, so the text of the statement does not depend on the
                            // list's length.
                            .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)
                )
                .ReplaceService<IModelCustomizer, SqliteModel>()
                .AddInterceptors(
                    new VersionInterceptor(),
                    new PreparedStatements(),
                    new SqlitePragmas(TimeSpan.FromSeconds(LockWait))
                )
                // Only one field at a time uses a lease (ReadContexts). Contention tests turn this check on.
                .EnableThreadSafetyChecks(ForcedPauses.AreOn)
                .LogFailuresOnce()
                .UseCompiledShapers();
    }

    extension(IServiceCollection services)
    {
        /// <summary>Stores the content in <paramref name="file" />.</summary>
        /// <param name="file">The file's path.</param>
        /// <param name="startWait">
        /// How many seconds (at least 1) startup waits while another program locks the file.
        /// </param>
        public IServiceCollection AddCmsSqlite(string file, int startWait = StartWait) =>
            services
                .AddSingleton(new SqliteFile(Path.GetFullPath(file), TimeSpan.FromSeconds(startWait)))
                .AddPooledDbContextFactory<CmsDbContext>(options => options.UseCmsSqlite(Path.GetFullPath(file)))
                .AddSingleton<IDatabaseProvider, SqliteProvider>()
                .AddSingleton<IArticleSearch, SqliteArticleSearch>();
    }
}
