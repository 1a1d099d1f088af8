using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Xunit;

namespace Cms.Testing;

/// <summary>The base class of tests that run on every database, with a derived class for each database.</summary>
public abstract class DatabaseSuite(TestDatabase database) : IAsyncLifetime
{
    protected TestDatabase Database => database;

    protected Newsroom Newsroom { get; } = new(database.Services);

    public virtual Task InitializeAsync()
    {
        Skip.If(database.SkipReason is not null, database.SkipReason);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected Task<CmsDbContext> OpenAsync() => database.OpenAsync();

    protected async Task AddAsync(params object[] rows)
    {
        await using var db = await database.OpenAsync();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    protected Task<Result<Article>> PublishAsync(ArticleId id, Actor? by = null, int? expectedVersion = null) =>
        database
            .Get<PublishArticle>()
            .Handle(
                new PublishArticleInput { Id = id, ExpectedVersion = expectedVersion },
                by ?? Newsroom.Erin,
                default
            );

    protected Task<Result<Article>> CorrectAsync(
        ArticleId id,
        string note = "The year was wrong.",
        CorrectionSeverity severity = CorrectionSeverity.Minor,
        Actor? by = null,
        int? expectedVersion = null
    ) =>
        database
            .Get<CorrectArticle>()
            .Handle(
                new CorrectArticleInput
                {
                    Id = id,
                    Note = note,
                    Severity = severity,
                    ExpectedVersion = expectedVersion,
                },
                by ?? Newsroom.Erin,
                default
            );

    protected Task<Result<Article>> WithdrawAsync(
        ArticleId id,
        string reason = "The maker denies it.",
        ArticleId? successor = null,
        Actor? by = null,
        int? expectedVersion = null
    ) =>
        database
            .Get<WithdrawArticle>()
            .Handle(
                new WithdrawArticleInput
                {
                    Id = id,
                    Reason = reason,
                    Successor = successor,
                    ExpectedVersion = expectedVersion,
                },
                by ?? Newsroom.Erin,
                default
            );

    protected Task<Result<Article>> RestoreAsync(ArticleId id, RevisionId revision, int? expectedVersion = null) =>
        database
            .Get<RestoreRevision>()
            .Handle(
                new RestoreRevisionInput
                {
                    Id = id,
                    Revision = revision,
                    ExpectedVersion = expectedVersion,
                },
                Newsroom.Erin,
                default
            );

    protected Task<Result<Article>> ScheduleAsync(
        ArticleId id,
        DateTimeOffset at,
        Actor? by = null,
        int? expectedVersion = null
    ) =>
        database
            .Get<ScheduleArticle>()
            .Handle(
                new ScheduleArticleInput
                {
                    Id = id,
                    At = at,
                    ExpectedVersion = expectedVersion,
                },
                by ?? Newsroom.Erin,
                default
            );

    protected Task<Result<Article>> UnscheduleAsync(ArticleId id, int? expectedVersion = null) =>
        database
            .Get<UnscheduleArticle>()
            .Handle(new UnscheduleArticleInput { Id = id, ExpectedVersion = expectedVersion }, Newsroom.Erin, default);

    protected Task<Result<Article>> EmbargoAsync(ArticleId id, DateTimeOffset? until, int? expectedVersion = null) =>
        database
            .Get<SetEmbargo>()
            .Handle(
                new SetEmbargoInput
                {
                    Id = id,
                    Until = until,
                    ExpectedVersion = expectedVersion,
                },
                Newsroom.Erin,
                default
            );

    protected Task<DueArticles> PublishDueAsync() =>
        database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);

    /// <summary>Asserts that there is exactly one error, and returns it.</summary>
    protected static TError Refusal<TError>(IReadOnlyList<UserError> errors)
        where TError : UserError => Assert.IsType<TError>(Assert.Single(errors));

    /// <summary>Formats each error as ‘Kind at path’.</summary>
    protected static IEnumerable<string> Named(IReadOnlyList<UserError> errors) =>
        errors.Select(error => $"{error.GetType().Name} at {string.Join('.', error.Path)}");
}
