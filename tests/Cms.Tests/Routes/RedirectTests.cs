using System.Text.Json.Nodes;
using Cms.People;
using Cms.Routes;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Routes;

/// <summary>Redirects that editors save.</summary>
public sealed class RedirectTests : IAsyncLifetime
{
    private const string Fields = "redirect { id from to version updatedBy }";

    private readonly AnyTestDatabase _database = new();

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient Client => field ??= new GraphQLClient(_database.Services);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("/about/team", "/about/team", "/people")]
    [InlineData("/About/Team/", "/about/team?x=1#y", "/people?tab=2#top")]
    [InlineData("/caf%C3%A9", "/café", "https://example.org/caf%C3%A9")]
    [InlineData("/x", "/X/", "/")]
    [InlineData("/articles/never-published", "/articles/never-published", "/people")]
    public async Task A_path_is_redirected_whatever_its_case_and_query(string from, string asked, string to)
    {
        var saved = await SaveAsync(from, to);

        Assert.Empty(GraphQLClient.Refusals(saved));
        Assert.Equal($"RedirectRoute to {to}", await RouteAsync(asked));
    }

    [Fact]
    public async Task Redirects_that_are_saved_one_after_another_form_no_chain()
    {
        await SaveAsync("/one", "/two");
        await SaveAsync("/two", "/three");
        await SaveAsync("/zero", "/one");

        Assert.Equal("RedirectRoute to /three", await RouteAsync("/zero"));
        Assert.Equal("RedirectRoute to /three", await RouteAsync("/one"));
        Assert.Equal("RedirectRoute to /three", await RouteAsync("/two"));
    }

    [Fact]
    public async Task The_list_that_was_read_before_a_change_shows_the_change_when_it_is_read_again()
    {
        await SaveAsync("/about/team", "/people");
        Assert.Equal("/people 1", await NewestAsync());

        await SaveAsync("/about/team", "/staff");

        Assert.Equal("/staff 2", await NewestAsync());
    }

    [Fact]
    public async Task A_loop_is_rejected()
    {
        await SaveAsync("/one", "/two");
        await SaveAsync("/two", "/three");

        var refusals = new[]
        {
            await SaveAsync("/three", "/one"),
            await SaveAsync("/three", "/three"),
            await SaveAsync("/four", "/FOUR/?again=1"),
        };

        Assert.Equal(
            ["RedirectLoopError at to", "RedirectLoopError at to", "RedirectLoopError at to"],
            refusals.SelectMany(GraphQLClient.Refusals)
        );
        Assert.Equal("none", await RouteAsync("/three"));
    }

    [Fact]
    public async Task Published_content_wins_over_a_redirect_and_a_redirect_wins_over_what_was_there_before()
    {
        var article = await Newsroom.PublishedAsync();
        var path = $"/articles/{article.Slug}";

        var taken = await SaveAsync(path, "/people");
        await Client.DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new { id = article.Id.ToString(), reason = "Wrong." },
            "article { id }"
        );
        var gone = await RouteAsync(path);
        await SaveAsync(path, "/people");
        var redirected = await RouteAsync(path);
        await Newsroom.PublishAsync(article.Id);
        var back = await RouteAsync(path);

        Assert.Equal(["PathInUseError at from"], GraphQLClient.Refusals(taken));
        Assert.Equal(("GoneRoute", "RedirectRoute to /people", "ContentRoute"), (gone, redirected, back));
    }

    [Fact]
    public async Task An_older_redirect_does_not_hide_that_the_article_at_its_path_was_withdrawn()
    {
        var draft = await Newsroom.DraftAsync();
        var path = $"/articles/{draft.Slug}";
        await SaveAsync(path, "/people");
        await Newsroom.PublishAsync(draft.Id);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await Client.DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new
            {
                id = draft.Id.ToString(),
                reason = "A court order.",
                kind = "LEGAL",
            },
            "article { id }"
        );
        var gone = await RouteAsync(path);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        await SaveAsync("/people", "/staff");
        var stillGone = await RouteAsync(path);
        await SaveAsync(path, "/staff");

        Assert.Equal(("GoneRoute", "GoneRoute"), (gone, stillGone));
        Assert.Equal("RedirectRoute to /staff", await RouteAsync(path));
    }

    [Theory]
    [InlineData("NORMAL", "A compiler in a week")]
    [InlineData("LEGAL", null)]
    [InlineData("KILL", null)]
    public async Task A_withdrawn_article_has_its_last_headline_unless_that_may_not_be_shown(
        string kind,
        string? expected
    )
    {
        var article = await Newsroom.PublishedAsync();
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Words that nobody published"));
        await Client.DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new
            {
                id = article.Id.ToString(),
                reason = "A court order.",
                kind,
            },
            "article { id }"
        );

        var route = (
            await Client.AskAsync(
                Viewer.Anonymous,
                "query($path: String!) { route(path: $path) { ... on GoneRoute { kind lastHeadline } } }",
                new { path = $"/articles/{article.Slug}" }
            )
        )["data"]!["route"]!;

        Assert.Equal((kind, expected), ((string?)route["kind"], (string?)route["lastHeadline"]));
    }

    [Fact]
    public async Task A_redirect_to_an_article_follows_the_articles_new_slug()
    {
        var article = await Newsroom.PublishedAsync();
        await SaveAsync("/old-series", $"/articles/{article.Slug}");
        await Client.DoAsync(
            GraphQLClient.Erin,
            "changeSlug",
            new { id = article.Id.ToString(), slug = "a-better-slug" },
            "article { id }"
        );

        Assert.Equal("RedirectRoute to /articles/a-better-slug", await RouteAsync("/old-series"));
    }

    [Fact]
    public async Task Saving_again_changes_the_target_and_deleting_ends_the_redirect()
    {
        var first = await SaveAsync("/one", "/two");
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        var same = await SaveAsync("/one", "/two");
        var changed = await SaveAsync("/ONE", "/three");
        var late = await SaveAsync("/one", "/four", expectedVersion: 1);
        var id = (string?)changed["redirect"]!["id"];
        var deleted = await DeleteAsync(id!);
        var again = await DeleteAsync(id!);

        Assert.Equal(id, (string?)first["redirect"]!["id"]);
        Assert.Equal(("2", "3"), ($"{same["redirect"]!["version"]}", $"{changed["redirect"]!["version"]}"));
        Assert.Equal(["VersionConflictError at expectedVersion"], GraphQLClient.Refusals(late));
        Assert.Equal("/one", (string?)deleted["deletedRedirect"]!["from"]);
        Assert.Equal(["RedirectNotFoundError at id"], GraphQLClient.Refusals(again));
        Assert.Equal("none", await RouteAsync("/one"));
    }

    [Theory]
    [InlineData("", "/a", "PathMalformedError at from")]
    [InlineData("/", "/a", "PathMalformedError at from")]
    [InlineData("//evil.example", "/a", "PathMalformedError at from")]
    [InlineData("about", "/a", "PathMalformedError at from")]
    [InlineData("https://example.org/a", "/a", "PathMalformedError at from")]
    [InlineData("/a b", "/a", "PathMalformedError at from")]
    [InlineData("/a%00b", "/a", "PathMalformedError at from")]
    [InlineData("/a\\b", "/a", "PathMalformedError at from")]
    [InlineData("/a?x=1", "/b", "PathMalformedError at from")]
    [InlineData("/a#b", "/b", "PathMalformedError at from")]
    [InlineData("/b/../a", "/c", "PathMalformedError at from")]
    [InlineData("/%2e/a", "/c", "PathMalformedError at from")]
    [InlineData("/a", "/b/../a", "RedirectTargetMalformedError at to")]
    [InlineData("/a", "/.//evil.example", "RedirectTargetMalformedError at to")]
    [InlineData("/a", "", "RedirectTargetMalformedError at to")]
    [InlineData("/a", "//evil.example", "RedirectTargetMalformedError at to")]
    [InlineData("/a", "/\\evil.example", "RedirectTargetMalformedError at to")]
    [InlineData("/a", "javascript:alert(1)", "RedirectTargetMalformedError at to")]
    [InlineData("/a", "people", "RedirectTargetMalformedError at to")]
    [InlineData("/a", "/b?x\r\nSet-Cookie: s=1", "RedirectTargetMalformedError at to")]
    public async Task A_malformed_path_or_target_is_rejected(string from, string to, string refusal) =>
        Assert.Equal([refusal], GraphQLClient.Refusals(await SaveAsync(from, to)));

    [Fact]
    public async Task A_path_or_target_that_is_too_long_is_rejected()
    {
        var from = await SaveAsync("/" + new string('a', SitePath.MaxLength), "/b");
        var to = await SaveAsync("/a", "/b?" + new string('a', 2_000));

        Assert.Equal(["PathMalformedError at from"], GraphQLClient.Refusals(from));
        Assert.Equal(["RedirectTargetMalformedError at to"], GraphQLClient.Refusals(to));
    }

    [Fact]
    public async Task The_desk_lists_redirects_in_pages_most_recently_changed_first()
    {
        for (var i = 1; i <= 3; i++)
        {
            _database.Clock.Advance(TimeSpan.FromMinutes(1));
            await SaveAsync($"/{i}", "/target");
        }

        var first = await ListAsync("first: 2");
        var next = await ListAsync($"first: 2, after: \"{first["pageInfo"]!["endCursor"]}\"");

        Assert.Equal(["/3", "/2"], Paths(first));
        Assert.Equal(["/1"], Paths(next));
        Assert.Equal("3", $"{first["totalCount"]}");
    }

    [Fact]
    public async Task Redirects_are_announced_to_those_who_follow_changes()
    {
        var saved = await SaveAsync("/one", "/two");

        var changes = await Client.AskAsync(
            Viewer.Anonymous,
            "{ changes(first: 100) { nodes { __typename ... on RedirectChanged { redirectId } } } }"
        );

        Assert.Contains(
            $"{{\"__typename\":\"RedirectChanged\",\"redirectId\":\"{saved["redirect"]!["id"]}\"}}",
            changes.ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Redirects_that_are_saved_at_the_same_time_form_no_chain_and_no_loop()
    {
        string[] paths = ["/a", "/b", "/c", "/d"];
        await Task.WhenAll(
            paths
                .SelectMany(from => paths.Where(to => to != from).Select(to => (from, to)))
                .Select(pair => Task.Run(() => SaveAsync(pair.from, pair.to)))
        );

        await using var db = await _database.OpenAsync();
        var redirects = await db.Redirects.ToListAsync();
        Assert.NotEmpty(redirects);
        Assert.Empty(redirects.Select(r => r.ToPath).Intersect(redirects.Select(r => (string?)r.From)));
    }

    private static IEnumerable<string?> Paths(JsonNode list) =>
        list["nodes"]!.AsArray().Select(node => (string?)node!["from"]);

    private Task<JsonNode> SaveAsync(string from, string to, int? expectedVersion = null) =>
        Client.DoAsync(
            GraphQLClient.Erin,
            "saveRedirect",
            new
            {
                from,
                to,
                expectedVersion,
            },
            Fields
        );

    private Task<JsonNode> DeleteAsync(string id) =>
        Client.DoAsync(GraphQLClient.Erin, "deleteRedirect", new { id }, "deletedRedirect { redirectId from }");

    private async Task<JsonNode> ListAsync(string page) =>
        (
            await Client.AskAsync(
                GraphQLClient.Arlo,
                $"{{ desk {{ redirects({page}) {{ totalCount nodes {{ from }} pageInfo {{ endCursor }} }} }} }}"
            )
        )["data"]!["desk"]!["redirects"]!;

    private async Task<string> NewestAsync()
    {
        var answer = await Client.AskAsync(
            GraphQLClient.Arlo,
            "{ desk { redirects(first: 1) { nodes { to version } } } }"
        );
        var newest = answer["data"]!["desk"]!["redirects"]!["nodes"]![0]!;
        return $"{newest["to"]} {newest["version"]}";
    }

    private async Task<string> RouteAsync(string path)
    {
        var route = (
            await Client.AskAsync(
                Viewer.Anonymous,
                "query($path: String!) { route(path: $path) { __typename ... on RedirectRoute { to } } }",
                new { path }
            )
        )["data"]!["route"];
        return route is null ? "none"
            : route["to"] is { } to ? $"{route["__typename"]} to {to}"
            : $"{route["__typename"]}";
    }
}
