using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Presence;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Changes;

/// <summary>
/// Eight people work on ten articles through two servers and take over each other's leases. For longer runs, set
/// <c>CMS_TEST_DESK_WRITES</c>.
/// </summary>
[Slow]
public abstract class CrowdedDeskTests(TestDatabase database) : DatabaseSuite(database)
{
    private const string Variable = "CMS_TEST_DESK_WRITES";
    private const int Articles = 10;
    private const int People = 8;

    private static int Writes =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : 200;

    [SkippableFact]
    public async Task Two_hundred_concurrent_saves_and_publications_lose_nothing_and_repeat_nothing()
    {
        List<ArticleId> articles = [];
        for (var i = 0; i < Articles; i++)
        {
            articles.Add((await Newsroom.DraftAsync(Newsroom.Story() with { Summary = "Begun." })).Id);
        }

        await using var first = await Database.BuildAsync(services => services.AddInterceptor(new Pauses()));
        await using var second = await Database.BuildAsync(services => services.AddInterceptor(new Pauses()));
        var saves = new ConcurrentBag<Saved>();
        var conflicts = 0;
        var next = 0;

        await Task.WhenAll(
            Enumerable
                .Range(0, People)
                .Select(person => Task.Run(() => WorkAsync(person % 2 == 0 ? first : second, person)))
        );

        foreach (var article in articles)
        {
            await Newsroom.PublishAsync(article);
        }

        await AssertSavesAsync([.. saves]);
        await AssertEditionsAsync(articles);
        await AssertLeasesAsync();
        await Invariants.AssertAsync(Database.OpenAsync);
        Assert.True(conflicts > 0, "Nobody got a conflict, so nothing was concurrent.");

        async Task WorkAsync(ServiceProvider server, int person)
        {
            var actor = Newsroom.Person($"Person {person}");
            for (int write; (write = Interlocked.Increment(ref next)) <= Writes; )
            {
                // Neighbouring writes are about the same article.
                var article = articles[write / People % Articles];
                await TakeOverAsync(server, article, actor, person);
                while (!await TryAsync(server, article, actor, write))
                {
                    Interlocked.Increment(ref conflicts);
                }
            }
        }

        async Task<bool> TryAsync(ServiceProvider server, ArticleId article, Actor actor, int write)
        {
            try
            {
                if (write % 4 == 0)
                {
                    Newsroom.Value(await PublishAsync(server, article, actor));
                    return true;
                }

                var word = $"w{write}";
                var result = await (
                    write % 2 == 0 ? AddAsync(server, article, actor, word) : EditAsync(server, article, actor, word)
                );
                if (result.Succeeded(out var saved, out var errors))
                {
                    saves.Add(new Saved(article, word, saved.RevisionCount));
                    return true;
                }

                Assert.IsType<VersionConflict>(Assert.Single(errors));
                return false;
            }
            catch (DatabaseBusyException)
            {
                return false;
            }
        }
    }

    // Adds a word to the text that the transaction reads.
    private static Task<Result<Article>> AddAsync(ServiceProvider server, ArticleId id, Actor actor, string word) =>
        server
            .GetRequiredService<SaveArticle>()
            .Handle(
                new SaveArticleInput
                {
                    Id = id,
                    Edit = content => content with { Summary = $"{content.Summary} {word}" },
                },
                actor,
                default
            );

    // Adds a word to a text that was read before, as a page does.
    private static async Task<Result<Article>> EditAsync(ServiceProvider server, ArticleId id, Actor actor, string word)
    {
        await using var db = await server.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();
        var read = await (
            from article in db.Articles
            where article.Id == id
            join head in db.Revisions on article.HeadId equals head.Id
            select new { article.Version, Head = head }
        )
            .AsNoTracking()
            .SingleAsync();
        var content = read.Head.Content with { Summary = $"{read.Head.Content.Summary} {word}" };
        return await server
            .GetRequiredService<SaveArticle>()
            .Handle(
                new SaveArticleInput
                {
                    Id = id,
                    Edit = _ => content,
                    ExpectedVersion = read.Version,
                },
                actor,
                default
            );
    }

    private static Task<Result<Article>> PublishAsync(ServiceProvider server, ArticleId id, Actor actor) =>
        server.GetRequiredService<PublishArticle>().Handle(new PublishArticleInput { Id = id }, actor, default);

    private static async Task TakeOverAsync(ServiceProvider server, ArticleId article, Actor actor, int person)
    {
        var lease = Newsroom.Value(
            await server
                .GetRequiredService<TakeOverLease>()
                .Handle(new TakeOverLeaseInput { Article = article, Tab = $"tab-{person}" }, actor, default)
        );
        Assert.Single(lease.Present, page => page.IsHolder && page.Tab == $"tab-{person}");
    }

    // Each save has a number of its own, and every later revision contains its word.
    private async Task AssertSavesAsync(List<Saved> saves)
    {
        await using var db = await OpenAsync();
        foreach (var of in saves.GroupBy(save => save.Article))
        {
            var revisions = await db
                .Revisions.AsNoTracking()
                .Where(r => r.ArticleId == of.Key)
                .OrderBy(r => r.Number)
                .ToListAsync();
            var inOrder = of.OrderBy(save => save.Number).ToList();
            Assert.Equal(Enumerable.Range(2, inOrder.Count), inOrder.Select(save => save.Number));
            Assert.Equal(inOrder.Count + 1, revisions.Count);
            for (var i = 0; i < revisions.Count; i++)
            {
                Assert.Equal(
                    string.Join(' ', inOrder.Take(i).Select(save => save.Word).Prepend("Begun.")),
                    revisions[i].Content.Summary
                );
            }
        }
    }

    // No revision is published twice, each edition has one change, and readers see the newest revision.
    private async Task AssertEditionsAsync(List<ArticleId> articles)
    {
        await using var db = await OpenAsync();
        var editions = await db.Editions.AsNoTracking().Where(e => articles.Contains(e.ArticleId)).ToListAsync();
        Assert.Equal(editions.Count, editions.Select(e => e.RevisionId).Distinct().Count());
        Assert.Equal(
            editions.Select(e => (EditionId?)e.Id).OrderBy(id => id!.Value.Value),
            (await db.Changes.Where(c => c.EditionId != null).Select(c => c.EditionId).ToListAsync()).OrderBy(id =>
                id!.Value.Value
            )
        );
        foreach (var article in await db.Articles.AsNoTracking().ToListAsync())
        {
            Assert.Equal(article.HeadId, editions.Single(e => e.Id == article.LiveEditionId).RevisionId);
        }
    }

    private async Task AssertLeasesAsync()
    {
        await using var db = await OpenAsync();
        var present = await db.Presence.AsNoTracking().ToListAsync();
        Assert.All(present.GroupBy(page => page.ArticleId), pages => Assert.Single(pages, page => page.IsHolder));
    }

    private sealed record Saved(ArticleId Article, string Word, int Number);

    /// <summary>Pauses before some statements, so that the writers mix in many ways.</summary>
    private sealed class Pauses : DbCommandInterceptor
    {
        private int _statements;

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (Interlocked.Increment(ref _statements) % 3 == 0)
            {
                await Task.Delay(1, cancellationToken);
            }

            return result;
        }
    }
}

public sealed class CrowdedDeskTests_Sqlite(SqliteTestDatabase database)
    : CrowdedDeskTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class CrowdedDeskTests_SqlServer(SqlServerTestDatabase database)
    : CrowdedDeskTests(database),
        IClassFixture<SqlServerTestDatabase>;
