using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.Bookmarks;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.People;
using Cms.Testing;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Bookmarks;

public abstract class BookmarkTests(TestDatabase database) : DatabaseSuite(database)
{
    private readonly PersonKey _reader = new(Guid.CreateVersion7(), Guid.CreateVersion7());

    [SkippableFact]
    public async Task A_thousand_concurrent_requests_create_one_bookmark_and_get_equal_answers()
    {
        var article = await Newsroom.PublishedAsync();
        var input = new AddBookmarkInput { TargetId = article.Id.Format() };

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 1_000)
                .Select(_ => Task.Run(() => Add().Handle(input, Newsroom.Reader(_reader), default)))
        );

        await using var db = await OpenAsync();
        var kept = Assert.Single(await db.Bookmarks.Where(b => b.ReaderId == _reader).ToListAsync());
        Assert.All(answers, answer => Assert.Equal((kept.Id, kept.SavedAt), IdAndTime(Newsroom.Value(answer))));
    }

    [SkippableFact]
    public async Task One_of_two_concurrent_bookmarks_is_rejected_when_only_one_fits_the_limit()
    {
        var (one, other) = (await Newsroom.PublishedAsync(), await Newsroom.PublishedAsync());
        await FillAsync(Bookmark.MaxPerReader - 1);

        var results = await Task.WhenAll(
            new[] { one, other }.Select(article =>
                Task.Run(() =>
                    Add()
                        .Handle(
                            new AddBookmarkInput { TargetId = article.Id.Format() },
                            Newsroom.Reader(_reader),
                            default
                        )
                )
            )
        );

        var refused = Refusal<BookmarkLimitReached>(Assert.Single(results, r => r.IsRefused).Errors);
        Assert.Equal(Bookmark.MaxPerReader, refused.Max);
        await using var db = await OpenAsync();
        Assert.Equal(Bookmark.MaxPerReader, await db.Bookmarks.CountAsync(b => b.ReaderId == _reader));
    }

    [SkippableFact]
    public async Task Hidden_and_missing_targets_are_rejected_with_the_same_error()
    {
        var draft = await Newsroom.DraftAsync();
        var withdrawn = await Newsroom.PublishedAsync();
        await WithdrawAsync(withdrawn.Id);
        string[] ids = [draft.Id.Format(), withdrawn.Id.Format(), ArticleId.New().Format(), "art_1", "per_", ""];

        foreach (var id in ids)
        {
            var result = await Add().Handle(new AddBookmarkInput { TargetId = id }, Newsroom.Reader(_reader), default);

            Assert.Equal(id, Refusal<TargetNotFound>(result.Errors).TargetId);
        }
    }

    [SkippableFact]
    public async Task Bookmarking_twice_keeps_the_original_time_and_removing_twice_is_not_an_error()
    {
        var id = (await Newsroom.PublicToolAsync()).Id.Format();
        var first = await AddAsync(id, "Read it.");
        Database.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal((first.Id, first.SavedAt, "Read it."), Whole(await AddAsync(id)));
        Assert.Equal((first.Id, first.SavedAt, "Twice."), Whole(await AddAsync(id, "Twice.")));
        Assert.True(Newsroom.Value(await RemoveAsync(id)).WasBookmarked);
        Assert.False(Newsroom.Value(await RemoveAsync(id)).WasBookmarked);
        Assert.IsType<BookmarkNotFound>(
            (
                await Database
                    .Get<NoteBookmark>()
                    .Handle(new NoteBookmarkInput { TargetId = id, Note = "x" }, Newsroom.Reader(_reader), default)
            ).Errors[0]
        );
    }

    [SkippableFact]
    public async Task A_merge_keeps_the_earliest_times_and_reports_the_bookmarks_that_it_rejects()
    {
        var article = (await Newsroom.PublishedAsync()).Id.Format();
        var tool = (await Newsroom.PublicToolAsync("Merged")).Id.Format();
        var now = Database.Clock.GetUtcNow();
        await AddAsync(article);

        var merged = Newsroom.Value(
            await MergeAsync(
                Saved(article, now.AddDays(-2)),
                Saved(article, now.AddDays(-1), "Mine."),
                Saved(tool, now.AddYears(1)),
                Saved("nonsense", now),
                Saved(ArticleId.New().Format(), now),
                Saved(tool, now, new string('x', 1_001))
            )
        );

        Assert.Equal((1, 1), (merged.Added, merged.Joined));
        Assert.Equal(
            [MergeRefusal.TargetNotFound, MergeRefusal.NoteTooLong, MergeRefusal.TargetNotFound],
            merged.Refused.Select(r => r.Reason)
        );
        await using var db = await OpenAsync();
        var kept = await db.Bookmarks.Where(b => b.ReaderId == _reader).OrderBy(b => b.SavedAt).ToListAsync();
        Assert.Equal(
            [(article, now.AddDays(-2), "Mine."), (tool, now, null)],
            kept.Select(b => (b.Target.ToString(), b.SavedAt, b.Note))
        );
    }

    [SkippableFact]
    public async Task A_reader_sees_only_their_own_bookmarks_with_the_current_state_of_each_target()
    {
        var article = await Newsroom.DraftAsync();
        var persona = await Newsroom.PersonaAsync("Saver");
        var take = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);
        await Newsroom.PublishAsync(article.Id);
        var tool = await Newsroom.PublicToolAsync("Saved");
        var gone = await Newsroom.PublishedAsync();
        foreach (var id in new[] { article.Id.Format(), take.Id.Format(), tool.Id.Format(), gone.Id.Format() })
        {
            await AddAsync(id);
            Database.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Six days"));
        await Newsroom.PublishAsync(article.Id);
        await WithdrawAsync(gone.Id, "It is gone.", successor: article.Id);
        const string query = """
            { viewer { bookmarks { totalCount nodes { changedSinceSaved target { __typename
                ... on Article { headline isBookmarked } ... on Tool { name isBookmarked } ... on Take { text isBookmarked }
                ... on RemovedTarget { kind targetId reason successor { headline } } } } } } }
            """;

        var own = (await AskAsync(query, Reader(_reader)))["viewer"]!["bookmarks"]!;
        var others = (await AskAsync(query, Reader(new(Guid.CreateVersion7(), Guid.CreateVersion7()), Role.Admin)))[
            "viewer"
        ]!;

        Assert.Equal(4, (int)own["totalCount"]!);
        Assert.Equal(
            [
                """{"changedSinceSaved":true,"target":{"__typename":"RemovedTarget","kind":"ARTICLE","targetId":"GONE","reason":"It is gone.","successor":{"headline":"Six days"}}}""".Replace(
                    "GONE",
                    gone.Id.ToString(),
                    StringComparison.Ordinal
                ),
                """{"changedSinceSaved":false,"target":{"__typename":"Tool","name":"Saved","isBookmarked":true}}""",
                """{"changedSinceSaved":true,"target":{"__typename":"Take","text":"I would ship it.","isBookmarked":true}}""",
                """{"changedSinceSaved":true,"target":{"__typename":"Article","headline":"Six days","isBookmarked":true}}""",
            ],
            own["nodes"]!.AsArray().Select(node => node!.ToJsonString())
        );
        Assert.Equal(0, (int)others["bookmarks"]!["totalCount"]!);
        var first = (string)
            (await AskAsync("{ viewer { bookmarks(first: 1) { nodes { id } } } }", Reader(_reader)))["viewer"]![
                "bookmarks"
            ]!["nodes"]![0]!["id"]!;
        Assert.StartsWith("bmk_", first, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Bookmarks_that_changed_and_those_that_did_not_are_two_lists_with_pages_of_their_own()
    {
        var persona = await Newsroom.PersonaAsync("Sorter");
        List<(string Article, string Take, string Tool)> targets = [];
        for (var i = 0; i < 4; i++)
        {
            var article = await Newsroom.DraftAsync();
            var take = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);
            await Newsroom.PublishAsync(article.Id);
            var tool = await Newsroom.PublicToolAsync($"Sorted {i}");
            foreach (var id in new[] { article.Id.Format(), take.Id.Format(), tool.Id.Format() })
            {
                await AddAsync(id);
                Database.Clock.Advance(TimeSpan.FromSeconds(1));
            }

            targets.Add((article.Id.Format(), take.Id.Format(), tool.Id.Format()));
        }

        // The first story is corrected, and the second is withdrawn. A tool is changed.
        var corrected = EntityId.Parse<ArticleId>(targets[0].Article)!.Value;
        await Newsroom.SaveAsync(corrected, Newsroom.Story("Six days"));
        await Newsroom.PublishAsync(corrected);
        await WithdrawAsync(EntityId.Parse<ArticleId>(targets[1].Article)!.Value);
        Newsroom.Value(
            await Database
                .Get<EditTool>()
                .Handle(
                    new EditToolInput
                    {
                        Id = EntityId.Parse<ToolId>(targets[3].Tool)!.Value,
                        Edit = fields => fields with { Name = "Renamed" },
                    },
                    Newsroom.Erin,
                    default
                )
        );

        var all = await ListAsync("");
        var changed = await ListAsync("where: { changedSinceSaved: true }");
        var unchanged = await ListAsync("where: { changedSinceSaved: false }");
        var articles = await ListAsync("where: { changedSinceSaved: true, kind: ARTICLE }");

        Assert.Equal(
            [targets[3].Tool, targets[1].Take, targets[1].Article, targets[0].Take, targets[0].Article],
            changed.Select(bookmark => bookmark.Id)
        );
        Assert.All(changed, bookmark => Assert.True(bookmark.IsChanged));
        Assert.All(unchanged, bookmark => Assert.False(bookmark.IsChanged));
        Assert.Equal(12, all.Count);
        Assert.Equal(all.Where(bookmark => !bookmark.IsChanged), unchanged);
        Assert.Equal([targets[1].Article, targets[0].Article], articles.Select(bookmark => bookmark.Id));
    }

    // Reads a list of the reader's bookmarks, two on each page.
    private async Task<List<(string Id, bool IsChanged)>> ListAsync(string where)
    {
        List<(string, bool)> found = [];
        string? cursor = null;
        int? total = null;
        while (true)
        {
            var page = (
                await AskAsync(
                    $"{{ viewer {{ bookmarks(first: 2{(cursor is null ? "" : $", after: \"{cursor}\"")} {where}) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ targetId changedSinceSaved }} }} }} }}",
                    Reader(_reader)
                )
            )["viewer"]!["bookmarks"]!;
            found.AddRange(
                page["nodes"]!.AsArray().Select(node => ((string)node!["targetId"]!, (bool)node["changedSinceSaved"]!))
            );
            total ??= (int)page["totalCount"]!;
            if (!(bool)page["pageInfo"]!["hasNextPage"]!)
            {
                Assert.Equal(total, found.Count);
                return found;
            }

            cursor = (string)page["pageInfo"]!["endCursor"]!;
        }
    }

    [SkippableFact]
    public async Task A_bookmark_says_how_its_target_changed()
    {
        var (first, second) = (await Newsroom.PersonaAsync("First of two"), await Newsroom.PersonaAsync("Second"));
        var article = await Newsroom.DraftAsync();
        var take = await Newsroom.ApprovedTakeAsync(article.Id, first.Id);
        await Newsroom.PublishAsync(article.Id);
        await AddAsync(article.Id.Format());
        await AddAsync(take.Id.Format());

        Assert.Equal(["", ""], await ChangesAsync());
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Seven days"));
        await CorrectAsync(article.Id);
        Assert.Equal(["CORRECTED", "CORRECTED"], await ChangesAsync());
        await Newsroom.ApprovedTakeAsync(article.Id, second.Id, "I would wait.");
        await Newsroom.PublishAsync(article.Id);
        Assert.Equal(["CORRECTED NEW_TAKES", "CORRECTED NEW_TAKES"], await ChangesAsync());
        await Newsroom.ApprovedTakeAsync(article.Id, second.Id, "I would still wait.");
        await Newsroom.PublishAsync(article.Id);
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Eight days"));
        await Newsroom.PublishAsync(article.Id);
        Assert.Equal(["CORRECTED UPDATED NEW_TAKES", "CORRECTED UPDATED NEW_TAKES"], await ChangesAsync());
        await Newsroom.ApprovedTakeAsync(article.Id, first.Id, "I changed my mind.");
        await Newsroom.PublishAsync(article.Id);
        Assert.Equal(
            ["CORRECTED UPDATED NEW_TAKES TAKE_CHANGED", "CORRECTED UPDATED NEW_TAKES TAKE_CHANGED"],
            await ChangesAsync()
        );
        Newsroom.Value(await WithdrawAsync(article.Id));
        Assert.Equal(["REMOVED", "REMOVED"], await ChangesAsync());
    }

    [SkippableFact]
    public async Task A_changed_slug_or_another_take_is_an_update_of_what_it_does_not_concern()
    {
        var (first, second) = (await Newsroom.PersonaAsync("One"), await Newsroom.PersonaAsync("Another"));
        var article = await Newsroom.DraftAsync();
        var take = await Newsroom.ApprovedTakeAsync(article.Id, first.Id);
        await Newsroom.ApprovedTakeAsync(article.Id, second.Id);
        await Newsroom.PublishAsync(article.Id);
        await AddAsync(take.Id.Format());
        await Newsroom.ApprovedTakeAsync(article.Id, second.Id, "I changed my mind.");
        await Newsroom.PublishAsync(article.Id);
        Assert.Equal(["UPDATED"], await ChangesAsync());

        await AddAsync(article.Id.Format());
        var moved = await Database
            .Get<ChangeSlug>()
            .Handle(new ChangeSlugInput { Id = article.Id, Slug = $"s{article.Id.Value:n}" }, Newsroom.Erin, default);
        Newsroom.Value(moved);
        Assert.Equal(["UPDATED", "UPDATED"], await ChangesAsync());
    }

    [SkippableFact]
    public async Task All_targets_can_be_shown_with_one_selection_and_removed_ones_keep_their_headline_if_it_may_be_shown()
    {
        var persona = await Newsroom.PersonaAsync("Shown");
        var (article, gone, banned) = (
            await Newsroom.DraftAsync(Newsroom.Story("Here")),
            await Newsroom.DraftAsync(Newsroom.Story("Gone")),
            await Newsroom.PublishedAsync(Newsroom.Story("Banned"))
        );
        var take = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);
        var lost = await Newsroom.ApprovedTakeAsync(gone.Id, persona.Id);
        article = await Newsroom.PublishAsync(article.Id);
        await Newsroom.PublishAsync(gone.Id);
        var tool = await Newsroom.PublicToolAsync("Shown tool");
        foreach (
            var id in new[]
            {
                article.Id.Format(),
                take.Id.Format(),
                tool.Id.Format(),
                gone.Id.Format(),
                lost.Id.Format(),
                banned.Id.Format(),
            }
        )
        {
            await AddAsync(id);
            Database.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Newsroom.Value(await WithdrawAsync(gone.Id));
        Newsroom.Value(
            await Database
                .Get<WithdrawArticle>()
                .Handle(
                    new WithdrawArticleInput
                    {
                        Id = banned.Id,
                        Reason = "A court ordered it.",
                        Kind = WithdrawalKind.Legal,
                    },
                    Newsroom.Erin,
                    default
                )
        );
        var nodes = (
            await AskAsync(
                "{ viewer { bookmarks(last: 6) { nodes { kind targetId title summary path target { ... on RemovedTarget { lastHeadline withdrawalKind } } } } } }",
                Reader(_reader)
            )
        )["viewer"]!["bookmarks"]!["nodes"]!.AsArray();

        Assert.Equal(
            [
                $"ARTICLE {banned.Id}  -> LEGAL",
                $"TAKE {lost.Id} Gone -> Gone",
                $"ARTICLE {gone.Id} Gone -> Gone NORMAL",
                $"TOOL {tool.Id} Shown tool /tools/{tool.Slug} ->",
                $"TAKE {take.Id} Here /articles/{article.Slug} I would ship it. ->",
                $"ARTICLE {article.Id} Here /articles/{article.Slug} {Newsroom.Story().Summary} ->",
            ],
            nodes.Select(node =>
                (
                    $"{node!["kind"]} {node["targetId"]} {node["title"]} {Before(node["path"])}{Before(node["summary"])}-> "
                    + $"{Before(node["target"]!["lastHeadline"])}{node["target"]!["withdrawalKind"]}"
                ).TrimEnd()
            )
        );

        static string Before(JsonNode? text) => text is null ? "" : $"{text} ";
    }

    private async Task<IEnumerable<string>> ChangesAsync()
    {
        var nodes = (
            await AskAsync("{ viewer { bookmarks { nodes { changedSinceSaved changes } } } }", Reader(_reader))
        )["viewer"]!["bookmarks"]!["nodes"]!.AsArray();
        Assert.All(
            nodes,
            node => Assert.Equal((bool)node!["changedSinceSaved"]!, node["changes"]!.AsArray().Count > 0)
        );
        return nodes.Select(node => string.Join(' ', node!["changes"]!.AsArray().Select(change => (string)change!)));
    }

    [SkippableFact]
    public async Task An_anonymous_viewer_gets_null_for_isBookmarked_and_another_reader_gets_false()
    {
        var article = await Newsroom.PublishedAsync();
        await AddAsync(article.Id.Format());
        var query = $$"""{ viewer { kind } article(id: "{{article.Id}}") { isBookmarked } }""";

        var anonymous = await AskAsync(query, Viewer.Anonymous);
        var stranger = await AskAsync(query, Reader(new(Guid.CreateVersion7(), Guid.CreateVersion7())));

        Assert.Null(anonymous["viewer"]);
        Assert.Null(anonymous["article"]!["isBookmarked"]);
        Assert.False((bool)stranger["article"]!["isBookmarked"]!);
    }

    [SkippableFact]
    public async Task A_reader_can_read_and_then_delete_all_their_data()
    {
        var id = (await Newsroom.PublicToolAsync("Deleted")).Id.Format();
        await AddAsync(id, "Mine.");
        var data = (await AskAsync("{ viewer { data } }", Reader(_reader)))["viewer"]!["data"]!;
        var delete = Database.Get<DeleteMyData>();

        Assert.Equal(id, (string)data["bookmarks"]![0]!["targetId"]!);
        Refusal<DeletionNotConfirmed>(
            (await delete.Handle(new DeleteMyDataInput { Confirm = false }, Newsroom.Reader(_reader), default)).Errors
        );
        var deleted = await delete.Handle(new DeleteMyDataInput { Confirm = true }, Newsroom.Reader(_reader), default);
        Assert.Equal(1, Newsroom.Value(deleted).Bookmarks);
        await using var db = await OpenAsync();
        Assert.False(await db.Bookmarks.AnyAsync(b => b.ReaderId == _reader));
        Assert.False(await db.BookmarkShelves.AnyAsync(s => s.ReaderId == _reader));
    }

    private static Viewer Reader(PersonKey key, Role role = Role.Reader) =>
        new()
        {
            Kind = ViewerKind.Person,
            Key = key,
            Role = role,
        };

    private static SavedTargetInput Saved(string id, DateTimeOffset at, string? note = null) =>
        new()
        {
            TargetId = id,
            SavedAt = at,
            Note = note,
        };

    private static (BookmarkId, DateTimeOffset) IdAndTime(Bookmark bookmark) => (bookmark.Id, bookmark.SavedAt);

    private static (BookmarkId, DateTimeOffset, string?) Whole(Bookmark bookmark) =>
        (bookmark.Id, bookmark.SavedAt, bookmark.Note);

    private AddBookmark Add() => Database.Get<AddBookmark>();

    private async Task<Bookmark> AddAsync(string id, string? note = null) =>
        Newsroom.Value(
            await Add().Handle(new AddBookmarkInput { TargetId = id, Note = note }, Newsroom.Reader(_reader), default)
        );

    private Task<Result<RemovedBookmark>> RemoveAsync(string id) =>
        Database
            .Get<RemoveBookmark>()
            .Handle(new RemoveBookmarkInput { TargetId = id }, Newsroom.Reader(_reader), default);

    private Task<Result<MergedBookmarks>> MergeAsync(params List<SavedTargetInput> saved) =>
        Database
            .Get<MergeBookmarks>()
            .Handle(new MergeBookmarksInput { Bookmarks = saved }, Newsroom.Reader(_reader), default);

    private Task FillAsync(int count) =>
        AddAsync([
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    Bookmark.Of(
                        _reader,
                        BookmarkTarget.Of(ArticleId.New()),
                        Database.Clock.GetUtcNow(),
                        note: null,
                        targetVersion: 1
                    )
                ),
        ]);

    private async Task<JsonNode> AskAsync(string query, Viewer viewer)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var result = await scope
            .ServiceProvider.GetRequiredService<GraphQLEngine>()
            .ExecuteAsync(new GraphQLRequest(query), scope.ServiceProvider, viewer);
        Assert.Null(result.Errors);
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        ResultWriter.Write(json, result);
        return JsonNode.Parse(json.WrittenSpan)!["data"]!;
    }
}

public sealed class BookmarkTests_Sqlite(SqliteTestDatabase database)
    : BookmarkTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class BookmarkTests_SqlServer(SqlServerTestDatabase database)
    : BookmarkTests(database),
        IClassFixture<SqlServerTestDatabase>;
