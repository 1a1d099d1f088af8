using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Cms.Tests.Panel;

/// <summary>The totals of stances, and the articles on which the panel is split.</summary>
public abstract class StanceTests(TestDatabase database) : DatabaseSuite(database)
{
    private readonly GraphQLClient _client = new(database.Services);

    [SkippableFact]
    public async Task Stances_are_counted_for_each_persona_and_category_in_all_and_since_a_time()
    {
        var category = await new Terms(Database.Services).CreateAsync("category");
        var (builder, skeptic) = (await Newsroom.PersonaAsync($"B{Unique}"), await Newsroom.PersonaAsync($"S{Unique}"));
        await PublishAsync(category.Id, (builder, Stance.Supportive), (skeptic, Stance.Skeptical));
        Database.Clock.Advance(TimeSpan.FromDays(1));
        var since = Database.Clock.GetUtcNow();
        var later = await PublishAsync(category.Id, (builder, Stance.Supportive), (skeptic, Stance.Mixed));
        await PublishAsync(null, (builder, Stance.Mixed));

        Assert.Equal("2 1 0, since 1 1 0", await OfAsync("persona", builder.Slug, since));
        Assert.Equal("0 1 1, since 0 1 0", await OfAsync("persona", skeptic.Slug, since));
        Assert.Equal("2 1 1, since 1 1 0", await OfAsync("category", category.Slug, since));
        Newsroom.Value(await WithdrawAsync(later.Id));
        Assert.Equal("1 1 0, since 0 1 0", await OfAsync("persona", builder.Slug, since));
        Assert.Equal("1 0 1, since 0 0 0", await OfAsync("category", category.Slug, since));
        await Invariants.AssertAsync(Database.OpenAsync);
    }

    [SkippableFact]
    public async Task Articles_are_filtered_by_whether_the_panel_is_split()
    {
        var category = await new Terms(Database.Services).CreateAsync("category");
        var (one, other) = (await Newsroom.PersonaAsync($"O{Unique}"), await Newsroom.PersonaAsync($"T{Unique}"));
        var third = await Newsroom.PersonaAsync($"U{Unique}");
        var older = await PublishAsync(category.Id, (one, Stance.Supportive), (other, Stance.Skeptical));
        var agreed = await PublishAsync(category.Id, (one, Stance.Supportive), (other, Stance.Mixed));
        var majority = await PublishAsync(
            category.Id,
            (one, Stance.Supportive),
            (other, Stance.Skeptical),
            (third, Stance.Supportive)
        );
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var newer = await PublishAsync(
            category.Id,
            (one, Stance.Skeptical),
            (other, Stance.Supportive),
            (third, Stance.Mixed)
        );
        var none = await PublishAsync(category.Id);

        Assert.Equal([newer.Id, older.Id], await ListAsync(category.Slug, isSplit: true));
        Assert.Equal(
            new[] { agreed.Id, majority.Id, none.Id }.ToHashSet(),
            (await ListAsync(category.Slug, isSplit: false)).ToHashSet()
        );
        var all = await AskAsync(
            "{ articles(first: 100, where: { consensus: { split: { eq: true } } }) { nodes { consensus { split } } } }"
        );
        Assert.NotEmpty(all["articles"]!["nodes"]!.AsArray());
        Assert.All(
            all["articles"]!["nodes"]!.AsArray(),
            article => Assert.True((bool)article!["consensus"]!["split"]!)
        );

        // A revised take ends the split.
        await TakeAsync(older.Id, one, Stance.Skeptical);
        await Newsroom.PublishAsync(older.Id);
        Assert.Equal([newer.Id], await ListAsync(category.Slug, isSplit: true));
        await Invariants.AssertAsync(Database.OpenAsync);
    }

    private static string Unique => Guid.CreateVersion7().ToString("n");

    private async Task<Article> PublishAsync(string? category, params (Persona Persona, Stance Stance)[] takes)
    {
        var article = await Newsroom.DraftAsync(
            Newsroom.Story() with
            {
                CategoryId = EntityId.Parse<CategoryId>(category),
            }
        );
        foreach (var (persona, stance) in takes)
        {
            await TakeAsync(article.Id, persona, stance);
        }

        return await Newsroom.PublishAsync(article.Id);
    }

    private async Task TakeAsync(ArticleId article, Persona persona, Stance stance)
    {
        var take = Newsroom.Value(
            await Database
                .Get<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = article,
                        Persona = persona.Id,
                        Content = new TakeContent { Text = "I looked.", Stance = stance },
                    },
                    Newsroom.Erin,
                    default
                )
        );
        Newsroom.Value(
            await Database.Get<ApproveTake>().Handle(new ApproveTakeInput { Id = take.Id }, Newsroom.Erin, default)
        );
    }

    private async Task<string> OfAsync(string kind, string slug, DateTimeOffset since)
    {
        const string counts = "{ supportive mixed skeptical }";
        var found = (
            await AskAsync(
                $$"""{ {{kind}}(slug: "{{slug}}") { stances {{counts}} recent: stances(since: "{{since:O}}") {{counts}} } }"""
            )
        )[kind]!;
        return $"{Counts(found["stances"]!)}, since {Counts(found["recent"]!)}";

        static string Counts(JsonNode stances) => string.Join(' ', stances.AsObject().Select(count => count.Value));
    }

    private async Task<List<ArticleId>> ListAsync(string category, bool isSplit) =>
        [
            .. (
                await AskAsync(
                    $$"""{ articles(where: { category: { slug: { eq: "{{category}}" } }, consensus: { split: { eq: {{(isSplit ? "true" : "false")}} } } }) { nodes { id } } }"""
                )
            )["articles"]!["nodes"]!
                .AsArray()
                .Select(article => EntityId.Parse<ArticleId>((string)article!["id"]!)!.Value),
        ];

    private async Task<JsonNode> AskAsync(string query)
    {
        var answer = await _client.AskAsync(Viewer.Anonymous, query);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }
}

public sealed class StanceTests_Sqlite(SqliteTestDatabase database)
    : StanceTests(database),
        IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task An_upgrade_counts_the_stances_and_finds_the_splits_of_earlier_articles()
    {
        await Articles_are_filtered_by_whether_the_panel_is_split();
        await using (var db = await OpenAsync())
        {
            var migrator = db.GetService<IMigrator>();
            var all = db.Database.GetMigrations().ToList();
            await migrator.MigrateAsync(
                all[all.FindIndex(id => id.EndsWith("_Stances", StringComparison.Ordinal)) - 1]
            );
            Assert.Equal(0, await db.ArticleListings.CountAsync(l => l.FacetId == Cms.Reading.FacetId.Split));
            await migrator.MigrateAsync();
        }

        await Invariants.AssertAsync(Database.OpenAsync);
    }
}

public sealed class StanceTests_SqlServer(SqlServerTestDatabase database)
    : StanceTests(database),
        IClassFixture<SqlServerTestDatabase>;
