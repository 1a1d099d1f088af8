using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

public abstract class SavingTests(TestDatabase database) : DatabaseSuite(database)
{
    private static readonly Actor Bo = Newsroom.Person("Bo");

    [SkippableFact]
    public async Task Every_save_creates_the_next_revision()
    {
        var draft = await Newsroom.DraftAsync();
        await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Second"));
        var saved = await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Third"));

        await using var db = await OpenAsync();
        var revisions = await db.Revisions.Where(r => r.ArticleId == draft.Id).OrderBy(r => r.Number).ToListAsync();
        Assert.Equal([1, 2, 3], revisions.Select(r => r.Number));
        Assert.Equal(["A compiler in a week", "Second", "Third"], revisions.Select(r => r.Content.Headline));
        Assert.Equal((revisions[2].Id, 3, 3), (saved.HeadId, saved.RevisionCount, saved.Version));
    }

    [SkippableFact]
    public async Task Saving_over_a_colleagues_save_reports_who_saved_and_when()
    {
        var draft = await Newsroom.DraftAsync();
        Database.Clock.Advance(TimeSpan.FromMinutes(5));
        var savedAt = Database.Clock.GetUtcNow();
        await SaveAsync(draft.Id, Newsroom.Story("Bo’s"), Bo, draft.Version);
        Database.Clock.Advance(TimeSpan.FromMinutes(5));

        var refused = await SaveAsync(draft.Id, Newsroom.Story("Erin’s"), Newsroom.Erin, draft.Version);

        var conflict = Refusal<VersionConflict>(refused.Errors);
        Assert.Equal((2, "Bo", savedAt), (conflict.CurrentVersion, conflict.ChangedBy, conflict.ChangedAt));
        Assert.Equal(["expectedVersion"], conflict.Path);
        await using var db = await OpenAsync();
        Assert.Equal(2, await db.Revisions.CountAsync(r => r.ArticleId == draft.Id));
    }

    [SkippableFact]
    public async Task A_conflict_names_the_person_who_last_published_corrected_or_withdrew_the_article()
    {
        var draft = await Newsroom.DraftAsync();

        await PublishAsync(draft.Id, Newsroom.Person("Pia"));
        var afterPublishing = await SaveAsync(draft.Id, Newsroom.Story(), Newsroom.Erin, draft.Version);
        await CorrectAsync(draft.Id, by: Newsroom.Person("Cleo"));
        var afterCorrecting = await SaveAsync(draft.Id, Newsroom.Story(), Newsroom.Erin, draft.Version);
        await WithdrawAsync(draft.Id, by: Newsroom.Person("Will"));
        var afterWithdrawing = await SaveAsync(draft.Id, Newsroom.Story(), Newsroom.Erin, draft.Version);

        Assert.Equal(
            ["Pia", "Cleo", "Will"],
            new[] { afterPublishing, afterCorrecting, afterWithdrawing }.Select(r =>
                Refusal<VersionConflict>(r.Errors).ChangedBy
            )
        );
    }

    [SkippableFact]
    public async Task Saving_without_a_version_overwrites_the_current_working_copy()
    {
        var draft = await Newsroom.DraftAsync();
        await SaveAsync(draft.Id, Newsroom.Story("Bo’s"), Bo, null);

        var saved = Newsroom.Value(await SaveAsync(draft.Id, Newsroom.Story("Erin’s"), Newsroom.Erin, null));

        Assert.Equal((3, "Erin"), (saved.Version, saved.UpdatedBy));
    }

    [SkippableFact]
    public async Task A_rejected_save_reports_the_reasons_and_does_not_change_the_working_copy()
    {
        var draft = await Newsroom.DraftAsync();
        var content = Newsroom.Story(new string('h', 301)) with { CategoryId = CategoryId.New() };

        var refused = await SaveAsync(draft.Id, content, Bo, draft.Version);

        Assert.Equal(["TextTooLong at headline", "CategoryNotFound at category"], Named(refused.Errors));
        await using var db = await OpenAsync();
        var kept = await db.Articles.SingleAsync(a => a.Id == draft.Id);
        Assert.Equal((draft.HeadId, draft.Version, "Erin"), (kept.HeadId, kept.Version, kept.UpdatedBy));
    }

    [SkippableFact]
    public async Task Saving_a_missing_article_is_rejected()
    {
        var id = ArticleId.New();

        var refusal = Refusal<ArticleNotFound>((await SaveAsync(id, Newsroom.Story(), Bo, null)).Errors);

        Assert.Equal(id, refusal.ArticleId);
        Assert.Equal(["id"], refusal.Path);
    }

    private Task<Result<Article>> SaveAsync(ArticleId id, ArticleContent content, Actor by, int? version) =>
        Database
            .Get<SaveArticle>()
            .Handle(
                new SaveArticleInput
                {
                    Id = id,
                    Edit = _ => content,
                    ExpectedVersion = version,
                },
                by,
                default
            );
}

public sealed class SavingTests_Sqlite(SqliteTestDatabase database)
    : SavingTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class SavingTests_SqlServer(SqlServerTestDatabase database)
    : SavingTests(database),
        IClassFixture<SqlServerTestDatabase>;
