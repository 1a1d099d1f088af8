using System.Text.Json.Nodes;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Desk;

// What readers and staff see, field by field.
internal sealed partial class DeskRun
{
    private const int Batch = 20;

    /// <summary>Compares every read with the model: as a reader without a token, as an author and as an editor.</summary>
    private async Task AssertReadsAsync()
    {
        await AssertPagesAsync();
        await AssertRoutesAsync();
        await AssertSearchAsync();
        await AssertFollowersAsync();
        await AssertTermPagesAsync();
        await AssertFrontsAsync();
        await AssertUsesAsync();
        foreach (var who in new[] { Who.Arlo, Who.Bo, Who.Erin })
        {
            await AssertDeskAsync(who);
        }
    }

    private async Task AssertPagesAsync()
    {
        var slugs = _model
            .Stories.SelectMany(story => story.Editions.Select(e => e.Slug).Append(story.Slug))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        await EachAsync(
            slugs,
            slug => $"article(slug: \"{slug}\") {{ id }}",
            (slug, article) =>
                Assert.Equal(
                    _model.Present.FirstOrDefault(story => story.Live?.Slug == slug)?.Id,
                    (string?)article?["id"]
                )
        );
        await EachAsync(
            _model.Stories,
            story => $"article(id: \"{story.Id}\") {{ headline slug corrections {{ note }} takes {{ id }} }}",
            (story, article) =>
            {
                var live = story.IsDeleted ? null : story.Live;
                Assert.Equal(live?.Words!.Headline, (string?)article?["headline"]);
                Assert.Equal(live?.Slug, (string?)article?["slug"]);
                Equal(
                    "the takes of an article",
                    live?.Takes.Select(take => take.Take.Id) ?? [],
                    article?["takes"]!.AsArray().Select(take => (string)take!["id"]!) ?? []
                );
            }
        );
        await EachAsync(
            _model.Stories,
            story => $"node(id: \"{story.Id}\") {{ id }}",
            (story, node) => Assert.Equal(story.IsDeleted || story.Live is null, node is null)
        );
    }

