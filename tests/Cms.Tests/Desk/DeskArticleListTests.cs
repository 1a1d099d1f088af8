using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Desk;

/// <summary>The list of articles on the desk: filters, orders, search and counts, through the API.</summary>
public sealed class DeskArticleListTests : IAsyncLifetime
{
    private const string Query = """
        query(
          $where: DeskArticleFilterInput $order: [DeskArticleSortInput!] $text: String
          $first: Int $after: String $last: Int $before: String
        ) {
          desk {
            articles(
              where: $where order: $order text: $text first: $first after: $after last: $last before: $before
            ) {
              totalCount nodes { headline } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
            }
          }
        }
        """;

    private static readonly Viewer Erin = GraphQLClient.Erin;
    private static readonly Viewer Arlo = GraphQLClient.Arlo;

    private readonly SqliteTestDatabase _database = new();

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_most_recently_changed_articles_come_first_by_default()
    {
        var (a, _) = (await DraftAsync("A"), await DraftAsync("B"));
        await SaveAsync(a, "A again");

        Assert.Equal(["A again", "B"], await HeadlinesAsync());
        Assert.Equal(["B", "A again"], await HeadlinesAsync(order: new { updatedAt = "ASC" }));
    }

    [Fact]
    public async Task Filters_on_status_and_review_combine()
    {
        var (draft, published) = (await DraftAsync("Draft"), await DraftAsync("Published"));
        await DraftAsync("Other draft");
        var withdrawn = await DraftAsync("Withdrawn");
        await Newsroom.PublishAsync(published);
        await Newsroom.PublishAsync(withdrawn);
        await DoAsync("withdrawArticle", new { id = withdrawn.ToString(), reason = "It is gone." });
        await DoAsync("submitForReview", new { id = draft.ToString() });
        await DoAsync("submitForReview", new { id = published.ToString() });

        Assert.Equal(["Published"], await HeadlinesAsync(new { status = new { eq = "PUBLISHED" } }));
        Assert.Equal(
            ["Withdrawn", "Published"],
            await HeadlinesAsync(new { status = new { @in = new[] { "PUBLISHED", "WITHDRAWN" } } })
        );
        Assert.Equal(["Published", "Draft"], await HeadlinesAsync(new { review = new { eq = "IN_REVIEW" } }));
        Assert.Equal(
            ["Draft"],
            await HeadlinesAsync(new { status = new { eq = "DRAFT" }, review = new { @in = new[] { "IN_REVIEW" } } })
        );
        Assert.Equal(
            ["Draft"],
            await HeadlinesAsync(
                new
                {
                    and = new object[]
                    {
                        new { status = new { eq = "DRAFT" } },
                        new { review = new { eq = "IN_REVIEW" } },
                    },
                }
            )
        );
    }

    [Fact]
    public async Task Filters_on_category_and_tags_follow_the_newest_revision()
    {
        var (category, hardware, software) = await TermsAsync();
        await DraftAsync("Both", Newsroom.Story("Both") with { CategoryId = category, Tags = [hardware, software] });
        var one = await DraftAsync("One", Newsroom.Story("One") with { Tags = [hardware] });
        await DraftAsync("None");

        Assert.Equal(["Both"], await HeadlinesAsync(new { category = new { slug = new { eq = "launch" } } }));
        Assert.Equal(["One", "Both"], await HeadlinesAsync(Tagged("hardware")));
        Assert.Equal(["Both"], await HeadlinesAsync(new { and = new[] { Tagged("hardware"), Tagged("software") } }));
        Assert.Equal(
            ["One", "Both"],
            await HeadlinesAsync(
                new { tags = new { some = new { slug = new { @in = new[] { "hardware", "software" } } } } }
            )
        );
        Assert.Empty(await HeadlinesAsync(Tagged("unknown")));
        Assert.Empty(await HeadlinesAsync(new { category = new { slug = new { eq = "unknown" } } }));

        await SaveAsync(one, "One");

        Assert.Equal(["Both"], await HeadlinesAsync(Tagged("hardware")));
    }

