using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Testing;
using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles.Gate;

/// <summary>No operation makes text public that a model drafted and no person approved.</summary>
public sealed class UnreviewedAiTests
{
    private static readonly DraftedWith Quill = new() { Model = "Quill", Version = "4" };

    public enum Kind
    {
        CreateByModel,
        SaveByModel,
        SaveWithModel,
        SaveByPerson,
        Restore,
        Submit,
        RequestChanges,
        Approve,
        Publish,
        Update,
        Correct,
        Withdraw,
        Schedule,
        Release,
        Wait,
        ChangeSlug,
        DraftTakeByModel,
        DraftTake,
        ApproveTake,
        PublishTake,
        RetractTake,
    }

    /// <summary>One operation. The numbers choose its target and its values.</summary>
    public sealed record Step(Kind Kind, byte Target, byte Value);

    [Property(MaxTest = 40, StartSize = 20, EndSize = 80)]
    public async Task No_sequence_of_operations_publishes_unreviewed_text_of_a_model(Step[] steps)
    {
        var database = new SqliteTestDatabase();
        try
        {
            await database.InitializeAsync();
            var newsroom = new Newsroom(database.Services);
            List<ArticleId> articles = [(await newsroom.DraftAsync()).Id, (await newsroom.PublishedAsync()).Id];
            Persona[] personas = [await newsroom.PersonaAsync(), await newsroom.PersonaAsync("The Skeptic")];
            HashSet<EditionId> checkedBefore = [];
            foreach (var step in steps)
            {
                database.Clock.Advance(TimeSpan.FromSeconds(1));
                await DoAsync(database, articles, personas, step);
                await AssertReviewedAsync(database, checkedBefore);
            }
        }
        finally
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_models_draft_is_published_only_after_that_revision_is_approved()
    {
        await using var database = new OneDatabase();
        await database.Value.InitializeAsync();
        var newsroom = new Newsroom(database.Value.Services);
        var draft = Newsroom.Value(
            await database
                .Value.Get<CreateArticle>()
                .Handle(
                    new CreateArticleInput { Content = Newsroom.Story(), DraftedWith = Quill with { Version = null } },
                    Newsroom.Erin,
                    default
                )
        );
        Assert.Equal([CheckRule.UnreviewedAi, CheckRule.Disclosure], await RefusedAsync());

        await newsroom.ApproveAsync(draft.Id);
        Assert.Equal([CheckRule.Disclosure], await RefusedAsync());

        await SaveAsync(Newsroom.Story("Edited"), Quill);
        Assert.Equal([CheckRule.UnreviewedAi], await RefusedAsync());
        await SaveAsync(Newsroom.Story("Edited again"), null);
        Newsroom.Value(
            await database
                .Value.Get<ApproveArticle>()
                .Handle(new ApproveArticleInput { Id = draft.Id }, Newsroom.Erin, default)
        );
        var live = (await newsroom.PublishAsync(draft.Id)).LiveEditionId;

        await using var db = await database.Value.OpenAsync();
        Assert.Equal(
            "Drafted with Quill, edited and reviewed by Erin.",
            (await db.Editions.SingleAsync(e => e.Id == live)).Disclosure
        );

        async Task<IEnumerable<CheckRule>> RefusedAsync() =>
            (
                await database
                    .Value.Get<PublishArticle>()
                    .Handle(new PublishArticleInput { Id = draft.Id }, Newsroom.Erin, default)
            )
                .Errors.Cast<CheckFailed>()
                .Select(failed => failed.Rule);

        async Task SaveAsync(ArticleContent content, DraftedWith? model) =>
            Newsroom.Value(
                await database
                    .Value.Get<SaveArticle>()
                    .Handle(
                        new SaveArticleInput
                        {
                            Id = draft.Id,
                            Edit = _ => content,
                            DraftedWith = model is null ? default(Optional<DraftedWith?>) : model,
                        },
                        Newsroom.Erin,
                        default
                    )
            );
    }

    // Editions are checked when they are issued, because an approval can be taken back later.
    private static async Task AssertReviewedAsync(SqliteTestDatabase database, HashSet<EditionId> checkedBefore)
    {
        await using var db = await database.OpenAsync();
        foreach (
            var edition in await db.Editions.AsNoTracking().Where(e => e.Kind != EditionKind.Withdrawn).ToListAsync()
        )
        {
            if (!checkedBefore.Add(edition.Id))
            {
                continue;
            }

            // An edition with the same text as before was checked with its first edition.
            var isRepeated = await db.Editions.AnyAsync(e =>
                e.ArticleId == edition.ArticleId && e.RevisionId == edition.RevisionId && e.Number < edition.Number
            );
            var revision = await db.Revisions.SingleAsync(r => r.Id == edition.RevisionId);
            Assert.True(isRepeated || revision.DraftedWith is null || revision.ApproverKey is not null);
            Assert.Equal(revision.DraftedWith is null, edition.Disclosure is null);
            foreach (var take in await db.EditionTakes.Where(t => t.EditionId == edition.Id).ToListAsync())
            {
                var words = await db.TakeRevisions.SingleAsync(r => r.Id == take.RevisionId);
                Assert.Equal(ContributorKind.Person, words.Reviewer?.Kind);
                Assert.Equal(words.DraftedWith is null, take.Disclosure is null);
            }
        }
    }

    private static async Task DoAsync(
        SqliteTestDatabase database,
        List<ArticleId> articles,
        Persona[] personas,
        Step step
    )
    {
        var (article, value) = (articles[step.Target % articles.Count], step.Value);
        var by = value % 2 == 0 ? Newsroom.Erin : Newsroom.Person("Olu");
        var content = Newsroom.Story($"Version {value % 5}");
        await using var db = await database.OpenAsync();
        switch (step.Kind)
        {
            case Kind.CreateByModel:
                var made = await database
                    .Get<CreateArticle>()
                    .Handle(new CreateArticleInput { Content = content, DraftedWith = Quill }, by, default);
                articles.Add(Newsroom.Value(made).Id);
                break;
            case Kind.SaveByModel:
                await SaveAsync(Newsroom.Model("Quill", "4"), default);
                break;
            case Kind.SaveWithModel:
                await SaveAsync(by, Quill);
                break;
            case Kind.SaveByPerson:
                await SaveAsync(by, default);
                break;
            case Kind.Restore:
                var revisions = await db
                    .Revisions.Where(r => r.ArticleId == article)
                    .OrderBy(r => r.Number)
                    .Select(r => r.Id)
                    .ToListAsync();
                await database
                    .Get<RestoreRevision>()
                    .Handle(
                        new RestoreRevisionInput { Id = article, Revision = revisions[value % revisions.Count] },
                        by,
                        default
                    );
                break;
            case Kind.Submit:
                await database.Get<SubmitForReview>().Handle(new SubmitForReviewInput { Id = article }, by, default);
                break;
            case Kind.RequestChanges:
                await database
                    .Get<RequestChanges>()
                    .Handle(new RequestChangesInput { Id = article, Comment = "Hm." }, by, default);
                break;
            case Kind.Approve:
                await database.Get<ApproveArticle>().Handle(new ApproveArticleInput { Id = article }, by, default);
                break;
            case Kind.Publish:
                await database.Get<PublishArticle>().Handle(new PublishArticleInput { Id = article }, by, default);
                break;
            case Kind.Update:
                await database.Get<UpdateArticle>().Handle(new UpdateArticleInput { Id = article }, by, default);
                break;
            case Kind.Correct:
                await database
                    .Get<CorrectArticle>()
                    .Handle(new CorrectArticleInput { Id = article, Note = "It was Tuesday." }, by, default);
                break;
            case Kind.Withdraw:
                await database
                    .Get<WithdrawArticle>()
                    .Handle(new WithdrawArticleInput { Id = article, Reason = "It was a hoax." }, by, default);
                break;
            case Kind.Schedule:
                await database
                    .Get<ScheduleArticle>()
                    .Handle(
                        new ScheduleArticleInput { Id = article, At = database.Clock.GetUtcNow().AddSeconds(2) },
                        by,
                        default
                    );
                break;
            case Kind.Release:
                await database
                    .Get<ReleaseUnderEmbargo>()
                    .Handle(
                        new ReleaseUnderEmbargoInput { Id = article, Until = database.Clock.GetUtcNow().AddSeconds(2) },
                        by,
                        default
                    );
                break;
            case Kind.Wait:
                database.Clock.Advance(TimeSpan.FromSeconds(3));
                await database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
                break;
            case Kind.ChangeSlug:
                await database
                    .Get<ChangeSlug>()
                    .Handle(new ChangeSlugInput { Id = article, Slug = $"slug-{value}" }, by, default);
                break;
            case Kind.DraftTakeByModel:
                await DraftTakeAsync(Quill);
                break;
            case Kind.DraftTake:
                await DraftTakeAsync(default);
                break;
            default:
                var takes = await db.Takes.OrderBy(t => t.Id).Select(t => t.Id).ToListAsync();
                if (takes.Count > 0)
                {
                    await ChangeTakeAsync(takes[value % takes.Count]);
                }

                break;
        }

        Task SaveAsync(Actor actor, Optional<DraftedWith?> model) =>
            database
                .Get<SaveArticle>()
                .Handle(
                    new SaveArticleInput
                    {
                        Id = article,
                        Edit = _ => content,
                        DraftedWith = model,
                        Autosave = value % 3 == 0,
                    },
                    actor,
                    default
                );

        Task DraftTakeAsync(Optional<DraftedWith?> model) =>
            database
                .Get<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = article,
                        Persona = personas[value % personas.Length].Id,
                        Content = new TakeContent { Text = $"Thought {value % 4}." },
                        DraftedWith = model,
                    },
                    by,
                    default
                );

        Task ChangeTakeAsync(TakeId take) =>
            step.Kind is Kind.RetractTake
                ? database
                    .Get<RetractTake>()
                    .Handle(new RetractTakeInput { Id = take, Reason = "It was wrong." }, by, default)
                : database
                    .Get<ApproveTake>()
                    .Handle(new ApproveTakeInput { Id = take, Publish = step.Kind is Kind.PublishTake }, by, default);
    }

    private sealed class OneDatabase : IAsyncDisposable
    {
        public SqliteTestDatabase Value { get; } = new();

        public async ValueTask DisposeAsync() => await Value.DisposeAsync();
    }
}
