using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Audit;
using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Media.Intake;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Audit;

/// <summary>Every mutation of staff has one entry in the audit log, with its actor and what it changed.</summary>
public sealed class AuditedMutationTests : IAsyncLifetime
{
    // Reader actions are not recorded. A renewal continues the lease that its acquisition recorded.
    private static readonly string[] Unrecorded =
    [
        "addBookmark",
        "deleteMyData",
        "mergeBookmarks",
        "noteBookmark",
        "removeBookmark",
        "renewLease",
    ];

    private readonly AnyTestDatabase _database = new();
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Every_mutation_of_the_schema_writes_one_entry_with_actor_before_and_after()
    {
        var staff = (await Newsroom.StaffAsync(GraphQLClient.Erin)).Id.ToString();
        await TermsAsync();
        await MediaAsync();
        await PanelAsync();
        await ArticleAsync(staff);
        await PublicationAsync();
        await TrashAsync();
        await PeopleAsync();
        await PartnerAsync();
        await WebhookAsync();
        await ReaderAsync();

        var schema = _database.Get<CmsSchema>();
        schema.Initialize();
        Assert.Equal(
            schema.Mutation!.Fields.Select(field => field.Name).Order(StringComparer.Ordinal),
            _sent.Order(StringComparer.Ordinal)
        );
        var verdict = await _database.Get<VerifyAudit>().Handle(null, default);
        Assert.Empty(verdict.Faults);
    }

    [Fact]
    public async Task An_autosave_that_removes_the_model_has_an_entry_although_the_one_before_it_could_take_it_in()
    {
        var model = new { model = "Quill", version = "2" };
        var id = await CreatedAsync("createArticle", new { headline = "One", draftedWith = model });
        await DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new
            {
                id,
                headline = "Two",
                autosave = true,
            }
        );

