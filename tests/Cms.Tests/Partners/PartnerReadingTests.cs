using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Partners;

/// <summary>What an application of a partner reads with GraphQL.</summary>
public abstract class PartnerReadingTests(TestDatabase database) : PartnerSuite(database)
{
    [SkippableFact]
    public async Task Lists_counts_searches_and_nested_fields_contain_only_what_the_agreement_includes()
    {
        var (inside, outside) = (await TagAsync("Inside"), await TagAsync("Outside"));
        var included = await PublishedAsync("Included lanterns", inside);
        var excluded = await PublishedAsync("Excluded lanterns", inside, outside);
        var other = await PublishedAsync("Other lanterns", outside);
        var partner = await PartnerAsync(
            "Reading Post",
            new { tags = new[] { inside }, excludedTags = new[] { outside } }
        );

        var seen = await AskAsync(
            partner,
            $$"""
            {
              articles(first: 50) { totalCount nodes { id } }
              search(query: "lanterns") { totalCount nodes { article { id } } facets { tags { count } } }
              tag(slug: "inside") { articles { totalCount nodes { id } } }
              outside: tag(slug: "outside") { articles { totalCount nodes { id } } }
              included: article(id: "{{included.Id}}") { id headline related { id } }
              excluded: article(id: "{{excluded.Id}}") { id }
              bySlug: article(slug: "{{other.Slug}}") { id }
              node(id: "{{other.Id}}") { id }
              articleSnapshot(id: "{{other.Id}}", asOf: "{{Database.Clock.GetUtcNow():O}}") { articleId }
            }
            """
        );

        var id = included.Id.ToString();
        Assert.True(Ids(seen["articles"]!).Count == 1, seen.ToJsonString());
        Assert.Equal(1, (int)seen["articles"]!["totalCount"]!);
        Assert.Equal(1, (int)seen["search"]!["totalCount"]!);
        Assert.Equal(id, (string?)Assert.Single(seen["search"]!["nodes"]!.AsArray())!["article"]!["id"]);
        Assert.Equal(1, (int)Assert.Single(seen["search"]!["facets"]!["tags"]!.AsArray())!["count"]!);
        Assert.Equal([id], Ids(seen["tag"]!["articles"]!));
        Assert.Equal(0, (int)seen["outside"]!["articles"]!["totalCount"]!);
        Assert.Equal("Included lanterns", (string?)seen["included"]!["headline"]);
        Assert.Empty(seen["included"]!["related"]!.AsArray());
        Assert.All(["excluded", "bySlug", "node", "articleSnapshot"], hidden => Assert.Null(seen[hidden]));
        Assert.True(
            (int)(await AskAsync(Viewer.Anonymous, "{ articles { totalCount } }"))["articles"]!["totalCount"]! >= 3
        );
    }

    [SkippableFact]
    public async Task Takes_of_personas_outside_the_agreement_appear_nowhere()
    {
        var (builder, skeptic) = (
            await Newsroom.PersonaAsync("The Reading Builder"),
            await Newsroom.PersonaAsync("The Reading Skeptic")
        );
        var draft = await Newsroom.DraftAsync(Newsroom.Story("A story with takes"));
        await Newsroom.ApprovedTakeAsync(draft.Id, builder.Id, "Ship the zeppelin.");
        var hidden = await Newsroom.ApprovedTakeAsync(draft.Id, skeptic.Id, "Ground the zeppelin forever.");
        await Newsroom.PublishAsync(draft.Id);
        var partner = await PartnerAsync(
            "Take Post",
            new { hasTakes = true, personas = new[] { builder.Id.ToString() } }
        );

        var answer = await RawAsync(
            partner,
            $$"""
            {
              article(id: "{{draft.Id}}") { takes { persona { name } } consensus { supportive mixed skeptical } }
              takes(first: 50) { totalCount nodes { persona { slug } } }
              persona(slug: "{{skeptic.Slug}}") { name takes { totalCount } stances { supportive mixed skeptical } }
              node(id: "{{hidden.Id}}") { id }
              articles(where: { takes: { some: { persona: { slug: { eq: "{{skeptic.Slug}}" } } } } }) { totalCount }
              search(query: "forever") { totalCount }
            }
            """
        );

        var seen = answer["data"]!;
        Assert.Equal(
            "The Reading Builder",
            (string?)Assert.Single(seen["article"]!["takes"]!.AsArray())!["persona"]!["name"]
        );
        Assert.Equal(1, Total(seen["article"]!["consensus"]!));
        Assert.All(
            seen["takes"]!["nodes"]!.AsArray(),
            take => Assert.Equal(builder.Slug, (string?)take!["persona"]!["slug"])
        );
        Assert.Equal(0, (int)seen["persona"]!["takes"]!["totalCount"]!);
        Assert.Equal(0, Total(seen["persona"]!["stances"]!));
        Assert.Null(seen["node"]);
        Assert.Equal(0, (int)seen["articles"]!["totalCount"]!);
        Assert.Equal(0, (int)seen["search"]!["totalCount"]!);
        Assert.Equal(["article.takes TAKES"], Withheld(answer));
    }

