using System.Data.Common;
using Cms.Data;
using Cms.Search;
using Cms.Sqlite;
using Cms.SqlServer;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Search;

/// <summary>
/// At startup, the Words column is filled in for search documents that were stored before the column existed.
/// </summary>
public abstract class FillSearchWordsTests(TestDatabase database) : DatabaseSuite(database)
{
    // Enough for more than one batch.
    private const int Stories = 102;

    private readonly Faults _faults = new();
    private readonly BeforeUpdate _beforeUpdate = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using var db = await OpenAsync();
        if (!await db.SearchDocuments.AnyAsync())
        {
            for (var i = 0; i < Stories; i++)
            {
                await Newsroom.PublishedAsync(Newsroom.Story($"Compiler {i}"));
            }

            await AddColumnAsync(db);
        }

        await db.Database.ExecuteSqlAsync($"""UPDATE "SearchDocuments" SET "Words" = '' """);
    }

    [SkippableFact]
    public async Task Documents_stored_without_words_are_found_after_their_words_are_filled_in()
    {
        await using var server = await StartAsync();
        Assert.Equal(0, await FoundAsync(server, "compiler"));

        await FillAsync(server);

        Assert.Equal(Stories, await FoundAsync(server, "compilers"));
        Assert.Equal(1, await FoundAsync(server, "\"compiler 7\""));
        Assert.All(await DocumentsAsync(server), document => Assert.Equal(WordsOf(document), document.Words));
    }

    [SkippableFact]
    public async Task Filling_in_the_words_again_changes_nothing()
    {
        await using var server = await StartAsync();
        await FillAsync(server);

        _faults.Rest();
        await FillAsync(server);

        // Only the query for documents without words runs.
        Assert.Equal(1, _faults.Steps);
    }

    [SkippableFact]
    public async Task An_interrupted_run_continues_where_it_stopped()
    {
        await using var server = await StartAsync();
        const int filled = 40;
        // Fails after one SELECT statement and one UPDATE statement for each filled document.
        _faults.BreakAt(1 + filled + 1);
        await Assert.ThrowsAsync<InjectedFaultException>(() => FillAsync(server));
        Assert.Equal(filled, (await DocumentsAsync(server)).Count(document => document.Words.Length > 0));

        _faults.Rest();
        await FillAsync(server);

        Assert.Equal(1 + Stories - filled, _faults.Steps);
        Assert.All(await DocumentsAsync(server), document => Assert.Equal(WordsOf(document), document.Words));
    }

    [SkippableFact]
    public async Task A_story_that_is_published_again_during_a_run_gets_the_words_of_its_new_text()
    {
        await using var server = await StartAsync();
        var first = (await DocumentsAsync(server))[0];
        _beforeUpdate.Once = async () =>
        {
            var newsroom = new Newsroom(server);
            await newsroom.SaveAsync(first.ArticleId, Newsroom.Story("A kernel"));
            await newsroom.PublishAsync(first.ArticleId);
        };

        await FillAsync(server);

        Assert.Null(_beforeUpdate.Once);
        Assert.Equal((Stories - 1, 1), (await FoundAsync(server, "compiler"), await FoundAsync(server, "kernel")));
        await RestoreAsync(first);
    }

    /// <summary>Adds the column to a database that lacks it, as the migration does.</summary>
    protected abstract Task AddColumnAsync(CmsDbContext db);

    /// <summary>Makes the product use the column.</summary>
    protected virtual void UseColumn(IServiceCollection services) { }

    protected Task<ServiceProvider> StartAsync() =>
        Database.BuildAsync(services =>
        {
            services.AddInterceptor(_faults);
            services.AddInterceptor(_beforeUpdate);
            UseColumn(services);
        });

    protected static async Task<List<SearchDocument>> DocumentsAsync(IServiceProvider server)
    {
        await using var db = await OpenAsync(server);
        return await db.SearchDocuments.AsNoTracking().OrderBy(document => document.Id).ToListAsync();
    }

    protected static string WordsOf(SearchDocument document) =>
        SearchWords.Of(document.Headline, document.Summary, document.Text);

    private static Task<CmsDbContext> OpenAsync(IServiceProvider server) =>
        server.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();

    private static async Task FillAsync(IServiceProvider server)
    {
        await using var db = await OpenAsync(server);
        await FillSearchWords.RunAsync(db, default);
    }

    private static async Task<int> FoundAsync(IServiceProvider server, string query)
    {
        await using var db = await OpenAsync(server);
        var search = new SqlServerArticleSearch { HasFullText = false };
        return await search.Match(db, SearchTerms.Parse(query)).CountAsync();
    }

    // The tests of this class share their stories.
    private async Task RestoreAsync(SearchDocument story)
    {
        await Newsroom.SaveAsync(story.ArticleId, Newsroom.Story(story.Headline));
        await Newsroom.PublishAsync(story.ArticleId);
    }

    /// <summary>Runs a callback before the next UPDATE statement.</summary>
    private sealed class BeforeUpdate : DbCommandInterceptor
    {
        public Func<Task>? Once { get; set; }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            if (Once is { } run)
            {
                Once = null;
                await run();
            }

            return result;
        }
    }
}

/// <summary>
/// SQLite stores no words, because it has a full-text index. These tests add the column and make the product use it.
/// </summary>
public sealed class FillSearchWordsTests_Sqlite(SqliteTestDatabase database)
    : FillSearchWordsTests(database),
        IClassFixture<SqliteTestDatabase>
{
    protected override Task AddColumnAsync(CmsDbContext db) =>
        db.Database.ExecuteSqlAsync($"""ALTER TABLE "SearchDocuments" ADD "Words" TEXT NOT NULL DEFAULT ''""");

    protected override void UseColumn(IServiceCollection services) =>
        services.ConfigureDbContext<CmsDbContext>(options => options.ReplaceService<IModelCustomizer, WithWords>());

    private sealed class WithWords(ModelCustomizerDependencies dependencies) : SqliteModel(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder
                .Entity<SearchDocument>()
                .Property(document => document.Words)
                .UsePropertyAccessMode(PropertyAccessMode.Property);
        }
    }
}

public sealed class FillSearchWordsTests_SqlServer(SqlServerTestDatabase database)
    : FillSearchWordsTests(database),
        IClassFixture<SqlServerTestDatabase>
{
    [SkippableFact]
    public async Task Starting_without_a_full_text_index_fills_in_the_words()
    {
        await using var server = await StartAsync();
        await using (var db = await OpenAsync())
        {
            await db.Database.ExecuteSqlAsync(
                $"IF EXISTS (SELECT 1 FROM sys.fulltext_indexes) EXEC(N'DROP FULLTEXT INDEX ON [SearchDocuments]')"
            );
        }

        await server.GetRequiredService<IDatabaseProvider>().PrepareAsync(default);

        Assert.False(server.GetRequiredService<SqlServerArticleSearch>().HasFullText);
        Assert.All(await DocumentsAsync(server), document => Assert.Equal(WordsOf(document), document.Words));
    }

    protected override Task AddColumnAsync(CmsDbContext db) => Task.CompletedTask;
}
