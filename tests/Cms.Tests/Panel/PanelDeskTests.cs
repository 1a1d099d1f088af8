using System.Text.Json.Nodes;
using Cms.Access;
using Cms.Articles;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Testing;
using Cms.Tests.Support;
using Xunit;

namespace Cms.Tests.Panel;

/// <summary>The panel's matrix, its filters and counts, and the inbox of those who write takes.</summary>
public sealed class PanelDeskTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_matrix_shows_every_active_persona_and_its_filters_and_counts_agree()
    {
        var (builder, skeptic) = (
            await Newsroom.PersonaAsync("The Builder", order: 1),
            await Newsroom.PersonaAsync("The Skeptic", order: 2)
        );
        var approved = await Newsroom.DraftAsync(Newsroom.Story("Approved"));
        await Newsroom.ApprovedTakeAsync(approved.Id, builder.Id);
        var overdue = await Newsroom.DraftAsync(Newsroom.Story("Overdue"));
        await RequestAsync(overdue.Id, skeptic.Id, null, _database.Clock.GetUtcNow().AddMinutes(1));
        var inReview = await Newsroom.DraftAsync(Newsroom.Story("In review"));
        var take = await RequestAsync(inReview.Id, builder.Id, null, null);
        await Client.DoAsync(GraphQLClient.Erin, "saveTake", new { id = $"{take}", text = "Hm." }, "take { id }");
        await Client.DoAsync(GraphQLClient.Erin, "submitTake", new { id = $"{take}" }, "take { id }");
        _database.Clock.Advance(TimeSpan.FromMinutes(2));

        var rows = (
            await DeskAsync(
                "panel(first: 10) { nodes { headline panel { persona { name } take { status isOverdue } } } }"
            )
        )["panel"]!["nodes"]!.AsArray();

        Assert.Equal(
            [
                "In review: The Builder IN_REVIEW, The Skeptic",
                "Overdue: The Builder, The Skeptic REQUESTED overdue",
                "Approved: The Builder APPROVED, The Skeptic",
            ],
            rows.Select(row => $"{row!["headline"]}: {string.Join(", ", row["panel"]!.AsArray().Select(Cell))}")
        );
        Assert.Equal(["Approved"], await HeadlinesAsync("status: { eq: APPROVED }"));
        Assert.Equal(["In review"], await HeadlinesAsync("status: { eq: IN_REVIEW }"));
        Assert.Equal(["In review", "Overdue"], await HeadlinesAsync("status: { in: [IN_REVIEW, REQUESTED] }"));
        Assert.Equal(["In review", "Approved"], await HeadlinesAsync("status: { in: [IN_REVIEW, APPROVED] }"));
        Assert.Equal(["Overdue"], await HeadlinesAsync("due: OVERDUE"));
        Assert.Empty(await HeadlinesAsync("due: OVERDUE, persona: { slug: { eq: \"the-builder\" } }"));
        Assert.Equal(
            ["Overdue"],
            await HeadlinesAsync("status: { eq: REQUESTED }, persona: { slug: { eq: \"the-skeptic\" } }")
        );
        Assert.Empty(await HeadlinesAsync("status: { eq: REQUESTED }, persona: { slug: { eq: \"nobody\" } }"));
        Assert.Empty(await HeadlinesAsync("isStale: true"));
        Assert.Equal(3, (await HeadlinesAsync("isStale: false")).Count);
        var counts = (await DeskAsync("counts { takesInReview takesOverdue staleTakes takesAssignedToMe }"))["counts"]!;
        Assert.Equal(
            (1, 1, 0, 0),
            (
                (int)counts["takesInReview"]!,
                (int)counts["takesOverdue"]!,
                (int)counts["staleTakes"]!,
                (int)counts["takesAssignedToMe"]!
            )
        );

        static string Cell(JsonNode? cell) =>
            cell!["take"] is { } take
                ? $"{cell["persona"]!["name"]} {take["status"]}{((bool)take["isOverdue"]! ? " overdue" : "")}"
                : $"{cell["persona"]!["name"]}";
    }

    [Fact]
    public async Task Overdue_takes_count_once_for_each_article_and_only_while_nobody_has_submitted_them()
    {
        var (builder, skeptic) = (
            await Newsroom.PersonaAsync("The Builder", order: 1),
            await Newsroom.PersonaAsync("The Skeptic", order: 2)
        );
        var author = GraphQLClient.Person("Ada Writer", Role.Author);
        var writer = (await Newsroom.StaffAsync(author)).Id;
        var soon = _database.Clock.GetUtcNow().AddMinutes(1);
        var both = await Newsroom.DraftAsync(Newsroom.Story("Both"));
        await RequestAsync(both.Id, builder.Id, writer, soon);
        await RequestAsync(both.Id, skeptic.Id, null, soon);
        var later = await Newsroom.DraftAsync(Newsroom.Story("Later"));
        await RequestAsync(later.Id, builder.Id, writer, soon.AddHours(1));
        var submitted = await Newsroom.DraftAsync(Newsroom.Story("Submitted"));
        var take = await RequestAsync(submitted.Id, builder.Id, writer, soon);
        await Client.DoAsync(author, "saveTake", new { id = $"{take}", text = "Hm." }, "take { id }");
        await Client.DoAsync(author, "submitTake", new { id = $"{take}" }, "take { id }");
        await RequestAsync((await Newsroom.DraftAsync(Newsroom.Story("Of others"))).Id, builder.Id, null, soon);
        var trashed = await Newsroom.DraftAsync(Newsroom.Story("Trashed"));
        await RequestAsync(trashed.Id, builder.Id, writer, soon);
        await Client.DoAsync(GraphQLClient.Erin, "trashArticle", new { id = $"{trashed.Id}" }, "article { id }");
        _database.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(2, await CountAsync(GraphQLClient.Erin));
        Assert.Equal(1, await CountAsync(author));
        Assert.Equal(["Both"], await HeadlinesAsync("due: OVERDUE", author));
        await DeskOperations.WorkOnManyAsync(_database.Services, author);
        Assert.Equal(1, await CountAsync(author));

        async Task<int> CountAsync(Viewer viewer) =>
            (int)(await DeskAsync("counts { takesOverdue }", viewer))["counts"]!["takesOverdue"]!;
    }

    [Fact]
    public async Task A_requested_take_is_in_the_inbox_of_its_writer_who_can_work_on_the_article()
    {
        var persona = await Newsroom.PersonaAsync();
        var article = await Newsroom.DraftAsync(Newsroom.Story("Asked"));
        var author = GraphQLClient.Person("Ada Writer", Role.Author);
        var staff = await Newsroom.StaffAsync(author);
        Assert.Empty(await InboxAsync());
        var take = await RequestAsync(article.Id, persona.Id, staff.Id, null);

        Assert.Equal(["TAKE_REQUESTED Asked"], await InboxAsync());
        await Client.DoAsync(author, "saveTake", new { id = $"{take}", text = "Hm." }, "take { id }");
        await Client.DoAsync(author, "submitTake", new { id = $"{take}" }, "take { id }");
        Assert.Empty(await InboxAsync());
        await Client.DoAsync(
            GraphQLClient.Erin,
            "requestTakeChanges",
            new { id = $"{take}", comment = "How much?" },
            "take { id }"
        );
        Assert.Equal(["TAKE_CHANGES_REQUESTED Asked"], await InboxAsync());
        Assert.Equal(
            ["Asked"],
            await HeadlinesAsync("assignee: { isMe: true }, status: { eq: CHANGES_REQUESTED }", author)
        );

        async Task<IEnumerable<string>> InboxAsync() =>
            (await DeskAsync("inbox(first: 10) { nodes { kind article { headline } take { id } } }", author))["inbox"]![
                "nodes"
            ]!
                .AsArray()
                .Select(item => $"{item!["kind"]} {item["article"]!["headline"]}");
    }

    private async Task<TakeId> RequestAsync(
        ArticleId article,
        PersonaId persona,
        StaffId? assignee,
        DateTimeOffset? dueAt
    ) =>
        Newsroom
            .Value(
                await _database
                    .Get<RequestTake>()
                    .Handle(
                        new RequestTakeInput
                        {
                            Article = article,
                            Persona = persona,
                            Assignee = assignee,
                            DueAt = dueAt,
                        },
                        Newsroom.Erin,
                        default
                    )
            )
            .Id;

    private async Task<List<string>> HeadlinesAsync(string take, Viewer? viewer = null)
    {
        var panel = (
            await DeskAsync(
                $"panel(first: 10, where: {{ take: {{ {take} }} }}) {{ totalCount nodes {{ headline }} }}",
                viewer
            )
        )["panel"]!;
        var headlines = panel["nodes"]!.AsArray().Select(row => (string)row!["headline"]!).ToList();
        Assert.Equal(headlines.Count, (int)panel["totalCount"]!);
        return headlines;
    }

    private async Task<JsonNode> DeskAsync(string fields, Viewer? viewer = null)
    {
        var answer = await Client.AskAsync(viewer ?? GraphQLClient.Erin, $"{{ desk {{ {fields} }} }}");
        return answer["data"]?["desk"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }
}
