using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Desk;
using Cms.Articles.Publishing;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.People;
using Cms.Testing;
using Cms.Tests.Support;
using Xunit;

namespace Cms.Tests.Desk;

/// <summary>The calendar, the activity and the inbox of the desk, through the API.</summary>
public sealed class TimelineTests : IAsyncLifetime
{
    private static readonly Viewer Erin = GraphQLClient.Erin;
    private static readonly Viewer Arlo = GraphQLClient.Arlo;

    private readonly SqliteTestDatabase _database = new();

    private const string Days = """
        query($from: Date!, $days: Int!) {
          desk {
            calendarDays(from: $from, days: $days) {
              date count hasPublication isComplete
              entries { kind at article { headline } }
            }
          }
        }
        """;

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_calendar_shows_schedules_embargoes_due_dates_and_publications_in_order_of_time()
    {
        var (a, b, c, trashed) = (
            await DraftAsync("A"),
            await DraftAsync("B"),
            await DraftAsync("C"),
            await DraftAsync("T")
        );
        await DoAsync("scheduleArticle", new { id = a, at = "2026-04-25T09:00:00Z" });
        await DoAsync("assignArticle", new { id = a, dueAt = "2026-04-24T09:00:00Z" });
        await DoAsync("setEmbargo", new { id = b, until = "2026-04-24T09:00:00Z" });
        await DoAsync("assignArticle", new { id = b, dueAt = "2026-05-24T09:00:00Z" });
        await DoAsync("publishArticle", new { id = c });
        await DoAsync("assignArticle", new { id = trashed, dueAt = "2026-04-24T09:00:00Z" });
        await DoAsync("trashArticle", new { id = trashed });

        Assert.Equal(
            ["PUBLISHED C", "EMBARGO_ENDS B", "DUE A", "SCHEDULED A"],
            await CalendarAsync("2026-04-23T00:00:00Z", "2026-04-30T00:00:00Z")
        );
        Assert.Equal(["SCHEDULED A"], await CalendarAsync("2026-04-24T09:00:00.001Z", "2026-04-25T09:00:00.001Z"));
        Assert.Empty(await CalendarAsync("2026-04-24T09:00:00.001Z", "2026-04-25T09:00:00Z"));
        Assert.Empty(await CalendarAsync("2026-04-23T00:00:00Z", "2026-04-30T00:00:00Z", Arlo));
    }

    [Theory]
    [InlineData("2026-04-23T00:00:00Z", "2026-07-24T00:00:00Z", null)]
    [InlineData("2026-04-23T00:00:00Z", "2026-07-24T00:00:01Z", ErrorCodes.BadUserInput)]
    [InlineData("2026-04-23T00:00:00Z", "2026-04-23T00:00:00Z", ErrorCodes.BadUserInput)]
    [InlineData("2026-04-23T00:00:00Z", "2026-04-22T00:00:00Z", ErrorCodes.BadUserInput)]
    public async Task A_calendar_covers_at_most_92_days(string from, string to, string? code)
    {
        var answer = await Client.AskAsync(
            Erin,
            "query($from: DateTime!, $to: DateTime!) { desk { calendar(from: $from, to: $to) { nodes { at } } } }",
            new { from, to }
        );

        Assert.Equal(code, GraphQLClient.Code(answer));
    }

    [Fact]
    public async Task Pages_of_the_calendar_in_both_directions_partition_it()
    {
        for (var i = 0; i < 3; i++)
        {
            // Three entries at the same time, of two kinds.
            var id = await DraftAsync($"Story {i}");
            await DoAsync("scheduleArticle", new { id, at = "2026-04-24T09:00:00Z" });
            await DoAsync("assignArticle", new { id, dueAt = "2026-04-24T09:00:00Z" });
        }

        const string whole = "from: \"2026-04-23T00:00:00Z\", to: \"2026-04-30T00:00:00Z\"";
        await AssertPartitionAsync("calendar", whole, 6);
    }

