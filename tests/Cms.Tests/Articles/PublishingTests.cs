using Cms.Articles;
using Cms.Changes;
using Cms.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

public abstract class PublishingTests(TestDatabase database) : IAsyncLifetime
{
    private readonly Newsroom _newsroom = new(database.Services);

    public Task InitializeAsync()
    {
        Skip.If(database.SkipReason is not null, database.SkipReason);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Publishing_makes_an_edition_lists_the_article_and_logs_the_change()
    {
        var builder = await _newsroom.PersonaAsync();
        var draft = await _newsroom.DraftAsync();
        await _newsroom.ApprovedTakeAsync(draft.Id, builder.Id);

        var article = await _newsroom.PublishAsync(draft.Id);

        await using var db = await database.OpenAsync();
        var edition = await db.Editions.SingleAsync(e => e.ArticleId == draft.Id);
        var change = await db.Changes.OrderByDescending(c => c.Seq).FirstAsync();
        Assert.Equal((1, EditionKind.Published, article.LiveEditionId), (edition.Number, edition.Kind, edition.Id));
        Assert.Equal((ChangeKind.ArticlePublished, edition.Id), (change.Kind, change.EditionId));
        Assert.Equal(2, await db.ArticleListings.CountAsync(l => l.ArticleId == draft.Id));
        Assert.Equal("The Builder", (await db.EditionTakes.SingleAsync(t => t.EditionId == edition.Id)).PersonaName);
    }

    [SkippableFact]
    public async Task Saving_a_published_article_leaves_what_readers_see_as_it_was()
    {
        var article = await _newsroom.PublishedAsync();

        await _newsroom.SaveAsync(article.Id, Newsroom.Story("Another headline"));

        await using var db = await database.OpenAsync();
        var edition = await db.Editions.SingleAsync(e => e.ArticleId == article.Id);
        Assert.Equal("A compiler in a week", edition.Content!.Headline);
        Assert.Equal(2, await db.Revisions.CountAsync(r => r.ArticleId == article.Id));
    }
}

public sealed class PublishingOnSqlite(SqliteTestDatabase database)
    : PublishingTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class PublishingOnSqlServer(SqlServerTestDatabase database)
    : PublishingTests(database),
        IClassFixture<SqlServerTestDatabase>;
