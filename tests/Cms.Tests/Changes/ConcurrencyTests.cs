using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Changes;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Changes;

public abstract class ConcurrencyTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task A_follower_of_the_change_log_sees_each_change_of_sixteen_writers_once_and_in_order()
    {
        List<ArticleId> drafts = [];
        for (var i = 0; i < 16; i++)
        {
            drafts.Add((await Newsroom.DraftAsync()).Id);
        }

        await using var db = await OpenAsync();
        var start = (await db.ChangeCounters.AsNoTracking().SingleAsync()).Seq;
        List<Change> seen = [];

        var writing = TogetherAsync([.. drafts.Select(id => (Func<Task<Result<Article>>>)(() => PublishAsync(id)))]);
        bool finished;
        do
        {
            finished = writing.IsCompleted;
            var last = seen is [.., var latest] ? latest.Seq : start;
            seen.AddRange(await db.Changes.AsNoTracking().Where(c => c.Seq > last).OrderBy(c => c.Seq).ToListAsync());
        } while (!finished);

        Assert.All(await writing, published => Assert.Empty(published.Errors));
        Assert.Equal(Enumerable.Range(1, 16).Select(n => start + n), seen.Select(c => c.Seq));
        Assert.Equal(drafts.Select(id => SubjectId.Of(id)).ToHashSet(), seen.Select(c => c.SubjectId).ToHashSet());
        await Invariants.AssertAsync(Database.OpenAsync);
    }

    [SkippableFact]
    public async Task One_of_two_editors_who_save_the_same_version_gets_a_conflict_that_names_the_other()
    {
        var draft = await Newsroom.DraftAsync();

        var results = await TogetherAsync(
            () => SaveAsync(draft, Newsroom.Person("Ana")),
            () => SaveAsync(draft, Newsroom.Person("Bo"))
        );

        var winner = Newsroom.Value(Assert.Single(results, r => !r.IsRefused));
        var conflict = Refusal<VersionConflict>(Assert.Single(results, r => r.IsRefused).Errors);
        Assert.Equal((winner.Version, winner.UpdatedBy), (conflict.CurrentVersion, conflict.ChangedBy));
        await Invariants.AssertAsync(Database.OpenAsync);
    }

    [SkippableFact]
    public async Task Only_one_of_two_articles_created_concurrently_gets_the_requested_slug()
    {
        var results = await TogetherAsync(() => CreateAsync("wanted-twice"), () => CreateAsync("wanted-twice"));

        Assert.Equal("wanted-twice", Newsroom.Value(Assert.Single(results, r => !r.IsRefused)).Slug);
        Refusal<SlugTaken>(Assert.Single(results, r => r.IsRefused).Errors);
    }

    [SkippableFact]
    public async Task Articles_created_concurrently_with_the_same_headline_get_numbered_slugs()
    {
        var results = await TogetherAsync(() => CreateAsync(null), () => CreateAsync(null), () => CreateAsync(null));

        Assert.Equal(
            ["everybody-writes-this", "everybody-writes-this-2", "everybody-writes-this-3"],
            results.Select(r => Newsroom.Value(r).Slug).Order(StringComparer.Ordinal)
        );
    }

    [SkippableFact]
    public async Task Two_takes_of_a_persona_drafted_concurrently_are_revisions_of_one_take()
    {
        var persona = await Newsroom.PersonaAsync("Twice approved");
        var article = await Newsroom.DraftAsync();
        var drafted = await TogetherAsync(
            () => DraftTakeAsync(article.Id, persona.Id, "I would wait."),
            () => DraftTakeAsync(article.Id, persona.Id, "I would ship it.")
        );
        var takes = drafted.Select(Newsroom.Value).ToList();

        await TogetherAsync(() => ApproveAsync(takes[0].Id), () => ApproveAsync(takes[1].Id));

        await using var db = await OpenAsync();
        var kept = await db.Takes.SingleAsync(t => t.ArticleId == article.Id);
        Assert.All(takes, t => Assert.Equal(kept.Id, t.Id));
        Assert.Equal((TakeStatus.Approved, 2, kept.HeadId), (kept.Status, kept.RevisionCount, kept.ApprovedRevisionId));
        Assert.Equal(2, await db.TakeRevisions.CountAsync(r => r.TakeId == kept.Id));
    }

    [SkippableFact]
    public async Task Publishing_an_article_twice_concurrently_creates_one_edition()
    {
        var draft = await Newsroom.DraftAsync();

        var results = await TogetherAsync(() => PublishAsync(draft.Id), () => PublishAsync(draft.Id));

        Assert.Single(results.Select(r => Newsroom.Value(r).LiveEditionId).Distinct());
        await Invariants.AssertAsync(Database.OpenAsync);
    }

    // Runs each operation on a separate thread. SQLite is synchronous, so the operations would otherwise run in turn.
    private static async Task<Result<T>[]> TogetherAsync<T>(params Func<Task<Result<T>>>[] operations)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = operations
            .Select(operation =>
                Task.Run(async () =>
                {
                    await start.Task;
                    return await operation();
                })
            )
            .ToList();
        start.SetResult();
        return await Task.WhenAll(tasks);
    }

    private Task<Result<Article>> SaveAsync(Article article, Actor by) =>
        Database
            .Get<SaveArticle>()
            .Handle(
                new SaveArticleInput
                {
                    Id = article.Id,
                    Edit = _ => Newsroom.Story("By " + by.Contributor.Name),
                    ExpectedVersion = article.Version,
                },
                by,
                default
            );

    private Task<Result<Article>> CreateAsync(string? slug) =>
        Database
            .Get<CreateArticle>()
            .Handle(
                new CreateArticleInput { Content = Newsroom.Story("Everybody writes this"), Slug = slug },
                Newsroom.Erin,
                default
            );

    private Task<Result<Take>> DraftTakeAsync(ArticleId article, PersonaId persona, string text) =>
        Database
            .Get<DraftTake>()
            .Handle(
                new DraftTakeInput
                {
                    Article = article,
                    Persona = persona,
                    Content = new TakeContent { Text = text },
                },
                Newsroom.Erin,
                default
            );

    private Task<Result<Take>> ApproveAsync(TakeId id) =>
        Database.Get<ApproveTake>().Handle(new ApproveTakeInput { Id = id }, Newsroom.Erin, default);
}

public sealed class ConcurrencyTests_Sqlite(SqliteTestDatabase database)
    : ConcurrencyTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class ConcurrencyTests_SqlServer(SqlServerTestDatabase database)
    : ConcurrencyTests(database),
        IClassFixture<SqlServerTestDatabase>;
