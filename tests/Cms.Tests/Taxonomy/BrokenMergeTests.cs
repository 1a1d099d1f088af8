using Cms.Articles;
using Cms.Authors;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Taxonomy;

/// <summary>A merge that is interrupted changes nothing; one that is committed is complete.</summary>
[Slow]
public sealed class BrokenMergeTests(SqliteTestDatabase database)
    : DatabaseSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    private readonly SqliteTestDatabase _database = database;

    [Fact]
    public Task A_merge_of_categories_interrupted_at_any_statement_changes_no_row() =>
        AssertWholeAsync<Category, CategoryId>((story, ids) => story with { CategoryId = ids[0] });

    [Fact]
    public Task A_merge_of_sources_interrupted_at_any_statement_changes_no_row() =>
        AssertWholeAsync<Source, SourceId>((story, ids) => story with { SourceId = ids[0] });

    [Fact]
    public Task A_merge_of_tags_interrupted_at_any_statement_changes_no_row() =>
        AssertWholeAsync<Tag, TagId>((story, ids) => story with { Tags = ids });

    [Fact]
    public Task A_merge_of_authors_interrupted_at_any_statement_changes_no_row() =>
        AssertWholeAsync<Author, AuthorId>((story, ids) => story with { Authors = ids });

    [Fact]
    public async Task A_merge_takes_the_same_number_of_statements_for_any_number_of_articles()
    {
        var faults = new Faults();
        await using var server = await _database.BuildAsync(services => services.AddInterceptor(faults));
        List<int> steps = [];
        foreach (var articles in new[] { 1, 12 })
        {
            var (from, into) = await ArrangedAsync<Tag, TagId>((story, ids) => story with { Tags = ids }, articles);
            faults.Rest();
            Newsroom.Value(await MergeAsync<Tag, TagId>(server, from, into));
            steps.Add(faults.Steps);
        }

        Assert.Equal(steps[0], steps[1]);
    }

    private async Task AssertWholeAsync<T, TId>(Func<ArticleContent, List<TId>, ArticleContent> with)
        where T : Term<TId>, ITerm<T, TId>
        where TId : struct, IEntityId<TId>
    {
        var faults = new Faults();
        await using var server = await _database.BuildAsync(services => services.AddInterceptor(faults));
        var rehearsal = await ArrangedAsync<T, TId>(with, 2);
        faults.Rest();
        Newsroom.Value(await MergeAsync<T, TId>(server, rehearsal.From, rehearsal.Into));
        var steps = faults.Steps;
        var (from, into) = await ArrangedAsync<T, TId>(with, 2);
        var before = await SqliteDump.AllAsync(_database.File);

        for (var step = 1; step <= steps; step++)
        {
            faults.BreakAt(step);
            var broken = await Assert.ThrowsAnyAsync<Exception>(() => MergeAsync<T, TId>(server, from, into));
            Assert.True(Faults.Caused(broken), broken.ToString());
            Assert.Equal(before, await SqliteDump.AllAsync(_database.File));
        }

        faults.BreakAfterCommit();
        await Assert.ThrowsAsync<InjectedFaultException>(() => MergeAsync<T, TId>(server, from, into));
        Assert.NotEqual(before, await SqliteDump.AllAsync(_database.File));
        await Invariants.AssertAsync(_database.OpenAsync);
    }

    // Each article has a current and a past edition with the first term. One has both terms, if it can.
    private async Task<(TId From, TId Into)> ArrangedAsync<T, TId>(
        Func<ArticleContent, List<TId>, ArticleContent> with,
        int articles
    )
        where T : Term<TId>, ITerm<T, TId>
        where TId : struct, IEntityId<TId>
    {
        List<TId> ids = [];
        for (var i = 0; i < 2; i++)
        {
            var made = await _database
                .Get<CreateTerm<T, TId>>()
                .Handle(
                    new CreateTermInput { Fields = new TermFields { Name = $"t{Guid.CreateVersion7():n}" } },
                    Newsroom.Erin,
                    default
                );
            ids.Add(Newsroom.Value(made).Id);
        }

        for (var i = 0; i < articles; i++)
        {
            var used = i == 0 ? ids : [ids[0]];
            var article = await Newsroom.PublishedAsync(with(Newsroom.Story(), used));
            await Newsroom.SaveAsync(article.Id, with(Newsroom.Story("Newer words"), used));
            await Newsroom.PublishAsync(article.Id);
        }

        return (ids[0], ids[1]);
    }

    private static Task<Result<T>> MergeAsync<T, TId>(ServiceProvider server, TId from, TId into)
        where T : Term<TId>, ITerm<T, TId>
        where TId : struct, IEntityId<TId> =>
        server
            .GetRequiredService<MergeTerms<T, TId>>()
            .Handle(new MergeTermsInput<TId> { From = from, Into = into }, Newsroom.Erin, default);
}