    [Fact]
    public async Task Filters_on_people_know_the_caller_and_nobody()
    {
        var (arlo, erin) = (await StaffAsync(Arlo), await StaffAsync(Erin));
        var (assigned, reviewed) = (await DraftAsync("Assigned"), await DraftAsync("Reviewed"));
        await DoAsync("assignArticle", new { id = assigned.ToString(), assignee = arlo });
        await DoAsync("submitForReview", new { id = reviewed.ToString(), reviewer = erin });
        var id = (string)
            (await Client.DoAsync(Arlo, "createArticle", new { headline = "By Arlo" }, "article { id }"))["article"]![
                "id"
            ]!;
        Assert.NotNull(id);

        Assert.Equal(["Assigned"], await HeadlinesAsync(new { assignee = new { id = arlo } }));
        Assert.Equal(["By Arlo", "Reviewed"], await HeadlinesAsync(new { assignee = new { isNone = true } }));
        Assert.Equal(["Reviewed"], await HeadlinesAsync(new { reviewer = new { isMe = true } }));
        Assert.Equal(["By Arlo", "Assigned"], await HeadlinesAsync(new { reviewer = new { isMe = false } }));
        Assert.Equal(["By Arlo", "Assigned"], await HeadlinesAsync(new { author = new { id = arlo } }));
        Assert.Equal(["Reviewed", "Assigned"], await HeadlinesAsync(new { author = new { isMe = true } }));
        Assert.Equal(["By Arlo"], await HeadlinesAsync(new { author = new { isMe = false } }));
        Assert.Empty(await HeadlinesAsync(new { author = new { id = "stf_" + new string('0', 32) } }));
        Assert.Empty(await HeadlinesAsync(new { assignee = new { id = "stf_" + new string('0', 32) } }));
    }

    [Fact]
    public async Task An_author_finds_only_the_articles_that_they_work_on()
    {
        await DraftAsync("Secret plan of the editors");
        await Client.DoAsync(Arlo, "createArticle", new { headline = "Plan of Arlo" }, "article { id }");

        Assert.Equal(["Plan of Arlo"], await HeadlinesAsync(viewer: Arlo));
        Assert.Equal(["Plan of Arlo"], await HeadlinesAsync(text: "plan", viewer: Arlo));
        Assert.Equal(["Plan of Arlo"], await HeadlinesAsync(new { status = new { eq = "DRAFT" } }, viewer: Arlo));
        Assert.Equal(["Plan of Arlo"], await HeadlinesAsync(new { isTrashed = false }, viewer: Arlo));
        Assert.Equal(1, (await CountsAsync(Arlo))["drafts"]!.GetValue<int>());
    }

    [Fact]
    public async Task Due_dates_are_overdue_today_or_this_week_until_the_article_is_published()
    {
        // The clock says Thursday, 23 April 2026, 09:00 UTC.
        var late = await DueAsync("Late", "2026-04-23T08:59:00Z");
        await DueAsync("Today", "2026-04-23T23:59:00Z");
        await DueAsync("Sunday", "2026-04-26T23:59:00Z");
        await DueAsync("Monday", "2026-04-27T00:00:00Z");
        await DueAsync("Last Sunday", "2026-04-19T23:59:00Z");
        await DraftAsync("Not due");
        var soonest = new { dueAt = "ASC" };

        Assert.Equal(["Last Sunday", "Late"], await HeadlinesAsync(new { due = "OVERDUE" }, soonest));
        Assert.Equal(["Late", "Today"], await HeadlinesAsync(new { due = "TODAY" }, soonest));
        Assert.Equal(["Late", "Today", "Sunday"], await HeadlinesAsync(new { due = "THIS_WEEK" }, soonest));
        Assert.Equal(
            ["Monday", "Sunday", "Today", "Late", "Last Sunday"],
            await HeadlinesAsync(order: new { dueAt = "DESC" })
        );

        await Newsroom.PublishAsync(late);

        Assert.Equal(["Last Sunday"], await HeadlinesAsync(new { due = "OVERDUE" }));
        await DoAsync("assignArticle", new { id = late.ToString(), dueAt = "2026-04-23T08:00:00Z" });
        Assert.Equal(["Last Sunday", "Late"], await HeadlinesAsync(new { due = "OVERDUE" }, soonest));
    }