    private async Task AssertRoutesAsync()
    {
        List<string> paths =
        [
            .. _model
                .Stories.SelectMany(s => s.Editions.Select(e => e.Slug).Append(s.Slug))
                .Select(slug => $"/articles/{slug}"),
            .. _model.Shelves.Values.SelectMany(shelf => SlugsOf(shelf).Select(slug => shelf.Path + slug)),
            .. _model.Redirects.Select(redirect => redirect.From),
            "/old-0",
            "/old-1",
            "/old-2",
        ];
        List<string> wrong = [];
        await EachAsync(
            paths.Distinct(StringComparer.Ordinal),
            path =>
                $"route(path: \"{path}\") {{ __typename ... on RedirectRoute {{ to }} ... on ContentRoute {{ content {{ ... on Article {{ id }} ... on Category {{ id }} ... on Tag {{ id }} ... on Source {{ id }} ... on Author {{ id }} }} }} }}",
            (path, route) =>
            {
                var expected = _model.Route(path);
                var found =
                    route is null ? "nothing"
                    : (string)route["__typename"]! is "GoneRoute" ? "gone"
                    : route["to"] is { } to ? $"→{to}"
                    : (string)route["content"]!["id"]!;
                if (expected != found)
                {
                    wrong.Add($"{path} leads to {expected} in the model and to {found} in the product");
                }
            }
        );
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // Each headline has a word of its own. The word of a draft finds nothing.
    private async Task AssertSearchAsync()
    {
        var words = _model
            .Stories.SelectMany(story => story.Revisions)
            .Select(revision => revision.Headline["Story ".Length..])
            .Distinct(StringComparer.Ordinal)
            .ToList();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await EachAsync(
                    words,
                    word => $"search(query: \"{word}\") {{ nodes {{ article {{ id }} }} }}",
                    (word, found) =>
                        Equal(
                            $"the results of {word}",
                            _model.Present.Where(s => s.Live?.Words!.Headline == $"Story {word}").Select(s => s.Id),
                            found!["nodes"]!.AsArray().Select(result => (string)result!["article"]!["id"]!)
                        )
                );
                return;
            }
            catch (Xunit.Sdk.XunitException) when (_database is SqlServerTestDatabase && attempt < 60)
            {
                // SQL Server indexes texts in the background.
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }
        }
    }

    // Whoever follows the change log ends with the published articles.
    private async Task AssertFollowersAsync()
    {
        Dictionary<string, string> copies = new(StringComparer.Ordinal);
        string? after = null;
        while (true)
        {
            var page = (
                await ReadAsync(
                    Viewer.Anonymous,
                    $"{{ changes(first: 50{(after is null ? "" : $", after: \"{after}\"")}) {{ endCursor hasNextPage nodes {{ ... on ArticleUpserted {{ articleId article {{ headline }} }} ... on ArticleRemoved {{ removed: articleId }} }} }} }}"
                )
            )["changes"]!;
            foreach (var change in page["nodes"]!.AsArray())
            {
                if (change!["articleId"] is { } id)
                {
                    copies[(string)id!] = (string?)change["article"]?["headline"] ?? "removed";
                }
                else if (change["removed"] is { } removed)
                {
                    copies[(string)removed!] = "removed";
                }
            }

            after = (string)page["endCursor"]!;
            if (!(bool)page["hasNextPage"]!)
            {
                break;
            }
        }

        Equal(
            "the copies of a follower",
            _model
                .Present.Where(story => story.Editions.Count > 0)
                .Select(story => $"{story.Id} {story.Live?.Words!.Headline ?? "removed"}"),
            copies.Select(copy => $"{copy.Key} {copy.Value}")
        );
    }

    private async Task AssertDeskAsync(Who who)
    {
        var visible = _model.Present.Where(story => DeskModel.MayWorkOn(story, who)).ToList();
        var viewer = People[who];
        var listed = (await ReadAsync(viewer, "{ desk { articles(first: 100) { nodes { id } } } }"))["desk"]![
            "articles"
        ]!;
        Equal(
            $"the desk of {who}",
            visible.Where(story => !story.IsTrashed).Select(story => story.Id),
            listed["nodes"]!.AsArray().Select(article => (string)article!["id"]!)
        );
        foreach (var story in _model.Stories)
        {
            var article = (
                await ReadAsync(
                    viewer,
                    $$"""
                    { desk { article(id: "{{story.Id}}") {
                      headline status review version revisionCount slug publishedEdition
                      revisions(first: 100) { nodes { number headline label } }
                      present { name isHolder }
                      takes { id status }
                      comments(first: 100) { nodes { id text replies { id text } } }
                    } } }
                    """
                )
            )["desk"]!["article"];
            if (!visible.Contains(story))
            {
                Assert.Null(article);
                continue;
            }

            Assert.NotNull(article);
            AssertDeskArticle(story, article);
        }
    }

    private void AssertDeskArticle(Story story, JsonNode article)
    {
        Assert.Equal(
            $"{story.Head.Headline} {story.Status} {story.Review} {story.Version} {story.Revisions.Count} {story.Slug} {(story.Live is null ? null : story.Editions.Count)}",
            $"{article["headline"]} {Pascal(article["status"])} {Pascal(article["review"])} {article["version"]} {article["revisionCount"]} {article["slug"]} {article["publishedEdition"]}"
        );
        Equal(
            "the revisions of an article",
            story.Revisions.Select(r => $"{r.Number} {r.Headline} {r.Label}"),
            Nodes("revisions").Select(r => $"{r["number"]} {r["headline"]} {r["label"]}")
        );
        Equal(
            "the pages that have an article open",
            story
                .Pages.Where(page => page.ExpiresAt > _model.Now)
                .GroupBy(page => (page.Who, page.IsHolder))
                .Select(pages => $"{pages.Key.Who} {pages.Key.IsHolder} {pages.Count()}"),
            article["present"]!
                .AsArray()
                .GroupBy(page => $"{page!["name"]} {Bool(page["isHolder"])}")
                .Select(pages => $"{pages.Key} {pages.Count()}")
        );
        Equal(
            "the takes of an article",
            _model.Takes.Where(take => take.Story == story).Select(take => take.Id),
            article["takes"]!.AsArray().Select(take => (string)take!["id"]!)
        );
        Equal(
            "the comments on an article",
            _model
                .Comments.Where(comment => comment.Story == story && !comment.IsDeleted)
                .Select(comment => comment.Id),
            Nodes("comments")
                .SelectMany(comment => comment["replies"]!.AsArray().Select(reply => reply!).Prepend(comment))
                .Where(comment => ((string)comment["text"]!).Length > 0)
                .Select(comment => (string)comment["id"]!)
        );

        IEnumerable<JsonNode> Nodes(string list) => article[list]!["nodes"]!.AsArray().Select(node => node!);
        static string Bool(JsonNode? value) => ((bool)value!).ToString();
    }

    private static string Pascal(JsonNode? value) =>
        string.Concat(((string)value!).Split('_').Select(word => $"{word[0]}{word[1..].ToLowerInvariant()}"));

    // Reads a field once for each item, several in one request.
    private async Task EachAsync<T>(
        IEnumerable<T> items,
        Func<T, string> field,
        Action<T, JsonNode?> check,
        Viewer? viewer = null
    )
    {
        foreach (var chunk in items.Chunk(Batch))
        {
            var data = await ReadAsync(
                viewer ?? Viewer.Anonymous,
                $"{{ {string.Join(' ', chunk.Select((item, i) => $"f{i}: {field(item)}"))} }}"
            );
            for (var i = 0; i < chunk.Length; i++)
            {
                check(chunk[i], data[$"f{i}"]);
            }
        }
    }
}
