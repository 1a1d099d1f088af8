using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Partners;
using Cms.Partners.Deliveries;
using Cms.Partners.Takedowns;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>Partners confirm that they deleted an article that they received, and editors see who has not.</summary>
public abstract class TakedownTests(TestDatabase database) : PartnerSuite(database)
{
    private const string Own =
        "{ takedowns(state: ALL) { totalCount nodes { id articleId kind reason withdrawnAt acknowledgeBy acknowledgedAt channel } } }";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [SkippableFact]
    public async Task A_partner_confirms_what_it_received_once_and_editors_see_it()
    {
        var article = await PublishedAsync("Killed story");
        var partner = await PartnerAsync("Confirming Post", new { });
        await AskAsync(partner, $$"""{ article(id: "{{article.Id}}") { headline } }""");
        var id = await TakedownAsync(article, Database.Clock.GetUtcNow() + Hour);

        var owed = Only(await AskAsync(partner, "{ takedowns { nodes { id articleId kind reason acknowledgedAt } } }"));
        var before = await DeskAsync(id);
        var first = await AcknowledgeAsync(partner, id);
        Database.Clock.Advance(Hour);
        var second = await AcknowledgeAsync(partner, id);
        var after = await DeskAsync(id);

        Assert.Equal((id, article.Id.ToString()), ((string?)owed["id"], (string?)owed["articleId"]));
        Assert.Equal(("KILL", "A court decided."), ((string?)owed["kind"], (string?)owed["reason"]));
        Assert.Null(owed["acknowledgedAt"]);
        Assert.Equal(first["takedown"]!.ToJsonString(), second["takedown"]!.ToJsonString());
        Assert.NotNull(first["takedown"]!["acknowledgedAt"]);
        Assert.Empty((await AskAsync(partner, "{ takedowns { nodes { id } } }"))["takedowns"]!["nodes"]!.AsArray());
        Assert.Equal("GRAPHQL", (string?)Only(await AskAsync(partner, Own))["channel"]);

        Assert.Equal((1, 1), ((int)before["partnerCount"]!, (int)before["owingCount"]!));
        Assert.Equal((1, 0), ((int)after["partnerCount"]!, (int)after["owingCount"]!));
        var shown = after["partners"]!["nodes"]![0]!;
        Assert.Equal(
            ("Confirming Post", 1, "GRAPHQL", 1, "GRAPHQL"),
            (
                (string?)shown["name"],
                (int)shown["firstEdition"]!,
                (string?)shown["channel"],
                (int)shown["lastEdition"]!,
                (string?)shown["acknowledgedVia"]
            )
        );
        Assert.Equal($"Application {partner.Key}", (string?)shown["acknowledgedBy"]);
        Assert.Equal("Killed story", (string?)after["article"]!["headline"]);
    }

    [SkippableFact]
    public async Task A_partner_that_never_received_the_article_owes_nothing_and_learns_nothing()
    {
        var (tag, other) = (await TagAsync("Received"), await TagAsync("Not received"));
        var article = await PublishedAsync("Known to one", tag);
        var holder = await PartnerAsync("Holder Post", new { tags = new[] { tag } });
        var stranger = await PartnerAsync("Stranger Post", new { tags = new[] { other } });
        await AskAsync(holder, "{ articles { nodes { id } } }");
        await AskAsync(stranger, "{ articles { nodes { id } } }");
        var id = await TakedownAsync(article);

        var refused = await AcknowledgeAsync(stranger, id);
        var unknown = await AcknowledgeAsync(stranger, EditionId.New().ToString());
        var none = await AskAsync(stranger, Own);
        var outside = await AcknowledgeAsync(GraphQLClient.Viewers["partner"], id);
        var anonymous = await new GraphQLClient(Database.Services).AskAsync(Viewer.Anonymous, Own);

        Assert.Equal(["TakedownNotFoundError at id"], GraphQLClient.Refusals(refused));
        Assert.Equal(Message(unknown), Message(refused));
        Assert.Equal(["TakedownNotFoundError at id"], GraphQLClient.Refusals(outside));
        Assert.Equal(0, (int)none["takedowns"]!["totalCount"]!);
        Assert.NotNull(GraphQLClient.Code(anonymous));
        Assert.Equal(["Holder Post"], Names(await DeskAsync(id)));
        Assert.Single((await AskAsync(holder, Own))["takedowns"]!["nodes"]!.AsArray());
    }

