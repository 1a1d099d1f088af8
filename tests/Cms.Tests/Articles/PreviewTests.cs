using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Articles.Workflow;
using Cms.Audit;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Who previews which articles, and what a preview contains.</summary>
public abstract class PreviewTests(TestDatabase database) : DatabaseSuite(database)
{
    private const string Fields =
        "id slug headline edition publishedAt firstPublishedAt updatedAt disclosure body { plainText } takes { text previewStatus }";

    private static readonly Viewer Drafting = GraphQLClient.Erin with { Perspective = Perspective.Draft };

    private GraphQLClient Client { get; } = new(database.Services);

    [SkippableFact]
    public async Task The_token_is_returned_once_and_only_its_hash_is_stored()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        var input = new { article = id.ToString(), clientMutationId = Guid.CreateVersion7().ToString() };

        var first = await CreateAsync(GraphQLClient.Erin, input);
        var again = await CreateAsync(GraphQLClient.Erin, input);

        var token = (string)first["link"]!["token"]!;
        await using var db = await OpenAsync();
        var stored = await db.PreviewLinks.AsNoTracking().SingleAsync(l => l.ArticleId == id);
        Assert.True(PreviewToken.TryHash(token, out var hash));
        Assert.Equal(hash, stored.TokenHash);
        Assert.Equal($"/preview/{token}?article={id}", (string?)first["link"]!["url"]);
        Assert.Equal((string?)first["link"]!["id"], (string?)again["link"]!["id"]);
        Assert.Null(again["link"]!["token"]);
        Assert.Null(again["link"]!["url"]);
        Assert.DoesNotContain(
            await db.CompletedMutations.Select(m => m.Result).ToListAsync(),
            result => result.Contains(token, StringComparison.Ordinal)
        );
    }

    [SkippableTheory]
    [InlineData(null, 604_800)]
    [InlineData(60, 60)]
    [InlineData(2_592_000, 2_592_000)]
    public async Task A_link_expires_after_the_requested_time(int? expiresIn, int seconds)
    {
        var link = await LinkAsync((await Newsroom.DraftAsync()).Id, expiresIn: expiresIn);

        Assert.Equal(Database.Clock.GetUtcNow().AddSeconds(seconds), link.ExpiresAt);
        Database.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.NotNull(await OpenLinkAsync(link));
        Database.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await OpenLinkAsync(link));
    }

    [SkippableTheory]
    [InlineData(59)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2_592_001)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task A_time_out_of_range_is_rejected(int expiresIn)
    {
        var refused = await CreateAsync(
            GraphQLClient.Erin,
            new { article = $"{(await Newsroom.DraftAsync()).Id}", expiresIn }
        );

        Assert.Equal(["PreviewLifetimeOutOfRangeError at expiresIn"], GraphQLClient.Refusals(refused));
        Assert.Equal(
            "Set expiresIn to a number of seconds from 60 to 2592000.",
            (string?)refused["errors"]![0]!["message"]
        );
    }

    [SkippableFact]
    public async Task An_article_has_at_most_20_links_that_work_even_if_they_are_created_at_once()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 24)
                .Select(_ =>
                    Database
                        .Get<CreatePreviewLink>()
                        .Handle(
                            new CreatePreviewLinkInput { Article = id, ExpiresIn = 60 },
                            Newsroom.Erin,
                            CancellationToken.None
                        )
                )
        );

        Assert.Equal(20, results.Count(result => !result.IsRefused));
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await LinkAsync(id));
    }

    [SkippableFact]
    public async Task Authors_create_see_and_revoke_only_links_to_their_own_articles()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        var own = await OwnAsync(GraphQLClient.Arlo);
        var link = await LinkAsync(id);

        var other = await CreateAsync(GraphQLClient.Arlo, new { article = id.ToString() });
        var allowed = await CreateAsync(GraphQLClient.Arlo, new { article = own.ToString() });
        var refused = await RevokeAsync(GraphQLClient.Arlo, link.Id);
        var revoked = await RevokeAsync(GraphQLClient.Arlo, (string)allowed["link"]!["id"]!);
        var again = await RevokeAsync(GraphQLClient.Arlo, (string)allowed["link"]!["id"]!);

        Assert.Equal(["ArticleNotFoundError at article"], GraphQLClient.Refusals(other));
        Assert.Equal(["PreviewLinkNotFoundError at id"], GraphQLClient.Refusals(refused));
        Assert.Empty(GraphQLClient.Refusals(revoked));
        Assert.Equal(own.ToString(), (string?)revoked["link"]!["articleId"]);
        Assert.Equal(["PreviewLinkNotFoundError at id"], GraphQLClient.Refusals(again));
        Assert.NotNull(await OpenLinkAsync(link));
    }

    [SkippableFact]
    public async Task The_desk_lists_the_links_that_work_newest_first_without_their_tokens()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await LinkAsync(id, expiresIn: 60);
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var first = await LinkAsync(id);
        Database.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await LinkAsync(id);

        var answer = await Client.AskAsync(
            GraphQLClient.Erin,
            $$"""{ desk { article(id: "{{id}}") { previewLinks { id token url createdBy createdAt expiresAt } } } }"""
        );

        var links = answer["data"]!["desk"]!["article"]!["previewLinks"]!.AsArray();
        Assert.Equal([second.Id.ToString(), first.Id.ToString()], links.Select(link => (string?)link!["id"]));
        Assert.All(links, link => Assert.Null(link!["token"] ?? link["url"]));
        Assert.All(links, link => Assert.Equal("Erin", (string?)link!["createdBy"]));
    }

    [SkippableFact]
    public async Task Links_that_have_expired_are_deleted()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await LinkAsync(id, expiresIn: 60);
        var live = await LinkAsync(id);
        Database.Clock.Advance(TimeSpan.FromMinutes(1));

        await Database.Get<ForgetPreviewLinks>().Handle(CancellationToken.None);

        await using var db = await OpenAsync();
        Assert.Equal([live.Id], await db.PreviewLinks.Where(l => l.ArticleId == id).Select(l => l.Id).ToListAsync());
    }

    [SkippableFact]
    public async Task An_article_in_the_trash_has_no_preview_and_a_deleted_one_no_links()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        var link = await LinkAsync(id);
        await Database
            .Get<TrashArticle>()
            .Handle(new TrashArticleInput { Id = id }, Newsroom.Erin, CancellationToken.None);

        var trashed = await ReadAsync(await HolderAsync(link), id);
        var desk = await ReadAsync(Drafting, id);
        var refused = await CreateAsync(GraphQLClient.Erin, new { article = id.ToString() });
        var deleted = await Database
            .Get<DeleteArticle>()
            .Handle(new DeleteArticleInput { Id = id }, Newsroom.Person("Ada", Role.Admin), CancellationToken.None);

        Assert.Null(trashed);
        Assert.Null(desk);
        Assert.Equal(["ArticleTrashedError at article"], GraphQLClient.Refusals(refused));
        Assert.False(deleted.IsRefused);
        Assert.Null(await OpenLinkAsync(link));
    }

    [SkippableFact]
    public async Task The_links_of_a_person_who_is_blocked_are_revoked_and_the_audit_log_names_them()
    {
        var leaver = GraphQLClient.Person("Lee Leaver", Role.Editor);
        var id = (await Newsroom.DraftAsync()).Id;
        var revoked = await LinkAsync(id, by: leaver.ToActor());
        var kept = await LinkAsync(id);

        var blocked = await Client.DoAsync(
            GraphQLClient.Ada,
            "blockPerson",
            new { person = leaver.Key.ToString(), reason = "Left" },
            "blockedPerson { reason }"
        );

        Assert.Empty(GraphQLClient.Refusals(blocked));
        Assert.Null(await OpenLinkAsync(revoked));
        Assert.NotNull(await OpenLinkAsync(kept));
        var entry = await LastEntryAsync("blockPerson");
        Assert.Contains(revoked.Id.ToString(), entry.Before, StringComparison.Ordinal);
        Assert.DoesNotContain(kept.Id.ToString(), entry.Before, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_request_that_was_accepted_before_its_sender_was_blocked_creates_no_link()
    {
        var leaver = GraphQLClient.Person("Lee Leaver", Role.Editor);
        var id = (await Newsroom.DraftAsync()).Id;
        var accepted = leaver.ToActor();
        await Client.DoAsync(
            GraphQLClient.Ada,
            "blockPerson",
            new { person = leaver.Key.ToString(), reason = "Left" },
            "blockedPerson { reason }"
        );

        var late = await Database
            .Get<CreatePreviewLink>()
            .Handle(new CreatePreviewLinkInput { Article = id }, accepted, CancellationToken.None);

        Assert.IsType<ArticleNotFound>(Assert.Single(late.Errors));
        await using var db = await Database.OpenAsync();
        Assert.False(await db.PreviewLinks.AnyAsync(l => l.ArticleId == id));
    }

    [SkippableFact]
    public async Task The_audit_entry_of_a_deleted_article_contains_its_takes_comments_and_preview_links()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        var link = await LinkAsync(id);
        var take = await DraftTakeAsync(id, (await Newsroom.PersonaAsync("Deleted")).Id, "Words of the take.");
        var comment = await Client.DoAsync(
            GraphQLClient.Erin,
            "addComment",
            new { article = id.ToString(), text = "Who says so?" },
            "comment { id }"
        );
        await Database
            .Get<TrashArticle>()
            .Handle(new TrashArticleInput { Id = id }, Newsroom.Erin, CancellationToken.None);

        var deleted = await Database
            .Get<DeleteArticle>()
            .Handle(
                new DeleteArticleInput { Id = id },
                Newsroom.Person("Ada", Role.Admin).For("deleteArticle"),
                CancellationToken.None
            );

        Assert.False(deleted.IsRefused);
        var entry = await LastEntryAsync("deleteArticle");
        Assert.Equal(id.ToString(), entry.Subject);
        Assert.Null(entry.After);
        var others = JsonNode.Parse(entry.Before!)!["others"]!;
        Assert.Equal("Words of the take.", (string?)others[$"{take.Id}"]!["revision"]!["content"]!["text"]);
        Assert.Equal("Who says so?", (string?)others[(string)comment["comment"]!["id"]!]!["text"]);
        Assert.Equal("Erin", (string?)others[$"{link.Id}"]!["createdBy"]);
    }

    [SkippableFact]
    public async Task A_stream_of_changes_ends_when_its_author_loses_the_article()
    {
        await Newsroom.StaffAsync(GraphQLClient.Arlo);
        await using var db = await OpenAsync();
        var arlo = await db.Staff.Where(s => s.Key == GraphQLClient.Arlo.Key).Select(s => s.Id).SingleAsync();
        var (lost, kept) = ((await Newsroom.DraftAsync()).Id, (await Newsroom.DraftAsync()).Id);
        await AssignAsync(lost, arlo);
        await AssignAsync(kept, arlo);
        var follow = Database.Get<FollowPreview>();
        await using var first = follow.Handle(lost, GraphQLClient.Arlo, default).GetAsyncEnumerator();
        await using var second = follow.Handle(kept, GraphQLClient.Arlo, default).GetAsyncEnumerator();
        await using var editor = follow.Handle(lost, GraphQLClient.Erin, default).GetAsyncEnumerator();
        var (losing, keeping, editing) = (
            first.MoveNextAsync().AsTask(),
            second.MoveNextAsync().AsTask(),
            editor.MoveNextAsync().AsTask()
        );

        await AssignAsync(lost, null);
        await PollAsync(losing);
        await Newsroom.SaveAsync(lost, Newsroom.Story("Seen by editors"));
        await Newsroom.SaveAsync(kept, Newsroom.Story("Seen by its author"));
        await PollAsync(Task.WhenAll(keeping, editing));

        Assert.False(await losing);
        Assert.True(await keeping);
        Assert.True(await editing);

        async Task AssignAsync(ArticleId id, Cms.Access.StaffId? assignee) =>
            Newsroom.Value(
                await Database
                    .Get<AssignArticle>()
                    .Handle(new AssignArticleInput { Id = id, Assignee = assignee }, Newsroom.Erin, default)
            );

        async Task PollAsync(Task until)
        {
            for (var i = 0; i < 100 && !until.IsCompleted; i++)
            {
                Database.Clock.Advance(PreviewFeed.Poll);
                await Task.WhenAny(until, Task.Delay(100));
            }

            Assert.True(until.IsCompleted, "The stream neither continued nor ended.");
        }
    }

    [SkippableFact]
    public async Task A_draft_is_shown_as_if_it_were_published_now()
    {
        var id = (await Newsroom.DraftAsync(Newsroom.Story("A draft"))).Id;
        Database.Clock.Advance(TimeSpan.FromHours(3));

        var preview = await ReadAsync(await HolderAsync(await LinkAsync(id)), id);

        var now = Database.Clock.GetUtcNow();
        Assert.Equal("A draft", (string?)preview!["headline"]);
        Assert.Equal(1, (int)preview["edition"]!);
        foreach (var field in (string[])["publishedAt", "firstPublishedAt", "updatedAt"])
        {
            Assert.Equal(now, DateTimeOffset.Parse((string)preview[field]!, null));
        }

        Assert.Null(await ReadAsync(Viewer.Anonymous, id));
    }

    [SkippableFact]
    public async Task A_draft_without_a_body_or_a_summary_can_be_previewed()
    {
        var id = (await Newsroom.DraftAsync(new ArticleContent { Headline = "Only a headline" })).Id;

        var preview = await ReadAsync(Drafting, id, "summary heroImage { url } body { html plainText toc { text } }");

        Assert.Equal(
            """{"summary":"","heroImage":null,"body":{"html":"","plainText":"","toc":[]}}""",
            preview!.ToJsonString()
        );
    }

    [SkippableFact]
    public async Task The_preview_of_an_article_without_changes_is_what_readers_see()
    {
        var persona = await Newsroom.PersonaAsync("The Calm", order: 7);
        var id = (await Newsroom.DraftAsync()).Id;
        await Newsroom.ApprovedTakeAsync(id, persona.Id);
        await Newsroom.PublishAsync(id);
        Database.Clock.Advance(TimeSpan.FromHours(1));

        var published = await ReadAsync(Viewer.Anonymous, id);
        var preview = await ReadAsync(await HolderAsync(await LinkAsync(id)), id);

        Assert.Equal("PUBLISHED", (string?)preview!["takes"]![0]!["previewStatus"]);
        Assert.Null(published!["takes"]![0]!["previewStatus"]);
        preview["takes"]![0]!["previewStatus"] = null;
        Assert.Equal(published.ToJsonString(), preview.ToJsonString());
    }

    [SkippableFact]
    public async Task An_update_keeps_the_date_of_publication_and_has_the_next_number()
    {
        var id = (await Newsroom.PublishedAsync()).Id;
        var published = await ReadAsync(Viewer.Anonymous, id);
        Database.Clock.Advance(TimeSpan.FromDays(1));
        await Newsroom.SaveAsync(id, Newsroom.Story("Changed"));

        var preview = await ReadAsync(await HolderAsync(await LinkAsync(id)), id);

        Assert.Equal("Changed", (string?)preview!["headline"]);
        Assert.Equal(2, (int)preview["edition"]!);
        Assert.Equal((string?)published!["publishedAt"], (string?)preview["publishedAt"]);
        Assert.Equal((string?)published["firstPublishedAt"], (string?)preview["firstPublishedAt"]);
        Assert.NotEqual((string?)published["updatedAt"], (string?)preview["updatedAt"]);
        Assert.Equal(published.ToJsonString(), (await ReadAsync(Viewer.Anonymous, id))!.ToJsonString());
    }

    [SkippableFact]
    public async Task A_withdrawn_article_can_be_previewed_at_its_path()
    {
        var article = await Newsroom.PublishedAsync(slug: "gone-but-previewed");
        await WithdrawAsync(article.Id);
        var holder = await HolderAsync(await LinkAsync(article.Id));
        const string query =
            """{ route(path: "/articles/gone-but-previewed") { __typename ... on ContentRoute { content { ... on Article { id } } } } }""";

        Assert.Equal(
            "GoneRoute",
            (string?)(await Client.AskAsync(Viewer.Anonymous, query))["data"]!["route"]!["__typename"]
        );
        Assert.Equal(
            article.Id.ToString(),
            (string?)(await Client.AskAsync(holder, query))["data"]!["route"]!["content"]!["id"]
        );
    }

    [SkippableFact]
    public async Task Takes_are_marked_and_the_newest_of_each_persona_is_shown()
    {
        var builder = await Newsroom.PersonaAsync("The Marked", order: 2);
        var skeptic = await Newsroom.PersonaAsync("The Unmarked", order: 3);
        var id = (await Newsroom.DraftAsync()).Id;
        var public1 = await Newsroom.ApprovedTakeAsync(id, builder.Id, "public");
        await Newsroom.PublishAsync(id);
        await Newsroom.ApprovedTakeAsync(id, skeptic.Id, "approved");
        var holder = await HolderAsync(await LinkAsync(id));

        Assert.Equal(["public PUBLISHED", "approved APPROVED"], await TakesAsync(holder, id));

        var draft = await DraftTakeAsync(id, builder.Id, "unapproved");
        Assert.Equal(public1.Id, draft.Id);
        Assert.Equal(["unapproved UNAPPROVED", "approved APPROVED"], await TakesAsync(holder, id));
        Assert.Equal(["public "], await TakesAsync(Viewer.Anonymous, id));
        var article = await ReadAsync(
            holder,
            id,
            "consensus { supportive mixed skeptical } takes { id article { id } }"
        );
        Assert.Equal(2, (int)article!["consensus"]!["mixed"]!);
        Assert.Equal(id.ToString(), (string?)article["takes"]![0]!["article"]!["id"]);
        var outside = await Client.AskAsync(holder, $$"""{ take(id: "{{draft.Id}}") { text } }""");
        Assert.Equal("public", (string?)outside["data"]!["take"]!["text"]);
    }

    [SkippableFact]
    public async Task A_reply_to_an_unapproved_take_is_shown_in_the_preview()
    {
        var builder = await Newsroom.PersonaAsync("The First", order: 4);
        var skeptic = await Newsroom.PersonaAsync("The Second", order: 5);
        var id = (await Newsroom.DraftAsync()).Id;
        var first = await DraftTakeAsync(id, builder.Id, "first");
        await DraftTakeAsync(id, skeptic.Id, "second", first.Id);

        var preview = await ReadAsync(Drafting, id, "takes { text inReplyTo { text article { headline } } }");

        Assert.Equal("first", (string?)preview!["takes"]![1]!["inReplyTo"]!["text"]);
        Assert.Null(preview["takes"]![0]!["inReplyTo"]);
    }

    [SkippableFact]
    public async Task In_the_draft_perspective_editors_see_all_articles_and_authors_their_own()
    {
        var other = (await Newsroom.DraftAsync(Newsroom.Story("Of somebody else"))).Id;
        var own = await OwnAsync(GraphQLClient.Arlo);
        var author = GraphQLClient.Arlo with { Perspective = Perspective.Draft };

        Assert.Equal("Of somebody else", (string?)(await ReadAsync(Drafting, other))!["headline"]);
        Assert.Null(await ReadAsync(author, other));
        Assert.NotNull(await ReadAsync(author, own));
        Assert.Null(await ReadAsync(GraphQLClient.Erin, other));
        foreach (var (name, viewer) in GraphQLClient.Viewers.Where(v => v.Key is not ("author" or "editor" or "admin")))
        {
            // The server does not give them this perspective. It would show nothing.
            var preview = await ReadAsync(viewer with { Perspective = Perspective.Draft }, other);
            Assert.True(preview is null, name);
        }
    }

    [SkippableFact]
    public async Task The_grant_of_a_link_is_worth_nothing_once_it_is_revoked_or_for_a_different_article()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        var other = (await Newsroom.DraftAsync()).Id;
        var link = await LinkAsync(id);
        var holder = await HolderAsync(link);

        Assert.NotNull(await ReadAsync(holder, id));
        Assert.Null(await ReadAsync(holder, other));
        Assert.Null(await ReadAsync(Viewer.Anonymous with { Preview = new PreviewGrant(link.Id, other) }, other));
        await RevokeAsync(GraphQLClient.Erin, link.Id);
        Assert.Null(await ReadAsync(holder, id));
    }

    [SkippableFact]
    public async Task Lists_and_fronts_do_not_contain_previewed_articles_that_are_not_public()
    {
        var id = (await Newsroom.DraftAsync(Newsroom.Story("Hidden quokka"))).Id;
        await Client.DoAsync(
            GraphQLClient.Erin,
            "saveFront",
            new { articles = new[] { id.ToString() } },
            "front { articles { id } }"
        );
        const string query =
            """{ front { articles { id } } articles(first: 100) { nodes { id } } search(query: "quokka") { nodes { article { id } } } }""";

        foreach (var viewer in (Viewer[])[Drafting, await HolderAsync(await LinkAsync(id))])
        {
            var answer = await Client.AskAsync(viewer, query);

            Assert.Null(answer["errors"]);
            Assert.DoesNotContain(id.ToString(), answer.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task A_merged_tag_is_shown_as_the_tag_that_it_became()
    {
        var terms = new Support.Terms(Database.Services);
        var (from, _) = await terms.CreateAsync("tag");
        var (into, slug) = await terms.CreateAsync("tag");
        var tags = new[] { from, into }.Select(id => EntityId.Parse<TagId>(id)!.Value).ToList();
        var id = (await Newsroom.DraftAsync(Newsroom.Story() with { Tags = tags })).Id;
        await terms.MergeAsync("tag", from, into);

        var preview = await ReadAsync(Drafting, id, "tags { slug } related { id }");

        Assert.Equal(slug, (string?)Assert.Single(preview!["tags"]!.AsArray())!["slug"]);
    }

    [SkippableFact]
    public async Task Text_of_a_model_is_disclosed_without_a_reviewer()
    {
        var id = (await Newsroom.DraftAsync()).Id;
        await Database
            .Get<Cms.Articles.Drafting.SaveArticle>()
            .Handle(
                new() { Id = id, Edit = _ => Newsroom.Story("By a model") },
                Newsroom.Model("Scribe", "2"),
                CancellationToken.None
            );

        Assert.Equal("Written by Scribe.", (string?)(await ReadAsync(Drafting, id))!["disclosure"]);
    }

    private async Task<ArticleId> OwnAsync(Viewer author)
    {
        var made = await Client.DoAsync(author, "createArticle", new { headline = "My own" }, "article { id }");
        return EntityId.Parse<ArticleId>((string)made["article"]!["id"]!)!.Value;
    }

    private async Task<Take> DraftTakeAsync(ArticleId article, PersonaId persona, string text, TakeId? reply = null) =>
        Newsroom.Value(
            await Database
                .Get<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = article,
                        Persona = persona,
                        Content = new TakeContent { Text = text },
                        InReplyTo = reply,
                    },
                    Newsroom.Erin,
                    CancellationToken.None
                )
        );

    private async Task<AuditEntry> LastEntryAsync(string action)
    {
        await using var db = await OpenAsync();
        return await db.AuditEntries.Where(e => e.Action == action).OrderByDescending(e => e.Seq).FirstAsync();
    }

    private async Task<PreviewLink> LinkAsync(ArticleId article, int? expiresIn = null, Actor? by = null) =>
        Newsroom.Value(
            await Database
                .Get<CreatePreviewLink>()
                .Handle(
                    new CreatePreviewLinkInput { Article = article, ExpiresIn = expiresIn },
                    by ?? Newsroom.Erin,
                    CancellationToken.None
                )
        );

    private Task<PreviewGrant?> OpenLinkAsync(PreviewLink link) =>
        Database.Get<OpenPreview>().Handle(PreviewToken.Hash(link.Token!), CancellationToken.None);

    private async Task<Viewer> HolderAsync(PreviewLink link) =>
        Viewer.Anonymous with
        {
            Preview = await OpenLinkAsync(link),
        };

    private Task<JsonNode> CreateAsync(Viewer viewer, object input) =>
        Client.DoAsync(viewer, "createPreviewLink", input, "link { id token url expiresAt }");

    private Task<JsonNode> RevokeAsync(Viewer viewer, object id) =>
        Client.DoAsync(viewer, "revokePreviewLink", new { id = id.ToString() }, "link { previewLinkId articleId }");

    private async Task<JsonNode?> ReadAsync(Viewer viewer, ArticleId id, string fields = Fields)
    {
        var answer = await Client.AskAsync(viewer, $$"""{ article(id: "{{id}}") { {{fields}} } }""");
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!["article"];
    }

    private async Task<IEnumerable<string>> TakesAsync(Viewer viewer, ArticleId id) =>
        (await ReadAsync(viewer, id, "takes { text previewStatus }"))!["takes"]!
            .AsArray()
            .Select(take => $"{take!["text"]} {take["previewStatus"]}");
}

public sealed class PreviewTests_Sqlite(SqliteTestDatabase database)
    : PreviewTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class PreviewTests_SqlServer(SqlServerTestDatabase database)
    : PreviewTests(database),
        IClassFixture<SqlServerTestDatabase>;