    [Fact]
    public async Task A_day_of_the_calendar_counts_all_entries_and_shows_the_first_eight()
    {
        for (var i = 0; i < 10; i++)
        {
            await DoAsync(
                "assignArticle",
                new { id = await DraftAsync($"Story {i}"), dueAt = $"2026-04-24T{i + 10:00}:00:00Z" }
            );
        }

        await DoAsync("scheduleArticle", new { id = await DraftAsync("Last"), at = "2026-04-25T23:59:59.999Z" });
        await DoAsync("assignArticle", new { id = await DraftAsync("After"), dueAt = "2026-04-26T00:00:00Z" });

        var days = await DaysAsync("2026-04-23", 3);

        Assert.Equal(
            [("2026-04-23", 0, false, true), ("2026-04-24", 10, false, true), ("2026-04-25", 1, true, true)],
            days.Select(Of)
        );
        Assert.Equal(
            Enumerable.Range(0, 8).Select(i => $"Story {i}"),
            days[1]!["entries"]!.AsArray().Select(entry => (string?)entry!["article"]!["headline"])
        );
        Assert.Equal(0, (int)(await DaysAsync("2026-04-24", 1, Arlo))[0]!["count"]!);
    }

    [Fact]
    public async Task The_days_of_the_calendar_say_which_of_them_have_entries_that_are_not_counted()
    {
        await using (var db = await _database.OpenAsync())
        {
            db.DeskListings.AddRange(
                Enumerable
                    .Range(0, 3001)
                    .Select(i => new DeskListing
                    {
                        ArticleId = ArticleId.New(),
                        IsTrashed = false,
                        Status = ArticleStatus.Draft,
                        Review = ReviewState.Drafting,
                        HasOpenComments = false,
                        UpdatedAt = _database.Clock.GetUtcNow(),
                        DueAt = new DateTimeOffset(2026, 4, 23, 12, 0, 0, TimeSpan.Zero).AddMinutes(i),
                    })
            );
            await db.SaveChangesAsync();
        }

        // One is due in each minute from noon on.
        var days = await DaysAsync("2026-04-23", 4);

        Assert.Equal(
            [
                ("2026-04-23", 720, false, true),
                ("2026-04-24", 1440, false, true),
                ("2026-04-25", 841, false, false),
                ("2026-04-26", 0, false, false),
            ],
            days.Select(Of)
        );
    }

    [Theory]
    [InlineData("2026-04-23", 42, null)]
    [InlineData("2026-04-23", 43, ErrorCodes.BadUserInput)]
    [InlineData("2026-04-23", 0, ErrorCodes.BadUserInput)]
    [InlineData("9999-12-30", 1, null)]
    [InlineData("9999-12-31", 1, ErrorCodes.BadUserInput)]
    [InlineData("0001-01-01", 42, null)]
    public async Task A_month_of_the_calendar_has_at_most_42_days(string from, int days, string? code)
    {
        var answer = await Client.AskAsync(Erin, Days, new { from, days });

        Assert.Equal(code, GraphQLClient.Code(answer));
    }

    [Fact]
    public async Task The_activity_shows_what_was_done_newest_first()
    {
        var id = await DraftAsync("A");
        await LaterAsync("submitForReview", new { id });
        await LaterAsync("approveArticle", new { id });
        var before = await ActivityAsync();
        await LaterAsync("publishArticle", new { id });
        await LaterAsync("addComment", new { article = id, text = "Well done." }, "comment { id }");
        await LaterAsync("correctArticle", new { id, note = "It took six days." });
        await LaterAsync("withdrawArticle", new { id, reason = "It is gone." });
        await LaterAsync("trashArticle", new { id });

        Assert.Equal(["APPROVED A by Erin", "SAVED A by Erin"], before);
        Assert.Equal(
            [
                "TRASHED A by Erin",
                "WITHDRAWN A by Erin",
                "CORRECTED A by Erin",
                "COMMENTED A by Erin",
                "PUBLISHED A by Erin",
                "SAVED A by Erin",
            ],
            await ActivityAsync()
        );
        Assert.Empty(await ActivityAsync(Arlo));
        await AssertPartitionAsync("activity", null, 6);
    }

    [Fact]
    public async Task The_activity_shows_the_revision_and_the_comment()
    {
        var id = await DraftAsync("A");
        await LaterAsync("submitForReview", new { id });
        await LaterAsync("requestChanges", new { id, comment = "Shorter." });

        var answer = await Client.AskAsync(
            Erin,
            "{ desk { activity { totalCount nodes { kind revision { number headline } comment { text } } } } }"
        );

        Assert.Equal(
            """{"totalCount":3,"nodes":[{"kind":"CHANGES_REQUESTED","revision":null,"comment":null},{"kind":"COMMENTED","revision":null,"comment":{"text":"Shorter."}},{"kind":"SAVED","revision":{"number":1,"headline":"A"},"comment":null}]}""",
            answer["data"]?["desk"]?["activity"]?.ToJsonString() ?? answer.ToJsonString()
        );
    }

