using System.Diagnostics;
using System.Text.Json.Nodes;
using Cms.Access;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Audit;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Audit;

public abstract class AuditLogTests : IAsyncLifetime
{
    private readonly TestDatabase _database;

    protected AuditLogTests(TestDatabase database) => _database = database;

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    public Task InitializeAsync() => _database.SkipReason is null ? _database.InitializeAsync() : Task.CompletedTask;

    public Task DisposeAsync() => _database.SkipReason is null ? _database.DisposeAsync() : Task.CompletedTask;

    [SkippableTheory]
    [InlineData("changed field", "UPDATE AuditEntries SET ActorName = 'Nobody' WHERE Seq = 3", "Entry 3 was changed")]
    [InlineData("changed content", "UPDATE AuditEntries SET After = '{}' WHERE Seq = 2", "Entry 2 was changed")]
    [InlineData(
        "changed time",
        "UPDATE AuditEntries SET At = (SELECT At FROM AuditEntries WHERE Seq = 1) WHERE Seq = 5",
        "Entry 5 was changed"
    )]
    [InlineData("removed row", "DELETE FROM AuditEntries WHERE Seq = 3", "Entry 3 is missing")]
    [InlineData("removed first row", "DELETE FROM AuditEntries WHERE Seq = 1", "Entry 1 is missing")]
    [InlineData(
        "truncated tail",
        "DELETE FROM AuditEntries WHERE Seq > 4",
        "Entry 5 is missing. The end of the log was removed"
    )]
    [InlineData(
        "inserted row",
        "INSERT INTO AuditEntries (Seq, At, ActorName, Via, Action, Subject, Summary, PreviousHash, Hash) SELECT 6, At, ActorName, Via, Action, Subject, Summary, Hash, 'f' FROM AuditEntries WHERE Seq = 5",
        "Entry 6 was changed|Entry 6 and later ones were inserted"
    )]
    [InlineData(
        "row inserted between two others",
        "UPDATE AuditEntries SET Seq = 60 WHERE Seq = 5; UPDATE AuditEntries SET Seq = 50 WHERE Seq = 4; INSERT INTO AuditEntries (Seq, At, ActorName, Via, Action, Subject, Summary, PreviousHash, Hash) SELECT 4, At, ActorName, Via, Action, Subject, Summary, PreviousHash, Hash FROM AuditEntries WHERE Seq = 3; UPDATE AuditEntries SET Seq = 5 WHERE Seq = 50; UPDATE AuditEntries SET Seq = 6 WHERE Seq = 60",
        "Entry 4 was changed|Entry 4 is stored as number 5|Entry 5 is stored as number 6|inserted"
    )]
    [InlineData(
        "swapped rows",
        "UPDATE AuditEntries SET Seq = 0 WHERE Seq = 2; UPDATE AuditEntries SET Seq = 2 WHERE Seq = 3; UPDATE AuditEntries SET Seq = 3 WHERE Seq = 0",
        "Entry 3 is stored as number 2|Entry 2 is stored as number 3"
    )]
    public async Task A_log_that_was_tampered_with_is_found_and_the_entry_is_named(
        string kind,
        string sql,
        string expected
    )
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        await WriteFiveAsync();
        Assert.Empty((await VerifyAsync()).Faults);

        await using (var db = await _database.OpenAsync())
        {
            await db.Database.ExecuteSqlRawAsync(sql.Replace("{}", "{{}}", StringComparison.Ordinal));
        }