    [SkippableFact]
    public async Task A_withdrawal_that_nobody_has_to_confirm_is_no_takedown()
    {
        var article = await PublishedAsync("Withdrawn quietly");
        var partner = await PartnerAsync("Quiet Post", new { });
        await AskAsync(partner, "{ articles { nodes { id } } }");
        await WithdrawAsync(article.Id);

        Assert.Equal(0, (int)(await AskAsync(partner, Own))["takedowns"]!["totalCount"]!);
        var desk = await RawAsync(
            GraphQLClient.Erin,
            $$"""{ desk { article(id: "{{article.Id}}") { status takedown { id } } } }"""
        );
        Assert.Null(desk["data"]!["desk"]!["article"]!["takedown"]);
    }

    [SkippableFact]
    public async Task Takes_searches_and_the_past_are_deliveries_too()
    {
        var article = await PublishedAsync("Quokka sighting");
        var (search, past, empty) = (
            await PartnerAsync("Searching Post", new { }),
            await PartnerAsync("Past Post", new { }),
            await PartnerAsync("Counting Post", new { })
        );
        var at = Database.Clock.GetUtcNow().ToString("O");
        await AskAsync(search, """{ search(query: "quokka") { nodes { article { headline } } } }""");
        await AskAsync(past, $$"""{ articleSnapshot(id: "{{article.Id}}", asOf: "{{at}}") { headline } }""");
        await AskAsync(empty, "{ articles { totalCount } }");
        var id = await TakedownAsync(article);

        Assert.Equal(["Past Post", "Searching Post"], Names(await DeskAsync(id)));
    }

    [SkippableFact]
    public async Task A_delivery_that_is_recorded_after_the_withdrawal_counts_and_a_later_publication_is_a_new_takedown()
    {
        var article = await PublishedAsync("In flight");
        var edition = article.LiveEditionId!.Value;
        var (late, id) = await NewPartnerAsync("Late Post");
        await SaveAsync(id, new { });
        var first = await TakedownAsync(article);
        Assert.Empty(Names(await DeskAsync(first)));

        // The answer was made before the withdrawal, and recorded after it.
        await AddAsync(NewDelivery(id, article.Id, edition));
        Assert.Equal(["Late Post"], Names(await DeskAsync(first)));
        await AcknowledgeAsync(late, first);

        Database.Clock.Advance(Hour);
        await Newsroom.ApproveAsync(article.Id);
        await PublishAsync(article.Id);
        var fresh = await PartnerAsync("Fresh Post", new { });
        await AskAsync(fresh, "{ articles { nodes { id } } }");
        Database.Clock.Advance(Hour);
        var second = await TakedownAsync(article);

        Assert.Equal(["Late Post"], Names(await DeskAsync(first)));
        Assert.Equal(["Fresh Post", "Late Post"], Names(await DeskAsync(second)));
        Assert.Equal(2, (int)(await DeskAsync(second))["owingCount"]!);
        Assert.Equal(2, (int)(await AskAsync(late, Own))["takedowns"]!["totalCount"]!);
        var shown = await RawAsync(
            GraphQLClient.Erin,
            $$"""{ desk { article(id: "{{article.Id}}") { takedown { id } } } }"""
        );
        Assert.Equal(second, (string?)shown["data"]!["desk"]!["article"]!["takedown"]!["id"]);
    }