    [Fact]
    public async Task The_inbox_shows_reviews_requested_changes_mentions_and_assignments()
    {
        var (arlo, erin) = (await StaffAsync(Arlo), await StaffAsync(Erin));
        var (own, other) = (await DraftAsync("Own", Arlo), await DraftAsync("Other"));
        await LaterAsync("submitForReview", new { id = own, reviewer = erin });
        Assert.Equal(["REVIEW Own"], await InboxAsync(Erin));

        await LaterAsync(
            "requestChanges",
            new
            {
                id = own,
                comment = "Shorter.",
                mentions = new[] { arlo },
            }
        );
        await LaterAsync("assignArticle", new { id = other, assignee = arlo });

        Assert.Empty(await InboxAsync(Erin));
        Assert.Equal(["ASSIGNED Other", "MENTION Own: Shorter.", "CHANGES_REQUESTED Own"], await InboxAsync(Arlo));
        await AssertPartitionAsync("inbox", null, 3, Arlo);

        await LaterAsync("publishArticle", new { id = other });
        await LaterAsync("submitForReview", new { id = own });

        Assert.Equal(["MENTION Own: Shorter."], await InboxAsync(Arlo));
        Assert.Equal(["REVIEW Own"], await InboxAsync(Erin));
    }

    [Fact]
    public async Task A_mention_leaves_the_inbox_when_its_thread_is_resolved()
    {
        var (arlo, id) = (await StaffAsync(Arlo), await DraftAsync("Own", Arlo));
        var thread = await Client.DoAsync(Erin, "addComment", new { article = id, text = "Who?" }, "comment { id }");
        var first = (string)thread["comment"]!["id"]!;
        await LaterAsync(
            "addComment",
            new
            {
                article = id,
                text = "You?",
                inReplyTo = first,
                mentions = new[] { arlo },
            },
            "comment { id }"
        );
        Assert.Equal(["MENTION Own: You?"], await InboxAsync(Arlo));

        await LaterAsync("resolveComment", new { id = first }, "comment { id }");

        Assert.Empty(await InboxAsync(Arlo));
    }

    [Fact]
    public async Task A_mention_on_an_article_that_an_author_cannot_see_is_not_shown_to_them()
    {
        var (arlo, id) = (await StaffAsync(Arlo), await DraftAsync("Secret"));

        await LaterAsync(
            "addComment",
            new
            {
                article = id,
                text = "Arlo?",
                mentions = new[] { arlo },
            },
            "comment { id }"
        );

        Assert.Empty(await InboxAsync(Arlo));
    }

    [Fact]
    public async Task A_failed_schedule_is_in_the_inbox_of_the_person_who_scheduled_it_until_it_is_scheduled_again()
    {
        var image = await Newsroom.ImageAsync(
            rights: new ImageRights { CreditLine = "Rui Alves", ExpiresAt = _database.Clock.GetUtcNow().AddHours(2) }
        );
        var id = (await Newsroom.DraftAsync(Newsroom.Story("Pictured") with { HeroImageId = image.Id })).Id.ToString();
        await DoAsync("scheduleArticle", new { id, at = "2026-04-23T10:00:00Z" });
        await Newsroom.LicenseAsync(
            image.Id,
            new ImageRights { CreditLine = "Rui Alves", ExpiresAt = _database.Clock.GetUtcNow().AddMinutes(5) }
        );
        _database.Clock.Advance(TimeSpan.FromHours(1));
        var due = await _database.Get<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);
        Assert.Single(due.Refused);

        Assert.Equal(["SCHEDULE_FAILED Pictured"], await InboxAsync(Erin));
        Assert.Empty(await InboxAsync(GraphQLClient.Ada));

        await DoAsync("trashArticle", new { id });