    [Fact]
    public async Task Schedules_embargoes_comments_and_missing_takes_can_be_filtered()
    {
        var (builder, skeptic) = (await Newsroom.PersonaAsync(), await Newsroom.PersonaAsync("The Skeptic", "Risk"));
        var (scheduled, embargoed) = (await DraftAsync("Scheduled"), await DraftAsync("Embargoed"));
        var discussed = await DraftAsync("Discussed");
        await DoAsync("scheduleArticle", new { id = scheduled.ToString(), at = "2026-04-24T09:00:00Z" });
        await DoAsync("setEmbargo", new { id = embargoed.ToString(), until = "2026-04-23T10:00:00Z" });
        var comment = await Client.DoAsync(
            Erin,
            "addComment",
            new { article = discussed.ToString(), text = "Who says so?" },
            "comment { id }"
        );
        await Newsroom.ApprovedTakeAsync(discussed, builder.Id);

        Assert.Equal(["Scheduled"], await HeadlinesAsync(new { isScheduled = true }));
        Assert.Equal(["Discussed", "Embargoed"], await HeadlinesAsync(new { isScheduled = false }));
        Assert.Equal(["Scheduled"], await HeadlinesAsync(order: new { scheduledAt = "ASC" }));
        Assert.Equal(["Embargoed"], await HeadlinesAsync(new { isEmbargoed = true }));
        Assert.Equal(["Discussed"], await HeadlinesAsync(new { hasOpenComments = true }));
        Assert.Equal(["Embargoed", "Scheduled"], await HeadlinesAsync(Missing(builder)));
        Assert.Equal(["Discussed", "Embargoed", "Scheduled"], await HeadlinesAsync(Missing(skeptic)));

        _database.Clock.Advance(TimeSpan.FromHours(2));
        await DoAsync("resolveComment", new { id = (string)comment["comment"]!["id"]! }, "comment { id }");
        await Client.DoAsync(
            GraphQLClient.Ada,
            "editPersona",
            new { id = skeptic.Id.ToString(), isActive = false },
            "persona { id }"
        );

        Assert.Empty(await HeadlinesAsync(new { isEmbargoed = true }));
        Assert.Empty(await HeadlinesAsync(new { hasOpenComments = true }));
        Assert.Empty(await HeadlinesAsync(Missing(skeptic)));

        static object Missing(Persona persona) => new { missingTakeOf = new { slug = new { eq = persona.Slug } } };
    }

    [Fact]
    public async Task The_trash_is_left_out_unless_requested()
    {
        var trashed = await DraftAsync("Trashed");
        await DraftAsync("Kept");
        await DoAsync("trashArticle", new { id = trashed.ToString() });

        Assert.Equal(["Kept"], await HeadlinesAsync());
        Assert.Equal(["Kept"], await HeadlinesAsync(new { author = new { isMe = true } }));
        Assert.Equal(["Trashed"], await HeadlinesAsync(new { isTrashed = true }));
        Assert.Equal(["Trashed"], await HeadlinesAsync(new { isTrashed = true, author = new { isMe = true } }));
        Assert.Empty(await HeadlinesAsync(text: "trashed"));
        Assert.Equal(["Trashed"], await HeadlinesAsync(new { isTrashed = true }, text: "trashed"));

        await Client.DoAsync(GraphQLClient.Ada, "deleteArticle", new { id = trashed.ToString() }, "article { slug }");

        Assert.Empty(await HeadlinesAsync(new { isTrashed = true }));
    }