    [SkippableFact]
    public async Task The_body_is_withheld_with_its_reason_and_the_summary_is_cut()
    {
        var article = await PublishedAsync("A withheld body");
        var partner = await PartnerAsync("Summary Post", new { text = "SUMMARY", summaryWords = 3 });

        var answer = await RawAsync(
            partner,
            $$"""{ article(id: "{{article.Id}}") { headline summary body { html } seo { description } } }"""
        );

        var seen = answer["data"]!["article"]!;
        Assert.Null(seen["body"]);
        Assert.Equal("What two people…", (string?)seen["summary"]);
        Assert.Equal("What two people…", (string?)seen["seo"]!["description"]);
        Assert.Equal(["article.body TEXT"], Withheld(answer));
    }

    [SkippableTheory]
    [InlineData("NONE", false, false)]
    [InlineData("CLEARED", true, false)]
    [InlineData("CREDITED", true, true)]
    public async Task Images_are_shown_as_the_agreement_says(string images, bool showsCleared, bool showsOthers)
    {
        var cleared = await Newsroom.ImageAsync();
        var other = await Newsroom.ImageAsync();
        await AllowAsync(cleared.Id, true);
        await AllowAsync(other.Id, false);
        var first = await Newsroom.PublishedAsync(Newsroom.Story("A cleared image") with { HeroImageId = cleared.Id });
        var second = await Newsroom.PublishedAsync(Newsroom.Story("Another image") with { HeroImageId = other.Id });
        var without = await PublishedAsync("No image");
        var partner = await PartnerAsync($"Image Post {images}", new { images });

        var answer = await RawAsync(
            partner,
            $$"""
            {
              first: article(id: "{{first.Id}}") { heroImage { url } }
              second: article(id: "{{second.Id}}") { heroImage { url } }
              without: article(id: "{{without.Id}}") { heroImage { url } }
            }
            """
        );

        Assert.Equal(showsCleared, answer["data"]!["first"]!["heroImage"] is not null);
        Assert.Equal(showsOthers, answer["data"]!["second"]!["heroImage"] is not null);
        Assert.Equal(
            images == "CREDITED"
                ? []
                : ["first.heroImage IMAGES", "second.heroImage IMAGES", "without.heroImage IMAGES"],
            Withheld(answer)
        );
    }

    [SkippableFact]
    public async Task A_partner_without_an_agreement_in_force_is_refused_with_the_reason()
    {
        var (partner, id) = await NewPartnerAsync("Refused Post");
        Assert.Equal("You have no agreement yet. Ask your contact in the newsroom.", await RefusalAsync(partner));

        await SaveAsync(
            id,
            new { beginsAt = Database.Clock.GetUtcNow().AddHours(1), endsAt = Database.Clock.GetUtcNow().AddHours(2) }
        );
        Assert.StartsWith("Your agreement begins at ", await RefusalAsync(partner), StringComparison.Ordinal);
        Database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await RefusalAsync(partner));

