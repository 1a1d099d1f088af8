using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Articles.Gate;

/// <summary>What the server does with errors and warnings of the publishing rules, through the API.</summary>
public sealed class GateTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private static readonly string[] Everyday =
    [
        "CATEGORY",
        "SOURCE_LINK",
        "HERO_IMAGE",
        "PANEL_QUORUM",
        "BODY_LENGTH",
    ];

    private DateTimeOffset Now => database.Clock.GetUtcNow();

    [Fact]
    public async Task The_desk_lists_what_an_empty_draft_lacks()
    {
        await using var server = await GateServer.StartAsync(database);
        var id = (await server.Newsroom.DraftAsync(new ArticleContent { Headline = "Only a headline" })).Id;

        var checks = await server.ReadAsync(id);

        Assert.Equal(
            [
                "ERROR SUMMARY at summary: Fill in summary before publishing.",
                "ERROR BODY at body: Fill in body before publishing.",
                "WARNING CATEGORY at category: The article has no category. Choose one.",
                "WARNING SOURCE_LINK at sourceUrl: The article has no link to its source. Enter its URL in sourceUrl.",
                "WARNING HERO_IMAGE at heroImage: The article has no image at the top. Choose one.",
                "WARNING PANEL_QUORUM at takes: The article has too few approved takes: 0 of at least 1. Draft and approve takes.",
            ],
            checks.Select(check =>
                $"{check["severity"]} {check["rule"]} at {string.Join('.', check["path"]!.AsArray())}: {check["message"]}"
            )
        );
    }

    [Theory]
    [InlineData("publishArticle")]
    [InlineData("scheduleArticle")]
    public async Task Errors_and_warnings_are_returned_together_and_nothing_changes(string mutation)
    {
        await using var server = await GateServer.StartAsync(database);
        var bare = await server.Newsroom.UploadAsync();
        var draft = await server.Newsroom.DraftAsync(
            new ArticleContent { Headline = "Only a headline", HeroImageId = bare.Id }
        );
        var id = draft.Id.ToString();
        object input = mutation == "publishArticle" ? new { id } : new { id, at = Now.AddDays(1) };

        var refused = await server.Client.DoAsync(
            GraphQLClient.Erin,
            mutation,
            input,
            """article { id } problems: errors { ... on WarningsNotAcknowledgedError { warnings { rule severity message path } } } """
        );

        Assert.Null(refused["article"]);
        Assert.Equal(
            [
                "ArticleIncompleteError at ",
                "ImageAltMissingError at heroImage",
                "ImageCreditMissingError at heroImage",
                "WarningsNotAcknowledgedError at ",
            ],
            GraphQLClient.Refusals(refused)
        );
        Assert.Equal("Fill in summary, body before publishing.", (string?)refused["errors"]![0]!["message"]);
        Assert.Equal(
            "The article has warnings. Fix them, or pass their rules in acknowledge: CATEGORY, SOURCE_LINK, PANEL_QUORUM.",
            (string?)refused["errors"]![3]!["message"]
        );
        Assert.Equal(
            ["CATEGORY", "SOURCE_LINK", "PANEL_QUORUM"],
            refused["problems"]![3]!["warnings"]!.AsArray().Select(warning => (string)warning!["rule"]!)
        );
        await using var db = await server.OpenAsync();
        Assert.Equal(
            draft.Version,
            await db.Articles.Where(a => a.Id == draft.Id).Select(a => a.Version).SingleAsync()
        );
    }

    [Fact]
    public async Task Only_the_warnings_that_are_not_acknowledged_are_returned()
    {
        await using var server = await GateServer.StartAsync(database);
        var id = (await server.Newsroom.DraftAsync()).Id.ToString();

        var refused = await server.DoAsync(
            "publishArticle",
            new { id, acknowledge = new[] { "CATEGORY", "BODY_LENGTH" } }
        );

        Assert.Equal(
            "The article has warnings. Fix them, or pass their rules in acknowledge: SOURCE_LINK, HERO_IMAGE, PANEL_QUORUM.",
            (string?)Assert.Single(refused["errors"]!.AsArray())!["message"]
        );
    }

    [Fact]
    public async Task Acknowledged_warnings_do_not_prevent_publication_and_are_stored_with_each_edition()
    {
        await using var server = await GateServer.StartAsync(database);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();

        // Acknowledging twice, or what is not a problem, is harmless.
        string[] acknowledge = [.. Everyday, "CATEGORY", "OPEN_COMMENTS", "SLUG"];
        var published = await server.SucceedAsync("publishArticle", new { id, acknowledge });
        var first = await server.AcknowledgedAsync(draft.Id);
        var source = new Source
        {
            Id = SourceId.New(),
            Slug = $"s-{Guid.CreateVersion7():n}",
            Name = "The Quay",
        };
        await using (var db = await server.OpenAsync())
        {
            db.Add(source);
            await db.SaveChangesAsync();
        }

        await server.SucceedAsync(
            "saveArticle",
            new
            {
                id,
                source = source.Id.ToString(),
                sourceUrl = "https://example.org/a",
            }
        );
        var silent = await server.DoAsync("updateArticle", new { id });
        await server.SucceedAsync("updateArticle", new { id, acknowledge });
        var second = await server.AcknowledgedAsync(draft.Id);
        await server.SucceedAsync("saveArticle", new { id, headline = "A compiler in six days" });
        var mute = await server.DoAsync("correctArticle", new { id, note = "It took six days." });
        await server.SucceedAsync(
            "correctArticle",
            new
            {
                id,
                note = "It took six days.",
                acknowledge,
            }
        );

        Assert.Equal("PUBLISHED", (string?)published["status"]);
        Assert.Equal(
            [
                CheckRule.Category,
                CheckRule.SourceLink,
                CheckRule.HeroImage,
                CheckRule.PanelQuorum,
                CheckRule.BodyLength,
            ],
            first
        );
        Assert.Equal(["WarningsNotAcknowledgedError at "], GraphQLClient.Refusals(silent));
        Assert.Equal([CheckRule.Category, CheckRule.HeroImage, CheckRule.PanelQuorum, CheckRule.BodyLength], second);
        Assert.Equal(["WarningsNotAcknowledgedError at "], GraphQLClient.Refusals(mute));
        Assert.Equal(second, await server.AcknowledgedAsync(draft.Id));
    }

    [Fact]
    public async Task A_rule_that_does_not_exist_cannot_be_acknowledged()
    {
        await using var server = await GateServer.StartAsync(database);
        var id = (await server.Newsroom.DraftAsync()).Id;

        var answer = await server.Client.AskAsync(
            GraphQLClient.Erin,
            $"mutation {{ publishArticle(input: {{ id: \"{id}\", acknowledge: [EVERYTHING] }}) {{ errors {{ __typename }} }} }}"
        );

        Assert.Equal(Cms.GraphQL.ErrorCodes.BadUserInput, GraphQLClient.Code(answer));
    }

    [Fact]
    public async Task Publishing_what_is_already_public_is_not_checked_again()
    {
        await using var server = await GateServer.StartAsync(database);
        var id = (await server.Newsroom.DraftAsync()).Id.ToString();
        await server.SucceedAsync("publishArticle", new { id, acknowledge = Everyday });

        var again = await server.SucceedAsync("publishArticle", new { id });

        Assert.Equal(1, (int?)again["publishedEdition"]);
    }

    [Fact]
    public async Task A_new_slug_and_a_withdrawal_are_not_checked()
    {
        await using var server = await GateServer.StartAsync(database);
        var id = (await server.Newsroom.DraftAsync()).Id.ToString();
        await server.SucceedAsync("publishArticle", new { id, acknowledge = Everyday });

        var moved = await server.SucceedAsync("changeSlug", new { id, slug = "not-checked" });
        var withdrawn = await server.SucceedAsync("withdrawArticle", new { id, reason = "It is gone." });

        Assert.Equal(2, (int?)moved["publishedEdition"]);
        Assert.Equal("WITHDRAWN", (string?)withdrawn["status"]);
    }

    [Fact]
    public async Task A_newsroom_can_turn_a_rule_off_or_make_it_an_error()
    {
        await using var server = await GateServer.StartAsync(
            database,
            QuietGate.Settings with
            {
                Category = GateServer.Error,
                ImageCredit = GateServer.Off,
            }
        );
        var bare = await server.Newsroom.UploadAsync();
        var id = (
            await server.Newsroom.DraftAsync(
                Newsroom.Story() with
                {
                    HeroImageId = bare.Id,
                    HeroAlt = "A storm cloud.",
                }
            )
        ).Id;

        var refused = await server.Client.DoAsync(
            GraphQLClient.Erin,
            "publishArticle",
            new { id = id.ToString(), acknowledge = Everyday },
            "problems: errors { ... on CheckFailedError { rule message path } }"
        );

        Assert.Equal(["ERROR CATEGORY at category"], await server.ChecksAsync(id));
        Assert.Equal(["CheckFailedError at category"], GraphQLClient.Refusals(refused));
        Assert.Equal("CATEGORY", (string?)refused["problems"]![0]!["rule"]);
    }

    [Fact]
    public async Task A_schedule_keeps_what_was_acknowledged()
    {
        await using var server = await GateServer.StartAsync(database);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        var silent = await server.DoAsync("scheduleArticle", new { id, at = Now.AddHours(1) });
        await server.SucceedAsync(
            "scheduleArticle",
            new
            {
                id,
                at = Now.AddHours(1),
                acknowledge = Everyday,
            }
        );

        database.Clock.Advance(TimeSpan.FromHours(1));
        var due = await server.PublishDueAsync();

        Assert.Equal(["WarningsNotAcknowledgedError at "], GraphQLClient.Refusals(silent));
        Assert.Equal([draft.Id], due.Published);
        Assert.Equal(Everyday.Length, (await server.AcknowledgedAsync(draft.Id)).Count);
    }

    [Fact]
    public async Task A_warning_that_appears_after_scheduling_cancels_the_schedule_with_its_reason()
    {
        await using var server = await GateServer.StartAsync(database);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        await server.SucceedAsync(
            "scheduleArticle",
            new
            {
                id,
                at = Now.AddHours(1),
                acknowledge = Everyday,
            }
        );
        await CommentAsync(server, id);

        database.Clock.Advance(TimeSpan.FromHours(1));
        var due = await server.PublishDueAsync();

        Assert.Equal([(draft.Id, "A comment thread is open. Resolve it.")], due.Refused);
        Assert.Empty(due.Published);
    }

    [Fact]
    public async Task A_warning_can_be_acknowledged_before_it_appears()
    {
        await using var server = await GateServer.StartAsync(database);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        string[] acknowledge = [.. Everyday, "OPEN_COMMENTS"];
        await server.SucceedAsync(
            "scheduleArticle",
            new
            {
                id,
                at = Now.AddHours(1),
                acknowledge,
            }
        );
        await CommentAsync(server, id);

        database.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal([draft.Id], (await server.PublishDueAsync()).Published);
        Assert.Contains(CheckRule.OpenComments, await server.AcknowledgedAsync(draft.Id));
    }

    [Fact]
    public async Task Acknowledgements_end_with_their_schedule()
    {
        await using var server = await GateServer.StartAsync(database);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        await server.SucceedAsync(
            "scheduleArticle",
            new
            {
                id,
                at = Now.AddHours(1),
                acknowledge = Everyday,
            }
        );
        await server.SucceedAsync("unscheduleArticle", new { id });

        var again = await server.DoAsync("scheduleArticle", new { id, at = Now.AddHours(1) });

        Assert.Equal(["WarningsNotAcknowledgedError at "], GraphQLClient.Refusals(again));
    }

    [Fact]
    public async Task An_author_sees_the_checks_of_an_article_but_cannot_publish_it()
    {
        await using var server = await GateServer.StartAsync(database);
        var created = await server.SucceedAsync("createArticle", new { headline = "By Arlo" }, GraphQLClient.Arlo);
        var id = (string)created["id"]!;

        var answer = await server.Client.AskAsync(
            GraphQLClient.Arlo,
            $"{{ desk {{ article(id: \"{id}\") {{ checks {{ rule }} }} }} }}"
        );
        var published = await server.Client.AskAsync(
            GraphQLClient.Arlo,
            $"mutation {{ publishArticle(input: {{ id: \"{id}\" }}) {{ errors {{ __typename }} }} }}"
        );

        Assert.NotEmpty(answer["data"]!["desk"]!["article"]!["checks"]!.AsArray());
        Assert.Equal(Cms.GraphQL.ErrorCodes.NotAuthorized, GraphQLClient.Code(published));
    }

    [Fact]
    public async Task The_checks_of_a_list_take_as_many_statements_as_those_of_one_article()
    {
        var capture = new SqliteCapture();
        await using var server = await GateServer.StartAsync(database, more: capture.AddTo);
        var image = await server.Newsroom.UploadAsync();
        var embedded = await server.Newsroom.DraftAsync();
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await server.Newsroom.DraftAsync(
                GateServer.StoryWith(
                    $$$"""{"type":"embed","attrs":{"id":"b2","kind":"article","target":"{{{embedded.Id}}}"}}"""
                ) with
                {
                    HeroImageId = image.Id,
                }
            );
        }

        var (one, ofOne) = await CountAsync(1);
        var (five, ofFive) = await CountAsync(5);

        Assert.Equal((1, 5), (one, five));
        Assert.Equal(ofOne, ofFive);
        Assert.InRange(ofFive, 1, 6);

        async Task<(int Articles, int Statements)> CountAsync(int first)
        {
            capture.Clear();
            var answer = await server.Client.AskAsync(
                GraphQLClient.Erin,
                $"{{ desk {{ articles(first: {first}) {{ nodes {{ checks {{ rule path }} }} }} }} }}"
            );
            return (answer["data"]!["desk"]!["articles"]!["nodes"]!.AsArray().Count, capture.Count);
        }
    }

    [Fact]
    public async Task Publishing_takes_no_more_statements_than_the_active_rules_need()
    {
        var none = await StatementsAsync(QuietGate.Settings with { Slug = new() });
        var comments = await StatementsAsync(QuietGate.Settings with { OpenComments = GateServer.Warning });
        var all = await StatementsAsync(new GateSettings());

        Assert.Equal(none, comments);
        Assert.Equal(none, all);

        async Task<int> StatementsAsync(GateSettings gate)
        {
            var capture = new SqliteCapture();
            await using var server = await GateServer.StartAsync(database, gate, capture.AddTo);
            var id = (await server.Newsroom.DraftAsync()).Id;
            capture.Clear();
            Newsroom.Value(
                await server
                    .Services.GetRequiredService<PublishArticle>()
                    .Handle(
                        new PublishArticleInput { Id = id, Acknowledge = Enum.GetValues<CheckRule>() },
                        Newsroom.Erin,
                        default
                    )
            );
            return capture.Count;
        }
    }

    [Fact]
    public void Only_withdrawals_and_changes_of_slugs_and_takes_issue_editions_that_the_gate_does_not_check()
    {
        static IEnumerable<string> Callers(System.Reflection.Assembly assembly, string method = "ReissueAsync") =>
            CompiledCode
                .CallersOf(assembly, called => called.Name == method)
                .Select(name => name[(name.LastIndexOf('.') + 1)..])
                .Order(StringComparer.Ordinal);

        Assert.Equal(
            ["ChangeSlug", "PublishingPipeline", "WithdrawArticle", "WithdrawDueArticles"],
            Callers(typeof(Article).Assembly)
        );
        // An edition with the text that readers see, and other takes.
        Assert.Equal(["ApproveTake", "RetractTake"], Callers(typeof(Article).Assembly, "ReissueLiveAsync"));
        Assert.Equal(["ImportedArticles"], Callers(typeof(Cms.Import.ImportNewsroom).Assembly));
    }

    private static Task<JsonNode> CommentAsync(GateServer server, string article) =>
        server.Client.DoAsync(
            GraphQLClient.Ada,
            "addComment",
            new { article, text = "Who says so?" },
            "comment { id }"
        );
}
