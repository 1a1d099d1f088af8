using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Data;
using Cms.GraphQL;
using Cms.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Data;

/// <summary>
/// SQLite allows one writer at a time, so an interceptor simulates the races that are possible on SQL Server.
/// </summary>
[Slow]
public sealed class LostRaceTests(SqliteTestDatabase database)
    : DatabaseSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    public static TheoryData<string> Losses =>
        ["a newer version", "the same primary key", "the same unique value", "a locked file", "a locked table"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_write_that_loses_six_races_is_retried_until_it_succeeds(string cause)
    {
        var article = await Newsroom.DraftAsync();
        var races = new Races(Loss(cause), losses: 6);
        await using var server = await BuildAsync(races);

        var saved = Newsroom.Value(await SaveAsync(server, article.Id));

        // Seven attempts save the article. The last one then saves its place in the lists of the desk and the entry in
        // the audit log.
        Assert.Equal((2, 9), (saved.RevisionCount, races.Saves));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_write_that_keeps_losing_reports_that_the_database_is_busy(string cause)
    {
        var article = await Newsroom.DraftAsync();
        var loss = Loss(cause);
        var races = new Races(loss, losses: int.MaxValue);
        await using var server = await BuildAsync(races);

        var busy = await Assert.ThrowsAsync<DatabaseBusyException>(() => SaveAsync(server, article.Id));

        Assert.Same(loss, busy.InnerException);
        // The pauses average about 125 ms and add up to 30 seconds.
        Assert.InRange(races.Saves, 150, 400);
        Assert.Equal(DatabaseFault.Contention, server.GetRequiredService<IDatabaseProvider>().FaultOf(busy));
    }

    [Fact]
    public void Pauses_grow_to_a_quarter_of_a_second_and_vary()
    {
        var pauses = Enumerable
            .Range(1, 12)
            .Select(attempt => Enumerable.Range(0, 1_000).Select(_ => WriteRetries.PauseAfter(attempt)).ToList())
            .ToList();

        // The longest of 1,000 random pauses is close to the limit and does not exceed it.
        Assert.All(
            pauses.Zip([10, 20, 40, 80, 160, 250, 250, 250, 250, 250, 250, 250]),
            some => Assert.InRange(some.First.Max().TotalMilliseconds, some.Second * 0.9, some.Second)
        );
        Assert.All(pauses, some => Assert.InRange(some.Min(), TimeSpan.Zero, TimeSpan.FromMilliseconds(5)));
    }

    [Fact]
    public async Task Any_other_failure_to_save_is_thrown_without_a_retry()
    {
        var article = await Newsroom.DraftAsync();
        // SQLITE_CONSTRAINT_FOREIGNKEY.
        var races = new Races(new DbUpdateException("Broken.", new SqliteException("Broken.", 19, 787)), losses: 1);
        await using var server = await BuildAsync(races);

        await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(server, article.Id));

        Assert.Equal(1, races.Saves);
    }

    private static Exception Loss(string cause) =>
        cause switch
        {
            // SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE.
            "the same primary key" => new DbUpdateException("Lost.", new SqliteException("Lost.", 19, 1555)),
            "the same unique value" => new DbUpdateException("Lost.", new SqliteException("Lost.", 19, 2067)),
            // SQLITE_BUSY, SQLITE_LOCKED.
            "a locked file" => new SqliteException("Lost.", 5, 5),
            "a locked table" => new DbUpdateException("Lost.", new SqliteException("Lost.", 6, 6)),
            _ => new DbUpdateConcurrencyException("Lost."),
        };

    private Task<ServiceProvider> BuildAsync(Races races) =>
        Database.BuildAsync(services =>
        {
            services.AddInterceptor(races);
            services.AddSingleton(new WriteRetries { Clock = new ImpatientClock() });
        });

    private static Task<Result<Article>> SaveAsync(ServiceProvider server, ArticleId article) =>
        server
            .GetRequiredService<SaveArticle>()
            .Handle(new SaveArticleInput { Id = article, Edit = _ => Newsroom.Story("Newer") }, Newsroom.Erin, default);

    private sealed class Races(Exception loss, int losses) : SaveChangesInterceptor
    {
        public int Saves { get; private set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        ) => ++Saves <= losses ? throw loss : ValueTask.FromResult(result);
    }
}
