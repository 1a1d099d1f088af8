using Cms.Articles;
using Cms.Articles.Comments;
using Cms.Articles.Drafting;
using Cms.Articles.Workflow;
using Cms.Foundation;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>A series of autosaves becomes one revision, unless something names a revision in it.</summary>
public abstract class AutosaveTests(TestDatabase database) : DatabaseSuite(database)
{
    private static readonly Actor Bo = Newsroom.Person("Bo");

    [SkippableFact]
    public async Task Autosaves_by_one_person_become_one_revision_with_a_new_id_each_time()
    {
        var draft = await Newsroom.DraftAsync();
        var first = await AutosaveAsync(draft.Id, "One");
        Database.Clock.Advance(TimeSpan.FromMinutes(3));
        var second = await AutosaveAsync(draft.Id, "Two");

        var revisions = await RevisionsAsync(draft.Id);

        Assert.Equal(["1 A compiler in a week", "2 Two"], revisions.Select(r => $"{r.Number} {r.Content.Headline}"));
        Assert.NotEqual(first.HeadId, second.HeadId);
        Assert.Equal(second.HeadId, revisions[1].Id);
        Assert.Equal(TimeSpan.FromMinutes(3), revisions[1].SavedAt - revisions[1].CreatedAt);
        Assert.Equal((2, 3), (second.RevisionCount, second.Version));
    }

    [SkippableFact]
    public async Task A_save_by_hand_and_an_autosave_after_it_are_separate_revisions()
    {
        var draft = await Newsroom.DraftAsync();
        await AutosaveAsync(draft.Id, "Typed");
        await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Saved"));
        await AutosaveAsync(draft.Id, "Typed again");

        Assert.Equal(
            ["A compiler in a week", "Typed", "Saved", "Typed again"],
            (await RevisionsAsync(draft.Id)).Select(r => r.Content.Headline)
        );
    }

    [SkippableFact]
    public async Task An_autosave_by_a_different_person_is_a_separate_revision()
    {
        var draft = await Newsroom.DraftAsync();
        await AutosaveAsync(draft.Id, "Erin's");
        await AutosaveAsync(draft.Id, "Bo's", Bo);
        await AutosaveAsync(draft.Id, "Erin's again");

        Assert.Equal(4, (await RevisionsAsync(draft.Id)).Count);
    }

    [SkippableFact]
    public async Task A_series_of_autosaves_ends_after_ten_minutes()
    {
        var draft = await Newsroom.DraftAsync();
        await AutosaveAsync(draft.Id, "At 0");
        Database.Clock.Advance(TimeSpan.FromMinutes(9));
        await AutosaveAsync(draft.Id, "At 9");
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        await AutosaveAsync(draft.Id, "At 10");

        Assert.Equal(
            ["A compiler in a week", "At 9", "At 10"],
            (await RevisionsAsync(draft.Id)).Select(r => r.Content.Headline)
        );
    }

    [SkippableTheory]
    [InlineData("approval")]
    [InlineData("schedule")]
    [InlineData("edition")]
    [InlineData("label")]
    [InlineData("comment")]
    public async Task A_revision_that_something_names_is_not_replaced(string what)
    {
        var draft = await Newsroom.DraftAsync();
        var named = (await AutosaveAsync(draft.Id, "Named")).HeadId;
        await NameAsync(draft.Id, named, what);

        await AutosaveAsync(draft.Id, "After");

        var revisions = await RevisionsAsync(draft.Id);
        Assert.Equal(["A compiler in a week", "Named", "After"], revisions.Select(r => r.Content.Headline));
        Assert.Equal(named, revisions[1].Id);
    }

    [SkippableFact]
    public async Task Of_two_autosaves_of_the_same_version_the_later_one_is_rejected()
    {
        var draft = await Newsroom.DraftAsync();
        var first = await AutosaveAsync(draft.Id, "Erin's");

        var refused = await Database
            .Get<SaveArticle>()
            .Handle(
                new SaveArticleInput
                {
                    Id = draft.Id,
                    Edit = content => content with { Headline = "Erin's second tab" },
                    ExpectedVersion = draft.Version,
                    Autosave = true,
                },
                Newsroom.Erin,
                default
            );

        Assert.Equal(first.Version, Refusal<VersionConflict>(refused.Errors).CurrentVersion);
        Assert.Equal("Erin's", (await RevisionsAsync(draft.Id))[^1].Content.Headline);
    }

    private async Task NameAsync(ArticleId article, RevisionId revision, string what)
    {
        switch (what)
        {
            case "approval":
                Newsroom.Value(
                    await Database
                        .Get<SubmitForReview>()
                        .Handle(new SubmitForReviewInput { Id = article }, Newsroom.Erin, default)
                );
                Newsroom.Value(
                    await Database
                        .Get<ApproveArticle>()
                        .Handle(new ApproveArticleInput { Id = article }, Newsroom.Erin, default)
                );
                break;
            case "schedule":
                Newsroom.Value(await ScheduleAsync(article, Database.Clock.GetUtcNow().AddDays(1)));
                break;
            case "edition":
                await Newsroom.PublishAsync(article);
                break;
            case "label":
                Newsroom.Value(
                    await Database
                        .Get<LabelRevision>()
                        .Handle(
                            new LabelRevisionInput
                            {
                                Id = article,
                                Revision = revision,
                                Label = "For the lawyer",
                            },
                            Newsroom.Erin,
                            default
                        )
                );
                break;
            default:
                Newsroom.Value(
                    await Database
                        .Get<AddComment>()
                        .Handle(new AddCommentInput { Article = article, Text = "Who says so?" }, Bo, default)
                );
                break;
        }
    }

    private async Task<Article> AutosaveAsync(ArticleId id, string headline, Actor? by = null) =>
        Newsroom.Value(
            await Database
                .Get<SaveArticle>()
                .Handle(
                    new SaveArticleInput
                    {
                        Id = id,
                        Edit = content => content with { Headline = headline },
                        Autosave = true,
                    },
                    by ?? Newsroom.Erin,
                    default
                )
        );

    private async Task<List<Revision>> RevisionsAsync(ArticleId id)
    {
        await using var db = await OpenAsync();
        return await db.Revisions.AsNoTracking().Where(r => r.ArticleId == id).OrderBy(r => r.Number).ToListAsync();
    }
}

public sealed class AutosaveTests_Sqlite(SqliteTestDatabase database)
    : AutosaveTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class AutosaveTests_SqlServer(SqlServerTestDatabase database)
    : AutosaveTests(database),
        IClassFixture<SqlServerTestDatabase>;