    [Fact]
    public async Task Bounds_on_the_last_change_apply_to_every_order()
    {
        await DueAsync("Earlier", "2026-04-30T00:00:00Z");
        _database.Clock.Advance(TimeSpan.FromHours(1));
        await DueAsync("Later", "2026-04-29T00:00:00Z");
        var since = new { updatedAt = new { gte = "2026-04-23T09:30:00Z" } };

        Assert.Equal(["Later"], await HeadlinesAsync(since));
        Assert.Equal(["Later"], await HeadlinesAsync(since, new { dueAt = "ASC" }));
        Assert.Equal(["Earlier"], await HeadlinesAsync(new { updatedAt = new { lt = "2026-04-23T09:30:00Z" } }));
        Assert.Equal(
            ["Later"],
            await HeadlinesAsync(new { author = new { isMe = true }, updatedAt = new { gt = "2026-04-23T09:30:00Z" } })
        );
    }

    [Fact]
    public async Task Search_finds_words_of_the_newest_revision_in_headline_summary_and_body()
    {
        var article = await DraftAsync("Quokkas smile");
        await DraftAsync("Wombats dig");

        Assert.Equal(["Quokkas smile"], await HeadlinesAsync(text: "quokka"));
        Assert.Equal(2, (await HeadlinesAsync(text: "parser generator")).Count);
        Assert.Equal(2, (await HeadlinesAsync(text: "\"began on Monday\"")).Count);
        Assert.Empty(await HeadlinesAsync(text: "!?"));
        Assert.Equal(2, (await HeadlinesAsync(text: " ")).Count);

        await SaveAsync(article, "Echidnas walk");

        Assert.Empty(await HeadlinesAsync(text: "quokka"));
        Assert.Equal(["Echidnas walk"], await HeadlinesAsync(text: "echidna"));
        Assert.Equal(
            ["Echidnas walk"],
            await HeadlinesAsync(new { status = new { eq = "DRAFT" } }, new { updatedAt = "ASC" }, "ech*")
        );
    }

    [Fact]
    public async Task A_word_that_thousands_of_articles_contain_finds_what_a_rare_word_finds()
    {
        await DraftAsync("Wombats dig");
        await DueAsync("Quokkas smile", "2026-04-23T12:00:00Z", advance: true);
        var due = await DueAsync("Quokkas sleep", "2026-04-22T12:00:00Z", advance: true);
        await DoAsync("submitForReview", new { id = due.ToString() });
        await Newsroom.PublishAsync(await DraftAsync("Quokkas jump"));
        await DoAsync("trashArticle", new { id = (await DraftAsync("Quokkas hide")).ToString() });
        await Client.DoAsync(Arlo, "createArticle", new { headline = "Quokkas of Arlo" }, "article { id }");
        var rare = await FoundAsync();

        await DeskOperations.MakeCommonAsync(_database.Services, "quokkas");

        Assert.Equal(
            [
                "Quokkas of Arlo, Quokkas jump, Quokkas sleep, Quokkas smile",
                "Quokkas of Arlo",
                "Quokkas sleep, Quokkas smile",
                "Quokkas sleep",
                "Quokkas hide",
                "Quokkas smile",
                "Quokkas jump, Quokkas sleep, Quokkas smile",
            ],
            rare
        );
        Assert.Equal(rare, await FoundAsync());

        async Task<List<string>> FoundAsync() =>
            [
                .. new[]
                {
                    await HeadlinesAsync(text: "quokkas"),
                    await HeadlinesAsync(text: "quokkas", viewer: Arlo),
                    await HeadlinesAsync(order: new { dueAt = "ASC" }, text: "quokkas"),
                    await HeadlinesAsync(new { review = new { eq = "IN_REVIEW" } }, text: "quokkas"),
                    await HeadlinesAsync(new { isTrashed = true }, text: "quokkas"),
                    await HeadlinesAsync(text: "quokkas smile"),
                    await HeadlinesAsync(new { author = new { isMe = true } }, text: "quokkas"),
                }.Select(headlines => string.Join(", ", headlines)),
            ];
    }