    [SkippableFact]
    public async Task A_deadline_that_passes_puts_one_item_into_the_inbox_of_editors_until_all_have_confirmed()
    {
        var article = await PublishedAsync("Overdue story");
        var edition = article.LiveEditionId!.Value;
        var partner = await PartnerAsync("Overdue Post", new { });
        var (_, lateId) = await NewPartnerAsync("Later Post");
        await AskAsync(partner, "{ articles { nodes { id } } }");
        var id = await TakedownAsync(article, Database.Clock.GetUtcNow() + Hour);

        await EscalateAsync();
        Assert.Empty(await InboxAsync(GraphQLClient.Erin, id));
        Database.Clock.Advance(Hour);
        await EscalateAsync();
        var item = Assert.Single(await InboxAsync(GraphQLClient.Erin, id));
        Assert.Equal("Overdue Post", (string?)item["takedown"]!["partners"]!["nodes"]![0]!["name"]);
        Database.Clock.Advance(Hour);
        await EscalateAsync();
        Assert.Equal((string?)item["at"], (string?)Assert.Single(await InboxAsync(GraphQLClient.Erin, id))["at"]);
        Assert.Empty(await InboxAsync(GraphQLClient.Arlo, id));

        await AddAsync(NewDelivery(lateId, article.Id, edition));
        Database.Clock.Advance(Hour);
        await EscalateAsync();
        var again = Assert.Single(await InboxAsync(GraphQLClient.Ada, id));
        Assert.NotEqual((string?)item["at"], (string?)again["at"]);
        Assert.Equal(2, again["takedown"]!["partners"]!["nodes"]!.AsArray().Count);

        await AcknowledgeAsync(partner, id);
        await using (var db = await OpenAsync())
        {
            await db
                .PartnerDeliveries.Where(d => d.PartnerId == EntityId.Parse<PartnerId>(lateId)!.Value)
                .ExecuteDeleteAsync();
        }

        Assert.Empty(await InboxAsync(GraphQLClient.Erin, id));
    }

    [SkippableFact]
    public async Task A_takedown_that_everybody_confirmed_in_time_is_never_in_the_inbox()
    {
        var article = await PublishedAsync("Confirmed in time");
        var partner = await PartnerAsync("Punctual Post", new { });
        await AskAsync(partner, "{ articles { nodes { id } } }");
        var id = await TakedownAsync(article, Database.Clock.GetUtcNow() + Hour);
        await AcknowledgeAsync(partner, id);
        Database.Clock.Advance(Hour);
        await EscalateAsync();

        Assert.Empty(await InboxAsync(GraphQLClient.Erin, id));
        await using var db = await OpenAsync();
        var takedown = await db.Takedowns.SingleAsync(t => t.Id == EntityId.Parse<EditionId>(id)!.Value);
        Assert.Null(takedown.EscalatedAt);
    }

