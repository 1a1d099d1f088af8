using System.Data.Common;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.GraphQL;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Sqlite;

[Slow]
public sealed class WriteOrderTests(SqliteTestDatabase database)
    : DatabaseSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task Writes_that_wait_for_another_write_follow_in_the_order_they_came()
    {
        var article = await Newsroom.DraftAsync(Newsroom.Story() with { Summary = "Begun." });
        var held = new HeldWrite();
        await using var server = await Database.BuildAsync(services => services.AddInterceptor(held));
        List<Task<Result<Article>>> saves = [SaveAsync("w0")];
        await held.Began;

        saves.AddRange(Enumerable.Range(1, 8).Select(i => SaveAsync($"w{i}")));
        held.End();

        Assert.All(await Task.WhenAll(saves), save => Newsroom.Value(save));
        await using var db = await OpenAsync();
        Assert.Equal(
            "Begun. w0 w1 w2 w3 w4 w5 w6 w7 w8",
            (await db.Revisions.OrderByDescending(r => r.Number).FirstAsync()).Content.Summary
        );

        Task<Result<Article>> SaveAsync(string word) =>
            server
                .GetRequiredService<SaveArticle>()
                .Handle(
                    new SaveArticleInput
                    {
                        Id = article.Id,
                        Edit = content => content with { Summary = $"{content.Summary} {word}" },
                    },
                    Newsroom.Erin,
                    default
                );
    }

    [Fact]
    public async Task A_write_that_is_cancelled_while_it_waits_gives_up_its_place()
    {
        var article = await Newsroom.DraftAsync();
        var held = new HeldWrite();
        await using var server = await Database.BuildAsync(services => services.AddInterceptor(held));
        using var left = new CancellationTokenSource();
        var first = SaveAsync("First", default);
        await held.Began;
        var second = SaveAsync("Second", left.Token);
        var third = SaveAsync("Third", default);

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        held.End();
        Newsroom.Value(await first);
        Newsroom.Value(await third);
        await using var db = await OpenAsync();
        Assert.Equal(
            ["First", "Third"],
            await db
                .Revisions.Where(r => r.ArticleId == article.Id && r.Number > 1)
                .OrderBy(r => r.Number)
                .Select(r => r.Content.Headline)
                .ToListAsync()
        );

        Task<Result<Article>> SaveAsync(string headline, CancellationToken cancellationToken) =>
            server
                .GetRequiredService<SaveArticle>()
                .Handle(
                    new SaveArticleInput { Id = article.Id, Edit = content => content with { Headline = headline } },
                    Newsroom.Erin,
                    cancellationToken
                );
    }

    /// <summary>Holds the first write within its transaction until the test ends it.</summary>
    private sealed class HeldWrite : DbTransactionInterceptor
    {
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Began => _began.Task;

        public void End() => _end.SetResult();

        public override async ValueTask<DbTransaction> TransactionStartedAsync(
            DbConnection connection,
            TransactionEndEventData eventData,
            DbTransaction result,
            CancellationToken cancellationToken = default
        )
        {
            if (_began.TrySetResult())
            {
                await _end.Task;
            }

            return result;
        }
    }
}
