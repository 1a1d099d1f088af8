using Cms.Articles;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>The filter for articles that search engines should leave out of their results.</summary>
public abstract class NoIndexTests(TestDatabase database) : DatabaseSuite(database)
{
    private readonly GraphQLClient _client = new(database.Services);

    [SkippableFact]
    public async Task Articles_are_filtered_by_whether_search_engines_should_leave_them_out()
    {
        var category = await new Terms(Database.Services).CreateAsync("category");
        var begin = Database.Clock.GetUtcNow();
        var older = await PublishAsync(category.Id, isHidden: true);
        var listed = await PublishAsync(category.Id, isHidden: false);
        var newer = await PublishAsync(category.Id, isHidden: true);
        var last = await PublishAsync(category.Id, isHidden: false);
        var of = $"category: {{ slug: {{ eq: \"{category.Slug}\" }} }}";

        Assert.Equal([last.Slug, listed.Slug], await ListAsync($"{of}, seo: {{ noIndex: {{ eq: false }} }}"));
        Assert.Equal([newer.Slug, older.Slug], await ListAsync($"{of}, seo: {{ noIndex: {{ eq: true }} }}"));
        Assert.Equal(
            [last.Slug, listed.Slug],
            await ListAsync($"publishedAt: {{ gte: \"{begin:O}\" }}, seo: {{ noIndex: {{ eq: false }} }}")
        );
        Assert.Empty(
            await ListAsync(
                $"{of}, seo: {{ noIndex: {{ eq: true }} }}, and: [{{ seo: {{ noIndex: {{ eq: false }} }} }}]"
            )
        );

        // The next edition decides, and the past keeps what it was.
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var before = Database.Clock.GetUtcNow();
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        await Newsroom.SaveAsync(older.Id, Content(category.Id, isHidden: false));
        Assert.Equal([newer.Slug, older.Slug], await ListAsync($"{of}, seo: {{ noIndex: {{ eq: true }} }}"));
        await Newsroom.PublishAsync(older.Id);
        Assert.Equal([newer.Slug], await ListAsync($"{of}, seo: {{ noIndex: {{ eq: true }} }}"));
        Assert.Equal(
            [last.Slug, listed.Slug, older.Slug],
            await ListAsync($"{of}, seo: {{ noIndex: {{ eq: false }} }}")
        );
        Assert.Equal(
            [newer.Slug, older.Slug],
            await ListAsync($"{of}, seo: {{ noIndex: {{ eq: true }} }}", $"asOf: \"{before:O}\"")
        );
        await Invariants.AssertAsync(Database.OpenAsync);
    }

    private async Task<Article> PublishAsync(string category, bool isHidden)
    {
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        return await Newsroom.PublishedAsync(Content(category, isHidden));
    }

    private static ArticleContent Content(string category, bool isHidden) =>
        Newsroom.Story() with
        {
            CategoryId = EntityId.Parse<CategoryId>(category),
            Seo = new Seo { NoIndex = isHidden },
        };

    private async Task<List<string>> ListAsync(string where, string more = "")
    {
        var field = more.Length == 0 ? "articles" : "articleSnapshots";
        var answer = await _client.AskAsync(
            Viewer.Anonymous,
            $$"""{ list: {{field}}({{more}} where: { {{where}} }) { totalCount nodes { slug } } }"""
        );
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        var list = answer["data"]!["list"]!;
        List<string> slugs = [.. list["nodes"]!.AsArray().Select(node => (string)node!["slug"]!)];
        Assert.Equal(slugs.Count, (int)list["totalCount"]!);
        return slugs;
    }
}

public sealed class NoIndexTests_Sqlite(SqliteTestDatabase database)
    : NoIndexTests(database),
        IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task An_upgrade_finds_the_articles_that_search_engines_should_leave_out()
    {
        await Articles_are_filtered_by_whether_search_engines_should_leave_them_out();
        await using (var db = await OpenAsync())
        {
            var past = await db.PastListings.CountAsync(l => l.FacetId == FacetId.NoIndex);
            Assert.NotEqual(0, past);
            var migrator = db.GetService<IMigrator>();
            var all = db.Database.GetMigrations().ToList();
            await migrator.MigrateAsync(
                all[all.FindIndex(id => id.EndsWith("_NoIndex", StringComparison.Ordinal)) - 1]
            );
            Assert.Equal(0, await db.ArticleListings.CountAsync(l => l.FacetId == FacetId.NoIndex));
            Assert.Equal(0, await db.PastListings.CountAsync(l => l.FacetId == FacetId.NoIndex));
            await migrator.MigrateAsync();
            Assert.Equal(past, await db.PastListings.CountAsync(l => l.FacetId == FacetId.NoIndex));
        }

        await Invariants.AssertAsync(Database.OpenAsync);
    }
}

public sealed class NoIndexTests_SqlServer(SqlServerTestDatabase database)
    : NoIndexTests(database),
        IClassFixture<SqlServerTestDatabase>;