    [Fact]
    public async Task Search_on_the_desk_finds_drafts_and_the_public_search_does_not()
    {
        var article = await DraftAsync("Published words");
        await Newsroom.PublishAsync(article);
        await SaveAsync(article, "Unpublished quokkas");

        var found = await Client.AskAsync(Viewer.Anonymous, "{ search(query: \"quokkas\") { totalCount } }");

        Assert.Equal(0, (int)found["data"]!["search"]!["totalCount"]!);
        Assert.Equal(["Unpublished quokkas"], await HeadlinesAsync(text: "quokkas"));
        Assert.Empty(await HeadlinesAsync(text: "published"));
    }

    [Fact]
    public async Task A_text_that_is_too_long_and_an_unclear_order_are_rejected()
    {
        var text = await AskAsync(Erin, new { text = new string('a', 401) });
        var order = await AskAsync(Erin, new { order = new[] { new { dueAt = "ASC", updatedAt = "ASC" } } });

        Assert.Equal(ErrorCodes.BadUserInput, GraphQLClient.Code(text));
        Assert.Equal(ErrorCodes.BadUserInput, GraphQLClient.Code(order));
    }

    [Fact]
    public async Task A_filter_with_too_many_conditions_is_rejected()
    {
        var where = new { and = Enumerable.Repeat(new { isScheduled = true }, DeskArticleFilterInput.MaxConditions) };

        Assert.Equal(ErrorCodes.BadUserInput, GraphQLClient.Code(await AskAsync(Erin, new { where })));
    }

    [Theory]
    [InlineData("UPDATED")]
    [InlineData("DUE")]
    [InlineData("TEXT")]
    [InlineData("COMMON")]
    [InlineData("AUTHOR")]
    public async Task Pages_in_both_directions_partition_the_list(string kind)
    {
        // Three articles changed at the same time.
        for (var i = 0; i < 7; i++)
        {
            await DueAsync($"Story {i}", i < 3 ? "2026-04-23T12:00:00Z" : $"2026-04-2{i}T12:00:00Z", advance: i >= 3);
        }

        if (kind == "COMMON")
        {
            await DeskOperations.MakeCommonAsync(_database.Services, "story");
        }

        var (where, order, text) = CaseOf(kind);
        var all = await HeadlinesAsync(where, order, text);
        List<string> forward = [];
        List<string> backward = [];
        string? after = null;
        string? before = null;
        for (var i = 0; i < 4; i++)
        {
            var page = await PageAsync(
                new
                {
                    where,
                    order,
                    text,
                    first = 2,
                    after,
                }
            );
            forward.AddRange(HeadlinesOf(page));
            after = (string?)page["pageInfo"]!["endCursor"];
            Assert.Equal(i < 3, (bool)page["pageInfo"]!["hasNextPage"]!);
            page = await PageAsync(
                new
                {
                    where,
                    order,
                    text,
                    last = 2,
                    before,
                }
            );
            backward.InsertRange(0, HeadlinesOf(page));
            before = (string?)page["pageInfo"]!["startCursor"];
        }

        Assert.Equal(7, all.Count);
        Assert.Equal(all, forward);
        Assert.Equal(all, backward);
        var foreign = await AskAsync(Erin, new { where = new { isScheduled = true }, after });
        Assert.Equal(ErrorCodes.CursorInvalid, GraphQLClient.Code(foreign));
    }

