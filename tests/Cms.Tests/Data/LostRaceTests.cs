using Cms.Articles;
using Cms.Results;
using Cms.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Data;

/// <summary>SQLite has one writer at a time, so the races that SQL Server allows are lost here by decree.</summary>
public sealed class LostRaceTests(SqliteTestDatabase database)
    : DatabaseSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    public static TheoryData<string> Losses => ["a newer version", "the same primary key", "the same unique value"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Whoever_loses_a_race_decides_anew(string because)
    {
        var article = await Newsroom.DraftAsync();
        var races = new Races(Loss(because), losses: 3);
        await using var server = await Database.BuildAsync(services => services.AddInterceptor(races));

        var saved = Newsroom.Value(await SaveAsync(server, article.Id));

        Assert.Equal((2, 4), (saved.RevisionCount, races.Saves));
    }

    [Fact]
    public async Task Losing_four_times_in_a_row_is_a_fault()
    {
        var article = await Newsroom.DraftAsync();
        var races = new Races(new DbUpdateConcurrencyException("Lost."), losses: 4);
        await using var server = await Database.BuildAsync(services => services.AddInterceptor(races));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => SaveAsync(server, article.Id));
    }

    [Fact]
    public async Task Any_other_failure_to_save_is_a_fault_at_once()
    {
        var article = await Newsroom.DraftAsync();
        // SQLITE_CONSTRAINT_FOREIGNKEY.
        var races = new Races(new DbUpdateException("Broken.", new SqliteException("Broken.", 19, 787)), losses: 1);
        await using var server = await Database.BuildAsync(services => services.AddInterceptor(races));

        await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(server, article.Id));

        Assert.Equal(1, races.Saves);
    }

    // SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE.
    private static DbUpdateException Loss(string because) =>
        because switch
        {
            "the same primary key" => new DbUpdateException("Lost.", new SqliteException("Lost.", 19, 1555)),
            "the same unique value" => new DbUpdateException("Lost.", new SqliteException("Lost.", 19, 2067)),
            _ => new DbUpdateConcurrencyException("Lost."),
        };

    private static Task<Result<Article>> SaveAsync(ServiceProvider server, ArticleId article) =>
        server
            .GetRequiredService<SaveArticle>()
            .Handle(
                new SaveArticleInput
                {
                    Id = article,
                    Content = Newsroom.Story("Newer"),
                    By = Newsroom.Erin,
                },
                default
            );

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