        await DoAsync("suspendPartner", new { id, reason = "Unpaid" });
        Assert.Equal("The newsroom has suspended your access. Ask your contact there.", await RefusalAsync(partner));
        await DoAsync("resumePartner", new { id });
        Database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.StartsWith("Your agreement ended at ", await RefusalAsync(partner), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_agreement_follows_a_tag_that_is_merged()
    {
        var (old, target) = (await TagAsync("Old name"), await TagAsync("New name"));
        var article = await PublishedAsync("A merged tag", old);
        var partner = await PartnerAsync("Merging Post", new { tags = new[] { old } });

        await DoAsync("mergeTags", new { from = old, into = target });

        Assert.Equal(
            [article.Id.ToString()],
            Ids((await AskAsync(partner, "{ articles { nodes { id } } }"))["articles"]!)
        );
    }

    [SkippableFact]
    public async Task Past_editions_and_withdrawals_are_shown_only_if_the_agreement_included_them()
    {
        var (inside, outside) = (await TagAsync("Still inside"), await TagAsync("Once outside"));
        var article = await PublishedAsync("Was outside", outside);
        var before = Database.Clock.GetUtcNow();
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        await Newsroom.SaveAsync(
            article.Id,
            Newsroom.Story("Is inside") with
            {
                Tags = [EntityId.Parse<TagId>(inside)!.Value],
            }
        );
        await DoAsync("updateArticle", new { id = article.Id.ToString() });
        var other = await PublishedAsync("Never inside", outside);
        await WithdrawAsync(other.Id);
        var partner = await PartnerAsync("Past Post", new { tags = new[] { inside } });
        var query = $$"""
            {
              article(id: "{{article.Id}}") { id }
              articleSnapshot(id: "{{article.Id}}", asOf: "{{before:O}}") { headline }
              articleSnapshots(asOf: "{{before:O}}", where: { tags: { some: { slug: { eq: "once-outside" } } } }) { totalCount }
              never: route(path: "/articles/{{other.Slug}}") { __typename }
            }
            """;

        var seen = await AskAsync(partner, query);
        await WithdrawAsync(article.Id);
        var gone = await AskAsync(partner, $$"""{ route(path: "/articles/{{article.Slug}}") { __typename } }""");

        Assert.NotNull(seen["article"]);
        Assert.All(["articleSnapshot", "never"], hidden => Assert.Null(seen[hidden]));
        Assert.Equal(0, (int)seen["articleSnapshots"]!["totalCount"]!);
        Assert.Equal("GoneRoute", (string?)gone["route"]?["__typename"]);
    }

    [SkippableFact]
    public async Task Capital_letters_of_languages_do_not_matter()
    {
        var article = await PublishedAsync("In English");
        var partner = await PartnerAsync("Capital Post", new { languages = new[] { "EN" } });

        Assert.NotNull((await AskAsync(partner, $$"""{ article(id: "{{article.Id}}") { id } }"""))["article"]);
    }

    [SkippableFact]
    public async Task An_application_of_no_partner_sees_what_readers_see()
    {
        var article = await PublishedAsync("For everybody");

        var seen = await AskAsync(
            GraphQLClient.Viewers["partner"],
            $$"""{ article(id: "{{article.Id}}") { body { html } } }"""
        );

        Assert.NotNull(seen["article"]!["body"]);
    }

    private static List<string?> Ids(JsonNode list) =>
        [.. list["nodes"]!.AsArray().Select(node => (string?)node!["id"])];

    private static int Total(JsonNode stances) =>
        (int)stances["supportive"]! + (int)stances["mixed"]! + (int)stances["skeptical"]!;

    private static List<string> Withheld(JsonNode answer) =>
        [
            .. (answer["extensions"]?["entitlement"]?.AsArray() ?? []).Select(note =>
                $"{string.Join('.', note!["path"]!.AsArray())} {note["reason"]}"
            ),
        ];

    private async Task<string?> RefusalAsync(Viewer viewer)
    {
        var answer = await new GraphQLClient(Database.Services).AskAsync(viewer, "{ articles { totalCount } }");
        Assert.Equal(answer["errors"] is null ? null : ErrorCodes.NotAuthorized, GraphQLClient.Code(answer));
        return (string?)answer["errors"]?[0]?["message"];
    }
}

public sealed class PartnerReadingTests_Sqlite(SqliteTestDatabase database)
    : PartnerReadingTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class PartnerReadingTests_SqlServer(SqlServerTestDatabase database)
    : PartnerReadingTests(database),
        IClassFixture<SqlServerTestDatabase>;
