using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

public abstract class RestoringTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task Every_revision_can_be_restored_and_none_is_lost()
    {
        var draft = await Newsroom.DraftAsync(Newsroom.Story("One"));
        await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Two"));
        await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Three"));
        var before = await RevisionsAsync(draft.Id);

        foreach (var revision in before)
        {
            Newsroom.Value(await RestoreAsync(draft.Id, revision.Id));
        }

        var after = await RevisionsAsync(draft.Id);
        Assert.Equal([1, 2, 3, 4, 5, 6], after.Select(r => r.Number));
        Assert.Equal(["One", "Two", "Three", "One", "Two", "Three"], after.Select(r => r.Content.Headline));
        Assert.Equal(before.Select(r => (RevisionId?)r.Id), after.Skip(3).Select(r => r.RestoredFrom));
        Assert.Equal(before.Select(r => r.Id), after.Take(3).Select(r => r.Id));
    }

    [SkippableFact]
    public async Task Restoring_changes_the_working_copy_but_not_the_published_edition()
    {
        var article = await Newsroom.PublishedAsync(Newsroom.Story("As first told"));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("As told later"));
        await Newsroom.PublishAsync(article.Id);

        var restored = Newsroom.Value(await RestoreAsync(article.Id, article.HeadId));

        await using var db = await OpenAsync();
        var live = await db.Editions.SingleAsync(e => e.Id == restored.LiveEditionId);
        var head = await db.Revisions.SingleAsync(r => r.Id == restored.HeadId);
        Assert.Equal(("As told later", "As first told"), (live.Content!.Headline, head.Content.Headline));
    }

    [SkippableFact]
    public async Task A_revision_of_another_article_cannot_be_restored()
    {
        var article = await Newsroom.DraftAsync();
        var other = await Newsroom.DraftAsync();

        var refusal = Refusal<RevisionNotFound>((await RestoreAsync(article.Id, other.HeadId)).Errors);

        Assert.Equal(other.HeadId, refusal.RevisionId);
        Assert.Equal(["revision"], refusal.Path);
    }

    [SkippableFact]
    public async Task Restoring_is_rejected_for_a_missing_article_or_a_stale_version()
    {
        var draft = await Newsroom.DraftAsync();
        await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Newer"));

        var stale = await RestoreAsync(draft.Id, draft.HeadId, draft.Version);
        var unknown = await RestoreAsync(ArticleId.New(), draft.HeadId);

        Assert.Equal(2, Refusal<VersionConflict>(stale.Errors).CurrentVersion);
        Assert.Equal(["id"], Refusal<ArticleNotFound>(unknown.Errors).Path);
    }

    private async Task<List<Revision>> RevisionsAsync(ArticleId article)
    {
        await using var db = await OpenAsync();
        return await db
            .Revisions.AsNoTracking()
            .Where(r => r.ArticleId == article)
            .OrderBy(r => r.Number)
            .ToListAsync();
    }
}

public sealed class RestoringTests_Sqlite(SqliteTestDatabase database)
    : RestoringTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class RestoringTests_SqlServer(SqlServerTestDatabase database)
    : RestoringTests(database),
        IClassFixture<SqlServerTestDatabase>;