        Assert.Empty(await InboxAsync(Erin));
    }

    [Fact]
    public async Task Items_are_unread_until_they_are_marked_as_read()
    {
        var arlo = await StaffAsync(Arlo);
        var (first, second) = (await DraftAsync("First"), await DraftAsync("Second"));
        await LaterAsync("assignArticle", new { id = first, assignee = arlo });
        var seen = _database.Clock.GetUtcNow();
        Assert.Equal((1, "ASSIGNED First new"), await UnreadAsync());

        await MarkAsync(seen);
        Assert.Equal((0, "ASSIGNED First read"), await UnreadAsync());

        await LaterAsync("assignArticle", new { id = second, assignee = arlo });
        Assert.Equal((1, "ASSIGNED Second new, ASSIGNED First read"), await UnreadAsync());

        await MarkAsync(_database.Clock.GetUtcNow());
        await MarkAsync(seen);
        Assert.Equal((0, "ASSIGNED Second read, ASSIGNED First read"), await UnreadAsync());

        async Task MarkAsync(DateTimeOffset until) =>
            Assert.Empty(
                GraphQLClient.Refusals(
                    await Client.DoAsync(Arlo, "markInboxRead", new { until }, "inbox { readUntil }")
                )
            );
    }

    [Fact]
    public async Task The_future_cannot_be_marked_as_read()
    {
        var payload = await Client.DoAsync(
            Erin,
            "markInboxRead",
            new { until = _database.Clock.GetUtcNow().AddSeconds(1) },
            "inbox { readUntil }"
        );

        Assert.Equal(["TimeInFutureError at until"], GraphQLClient.Refusals(payload));
        Assert.Equal(
            "until is in the future. Send the time of the newest item that you have seen.",
            (string?)payload["errors"]![0]!["message"]
        );
    }

    [Fact]
    public async Task A_person_with_many_articles_sees_what_a_person_with_few_sees()
    {
        var (own, other) = (await DraftAsync("Own", Arlo), await DraftAsync("Other"));
        foreach (var id in new[] { own, other })
        {
            await DoAsync("assignArticle", new { id, dueAt = "2026-04-24T09:00:00Z" });
            await LaterAsync("submitForReview", new { id });
            await LaterAsync("requestChanges", new { id, comment = "Shorter." });
        }

        var trashed = await DraftAsync("Trashed", Arlo);
        await LaterAsync("trashArticle", new { id = trashed });
        var few = await ListsAsync();
        await DeskOperations.WorkOnManyAsync(_database.Services, Arlo);

        Assert.Equal(
            [
                "CHANGES_REQUESTED Own",
                "DUE Own",
                "TRASHED Trashed by Erin",
                "SAVED Trashed by Arlo",
                "CHANGES_REQUESTED Own by Erin",
                "COMMENTED Own by Erin",
                "SAVED Own by Arlo",
            ],
            few
        );
        Assert.Equal(few, await ListsAsync());
        await AssertPartitionAsync("activity", null, 5, Arlo);

        async Task<List<string>> ListsAsync() =>
            [
                .. await InboxAsync(Arlo),
                .. await CalendarAsync("2026-04-24T00:00:00Z", "2026-04-25T00:00:00Z", Arlo),
                .. await ActivityAsync(Arlo),
            ];
    }

    [Theory]
    [InlineData("counts { drafts }")]
    [InlineData("activity { totalCount }")]
    [InlineData("inbox { unreadCount }")]
    [InlineData("calendar(from: \"2026-04-23T00:00:00Z\", to: \"2026-04-24T00:00:00Z\") { totalCount }")]
    [InlineData("calendarDays(from: \"2026-04-23\", days: 7) { count }")]
    public async Task Only_staff_can_read_the_desk(string field)
    {
        Assert.Null(GraphQLClient.Code(await Client.AskAsync(Arlo, $"{{ desk {{ {field} }} }}")));
        Assert.Equal(
            ErrorCodes.NotAuthorized,
            GraphQLClient.Code(
                await Client.AskAsync(GraphQLClient.Person("Rae", Role.Reader), $"{{ desk {{ {field} }} }}")
            )
        );
    }

    // Reads the list as a whole, and in pages of two from both ends.
    private async Task AssertPartitionAsync(string list, string? arguments, int count, Viewer? viewer = null)
    {
        var all = await PageAsync("first: 100");
        List<string> forward = [];
        List<string> backward = [];
        string? after = null;
        string? before = null;
        for (var i = 0; i < (count + 1) / 2; i++)
        {
            var page = await PageAsync($"first: 2{(after is null ? "" : $", after: \"{after}\"")}");
            forward.AddRange(Items(page));
            after = (string?)page["pageInfo"]!["endCursor"];
            Assert.Equal(forward.Count < count, (bool)page["pageInfo"]!["hasNextPage"]!);
            page = await PageAsync($"last: 2{(before is null ? "" : $", before: \"{before}\"")}");
            backward.InsertRange(0, Items(page));
            before = (string?)page["pageInfo"]!["startCursor"];
        }

        Assert.Equal(count, Items(all).Count);
        Assert.Equal(count, (int)all["totalCount"]!);
        Assert.Equal(Items(all), forward);
        Assert.Equal(Items(all), backward);

        async Task<JsonNode> PageAsync(string page)
        {
            var given = arguments is null ? page : $"{arguments}, {page}";
            var answer = await Client.AskAsync(
                viewer ?? Erin,
                $"{{ desk {{ {list}({given}) {{ totalCount nodes {{ kind at article {{ id }} }} pageInfo {{ startCursor endCursor hasNextPage }} }} }} }}"
            );
            return answer["data"]?["desk"]?[list] ?? throw new InvalidOperationException(answer.ToJsonString());
        }

        static List<string> Items(JsonNode page) => [.. page["nodes"]!.AsArray().Select(node => node!.ToJsonString())];
    }

    private async Task<string> DraftAsync(string headline, Viewer? viewer = null)
    {
        var payload = await Client.DoAsync(
            viewer ?? Erin,
            "createArticle",
            new
            {
                headline,
                summary = "Short.",
                body = new { markdown = "They began on Monday." },
            },
            "article { id }"
        );
        return (string)payload["article"]!["id"]!;
    }

    private async Task<string> StaffAsync(Viewer viewer) => (await Newsroom.StaffAsync(viewer)).Id.ToString();

    private async Task DoAsync(string mutation, object input, string shows = "article { id }") =>
        Assert.Empty(GraphQLClient.Refusals(await Client.DoAsync(Erin, mutation, input, shows)));

    private async Task LaterAsync(string mutation, object input, string shows = "article { id }")
    {
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        await DoAsync(mutation, input, shows);
    }

    private async Task<JsonArray> DaysAsync(string from, int days, Viewer? viewer = null)
    {
        var answer = await Client.AskAsync(viewer ?? Erin, Days, new { from, days });
        return answer["data"]?["desk"]?["calendarDays"]?.AsArray()
            ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    private static (string?, int, bool, bool) Of(JsonNode? day) =>
        ((string?)day!["date"], (int)day["count"]!, (bool)day["hasPublication"]!, (bool)day["isComplete"]!);

    private async Task<List<string>> CalendarAsync(string from, string to, Viewer? viewer = null)
    {
        var answer = await Client.AskAsync(
            viewer ?? Erin,
            "query($from: DateTime!, $to: DateTime!) { desk { calendar(from: $from, to: $to) { nodes { kind article { headline } } } } }",
            new { from, to }
        );
        return Lines(answer, "calendar", node => $"{node["kind"]} {node["article"]!["headline"]}");
    }

    private async Task<List<string>> ActivityAsync(Viewer? viewer = null) =>
        Lines(
            await Client.AskAsync(viewer ?? Erin, "{ desk { activity { nodes { kind by article { headline } } } } }"),
            "activity",
            node => $"{node["kind"]} {node["article"]!["headline"]} by {node["by"]}"
        );

    private async Task<List<string>> InboxAsync(Viewer viewer) =>
        Lines(
            await Client.AskAsync(
                viewer,
                "{ desk { inbox { nodes { kind article { headline } comment { text } } } } }"
            ),
            "inbox",
            node => $"{node["kind"]} {node["article"]!["headline"]}{(node["comment"] is { } c ? $": {c["text"]}" : "")}"
        );

    private async Task<(int Count, string Items)> UnreadAsync()
    {
        var answer = await Client.AskAsync(
            Arlo,
            "{ desk { inbox { unreadCount nodes { kind isRead article { headline } } } } }"
        );
        var lines = Lines(
            answer,
            "inbox",
            node => $"{node["kind"]} {node["article"]!["headline"]} {((bool)node["isRead"]! ? "read" : "new")}"
        );
        return ((int)answer["data"]!["desk"]!["inbox"]!["unreadCount"]!, string.Join(", ", lines));
    }

    private static List<string> Lines(JsonNode answer, string list, Func<JsonNode, string> line) =>
        answer["data"]?["desk"]?[list] is { } page
            ? [.. page["nodes"]!.AsArray().Select(node => line(node!))]
            : throw new InvalidOperationException(answer.ToJsonString());
}