    [Fact]
    public async Task Each_count_equals_the_length_of_the_list_with_the_same_filter()
    {
        var (arlo, erin) = (await StaffAsync(Arlo), await StaffAsync(Erin));
        var ids = new List<ArticleId>();
        for (var i = 0; i < 10; i++)
        {
            ids.Add(await DueAsync($"Story {i}", "2026-04-23T08:00:00Z"));
        }

        await DoAsync("submitForReview", new { id = ids[0].ToString(), reviewer = erin });
        await DoAsync("submitForReview", new { id = ids[1].ToString(), reviewer = arlo });
        await DoAsync("requestChanges", new { id = ids[1].ToString(), comment = "Shorter." });
        await DoAsync("submitForReview", new { id = ids[2].ToString() });
        await DoAsync("approveArticle", new { id = ids[2].ToString() });
        await DoAsync("scheduleArticle", new { id = ids[3].ToString(), at = "2026-04-24T09:00:00Z" });
        await Newsroom.PublishAsync(ids[4]);
        await Newsroom.PublishAsync(ids[5]);
        await DoAsync("withdrawArticle", new { id = ids[5].ToString(), reason = "It is gone." });
        await DoAsync("trashArticle", new { id = ids[6].ToString() });
        await DoAsync("assignArticle", new { id = ids[7].ToString(), assignee = arlo });
        await DoAsync("assignArticle", new { id = ids[8].ToString(), assignee = erin });

        foreach (var viewer in new[] { Erin, Arlo })
        {
            var counts = await CountsAsync(viewer);
            foreach (var (name, where) in Tabs)
            {
                var page = await PageAsync(new { where, first = 1 }, viewer);
                Assert.Equal((name, (int)page["totalCount"]!), (name, (int)counts[name]!));
            }
        }

        Assert.Equal(
            """{"drafts":7,"inReview":1,"changesRequested":1,"approved":1,"scheduled":1,"published":1,"withdrawn":1,"trashed":1,"assignedToMe":1,"waitingForMyReview":1,"overdue":7}""",
            (await CountsAsync(Erin)).ToJsonString()
        );
        Assert.Equal(
            """{"drafts":2,"inReview":0,"changesRequested":1,"approved":0,"scheduled":0,"published":0,"withdrawn":0,"trashed":0,"assignedToMe":1,"waitingForMyReview":0,"overdue":2}""",
            (await CountsAsync(Arlo)).ToJsonString()
        );
    }

    [Fact]
    public async Task Articles_from_before_the_lists_are_listed_at_startup()
    {
        var (category, hardware, _) = await TermsAsync();
        await Newsroom.PersonaAsync();
        var id = await DraftAsync(
            "Earlier",
            Newsroom.Story("Earlier") with
            {
                CategoryId = category,
                Tags = [hardware],
            }
        );
        var before = await RowsAsync();
        await using (var db = await _database.OpenAsync())
        {
            await db.DeskListings.ExecuteDeleteAsync();
            await db.DeskFacets.ExecuteDeleteAsync();
            await db.DeskDocuments.ExecuteDeleteAsync();
        }

        Assert.Empty(await HeadlinesAsync());
        await _database.Get<IDatabaseProvider>().PrepareAsync(default);

        Assert.Equal(before, await RowsAsync());
        Assert.Equal(["Earlier"], await HeadlinesAsync(Tagged("hardware"), text: "earlier"));
        Assert.NotEqual(default, id);
    }

    private static (object? Where, object Order, string? Text) CaseOf(string kind) =>
        kind switch
        {
            "DUE" => (null, new { dueAt = "ASC" }, null),
            "TEXT" or "COMMON" => (null, new { updatedAt = "DESC" }, "story"),
            "AUTHOR" => (new { author = new { isMe = true } }, new { updatedAt = "ASC" }, null),
            _ => (null, new { updatedAt = "DESC" }, null),
        };

