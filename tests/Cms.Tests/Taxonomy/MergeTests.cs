using Cms.Articles;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Taxonomy;

/// <summary>After a merge, everything that had the first term has the second.</summary>
public sealed class MergeTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private readonly Terms _terms = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Theory]
    [InlineData("category")]
    [InlineData("tag")]
    [InlineData("source")]
    public async Task Lists_pages_and_search_results_of_both_terms_agree_after_a_merge(string kind)
    {
        var ((from, fromSlug), (into, intoSlug)) = (await _terms.CreateAsync(kind), await _terms.CreateAsync(kind));
        var word = $"w{Guid.CreateVersion7():n}";
        await Newsroom.PublishedAsync(With(kind, $"{word} one", from));
        await Newsroom.PublishedAsync(With(kind, $"{word} two", into));

        var merged = await _terms.MergeAsync(kind, from, into);

        Assert.Empty(GraphQLClient.Refusals(merged));
        Assert.Equal(into, (string)merged[kind]!["id"]!);
        Assert.Equal($"{intoSlug} with 2", await _terms.ReadAsync(kind, intoSlug));
        Assert.Equal($"{intoSlug} with 2", await _terms.ReadAsync(kind, fromSlug));
        var folder = Terms.Plural(kind).ToLowerInvariant();
        Assert.Equal($"/{folder}/{intoSlug}", await _terms.RouteAsync($"/{folder}/{fromSlug}"));
        var facets = (
            await _terms.AskAsync(
                $"{{ search(query: \"{word}\") {{ facets {{ {folder} {{ count {kind} {{ slug }} }} }} }} }}"
            )
        )["search"]!["facets"]![folder]!;
        Assert.Equal($$$"""[{"count":2,"{{{kind}}}":{"slug":"{{{intoSlug}}}"}}]""", facets.ToJsonString());
        var node = await _terms.AskAsync($"{{ node(id: \"{from}\") {{ id }} }}");
        Assert.Equal(into, (string)node["node"]!["id"]!);
        await Invariants.AssertAsync(database.OpenAsync);
    }

    [Fact]
    public async Task An_article_with_both_tags_keeps_the_first_of_them_in_its_place()
    {
        var (a, aSlug) = await _terms.CreateAsync("tag");
        var (b, bSlug) = await _terms.CreateAsync("tag");
        var (x, xSlug) = await _terms.CreateAsync("tag");
        var first = await Newsroom.PublishedAsync(With("tag", "First", a, x, b));
        var last = await Newsroom.PublishedAsync(With("tag", "Last", b, x, a));
        Assert.NotEqual(aSlug, bSlug);

        await _terms.MergeAsync("tag", a, b);

        Assert.Equal([bSlug, xSlug], await TagsAsync(first.Id));
        Assert.Equal([bSlug, xSlug], await TagsAsync(last.Id));
        await Invariants.AssertAsync(database.OpenAsync);
    }

    [Fact]
    public async Task Working_copies_schedules_and_tools_follow_a_merge()
    {
        var (from, _) = await _terms.CreateAsync("tag");
        var (into, intoSlug) = await _terms.CreateAsync("tag");
        var tool = await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "createTool",
            new { name = Terms.NewSlug(), tags = new[] { from, into } },
            "tool { id }"
        );
        var draft = await Newsroom.DraftAsync(With("tag", "A draft", from, into));
        var planned = await Newsroom.DraftAsync(With("tag", "Planned", from));
        await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "scheduleArticle",
            new { id = planned.Id.ToString(), at = database.Clock.GetUtcNow().AddHours(1) },
            "article { id }"
        );

        await _terms.MergeAsync("tag", from, into);

        var desk = await _terms.AskAsync(
            $"{{ desk {{ article(id: \"{draft.Id}\") {{ tags {{ slug }} }} tool(id: \"{tool["tool"]!["id"]}\") {{ tags {{ slug }} }} tag(id: \"{from}\") {{ id usedBy {{ counts {{ kind count }} }} }} }} }}",
            GraphQLClient.Erin
        );
        var shown = $$"""[{"slug":"{{intoSlug}}"}]""";
        Assert.Equal(shown, desk["desk"]!["article"]!["tags"]!.ToJsonString());
        Assert.Equal(shown, desk["desk"]!["tool"]!["tags"]!.ToJsonString());
        Assert.Equal(
            $$$"""{"id":"{{{into}}}","usedBy":{"counts":[{"kind":"SCHEDULE","count":1},{"kind":"WORKING_COPY","count":2},{"kind":"TOOL","count":1}]}}""",
            desk["desk"]!["tag"]!.ToJsonString()
        );
        await Newsroom.PublishAsync(draft.Id);
        Assert.Equal([intoSlug], await TagsAsync(draft.Id));
        await Newsroom.SaveAsync(draft.Id, With("tag", "Saved with the old id", from));
        await Newsroom.PublishAsync(draft.Id);
        Assert.Equal([intoSlug], await TagsAsync(draft.Id));
        await Invariants.AssertAsync(database.OpenAsync);
    }

    [Fact]
    public async Task Chains_of_merges_and_renames_are_flat()
    {
        var (a, aSlug) = await _terms.CreateAsync("category");
        var (b, bSlug) = await _terms.CreateAsync("category");
        var (c, cSlug) = await _terms.CreateAsync("category");
        await Newsroom.PublishedAsync(With("category", "One", a));
        var renamed = Terms.NewSlug();
        await _terms.RenameAsync("category", a, renamed);

        await _terms.MergeAsync("category", a, b);
        await _terms.MergeAsync("category", b, c);

        foreach (var slug in new[] { aSlug, renamed, bSlug })
        {
            Assert.Equal($"{cSlug} with 1", await _terms.ReadAsync("category", slug));
        }

        await using var db = await database.OpenAsync();
        Assert.All(
            await db.Categories.Where(x => x.MergedInto != null).ToListAsync(),
            alias => Assert.Null(db.Categories.Single(x => x.Id == alias.MergedInto).MergedInto)
        );
    }

    [Fact]
    public async Task A_merge_into_itself_or_of_a_merged_missing_or_other_kind_of_term_is_rejected()
    {
        var (a, _) = await _terms.CreateAsync("tag");
        var (b, bSlug) = await _terms.CreateAsync("tag");
        var (c, _) = await _terms.CreateAsync("tag");
        var (category, _) = await _terms.CreateAsync("category");
        await _terms.MergeAsync("tag", a, b);

        Assert.Equal(
            ["TermMergedIntoItselfError at into"],
            GraphQLClient.Refusals(await _terms.MergeAsync("tag", b, b))
        );
        Assert.Equal(["TermMergedError at into"], GraphQLClient.Refusals(await _terms.MergeAsync("tag", c, a)));
        Assert.Equal(["TermMergedError at from"], GraphQLClient.Refusals(await _terms.MergeAsync("tag", a, c)));
        Assert.Equal(
            ["TagNotFoundError at into"],
            GraphQLClient.Refusals(await _terms.MergeAsync("tag", c, TagId.New().ToString()))
        );
        Assert.Equal(
            ["TermMergedError at id"],
            GraphQLClient.Refusals(await _terms.RenameAsync("tag", a, Terms.NewSlug()))
        );
        var mixed = await _terms.Client.AskAsync(
            GraphQLClient.Erin,
            $"mutation {{ mergeTags(input: {{ from: \"{c}\", into: \"{category}\" }}) {{ tag {{ id }} }} }}"
        );
        Assert.NotNull(mixed["errors"]);
        var way = await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "editTag",
            new { id = a, name = "A" },
            "tag { id } into: errors { ... on TermMergedError { mergedIntoId slug } }"
        );
        Assert.Equal($$"""[{"mergedIntoId":"{{b}}","slug":"{{bSlug}}"}]""", way["into"]!.ToJsonString());
    }

    [Fact]
    public async Task A_stale_merge_is_rejected()
    {
        var (a, _) = await _terms.CreateAsync("tag");
        var (b, _) = await _terms.CreateAsync("tag");
        await _terms.DoAsync("editTag", "tag", new { id = a, name = "Newer" });

        var stale = await _terms.DoAsync(
            "mergeTags",
            "tag",
            new
            {
                from = a,
                into = b,
                expectedVersion = 1,
            }
        );

        Assert.Equal(["VersionConflictError at expectedVersion"], GraphQLClient.Refusals(stale));
    }

    [Fact]
    public async Task Clients_that_follow_the_change_log_learn_what_the_term_became()
    {
        var (from, _) = await _terms.CreateAsync("source");
        var (into, _) = await _terms.CreateAsync("source");
        await Newsroom.PublishedAsync(With("source", "One", from));
        var latest = (string)(await _terms.AskAsync("{ changes { latest } }"))["changes"]!["latest"]!;

        await _terms.MergeAsync("source", from, into);

        var changes = await _terms.AskAsync(
            $"{{ changes(after: \"{latest}\") {{ nodes {{ ... on SourceUpserted {{ sourceId source {{ id }} }} }} }} }}"
        );
        Assert.Equal(
            $$$"""[{"sourceId":"{{{from}}}","source":{"id":"{{{into}}}"}},{"sourceId":"{{{into}}}","source":{"id":"{{{into}}}"}}]""",
            changes["changes"]!["nodes"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Lists_at_a_past_time_follow_a_merge()
    {
        var (from, fromSlug) = await _terms.CreateAsync("tag");
        var (into, intoSlug) = await _terms.CreateAsync("tag");
        var article = await Newsroom.PublishedAsync(With("tag", "Then", from));
        var then = database.Clock.GetUtcNow();
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Now"));
        await Newsroom.PublishAsync(article.Id);

        await _terms.MergeAsync("tag", from, into);

        foreach (var slug in new[] { fromSlug, intoSlug })
        {
            var past = await _terms.AskAsync(
                $"{{ articleSnapshots(asOf: \"{then:O}\", where: {{ tags: {{ some: {{ slug: {{ eq: \"{slug}\" }} }} }} }}) {{ nodes {{ headline tags {{ slug }} }} }} }}"
            );
            Assert.Equal(
                $$"""[{"headline":"Then","tags":[{"slug":"{{intoSlug}}"}]}]""",
                past["articleSnapshots"]!["nodes"]!.ToJsonString()
            );
        }
    }

    private async Task<IEnumerable<string>> TagsAsync(ArticleId id) =>
        (await _terms.AskAsync($"{{ article(id: \"{id}\") {{ tags {{ slug }} }} }}"))["article"]!["tags"]!
            .AsArray()
            .Select(tag => (string)tag!["slug"]!)
            .ToList();

    private static ArticleContent With(string kind, string headline, params string[] ids) =>
        kind switch
        {
            "category" => Newsroom.Story(headline) with { CategoryId = EntityId.Parse<CategoryId>(ids[0]) },
            "tag" => Newsroom.Story(headline) with { Tags = [.. ids.Select(id => EntityId.Parse<TagId>(id)!.Value)] },
            _ => Newsroom.Story(headline) with { SourceId = EntityId.Parse<SourceId>(ids[0]) },
        };
}
