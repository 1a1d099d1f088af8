using Cms.Articles;
using Cms.Changes;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

public abstract class WithdrawingTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task A_withdrawal_creates_a_tombstone_with_its_reason_and_successor()
    {
        var article = await Newsroom.PublishedAsync();
        var successor = await Newsroom.PublishedAsync();
        Database.Clock.Advance(TimeSpan.FromHours(1));

        var withdrawn = Newsroom.Value(await WithdrawAsync(article.Id, "It was a hoax.", successor.Id));

        await using var db = await OpenAsync();
        var tombstone = await db.Editions.SingleAsync(e => e.ArticleId == article.Id && e.Number == 2);
        Assert.Equal((ArticleStatus.Withdrawn, null), (withdrawn.Status, withdrawn.LiveEditionId));
        Assert.True(tombstone.IsTombstone);
        Assert.Equal(("It was a hoax.", successor.Id), (tombstone.WithdrawalReason, tombstone.SuccessorId));
        Assert.Equal((null, null), (tombstone.Content, tombstone.RevisionId));
        Assert.Equal((article.Slug, article.PublishedAt), (tombstone.Slug, tombstone.PublishedAt));
        Assert.Equal((Database.Clock.GetUtcNow(), null), (tombstone.LiveFrom, tombstone.SupersededAt));
    }

    [SkippableFact]
    public async Task A_withdrawn_article_and_its_takes_are_not_listed_and_not_found_by_search()
    {
        var builder = await Newsroom.PersonaAsync();
        var draft = await Newsroom.DraftAsync();
        var take = await Newsroom.ApprovedTakeAsync(draft.Id, builder.Id);
        var article = await Newsroom.PublishAsync(draft.Id);

        Newsroom.Value(await WithdrawAsync(draft.Id));

        await using var db = await OpenAsync();
        var first = await db.Editions.SingleAsync(e => e.Id == article.LiveEditionId);
        Assert.False(await db.ArticleListings.AnyAsync(l => l.ArticleId == draft.Id));
        Assert.False(await db.TakeListings.AnyAsync(l => l.TakeId == take.Id));
        Assert.False(await db.SearchDocuments.AnyAsync(d => d.ArticleId == draft.Id));
        Assert.Equal(Database.Clock.GetUtcNow(), first.SupersededAt);
        Assert.True(await db.EditionTakes.AnyAsync(t => t.EditionId == first.Id));
    }

    [SkippableFact]
    public async Task A_withdrawal_is_logged_as_a_withdrawal()
    {
        var article = await Newsroom.PublishedAsync();

        Newsroom.Value(await WithdrawAsync(article.Id));

        await using var db = await OpenAsync();
        var change = await db.Changes.OrderByDescending(c => c.Seq).FirstAsync();
        var tombstone = await db.Editions.SingleAsync(e => e.ArticleId == article.Id && e.Number == 2);
        Assert.Equal(
            (ChangeKind.ArticleWithdrawn, SubjectId.Of(article.Id), tombstone.Id),
            (change.Kind, change.SubjectId, change.EditionId)
        );
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_withdrawal_without_a_reason_is_rejected(string reason)
    {
        var article = await Newsroom.PublishedAsync();

        Assert.Equal(["reason"], Refusal<ReasonRequired>((await WithdrawAsync(article.Id, reason)).Errors).Path);
    }

    [SkippableFact]
    public async Task A_withdrawal_reason_has_at_most_2000_characters()
    {
        var article = await Newsroom.PublishedAsync();

        var refusal = Refusal<TextTooLong>((await WithdrawAsync(article.Id, new string('r', 2001))).Errors);

        Assert.Equal(("reason", 2000), (refusal.Field, refusal.MaxLength));
        Newsroom.Value(await WithdrawAsync(article.Id, new string('r', 2000)));
    }

    [SkippableFact]
    public async Task The_successor_must_be_a_different_published_article()
    {
        var article = await Newsroom.PublishedAsync();
        var draft = await Newsroom.DraftAsync();
        var withdrawn = await Newsroom.PublishedAsync();
        Newsroom.Value(await WithdrawAsync(withdrawn.Id));

        foreach (var successor in new[] { draft.Id, withdrawn.Id, article.Id, ArticleId.New() })
        {
            var refused = await WithdrawAsync(article.Id, successor: successor);
            var refusal = Refusal<SuccessorNotFound>(refused.Errors);
            Assert.Equal(successor, refusal.ArticleId);
            Assert.Equal(["successor"], refusal.Path);
        }
    }

    [SkippableFact]
    public async Task Only_a_published_article_can_be_withdrawn()
    {
        var draft = await Newsroom.DraftAsync();
        var withdrawn = await Newsroom.PublishedAsync();
        Newsroom.Value(await WithdrawAsync(withdrawn.Id));

        Assert.Equal(draft.Id, Refusal<ArticleNotPublished>((await WithdrawAsync(draft.Id)).Errors).ArticleId);
        Assert.Equal(
            withdrawn.Id,
            Refusal<ArticleAlreadyWithdrawn>((await WithdrawAsync(withdrawn.Id)).Errors).ArticleId
        );
        Assert.Equal(["id"], Refusal<ArticleNotFound>((await WithdrawAsync(ArticleId.New())).Errors).Path);
    }

    [SkippableFact]
    public async Task Withdrawing_a_stale_version_is_rejected()
    {
        var article = await Newsroom.PublishedAsync();
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Newer"));

        var refused = await WithdrawAsync(article.Id, expectedVersion: article.Version);

        Assert.Equal(article.Version + 1, Refusal<VersionConflict>(refused.Errors).CurrentVersion);
    }
}

public sealed class WithdrawingTests_Sqlite(SqliteTestDatabase database)
    : WithdrawingTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class WithdrawingTests_SqlServer(SqlServerTestDatabase database)
    : WithdrawingTests(database),
        IClassFixture<SqlServerTestDatabase>;
