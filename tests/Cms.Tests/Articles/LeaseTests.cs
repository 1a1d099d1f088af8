using Cms.Articles;
using Cms.Articles.Presence;
using Cms.GraphQL;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Who has an article open, and whose page holds the lease.</summary>
public abstract class LeaseTests(TestDatabase database) : DatabaseSuite(database)
{
    private static readonly Actor Bo = Newsroom.Person("Bo");

    [SkippableFact]
    public async Task The_first_page_gets_the_lease_and_the_next_learns_who_holds_it()
    {
        var id = (await Newsroom.DraftAsync()).Id;

        var first = await AcquireAsync(id, Newsroom.Erin, "one");
        var second = await AcquireAsync(id, Bo, "two");

        Assert.Equal(["Erin holds"], Present(first));
        Assert.Equal(["Erin holds", "Bo"], Present(second));
    }

    [SkippableFact]
    public async Task A_lease_that_is_not_renewed_for_60_seconds_is_free()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await AcquireAsync(id, Newsroom.Erin, "one");
        Database.Clock.Advance(TimeSpan.FromSeconds(40));
        await RenewAsync(id, Newsroom.Erin, "one");
        Database.Clock.Advance(TimeSpan.FromSeconds(40));

        var refused = await AcquireAsync(id, Bo, "two");
        Database.Clock.Advance(TimeSpan.FromSeconds(20));
        var free = await RenewAsync(id, Bo, "two");

        Assert.Equal(["Erin holds", "Bo"], Present(refused));
        Assert.Equal(["Bo holds"], Present(free));
    }

    [SkippableFact]
    public async Task A_page_can_take_over_the_lease_and_the_other_learns_of_it_when_it_renews()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await AcquireAsync(id, Newsroom.Erin, "one");

        var taken = Newsroom.Value(
            await Database
                .Get<TakeOverLease>()
                .Handle(new TakeOverLeaseInput { Article = id, Tab = "two" }, Bo, default)
        );
        var renewed = await RenewAsync(id, Newsroom.Erin, "one");

        Assert.Equal(["Bo holds", "Erin"], Present(taken).Order(StringComparer.Ordinal));
        Assert.Equal(["Bo holds", "Erin"], Present(renewed).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Two_pages_of_one_person_are_told_apart_and_a_closed_page_frees_the_lease()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await AcquireAsync(id, Newsroom.Erin, "one");
        await AcquireAsync(id, Newsroom.Erin, "two");

        var released = Newsroom.Value(
            await Database
                .Get<ReleaseLease>()
                .Handle(new ReleaseLeaseInput { Article = id, Tab = "one" }, Newsroom.Erin, default)
        );
        var renewed = await RenewAsync(id, Newsroom.Erin, "two");

        Assert.Equal(["Erin"], Present(released));
        Assert.Equal(["Erin holds"], Present(renewed));
    }

    [SkippableFact]
    public async Task Of_pages_that_open_an_article_at_the_same_time_exactly_one_holds_the_lease()
    {
        var id = (await Newsroom.DraftAsync()).Id;

        await Task.WhenAll(
            Enumerable.Range(0, 5).Select(n => Task.Run(() => AcquireAsync(id, Newsroom.Erin, $"tab-{n}")))
        );

        await using var db = await OpenAsync();
        var present = await db.Presence.Where(p => p.ArticleId == id).ToListAsync();
        Assert.Equal(5, present.Count);
        Assert.Single(present, p => p.IsHolder);
    }

    [SkippableFact]
    public async Task A_person_with_many_pages_loses_the_oldest_and_cannot_keep_others_from_taking_over()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        for (var n = 0; n < 8; n++)
        {
            await AcquireAsync(id, Newsroom.Erin, $"tab-{n}");
            Database.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var taken = Newsroom.Value(
            await Database.Get<TakeOverLease>().Handle(new TakeOverLeaseInput { Article = id, Tab = "bo" }, Bo, default)
        );

        Assert.Equal(5, taken.Present.Count(p => p.Name == "Erin"));
        Assert.Single(taken.Present, p => p is { Name: "Bo", IsHolder: true });
        Assert.Single(taken.Present, p => p.IsHolder);
    }

    [SkippableFact]
    public async Task A_lease_does_not_prevent_others_from_saving()
    {
        var article = await Newsroom.DraftAsync();
        await AcquireAsync(article.Id, Bo, "one");

        var saved = await Newsroom.SaveAsync(article.Id, Newsroom.Story("Saved all the same"));

        Assert.Equal(2, saved.Version);
    }

    [SkippableFact]
    public async Task A_page_without_an_id_and_an_article_of_somebody_else_are_rejected()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        var stranger = Newsroom.Person("Stranger", Role.Author);

        var nameless = await TryAsync(id, Newsroom.Erin, "");
        var longer = await TryAsync(id, Newsroom.Erin, new string('t', 65));
        var capital = await TryAsync(id, Newsroom.Erin, "One");
        var foreign = await TryAsync(id, stranger, "one");

        Assert.Equal(
            ["TabRequired at tab", "TabRequired at tab", "TabRequired at tab", "ArticleNotFound at article"],
            new[] { nameless, longer, capital, foreign }.SelectMany(result => Named(result.Errors))
        );
    }

    [SkippableFact]
    public async Task The_desk_shows_who_has_an_article_open()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        var client = new GraphQLClient(Database.Services);

        var mine = await client.DoAsync(
            GraphQLClient.Erin,
            "acquireLease",
            new { article = id.ToString(), tab = "one" },
            "lease { articleId isMine expiresAt present { name isHolder isMe } }"
        );
        var seen = await client.AskAsync(
            GraphQLClient.Ada,
            $"{{ desk {{ article(id: \"{id}\") {{ present {{ name isHolder isMe }} }} }} }}"
        );

        Assert.Equal("""[{"name":"Erin","isHolder":true,"isMe":true}]""", mine["lease"]!["present"]!.ToJsonString());
        Assert.True((bool)mine["lease"]!["isMine"]!);
        Assert.Equal(
            """[{"name":"Erin","isHolder":true,"isMe":false}]""",
            seen["data"]!["desk"]!["article"]!["present"]!.ToJsonString()
        );
    }

    private static IEnumerable<string> Present(ArticleLease lease) =>
        lease.Present.Select(p => p.IsHolder ? $"{p.Name} holds" : p.Name);

    private Task<Result<ArticleLease>> TryAsync(ArticleId id, Actor by, string tab) =>
        Database.Get<AcquireLease>().Handle(new AcquireLeaseInput { Article = id, Tab = tab }, by, default);

    private async Task<ArticleLease> AcquireAsync(ArticleId id, Actor by, string tab) =>
        Newsroom.Value(await TryAsync(id, by, tab));

    private async Task<ArticleLease> RenewAsync(ArticleId id, Actor by, string tab) =>
        Newsroom.Value(
            await Database.Get<RenewLease>().Handle(new RenewLeaseInput { Article = id, Tab = tab }, by, default)
        );
}

public sealed class LeaseTests_Sqlite(SqliteTestDatabase database)
    : LeaseTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class LeaseTests_SqlServer(SqlServerTestDatabase database)
    : LeaseTests(database),
        IClassFixture<SqlServerTestDatabase>;