    private static Dictionary<string, object> Tabs { get; } =
        new(StringComparer.Ordinal)
        {
            ["drafts"] = new { status = new { eq = "DRAFT" } },
            ["inReview"] = new { review = new { eq = "IN_REVIEW" } },
            ["changesRequested"] = new { review = new { eq = "CHANGES_REQUESTED" } },
            ["approved"] = new { review = new { eq = "APPROVED" } },
            ["scheduled"] = new { isScheduled = true },
            ["published"] = new { status = new { eq = "PUBLISHED" } },
            ["withdrawn"] = new { status = new { eq = "WITHDRAWN" } },
            ["trashed"] = new { isTrashed = true },
            ["assignedToMe"] = new { assignee = new { isMe = true } },
            ["waitingForMyReview"] = new { reviewer = new { isMe = true }, review = new { eq = "IN_REVIEW" } },
            ["overdue"] = new { due = "OVERDUE" },
        };

    private static object Tagged(string slug) => new { tags = new { some = new { slug = new { eq = slug } } } };

    private static List<string> HeadlinesOf(JsonNode page) =>
        [.. page["nodes"]!.AsArray().Select(node => (string)node!["headline"]!)];

    private async Task<(CategoryId, TagId, TagId)> TermsAsync()
    {
        var (category, hardware, software) = (CategoryId.New(), TagId.New(), TagId.New());
        await using var db = await _database.OpenAsync();
        db.Add(
            new Category
            {
                Id = category,
                Slug = "launch",
                Name = "Launch",
            }
        );
        db.AddRange(
            new Tag
            {
                Id = hardware,
                Slug = "hardware",
                Name = "Hardware",
            },
            new Tag
            {
                Id = software,
                Slug = "software",
                Name = "Software",
            }
        );
        await db.SaveChangesAsync();
        return (category, hardware, software);
    }

    // Each article is created a second later than the one before.
    private async Task<ArticleId> DraftAsync(string headline, ArticleContent? content = null)
    {
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await Newsroom.DraftAsync(content ?? Newsroom.Story(headline))).Id;
    }

    private async Task<ArticleId> DueAsync(string headline, string dueAt, bool advance = false)
    {
        if (advance)
        {
            _database.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var id = (await Newsroom.DraftAsync(Newsroom.Story(headline))).Id;
        await DoAsync("assignArticle", new { id = id.ToString(), dueAt });
        return id;
    }

    private async Task SaveAsync(ArticleId id, string headline)
    {
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        await Newsroom.SaveAsync(id, Newsroom.Story(headline));
    }

    private async Task<string> StaffAsync(Viewer viewer) => (await Newsroom.StaffAsync(viewer)).Id.ToString();

    private async Task DoAsync(string mutation, object input, string shows = "article { id }") =>
        Assert.Empty(GraphQLClient.Refusals(await Client.DoAsync(Erin, mutation, input, shows)));

    private async Task<List<string>> HeadlinesAsync(
        object? where = null,
        object? order = null,
        string? text = null,
        Viewer? viewer = null
    ) =>
        HeadlinesOf(
            await PageAsync(
                new
                {
                    where,
                    order,
                    text,
                },
                viewer
            )
        );

    private async Task<JsonNode> PageAsync(object variables, Viewer? viewer = null)
    {
        var answer = await AskAsync(viewer ?? Erin, variables);
        return answer["data"]?["desk"]?["articles"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    private Task<JsonNode> AskAsync(Viewer viewer, object variables) => Client.AskAsync(viewer, Query, variables);

    private async Task<JsonNode> CountsAsync(Viewer viewer)
    {
        var answer = await Client.AskAsync(
            viewer,
            "{ desk { counts { drafts inReview changesRequested approved scheduled published withdrawn trashed assignedToMe waitingForMyReview overdue } } }"
        );
        return answer["data"]?["desk"]?["counts"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    private async Task<List<string>> RowsAsync()
    {
        await using var db = await _database.OpenAsync();
        return await DeskRows.StoredAsync(db);
    }
}
