using System.Runtime.ExceptionServices;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>If an operation is interrupted, readers see either all of its changes or none.</summary>
[Slow]
public sealed class BrokenConnectionTests(SqliteTestDatabase database)
    : DatabaseSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    private static int _personas;

    private readonly SqliteTestDatabase _database = database;

    [Theory]
    [InlineData("publish")]
    [InlineData("update")]
    [InlineData("correct")]
    [InlineData("withdraw")]
    [InlineData("schedule")]
    [InlineData("publish when due")]
    [InlineData("change slug")]
    [InlineData("approve take")]
    [InlineData("publish take")]
    [InlineData("retract take")]
    public async Task An_operation_interrupted_at_any_statement_changes_no_row(string operation)
    {
        var faults = new Faults();
        await using var server = await _database.BuildAsync(services => services.AddInterceptor(faults));
        var rehearsal = await ArrangedAsync(operation);
        faults.Rest();
        Newsroom.Value(await RunAsync(server, operation, rehearsal));
        var steps = faults.Steps;
        var article = await ArrangedAsync(operation);
        var before = await SqliteDump.AllAsync(_database.File);

        for (var step = 1; step <= steps; step++)
        {
            faults.BreakAt(step);
            var broken = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(server, operation, article));
            Assert.True(Faults.Caused(broken), broken.ToString());
            Assert.Equal(before, await SqliteDump.AllAsync(_database.File));
        }

        faults.Rest();
        Newsroom.Value(await RunAsync(server, operation, article));
        Assert.InRange(steps, 8, 90);
        Assert.NotEqual(before, await SqliteDump.AllAsync(_database.File));
        await AssertOnDeskAsync();
        await Invariants.AssertAsync(_database.OpenAsync);
        await Invariants.AssertIndexAsync(_database.OpenAsync, "parser");
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("update")]
    [InlineData("correct")]
    [InlineData("withdraw")]
    [InlineData("schedule")]
    [InlineData("publish when due")]
    [InlineData("change slug")]
    [InlineData("approve take")]
    [InlineData("publish take")]
    [InlineData("retract take")]
    public async Task An_operation_interrupted_after_the_commit_is_complete(string operation)
    {
        var faults = new Faults();
        await using var server = await _database.BuildAsync(services => services.AddInterceptor(faults));
        var article = await ArrangedAsync(operation);
        var before = await EditionsAsync(article);

        faults.BreakAfterCommit();
        await Assert.ThrowsAsync<InjectedFaultException>(() => RunAsync(server, operation, article));

        Assert.Equal(before + Made(operation), await EditionsAsync(article));
        await AssertOnDeskAsync();
        await Invariants.AssertAsync(_database.OpenAsync);
        await Invariants.AssertIndexAsync(_database.OpenAsync, "parser");
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("update")]
    [InlineData("correct")]
    [InlineData("withdraw")]
    [InlineData("schedule")]
    [InlineData("publish when due")]
    [InlineData("change slug")]
    [InlineData("approve take")]
    [InlineData("publish take")]
    [InlineData("retract take")]
    public async Task With_retries_an_operation_interrupted_after_the_commit_is_not_repeated(string operation)
    {
        var faults = new Faults();
        await using var server = await _database.BuildAsync(services =>
        {
            services.AddInterceptor(faults);
            services.AddRetries();
        });
        var article = await ArrangedAsync(operation);
        var (editions, changes) = (await EditionsAsync(article), await ChangesAsync());

        faults.BreakAfterCommit();
        Newsroom.Value(await RunAsync(server, operation, article));

        Assert.True(faults.Fired);
        Assert.Equal(
            (editions + Made(operation), changes + Made(operation)),
            (await EditionsAsync(article), await ChangesAsync())
        );
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("update")]
    [InlineData("correct")]
    [InlineData("withdraw")]
    [InlineData("schedule")]
    [InlineData("publish when due")]
    [InlineData("change slug")]
    [InlineData("approve take")]
    [InlineData("publish take")]
    [InlineData("retract take")]
    public async Task With_retries_an_operation_interrupted_at_the_commit_is_applied_once(string operation)
    {
        var faults = new Faults();
        await using var server = await _database.BuildAsync(services =>
        {
            services.AddInterceptor(faults);
            services.AddRetries();
        });
        faults.Rest();
        Newsroom.Value(await RunAsync(server, operation, await ArrangedAsync(operation)));
        var commit = faults.Steps;
        var article = await ArrangedAsync(operation);
        var (editions, changes) = (await EditionsAsync(article), await ChangesAsync());

        faults.BreakAt(commit);
        Newsroom.Value(await RunAsync(server, operation, article));

        Assert.True(faults.Fired);
        Assert.Equal(
            (editions + Made(operation), changes + Made(operation)),
            (await EditionsAsync(article), await ChangesAsync())
        );
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    // The article has a take, so the operation writes to every table of an edition.
    private async Task<ArticleId> ArrangedAsync(string operation)
    {
        var number = Interlocked.Increment(ref _personas);
        var persona = await Newsroom.PersonaAsync($"Persona {number}");
        var draft = await Newsroom.DraftAsync(slug: $"story-{number}");
        await Newsroom.ApprovedTakeAsync(draft.Id, persona.Id);
        if (operation != "publish")
        {
            await Newsroom.PublishAsync(draft.Id);
            await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Newer words"));
        }

        if (operation is "approve take" or "publish take")
        {
            Newsroom.Value(
                await _database
                    .Get<DraftTake>()
                    .Handle(
                        new DraftTakeInput
                        {
                            Article = draft.Id,
                            Persona = persona.Id,
                            Content = new TakeContent { Text = "Second thought." },
                        },
                        Newsroom.Erin,
                        default
                    )
            );
        }

        if (operation == "publish when due")
        {
            Newsroom.Value(await ScheduleAsync(draft.Id, _database.Clock.GetUtcNow().AddMinutes(1)));
            _database.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        return draft.Id;
    }

    // The number of editions, and of public changes, that an operation makes.
    private static int Made(string operation) => operation is "schedule" or "approve take" ? 0 : 1;

    private async Task AssertOnDeskAsync()
    {
        await using var db = await OpenAsync();
        Assert.Equal(
            (await DeskRows.ExpectedAsync(db)).Order(StringComparer.Ordinal),
            (await DeskRows.StoredAsync(db)).Order(StringComparer.Ordinal)
        );
    }

    private Task<Result<Article>> RunAsync(ServiceProvider server, string operation, ArticleId article) =>
        operation switch
        {
            "correct" => server
                .GetRequiredService<CorrectArticle>()
                .Handle(new CorrectArticleInput { Id = article, Note = "It was Tuesday." }, Newsroom.Erin, default),
            "withdraw" => server
                .GetRequiredService<WithdrawArticle>()
                .Handle(new WithdrawArticleInput { Id = article, Reason = "It was a hoax." }, Newsroom.Erin, default),
            "update" => server
                .GetRequiredService<UpdateArticle>()
                .Handle(new UpdateArticleInput { Id = article }, Newsroom.Erin, default),
            "schedule" => server
                .GetRequiredService<ScheduleArticle>()
                .Handle(
                    new ScheduleArticleInput { Id = article, At = _database.Clock.GetUtcNow().AddDays(1) },
                    Newsroom.Erin,
                    default
                ),
            "publish when due" => PublishDueAsync(server, article),
            "approve take" or "publish take" => ChangeTakeAsync(
                article,
                take =>
                    server
                        .GetRequiredService<ApproveTake>()
                        .Handle(
                            new ApproveTakeInput { Id = take, Publish = operation == "publish take" },
                            Newsroom.Erin,
                            default
                        )
            ),
            "retract take" => ChangeTakeAsync(
                article,
                take =>
                    server
                        .GetRequiredService<RetractTake>()
                        .Handle(new RetractTakeInput { Id = take, Reason = "It was a hoax." }, Newsroom.Erin, default)
            ),
            "change slug" => server
                .GetRequiredService<ChangeSlug>()
                .Handle(
                    new ChangeSlugInput { Id = article, Slug = $"moved-{article.Value:n}" },
                    Newsroom.Erin,
                    default
                ),
            _ => server
                .GetRequiredService<PublishArticle>()
                .Handle(new PublishArticleInput { Id = article }, Newsroom.Erin, default),
        };

    private async Task<Result<Article>> PublishDueAsync(ServiceProvider server, ArticleId article)
    {
        var done = await server.GetRequiredService<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
        if (done.Failed is [var (_, fault), ..])
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        await using var db = await OpenAsync();
        return await db.Articles.AsNoTracking().SingleAsync(a => a.Id == article);
    }

    private async Task<Result<Article>> ChangeTakeAsync(ArticleId article, Func<TakeId, Task<Result<Take>>> change)
    {
        await using var db = await OpenAsync();
        var changed = await change(await db.Takes.Where(t => t.ArticleId == article).Select(t => t.Id).SingleAsync());
        return changed.Then(await db.Articles.AsNoTracking().SingleAsync(a => a.Id == article));
    }

    private async Task<int> EditionsAsync(ArticleId article)
    {
        await using var db = await OpenAsync();
        return await db.Editions.CountAsync(e => e.ArticleId == article);
    }

    private async Task<int> ChangesAsync()
    {
        await using var db = await OpenAsync();
        return await db.Changes.CountAsync();
    }
}