        var removed = await DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new
            {
                id,
                headline = "Three",
                autosave = true,
                draftedWith = (object?)null,
            }
        );

        Assert.Contains("Quill", removed.Before, StringComparison.Ordinal);
        Assert.DoesNotContain("Quill", removed.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_admins_see_the_ids_of_people_in_the_values_of_an_entry()
    {
        var staff = (await Newsroom.StaffAsync(GraphQLClient.Erin)).Id.ToString();
        var id = await CreatedAsync("createArticle", new { headline = "One" });
        await DoAsync(GraphQLClient.Erin, "assignArticle", new { id, assignee = staff });
        var query = $"{{ desk {{ article(id: \"{id}\") {{ history(first: 1) {{ nodes {{ after }} }} }} }} }}";

        var editor = (await Client.AskAsync(GraphQLClient.Erin, query)).ToJsonString();
        var admin = (await Client.AskAsync(GraphQLClient.Ada, query)).ToJsonString();

        Assert.Contains("assigneeKey", editor, StringComparison.Ordinal);
        Assert.DoesNotContain(GraphQLClient.Erin.Key!.Value.ToString(), editor, StringComparison.Ordinal);
        Assert.Contains(GraphQLClient.Erin.Key!.Value.ToString(), admin, StringComparison.Ordinal);
    }

    private async Task TermsAsync()
    {
        foreach (var kind in new[] { "Category", "Tag", "Source", "Author" })
        {
            var many = kind == "Category" ? "Categories" : kind + "s";
            var name = kind.ToLowerInvariant();
            var one = await CreatedAsync($"create{kind}", new { name = $"{kind} one" });
            var two = await CreatedAsync($"create{kind}", new { name = $"{kind} two" });
            var edited = await DoAsync(GraphQLClient.Erin, $"edit{kind}", new { id = one, name = "Other" });
            Assert.Equal(($"{kind} one", "Other"), (Text(edited.Before, "name"), Text(edited.After, "name")));
            Assert.Equal(one, edited.Subject);
            await DoAsync(GraphQLClient.Erin, $"rename{kind}", new { id = one, slug = $"{name}-renamed" });
            var merged = await DoAsync(GraphQLClient.Erin, $"merge{many}", new { from = one, into = two });
            Assert.Equal((one, two), (merged.Subject, Text(merged.After, "mergedInto")));
            var deleted = await DoAsync(GraphQLClient.Erin, $"delete{kind}", new { id = two });
            Assert.NotNull(Text(deleted.After, "deletedAt"));
        }
    }

    private async Task MediaAsync()
    {
        var upload = await DoAsync(GraphQLClient.Erin, "createMediaUpload", new { fileName = "cloud.webp" });
        await SendFileAsync(upload.Subject, "the-disk-said-yes.webp");
        var committed = await DoAsync(GraphQLClient.Erin, "commitMediaUpload", new { uploadId = upload.Subject });
        var id = committed.Subject;
        Assert.StartsWith("med_", id, StringComparison.Ordinal);
        var tag = await CreatedAsync("createTag", new { name = "Weather" });
        var saved = await DoAsync(GraphQLClient.Erin, "saveMedia", new { id, tags = new[] { tag } });
        Assert.Equal(tag, (string?)JsonNode.Parse(saved.After!)!["tag"]!["tagId"]);
        var described = await DoAsync(GraphQLClient.Erin, "saveMedia", new { id, alt = "A cloud." });
        Assert.Equal("A cloud.", Text(described.After, "alt"));
        await DoAsync(GraphQLClient.Erin, "saveMediaRights", new { id, creditLine = "Us" });
        var second = await DoAsync(GraphQLClient.Erin, "createMediaUpload", new { fileName = "cloud.png" });
        await SendFileAsync(second.Subject, "the-disk-said-yes-writes.png");
        var replaced = await DoAsync(GraphQLClient.Erin, "replaceMediaFile", new { id, uploadId = second.Subject });
        Assert.NotEqual(Text(replaced.Before, "sha256"), Text(replaced.After, "sha256"));
        await DoAsync(GraphQLClient.Erin, "deleteMedia", new { id });
        await CreatedAsync("createTool", new { name = "LanternDB" }, "editTool", new { summary = "A database." });
    }

    private async Task PanelAsync()
    {
        var persona = await CreatedAsync(
            "createPersona",
            new { name = "The Builder", lens = "Code" },
            by: GraphQLClient.Ada
        );
        await DoAsync(GraphQLClient.Ada, "editPersona", new { id = persona, lens = "Craft" });
        var article = await CreatedAsync("createArticle", new { headline = "For a take" });
        var drafted = await DoAsync(
            GraphQLClient.Erin,
            "draftTake",
            new
            {
                article,
                persona,
                text = "I would ship it.",
            }
        );
        Assert.Equal(article, drafted.ArticleId?.ToString());
        var id = drafted.Subject;
        var saved = await DoAsync(GraphQLClient.Erin, "saveTake", new { id, text = "I would ship it now." });
        Assert.Equal((id, article), (saved.Subject, saved.ArticleId?.ToString()));
        await DoAsync(GraphQLClient.Erin, "submitTake", new { id });
        await DoAsync(GraphQLClient.Erin, "requestTakeChanges", new { id, comment = "Who says so?" });
        await DoAsync(GraphQLClient.Erin, "submitTake", new { id });
        var approved = await DoAsync(GraphQLClient.Erin, "approveTake", new { id });
        Assert.Equal(("IN_REVIEW", "APPROVED"), (Text(approved.Before, "status"), Text(approved.After, "status")));
        await DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new
            {
                id = article,
                summary = "S",
                body = new { markdown = "Words." },
            }
        );
        await DoAsync(GraphQLClient.Erin, "publishArticle", new { id = article });
        await DoAsync(GraphQLClient.Erin, "correctArticle", new { id = article, note = "It was Tuesday." });
        await DoAsync(GraphQLClient.Erin, "confirmTake", new { id });
        var retracted = await DoAsync(GraphQLClient.Erin, "retractTake", new { id, reason = "It was wrong." });
        Assert.Equal("RETRACTED", Text(retracted.After, "status"));
        await DoAsync(
            GraphQLClient.Erin,
            "requestTake",
            new
            {
                article,
                persona,
                brief = "Try again.",
            }
        );
    }

    private async Task ArticleAsync(string staff)
    {
        var id = await CreatedAsync("createArticle", new { headline = "One", summary = "S" });
        var saved = await DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new
            {
                id,
                headline = "Two",
                body = new { markdown = "Secret words of the body." },
            }
        );
        var (before, after) = (JsonNode.Parse(saved.Before!)!["revision"]!, JsonNode.Parse(saved.After!)!["revision"]!);
        Assert.Equal(("One", "Two"), ((string?)before["content"]!["headline"], (string?)after["content"]!["headline"]));
        Assert.Null(before["content"]!["summary"]);
        Assert.StartsWith("sha256:", (string?)after["content"]!["body"], StringComparison.Ordinal);
        Assert.DoesNotContain("Secret words", saved.After, StringComparison.Ordinal);

        var first = (string)before["id"]!;
        await DoAsync(
            GraphQLClient.Erin,
            "labelRevision",
            new
            {
                id,
                revision = first,
                label = "Mine",
            }
        );
        await DoAsync(GraphQLClient.Erin, "restoreRevision", new { id, revision = first });
        await DoAsync(GraphQLClient.Erin, "assignArticle", new { id, assignee = staff });
        await DoAsync(GraphQLClient.Erin, "submitForReview", new { id });
        await DoAsync(GraphQLClient.Erin, "withdrawFromReview", new { id });
        await DoAsync(GraphQLClient.Erin, "submitForReview", new { id });
        var asked = await DoAsync(GraphQLClient.Erin, "requestChanges", new { id, comment = "Who says so?" });
        Assert.Equal(id, asked.Subject);
        await DoAsync(GraphQLClient.Erin, "submitForReview", new { id });
        await DoAsync(GraphQLClient.Erin, "approveArticle", new { id });

        var comment = await DoAsync(GraphQLClient.Erin, "addComment", new { article = id, text = "Nice." });
        Assert.Equal("Nice.", Text(comment.After, "text"));
        await DoAsync(GraphQLClient.Erin, "resolveComment", new { id = comment.Subject });
        await DoAsync(GraphQLClient.Erin, "deleteComment", new { id = comment.Subject });

        var tab = new { article = id, tab = "one" };
        var acquired = await DoAsync(GraphQLClient.Erin, "acquireLease", tab);
        Assert.Equal(id, acquired.Subject);
        await NothingAsync(GraphQLClient.Erin, "renewLease", tab);
        await DoAsync(GraphQLClient.Ada, "takeOverLease", new { article = id, tab = "two" });
        await DoAsync(GraphQLClient.Erin, "releaseLease", tab);
        await DoAsync(GraphQLClient.Erin, "markInboxRead", new { until = _database.Clock.GetUtcNow() });
        await DoAsync(
            GraphQLClient.Erin,
            "bulkArticles",
            new
            {
                ids = new[] { id },
                action = "ASSIGN",
                assignee = (string?)null,
            }
        );
    }

    private async Task PublicationAsync()
    {
        var id = await CreatedAsync(
            "createArticle",
            new
            {
                headline = "One",
                summary = "S",
                body = new { markdown = "Words." },
            }
        );
        var at = _database.Clock.GetUtcNow().AddDays(1);
        await DoAsync(GraphQLClient.Erin, "setEmbargo", new { id, until = at });
        await DoAsync(GraphQLClient.Erin, "setEmbargo", new { id, until = (string?)null });
        await DoAsync(GraphQLClient.Erin, "scheduleArticle", new { id, at });
        await DoAsync(GraphQLClient.Erin, "unscheduleArticle", new { id });
        await DoAsync(GraphQLClient.Erin, "releaseUnderEmbargo", new { id, until = at });
        await DoAsync(GraphQLClient.Erin, "setEmbargo", new { id, until = (string?)null });
        await DoAsync(GraphQLClient.Erin, "changeSlug", new { id, slug = "another-slug" });
        var published = await DoAsync(GraphQLClient.Erin, "publishArticle", new { id });
        Assert.Equal(("DRAFT", "PUBLISHED"), (Text(published.Before, "status"), Text(published.After, "status")));
        var link = await DoAsync(GraphQLClient.Erin, "createPreviewLink", new { article = id });
        Assert.Equal(id, link.ArticleId?.ToString());
        Assert.DoesNotContain("token", link.After, StringComparison.OrdinalIgnoreCase);
        await DoAsync(GraphQLClient.Erin, "revokePreviewLink", new { id = link.Subject });
        await DoAsync(GraphQLClient.Erin, "saveArticle", new { id, headline = "Two" });
        await DoAsync(GraphQLClient.Erin, "updateArticle", new { id });
        await DoAsync(GraphQLClient.Erin, "correctArticle", new { id, note = "It was Tuesday." });
        await DoAsync(
            GraphQLClient.Erin,
            "scheduleWithdrawal",
            new
            {
                id,
                at,
                reason = "It ends.",
            }
        );
        await DoAsync(GraphQLClient.Erin, "unscheduleWithdrawal", new { id });
        await DoAsync(GraphQLClient.Erin, "saveFront", new { articles = new[] { id } });
        await DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new
            {
                id,
                reason = "It was wrong.",
                acknowledgeUse = true,
            }
        );
        var redirect = await DoAsync(GraphQLClient.Erin, "saveRedirect", new { from = "/old", to = "/new" });
        await DoAsync(GraphQLClient.Erin, "deleteRedirect", new { id = redirect.Subject });
    }

    private async Task TrashAsync()
    {
        var id = await CreatedAsync("createArticle", new { headline = "Gone" });
        await DoAsync(GraphQLClient.Erin, "trashArticle", new { id });
        await DoAsync(GraphQLClient.Erin, "restoreArticle", new { id });
        await DoAsync(GraphQLClient.Erin, "trashArticle", new { id });
        var deleted = await DoAsync(GraphQLClient.Ada, "deleteArticle", new { id });
        Assert.Equal("Gone", (string?)JsonNode.Parse(deleted.Before!)!["revision"]!["content"]!["headline"]);
        Assert.Null(deleted.After);
    }

    private async Task PeopleAsync()
    {
        var person = GraphQLClient.Arlo.Key.ToString();
        var blocked = await DoAsync(GraphQLClient.Ada, "blockPerson", new { person, reason = "Left" });
        Assert.Equal(person, blocked.Subject);
        await DoAsync(GraphQLClient.Ada, "unblockPerson", new { person });
    }

    private async Task PartnerAsync()
    {
        var id = await CreatedAsync("createPartner", new { name = "Northern Post" }, by: GraphQLClient.Ada);
        var application = GraphQLClient.Arlo.Key.ToString();
        var edited = await DoAsync(GraphQLClient.Ada, "editPartner", new { id, applications = new[] { application } });
        Assert.Equal(application, (string?)JsonNode.Parse(edited.After!)!["application"]!["key"]);
        await DoAsync(GraphQLClient.Ada, "saveAgreement", new { partner = id, summaryWords = 10 });
        var agreed = await DoAsync(GraphQLClient.Ada, "saveAgreement", new { partner = id, summaryWords = 20 });
        var (before, after) = (JsonNode.Parse(agreed.Before!)!, JsonNode.Parse(agreed.After!)!);
        Assert.Equal(
            (id, 10, 20),
            (
                agreed.Subject,
                (int?)before["agreement"]!["terms"]!["summaryWords"],
                (int?)after["agreement"]!["terms"]!["summaryWords"]
            )
        );
        var arlo = GraphQLClient.Arlo with
        {
            Kind = ViewerKind.Partner,
            Name = "Arlo’s reader",
            Role = null,
            MaySyndicate = true,
        };
        Assert.Equal(id, (await DoAsync(arlo, "acceptAgreement", new { number = 2 })).Subject);
        var key = await DoAsync(GraphQLClient.Ada, "createFeedKey", new { partner = id });
        Assert.Equal(id, key.Subject);
        Assert.DoesNotContain("hash", key.After, StringComparison.OrdinalIgnoreCase);
        var keyId = (string?)JsonNode.Parse(key.After!)!["feedKey"]!["id"];
        await DoAsync(GraphQLClient.Ada, "revokeFeedKey", new { id = keyId });
        await TakedownAsync(id);
        await DoAsync(GraphQLClient.Ada, "suspendPartner", new { id, reason = "Unpaid" });
        await DoAsync(GraphQLClient.Ada, "resumePartner", new { id });
    }

    private async Task TakedownAsync(string partner)
    {
        var viewer = GraphQLClient.Viewers["partner"] with { Name = "Northern Post" };
        await DoAsync(
            GraphQLClient.Ada,
            "editPartner",
            new { id = partner, applications = new[] { viewer.Key.ToString() } }
        );
        var article = (await Newsroom.PublishedAsync()).Id.ToString();
        await Client.AskAsync(viewer, $$"""{ article(id: "{{article}}") { headline } }""");
        await DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new
            {
                id = article,
                reason = "A court decided.",
                kind = "KILL",
            }
        );
        var takedown = (string?)
            (await Client.AskAsync(viewer, "{ takedowns { nodes { id } } }"))["data"]!["takedowns"]!["nodes"]![0]![
                "id"
            ];
        var confirmed = await DoAsync(viewer, "acknowledgeTakedown", new { id = takedown });
        Assert.Equal((takedown, article), (confirmed.Subject, confirmed.ArticleId.ToString()));
    }

    private async Task WebhookAsync()
    {
        var id = await CreatedAsync("createWebhook", new { url = "https://example.com/" }, by: GraphQLClient.Ada);
        var saved = await DoAsync(GraphQLClient.Ada, "saveWebhook", new { id, url = "https://example.org/" });
        Assert.Equal(
            (id, "https://example.com/", "https://example.org/"),
            (saved.Subject, Text(saved.Before, "url"), Text(saved.After, "url"))
        );
        var rotated = await DoAsync(GraphQLClient.Ada, "rotateWebhookSecret", new { id });
        Assert.DoesNotContain("sealed", rotated.After, StringComparison.OrdinalIgnoreCase);
        var pinged = await DoAsync(GraphQLClient.Ada, "pingWebhook", new { id });
        Assert.StartsWith("whd_", Text(pinged.After, "delivery"), StringComparison.Ordinal);
        Assert.Equal(id, (await DoAsync(GraphQLClient.Ada, "redeliverWebhook", new { id, since = 0 })).Subject);
        await DoAsync(GraphQLClient.Ada, "disableWebhook", new { id, reason = "Tests" });
        await DoAsync(GraphQLClient.Ada, "enableWebhook", new { id });
        Assert.Null((await DoAsync(GraphQLClient.Ada, "deleteWebhook", new { id })).After);
    }

    private async Task ReaderAsync()
    {
        var targetId = (await Newsroom.PublishedAsync()).Id.ToString();
        var saved = new { targetId, savedAt = _database.Clock.GetUtcNow() };
        await NothingAsync(GraphQLClient.Erin, "addBookmark", new { targetId });
        await NothingAsync(GraphQLClient.Erin, "noteBookmark", new { targetId, note = "Later" });
        await NothingAsync(GraphQLClient.Erin, "removeBookmark", new { targetId });
        await NothingAsync(GraphQLClient.Erin, "mergeBookmarks", new { bookmarks = new[] { saved } });
        await NothingAsync(GraphQLClient.Erin, "deleteMyData", new { confirm = true });
    }

    private async Task SendFileAsync(string upload, string file)
    {
        await using var content = Pictures.Open(file);
        await _database
            .Get<IBlobStore>()
            .PutAsync(
                BlobKey.Quarantine(EntityId.Parse<MediaUploadId>(upload)!.Value),
                content,
                "application/octet-stream",
                null,
                MediaUpload.MaxBytes,
                default
            );
    }

    private async Task<string> CreatedAsync(
        string mutation,
        object input,
        string? edit = null,
        object? edited = null,
        Viewer? by = null
    )
    {
        var created = await DoAsync(by ?? GraphQLClient.Erin, mutation, input);
        Assert.Null(created.Before);
        Assert.NotNull(created.After);
        if (edit is not null)
        {
            var changes = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(edited))!.AsObject();
            changes["id"] = created.Subject;
            await DoAsync(GraphQLClient.Erin, edit, changes);
        }

        return created.Subject;
    }

    /// <summary>Sends a mutation and returns its only entry.</summary>
    private async Task<AuditEntry> DoAsync(Viewer who, string mutation, object input)
    {
        var entries = await SendAsync(who, mutation, input);
        Assert.True(entries.Count == 1, $"{mutation} wrote {entries.Count} entries.");
        var entry = entries[0];
        Assert.Equal(mutation, entry.Action);
        Assert.Equal((who.Key, who.Name, AuditVia.Mutation), (entry.ActorKey, entry.ActorName, entry.Via));
        Assert.Equal(_database.Clock.GetUtcNow(), entry.At);
        Assert.False(entry.Before is null && entry.After is null, $"{mutation} says nothing of what it changed.");
        Assert.NotEqual(entry.Before, entry.After);
        Assert.StartsWith(who.Name!, entry.Summary, StringComparison.Ordinal);
        return entry;
    }

    private async Task NothingAsync(Viewer who, string mutation, object input)
    {
        Assert.Contains(mutation, Unrecorded);
        Assert.Empty(await SendAsync(who, mutation, input));
    }

    private async Task<List<AuditEntry>> SendAsync(Viewer who, string mutation, object input)
    {
        _sent.Add(mutation);
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var db = await _database.OpenAsync();
        var last = await db.AuditCounters.Select(c => c.Seq).SingleAsync();
        var name = $"{char.ToUpper(mutation[0], CultureInfo.InvariantCulture)}{mutation[1..]}";
        var answer = await Client.AskAsync(
            who,
            $"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ errors {{ __typename }} }} }}",
            new { input }
        );
        Assert.True(
            answer["errors"] is null && answer["data"]![mutation]!["errors"]!.AsArray().Count == 0,
            $"{mutation}: {answer.ToJsonString()}"
        );
        return await db.AuditEntries.AsNoTracking().Where(e => e.Seq > last).OrderBy(e => e.Seq).ToListAsync();
    }

    private static string? Text(string? json, string field) =>
        json is null ? null : JsonNode.Parse(json)![field]?.ToString();
}