        var faults = (await VerifyAsync()).Faults;
        Assert.All(
            expected.Split('|'),
            sentence =>
                Assert.True(
                    faults.Any(f => f.Contains(sentence, StringComparison.Ordinal)),
                    $"{kind}: {string.Join(" ", faults)}"
                )
        );
    }

    [SkippableFact]
    public async Task An_exported_head_finds_a_tail_that_was_removed_together_with_its_counter()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        await WriteFiveAsync();
        var head = (await VerifyAsync()).Head;
        await using (var db = await _database.OpenAsync())
        {
            await db.AuditEntries.Where(e => e.Seq > 3).ExecuteDeleteAsync();
            var last = await db.AuditEntries.SingleAsync(e => e.Seq == 3);
            await db.AuditCounters.ExecuteUpdateAsync(set =>
                set.SetProperty(c => c.Seq, 3).SetProperty(c => c.Hash, last.Hash)
            );
        }

        Assert.Empty((await VerifyAsync()).Faults);
        Assert.Contains(
            "before the exported head",
            Assert.Single((await VerifyAsync(head)).Faults),
            StringComparison.Ordinal
        );

        // Somebody who also writes new entries in their place is found too.
        await WriteFiveAsync();
        Assert.Contains(
            "not the one of the exported head",
            Assert.Single((await VerifyAsync(head)).Faults),
            StringComparison.Ordinal
        );
    }

    [SkippableFact]
    public async Task An_export_contains_what_is_needed_to_check_it()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        await WriteFiveAsync();

        var previous = AuditEntry.FirstHash;
        await foreach (var line in _database.Get<ExportAudit>().Handle(default))
        {
            var entry = JsonNode.Parse(line)!.AsObject();
            var hash = (string)entry["hash"]!;
            entry.Remove("hash");
            var canonical = CanonicalJson.Write(Plain(entry));
            Assert.Equal(
                hash,
                Convert.ToHexStringLower(
                    System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(canonical))
                )
            );
            Assert.Equal(previous, (string)entry["previousHash"]!);
            previous = hash;
        }

        Assert.Equal((await VerifyAsync()).Head.Hash, previous);
    }

    [SkippableFact]
    public async Task Sixty_four_writers_at_once_make_one_chain()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        const int Writers = 64;
        List<ArticleId> drafts = [];
        for (var i = 0; i < Writers; i++)
        {
            drafts.Add((await Newsroom.DraftAsync(Newsroom.Story($"Story {i}"))).Id);
        }

        var before = (await VerifyAsync()).Entries;
        await Task.WhenAll(drafts.Select((id, i) => Task.Run(() => WriteAsync(id, i % 4))));

        var verdict = await VerifyAsync();
        Assert.Empty(verdict.Faults);
        Assert.Equal(before + Writers, verdict.Entries);

        async Task WriteAsync(ArticleId id, int kind)
        {
            switch (kind)
            {
                case 0:
                    await Newsroom.PublishAsync(id);
                    break;
                case 1:
                    await Newsroom.SaveAsync(id, Newsroom.Story($"Saved {id}"));
                    break;
                case 2:
                    await Newsroom.ToolAsync($"Tool {id}");
                    break;
                default:
                    await Newsroom.DraftAsync(Newsroom.Story($"Another {id}"));
                    break;
            }
        }
    }

    [SkippableFact]
    public async Task A_repeated_mutation_and_one_that_changes_nothing_or_is_rejected_write_no_entry()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        var input = new { headline = "Once", clientMutationId = "one" };
        var created = await Client.DoAsync(GraphQLClient.Erin, "createArticle", input, "article { id }");
        var id = (string)created["article"]!["id"]!;
        var before = (await VerifyAsync()).Entries;

        await Client.DoAsync(GraphQLClient.Erin, "createArticle", input, "article { id }");
        await Client.DoAsync(GraphQLClient.Erin, "setEmbargo", new { id, until = (string?)null }, "article { id }");
        await Client.DoAsync(GraphQLClient.Erin, "saveArticle", new { id, headline = "" }, "article { id }");
        await Client.DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new
            {
                id,
                expectedVersion = 9,
                headline = "x",
            },
            "article { id }"
        );

        Assert.Equal(before, (await VerifyAsync()).Entries);
    }

    [SkippableFact]
    public async Task A_redirect_that_is_saved_again_has_an_entry_because_it_can_take_the_place_of_a_notice()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        var input = new { from = "/old", to = "/new" };
        await Client.DoAsync(GraphQLClient.Erin, "saveRedirect", input, "redirect { id }");
        _database.Clock.Advance(TimeSpan.FromMinutes(1));

        await Client.DoAsync(GraphQLClient.Ada, "saveRedirect", input, "redirect { id }");

        await using var db = await _database.OpenAsync();
        var entry = await db.AuditEntries.OrderBy(e => e.Seq).LastAsync();
        Assert.Equal(("saveRedirect", GraphQLClient.Ada.Key), (entry.Action, entry.ActorKey));
        Assert.EndsWith("(/old) with saveRedirect.", entry.Summary, StringComparison.Ordinal);
        Assert.Contains("changed updatedAt", entry.Summary, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_series_of_autosaves_has_one_entry_and_the_next_entry_begins_where_it_ended()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        var draft = await Newsroom.DraftAsync(slug: "chosen");
        var before = (await VerifyAsync()).Entries;
        for (var i = 1; i <= 4; i++)
        {
            await SaveAsync($"Draft {i}", isAutosave: true);
        }

        Assert.Equal(before + 1, (await VerifyAsync()).Entries);
        await SaveAsync("Done", isAutosave: false);

        await using var db = await _database.OpenAsync();
        var last = await db.AuditEntries.OrderByDescending(e => e.Seq).FirstAsync();
        Assert.Equal("Draft 4", (string?)JsonNode.Parse(last.Before!)!["revision"]!["content"]!["headline"]);
        Assert.Equal("Done", (string?)JsonNode.Parse(last.After!)!["revision"]!["content"]!["headline"]);

        async Task SaveAsync(string headline, bool isAutosave) =>
            Newsroom.Value(
                await _database
                    .Get<SaveArticle>()
                    .Handle(
                        new SaveArticleInput
                        {
                            Id = draft.Id,
                            Edit = content => content with { Headline = headline },
                            Autosave = isAutosave,
                        },
                        Newsroom.Erin,
                        default
                    )
            );
    }

    [SkippableFact]
    public async Task What_the_server_does_has_the_server_as_its_actor()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        var draft = await Newsroom.DraftAsync();
        await Client.DoAsync(
            GraphQLClient.Erin,
            "scheduleArticle",
            new { id = draft.Id.ToString(), at = _database.Clock.GetUtcNow().AddMinutes(1) },
            "article { id }"
        );
        _database.Clock.Advance(TimeSpan.FromMinutes(2));

        await _database
            .Get<Cms.Articles.Publishing.PublishDueArticles>()
            .Handle(new Cms.Articles.Publishing.PublishDueArticlesInput(), default);

        await using var db = await _database.OpenAsync();
        var last = await db.AuditEntries.OrderByDescending(e => e.Seq).FirstAsync();
        Assert.Equal(
            ("publishDueArticle", "Server", null, AuditVia.Server, draft.Id.ToString()),
            (last.Action, last.ActorName, last.ActorKey, last.Via, last.Subject)
        );
    }

    [SkippableFact]
    public async Task A_refusal_is_recorded_once_a_minute_for_each_person_and_field()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        var refused = _database.Get<RefusedFields>();
        foreach (
            var (kind, id) in new[]
            {
                ("Tag", $"{TagId.New()}"),
                ("Tag", $"{TagId.New()}"),
                ("Category", $"{CategoryId.New()}"),
            }
        )
        {
            await Client.AskAsync(
                GraphQLClient.Arlo,
                $"mutation {{ delete{kind}(input: {{ id: \"{id}\" }}) {{ __typename }} }}"
            );
        }

        await Client.AskAsync(GraphQLClient.Viewers["reader"], "{ desk { __typename } }");
        List<string> queued = [];
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await foreach (var (viewer, field) in refused.ReadAsync(enough.Token))
            {
                Assert.Equal(GraphQLClient.Arlo.Key, viewer.Key);
                queued.Add(field);
            }
        }
        catch (OperationCanceledException)
        {
            // The queue is empty.
        }

        Assert.Equal(["deleteTag", "deleteCategory"], queued);

        var record = _database.Get<RecordRefusal>();
        var before = (await VerifyAsync()).Entries;
        Assert.True(await RecordAsync());
        Assert.False(await RecordAsync());
        _database.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.True(await RecordAsync());
        Assert.Equal(before + 2, (await VerifyAsync()).Entries);

        async Task<bool> RecordAsync() =>
            Newsroom.Value(
                await record.Handle(new RecordRefusalInput("deleteTag"), GraphQLClient.Arlo.ToActor(), default)
            );
    }

    [SkippableFact]
    public async Task Settings_are_recorded_when_they_differ_from_those_of_the_last_start()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        var record = _database.Get<RecordSettings>();

        Assert.False(await RecordAsync([]));
        Assert.True(await RecordAsync(new() { ["Cms__Gate__Body__Severity"] = "error" }));
        Assert.False(await RecordAsync(new() { ["Cms__Gate__Body__Severity"] = "error" }));
        Assert.True(await RecordAsync([]));

        await using var db = await _database.OpenAsync();
        var last = await db.AuditEntries.OrderByDescending(e => e.Seq).FirstAsync();
        Assert.Equal(("{\"Cms__Gate__Body__Severity\":\"error\"}", "{}"), (last.Before, last.After));

        async Task<bool> RecordAsync(Dictionary<string, string> settings) =>
            Newsroom.Value(await record.Handle(new RecordSettingsInput(settings), Actor.Server, default));
    }

    [SkippableFact]
    public async Task Sign_ins_of_staff_are_recorded_and_requests_in_the_same_eight_hours_are_not()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        await Newsroom.StaffAsync(GraphQLClient.Erin);
        await using var db = await _database.OpenAsync();
        var first = await SignInsAsync();
        _database.Clock.Advance(TimeSpan.FromHours(2));
        await Newsroom.StaffAsync(GraphQLClient.Erin);
        var again = await SignInsAsync();
        _database.Clock.Advance(TimeSpan.FromHours(8));
        await Newsroom.StaffAsync(GraphQLClient.Erin);

        // The first sign-in also adds the person to the list of staff.
        Assert.Equal((2, 2, 3), (first, again, await SignInsAsync()));

        Task<int> SignInsAsync() => db.AuditEntries.CountAsync(e => e.Action == StaffSignIns.Action);
    }

    [SkippableFact]
    public async Task The_desk_lists_the_log_newest_first_by_actor_action_subject_and_time()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        var draft = await Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        var middle = _database.Clock.GetUtcNow();
        await Client.DoAsync(GraphQLClient.Erin, "saveArticle", new { id, headline = "Two" }, "article { id }");
        await Client.DoAsync(GraphQLClient.Ada, "trashArticle", new { id }, "article { id }");
        await Client.DoAsync(GraphQLClient.Ada, "createTag", new { name = "A tag" }, "tag { id }");

        Assert.Equal(["createTag", "trashArticle", "saveArticle", "write"], await ActionsAsync(null));
        Assert.Equal(["createTag", "trashArticle"], await ActionsAsync($"{{ actor: \"{GraphQLClient.Ada.Key}\" }}"));
        Assert.Equal(["trashArticle"], await ActionsAsync("{ action: \"trashArticle\" }"));
        Assert.Equal(["trashArticle", "saveArticle", "write"], await ActionsAsync($"{{ subject: \"{id}\" }}"));
        Assert.Equal(["write"], await ActionsAsync($"{{ until: \"{middle:o}\" }}"));
        Assert.Equal(
            ["trashArticle"],
            await ActionsAsync($"{{ actor: \"{GraphQLClient.Ada.Key}\", subject: \"{id}\", from: \"{middle:o}\" }}")
        );

        var history = await Client.AskAsync(
            GraphQLClient.Erin,
            $$"""{ desk { article(id: "{{id}}") { history(first: 2) { totalCount nodes { number action actorName via summary before after } } } } }"""
        );
        var connection = history["data"]!["desk"]!["article"]!["history"]!;
        Assert.Equal(3, (int)connection["totalCount"]!);
        Assert.Equal("trashArticle", (string?)connection["nodes"]![0]!["action"]);

        var forbidden = await Client.AskAsync(GraphQLClient.Erin, "{ desk { audit { nodes { number } } } }");
        Assert.Equal(ErrorCodes.NotAuthorized, GraphQLClient.Code(forbidden));
    }

    [SkippableFact]
    public async Task Pages_of_the_log_contain_each_entry_once()
    {
        Skip.If(_database.SkipReason is not null, _database.SkipReason);
        await WriteFiveAsync();
        List<int> seen = [];
        string? after = null;
        do
        {
            var page = await AuditAsync($"first: 2{(after is null ? "" : $", after: \"{after}\"")}");
            seen.AddRange(page["nodes"]!.AsArray().Select(node => (int)node!["number"]!));
            after = (bool)page["pageInfo"]!["hasNextPage"]! ? (string)page["pageInfo"]!["endCursor"]! : null;
        } while (after is not null);

        Assert.Equal([5, 4, 3, 2, 1], seen);
        var last = await AuditAsync("last: 2");
        Assert.Equal([2, 1], last["nodes"]!.AsArray().Select(node => (int)node!["number"]!));
        var earlier = await AuditAsync($"last: 2, before: \"{last["pageInfo"]!["startCursor"]}\"");
        Assert.Equal([4, 3], earlier["nodes"]!.AsArray().Select(node => (int)node!["number"]!));
    }

    private async Task<JsonNode> AuditAsync(string arguments)
    {
        var answer = await Client.AskAsync(
            GraphQLClient.Ada,
            $"{{ desk {{ audit({arguments}) {{ totalCount nodes {{ number hash previousHash actorKey }} pageInfo {{ hasNextPage startCursor endCursor }} }} }} }}"
        );
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!["desk"]!["audit"]!;
    }

    private async Task<IEnumerable<string>> ActionsAsync(string? where)
    {
        var answer = await Client.AskAsync(
            GraphQLClient.Ada,
            $"{{ desk {{ audit{(where is null ? "" : $"(where: {where})")} {{ totalCount nodes {{ action }} }} }} }}"
        );
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        var audit = answer["data"]!["desk"]!["audit"]!;
        var actions = audit["nodes"]!.AsArray().Select(node => (string)node!["action"]!).ToList();
        Assert.Equal(actions.Count, (int)audit["totalCount"]!);
        return actions;
    }

    // All at different times, by the same person.
    private async Task WriteFiveAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            _database.Clock.Advance(TimeSpan.FromSeconds(1));
            await Newsroom.ToolAsync($"Tool {Guid.CreateVersion7()}");
        }
    }

    private Task<AuditVerdict> VerifyAsync(AuditHead? head = null) =>
        _database.Get<VerifyAudit>().Handle(head, default);

    private static object? Plain(JsonNode? node) =>
        node switch
        {
            null => null,
            JsonObject members => members.ToDictionary(m => m.Key, m => Plain(m.Value), StringComparer.Ordinal),
            JsonArray items => items.Select(Plain).ToList(),
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            JsonValue value when value.TryGetValue<bool>(out var truth) => truth,
            JsonValue value => value.GetValue<double>(),
            _ => throw new UnreachableException(),
        };
}

public sealed class AuditLogTests_Sqlite() : AuditLogTests(new SqliteTestDatabase());

public sealed class AuditLogTests_SqlServer() : AuditLogTests(new SqlServerTestDatabase());