    [SkippableFact]
    public async Task The_list_shows_the_takedowns_in_a_state_page_by_page()
    {
        var partner = await PartnerAsync("Listed Post", new { });
        List<string> ids = [];
        foreach (var name in new[] { "Listed one", "Listed two", "Listed three" })
        {
            var article = await PublishedAsync(name);
            await AskAsync(partner, $$"""{ article(id: "{{article.Id}}") { id } }""");
            ids.Add(await TakedownAsync(article, Database.Clock.GetUtcNow() + (ids.Count + 1) * Hour));
            Database.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await AcknowledgeAsync(partner, ids[0]);
        Database.Clock.Advance(2 * Hour);

        Assert.Equal([ids[2], ids[1]], (await ListedAsync("OPEN")).Where(ids.Contains));
        Assert.Equal([ids[1]], (await ListedAsync("OVERDUE")).Where(ids.Contains));
        Assert.Equal([ids[2], ids[1], ids[0]], (await ListedAsync("ALL")).Where(ids.Contains));
        var refused = await new GraphQLClient(Database.Services).AskAsync(
            GraphQLClient.Arlo,
            "{ desk { takedowns { nodes { id } } } }"
        );
        Assert.NotNull(refused["errors"]);
    }

    [SkippableFact]
    public async Task A_partner_that_reads_the_same_again_moves_only_the_last_time()
    {
        var tag = await TagAsync("Read again");
        var article = await PublishedAsync("Read again", tag);
        var partner = await PartnerAsync("Steady Post", new { tags = new[] { tag } });
        await AskAsync(partner, "{ articles { nodes { headline takes { text } } } }");
        var first = await DeliveryAsync(article.Id);
        Database.Clock.Advance(Hour);
        await AskAsync(partner, "{ articles { nodes { headline } } }");
        var unsaved = await DeliveryAsync(article.Id);
        await Database.Get<SaveLastDeliveries>().Handle(default);
        var saved = await DeliveryAsync(article.Id);

        Assert.Equal(first.FirstAt, first.LastAt);
        Assert.Equal(first.LastAt, unsaved.LastAt);
        Assert.Equal((first.FirstAt, first.FirstAt + Hour), (saved.FirstAt, saved.LastAt));
        Assert.Equal(article.LiveEditionId, saved.EditionId);
    }

    private PartnerDelivery NewDelivery(string partner, ArticleId article, EditionId edition) =>
        new()
        {
            PartnerId = EntityId.Parse<PartnerId>(partner)!.Value,
            ArticleId = article,
            EditionId = edition,
            FirstAt = Database.Clock.GetUtcNow(),
            LastAt = Database.Clock.GetUtcNow(),
            Channel = DeliveryChannel.Feed,
        };

    private async Task<PartnerDelivery> DeliveryAsync(ArticleId article)
    {
        await using var db = await OpenAsync();
        return await db.PartnerDeliveries.SingleAsync(d => d.ArticleId == article);
    }

    private Task<JsonNode> AcknowledgeAsync(Viewer partner, string id) =>
        new GraphQLClient(Database.Services).DoAsync(
            partner,
            "acknowledgeTakedown",
            new { id },
            "takedown { id acknowledgedAt channel }"
        );

    private async Task<JsonNode> DeskAsync(string id) =>
        (
            await AskAsync(
                GraphQLClient.Erin,
                $$"""
                { desk { takedown(id: "{{id}}") {
                  partnerCount owingCount article { headline }
                  partners { totalCount nodes { name firstEdition firstAt channel lastEdition lastAt acknowledgedAt acknowledgedVia acknowledgedBy } }
                } } }
                """
            )
        )["desk"]!["takedown"]!;

    private static IEnumerable<string> Names(JsonNode takedown) =>
        takedown["partners"]!["nodes"]!.AsArray().Select(partner => (string)partner!["name"]!);

    private async Task<List<string>> ListedAsync(string state)
    {
        List<string> found = [];
        string? after = null;
        do
        {
            var page = (
                await AskAsync(
                    GraphQLClient.Erin,
                    $$"""{ desk { takedowns(state: {{state}}, first: 2{{(after is null ? "" : $", after: \"{after}\"")}}) { nodes { id partners(first: 1) { nodes { name } } } pageInfo { hasNextPage endCursor } } } }"""
                )
            )["desk"]!["takedowns"]!;
            found.AddRange(page["nodes"]!.AsArray().Select(node => (string)node!["id"]!));
            after = (bool)page["pageInfo"]!["hasNextPage"]! ? (string?)page["pageInfo"]!["endCursor"] : null;
        } while (after is not null);

        return found;
    }

    private Task<DateTimeOffset?> EscalateAsync() => Database.Get<EscalateTakedowns>().Handle(default);

    private async Task<List<JsonNode>> InboxAsync(Viewer viewer, string takedown)
    {
        var inbox = (
            await AskAsync(
                viewer,
                "{ desk { inbox { nodes { kind at takedown { id partners(isAcknowledged: false) { nodes { name } } } } } } }"
            )
        )["desk"]!["inbox"]!;
        return
        [
            .. inbox["nodes"]!
                .AsArray()
                .Where(node => (string?)node!["takedown"]?["id"] == takedown)
                .Select(node => node!),
        ];
    }

    private static JsonNode Only(JsonNode answer) => Assert.Single(answer["takedowns"]!["nodes"]!.AsArray())!;

    private static string Message(JsonNode payload) => (string)payload["errors"]![0]!["message"]!;
}

public sealed class TakedownTests_Sqlite(SqliteTestDatabase database)
    : TakedownTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class TakedownTests_SqlServer(SqlServerTestDatabase database)
    : TakedownTests(database),
        IClassFixture<SqlServerTestDatabase>;
