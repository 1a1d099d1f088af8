using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Reading;
using Cms.Authors;
using Cms.Body;
using Cms.Bookmarks;
using Cms.GraphQL;
using Cms.Import;
using Cms.Media;
using Cms.Media.Rights;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Taxonomy;

/// <summary>
/// A category, tag, source or tool becomes public with the first published edition that shows it, and not before.
/// </summary>
public abstract class FirstPublicationTests(TestDatabase database) : DatabaseSuite(database)
{
    private GraphQLClient GraphQLClient { get; } = new(database.Services);

    [SkippableTheory]
    [InlineData("draft")]
    [InlineData("scheduled")]
    [InlineData("embargoed")]
    [InlineData("saved over a published story")]
    public async Task Terms_used_only_in_unpublished_content_change_no_public_response(string state)
    {
        var published = state[0] == 's' && state != "scheduled" ? await Newsroom.PublishedAsync() : null;
        await Newsroom.PublishedAsync(StoryWith(await TermsAsync()));
        var (terms, other) = (await TermsAsync(), MissingTerms());
        var before = await ReadPublicListsAsync();

        var draft = published is null
            ? await Newsroom.DraftAsync(StoryWith(terms))
            : await Newsroom.SaveAsync(published.Id, StoryWith(terms));
        var tomorrow = Database.Clock.GetUtcNow().AddDays(1);
        switch (state)
        {
            case "scheduled":
                Newsroom.Value(await ScheduleAsync(draft.Id, tomorrow));
                break;
            case "embargoed":
                Newsroom.Value(await EmbargoAsync(draft.Id, tomorrow));
                break;
            default:
                break;
        }

        Assert.Equal(before, await ReadPublicListsAsync());
        Assert.Equal((await ReadAsync(other)).ToJsonString(), (await ReadAsync(terms)).ToJsonString());
    }

    [SkippableTheory]
    [InlineData("published")]
    [InlineData("published by its schedule")]
    [InlineData("corrected")]
    [InlineData("republished")]
    public async Task Terms_become_public_with_the_first_edition_that_shows_them(string how)
    {
        var terms = await TermsAsync();
        var content = StoryWith(terms);
        var latest = await LatestAsync();
        ArticleId id;
        switch (how)
        {
            case "published by its schedule":
                id = (await Newsroom.DraftAsync(content)).Id;
                Newsroom.Value(await ScheduleAsync(id, Database.Clock.GetUtcNow().AddHours(1)));
                Database.Clock.Advance(TimeSpan.FromHours(1));
                Assert.Equal([id], (await PublishDueAsync()).Published);
                break;
            case "corrected":
                id = (await Newsroom.PublishedAsync()).Id;
                latest = await LatestAsync();
                await Newsroom.SaveAsync(id, content);
                Newsroom.Value(await CorrectAsync(id));
                break;
            case "republished":
                id = (await Newsroom.PublishedAsync()).Id;
                Newsroom.Value(await WithdrawAsync(id));
                latest = await LatestAsync();
                await Newsroom.SaveAsync(id, content);
                await Newsroom.PublishAsync(id);
                break;
            default:
                id = (await Newsroom.DraftAsync(content)).Id;
                await Newsroom.PublishAsync(id);
                break;
        }

        Assert.Equal(
            $"{terms.Slug} 1, {terms.Slug} 1, {terms.Slug} 1, {terms.Slug} 1, {terms.Slug} 1, {terms.Slug}",
            Names(await ReadAsync(terms))
        );
        var changes = await ChangesAsync(latest);
        Assert.Equal(
            ["CategoryUpserted", "SourceUpserted", "AuthorUpserted", "ToolUpserted", "TagUpserted", "ArticleUpserted"],
            changes.Select(change => (string)change!["__typename"]!)
        );
        Assert.Equal(
            [terms.Slug, terms.Slug, terms.Slug, terms.Slug, terms.Slug],
            changes
                .Take(5)
                .Select(change =>
                    (string)
                        (
                            change!["category"]
                            ?? change["source"]
                            ?? change["author"]
                            ?? change["tool"]
                            ?? change["tag"]
                        )!["slug"]!
                )
        );
        Assert.Single(changes.Select(change => (string)change!["occurredAt"]!).Distinct());
        foreach (var list in new[] { "categories", "tags", "sources", "authors", "tools" })
        {
            var found = await AskAsync($"{{ {list}(first: 100) {{ totalCount nodes {{ slug }} }} }}");
            var slugs = found[list]!["nodes"]!.AsArray().Select(node => (string)node!["slug"]!).ToList();
            Assert.Contains(terms.Slug, slugs);
            Assert.Equal(slugs.Count, (int)found[list]!["totalCount"]!);
        }
    }

    [SkippableFact]
    public async Task A_term_is_recorded_in_the_change_log_only_with_its_first_edition()
    {
        var content = StoryWith(await TermsAsync());
        var article = await Newsroom.PublishedAsync(content);
        var latest = await LatestAsync();

        await Newsroom.PublishedAsync(content with { Headline = "Another story" });
        await Newsroom.SaveAsync(article.Id, content with { Headline = "The same, later" });
        await Newsroom.PublishAsync(article.Id);

        Assert.Equal(
            ["ArticleUpserted", "ArticleUpserted"],
            (await ChangesAsync(latest)).Select(change => (string)change!["__typename"]!)
        );
    }

    [SkippableFact]
    public async Task Terms_stay_public_when_their_only_story_is_withdrawn()
    {
        var terms = await TermsAsync();
        var article = await Newsroom.PublishedAsync(StoryWith(terms));

        Newsroom.Value(await WithdrawAsync(article.Id));

        Assert.Equal(
            $"{terms.Slug} 0, {terms.Slug} 0, {terms.Slug} 0, {terms.Slug} 0, {terms.Slug} 0, {terms.Slug}",
            Names(await ReadAsync(terms))
        );
    }

    [SkippableFact]
    public async Task Unused_terms_are_not_public()
    {
        var before = await ReadPublicListsAsync();

        var terms = await TermsAsync();

        Assert.Equal(before, await ReadPublicListsAsync());
        Assert.Equal((await ReadAsync(MissingTerms())).ToJsonString(), (await ReadAsync(terms)).ToJsonString());
    }

    [SkippableFact]
    public async Task A_tool_that_a_body_mentions_becomes_public_with_the_body()
    {
        var terms = await TermsAsync();
        var draft = await Newsroom.DraftAsync(
            Newsroom
                .Story()
                .WithBody(
                    Newsroom.Value(
                        RichText.Parse(
                            $$$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{"type":"paragraph","attrs":{"id":"b0"},"content":[{"type":"text","text":"Read about it."}]},{"type":"embed","attrs":{"id":"b1","kind":"tool","target":"{{{terms.Tool}}}"}}]}"""
                        )
                    )
                )
        );
        Assert.Null((await AskAsync($$"""{ tool(slug: "{{terms.Slug}}") { name } }"""))["tool"]);

        await Newsroom.PublishAsync(draft.Id);

        var shown = await AskAsync(
            $$"""{ tool(slug: "{{terms.Slug}}") { name tags { slug } } tag(slug: "{{terms.Slug}}") { name } article(id: "{{draft.Id}}") { body { html } } }"""
        );
        Assert.Equal(terms.Slug, (string?)shown["tool"]!["name"]);
        Assert.Equal(terms.Slug, (string?)shown["tool"]!["tags"]![0]!["slug"]);
        Assert.Equal(terms.Slug, (string?)shown["tag"]!["name"]);
        Assert.Contains(terms.Slug, (string)shown["article"]!["body"]!["html"]!, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Edits_of_a_hidden_tool_are_not_logged_and_edits_of_a_public_tool_publish_its_new_tags()
    {
        var (terms, later) = (await TermsAsync(), await TermsAsync());
        var latest = await LatestAsync();

        await EditAsync(terms.Tool, "Renamed", terms.Tag);
        var whileHidden = await ChangesAsync(latest);
        await Newsroom.PublishedAsync(Newsroom.Story() with { Tools = [terms.Tool] });
        latest = await LatestAsync();
        await EditAsync(terms.Tool, "Renamed again", terms.Tag, later.Tag);

        Assert.Empty(whileHidden);
        Assert.Equal(
            ["TagUpserted", "ToolUpserted"],
            (await ChangesAsync(latest)).Select(change => (string)change!["__typename"]!)
        );
        Assert.Equal(
            later.Slug,
            (string?)(await AskAsync($$"""{ tag(slug: "{{later.Slug}}") { slug } }"""))["tag"]!["slug"]
        );
        Assert.Null((await AskAsync($$"""{ category(slug: "{{later.Slug}}") { slug } }"""))["category"]);
    }

    [SkippableFact]
    public async Task Publishing_a_tool_does_not_cause_a_version_conflict_for_its_editor()
    {
        var terms = await TermsAsync();
        var version = (await ToolAsync(terms.Tool)).Version;
        await Newsroom.PublishedAsync(Newsroom.Story() with { Tools = [terms.Tool] });

        var edited = await Database
            .Get<EditTool>()
            .Handle(
                new EditToolInput
                {
                    Id = terms.Tool,
                    Edit = _ => new ToolFields { Name = "Edited" },
                    ExpectedVersion = version,
                },
                Newsroom.Erin,
                default
            );

        Assert.Equal(version + 1, Newsroom.Value(edited).Version);
    }

    [SkippableFact]
    public async Task An_edit_that_began_before_the_tool_was_published_fails_and_must_start_again()
    {
        var terms = await TermsAsync();
        await using var db = await OpenAsync();
        var tool = await db.Tools.SingleAsync(t => t.Id == terms.Tool);
        await Newsroom.PublishedAsync(Newsroom.Story() with { Tools = [terms.Tool] });

        // EditTool does this with the row that it has read. The save must fail, so that EditTool starts again.
        Newsroom.Value(
            tool.Edit(new ToolFields { Name = "Too early" }, Newsroom.Erin.Contributor, Database.Clock.GetUtcNow())
        );

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
    }

    [SkippableFact]
    public async Task A_hidden_tool_cannot_be_bookmarked()
    {
        var (terms, other) = (await TermsAsync(), MissingTerms());
        var rae = GraphQLClient.Viewers["reader"];

        var added = await BookmarkAsync(terms.Tool);
        var merged = await GraphQLClient.DoAsync(
            rae,
            "mergeBookmarks",
            new { bookmarks = new[] { new { targetId = terms.Tool.ToString(), savedAt = "2026-01-01T00:00:00Z" } } },
            "mergedBookmarks { added refused { targetId reason } }"
        );

        Assert.Equal(
            (await BookmarkAsync(other.Tool)).ToJsonString().Replace($"{other.Tool}", "X", StringComparison.Ordinal),
            added.ToJsonString().Replace($"{terms.Tool}", "X", StringComparison.Ordinal)
        );
        Assert.Equal(["TargetNotFoundError at targetId"], GraphQLClient.Refusals(added));
        Assert.Equal(
            (0, "TARGET_NOT_FOUND"),
            ((int)merged["mergedBookmarks"]!["added"]!, (string)merged["mergedBookmarks"]!["refused"]![0]!["reason"]!)
        );

        Task<JsonNode> BookmarkAsync(ToolId id) =>
            GraphQLClient.DoAsync(rae, "addBookmark", new { targetId = id.ToString() }, "bookmark { id }");
    }

    [SkippableFact]
    public async Task An_older_bookmark_of_a_hidden_tool_reveals_nothing_about_the_tool()
    {
        var terms = await TermsAsync();
        var rae = GraphQLClient.Person("Rae", Role.Reader);
        await AddAsync(Bookmark.Of(rae.Reader, BookmarkTarget.Of(terms.Tool), Database.Clock.GetUtcNow(), null, 1));

        var answer = await GraphQLClient.AskAsync(
            rae,
            "{ viewer { bookmarks { nodes { changedSinceSaved target { __typename ... on Tool { name } } } } } }"
        );

        Assert.Equal(
            """[{"changedSinceSaved":true,"target":{"__typename":"RemovedTarget"}}]""",
            answer["data"]!["viewer"]!["bookmarks"]!["nodes"]!.ToJsonString()
        );
    }

    [SkippableFact]
    public async Task The_logo_of_a_hidden_tool_becomes_public_with_the_tool()
    {
        var image = await Newsroom.ImageAsync();
        var tool = Newsroom.Value(
            await Database
                .Get<CreateTool>()
                .Handle(
                    new CreateToolInput
                    {
                        Fields = new ToolFields { Name = "With a logo", Logo = image.Id },
                    },
                    Newsroom.Erin,
                    default
                )
        );

        var hidden = await Database.Get<ReadImageOnShow>().Handle(image.Id, default);
        var atTheDesk = await LogoAsync(GraphQLClient.Erin, "desk { ", " }");
        await Newsroom.PublishedAsync(Newsroom.Story() with { Tools = [tool.Id] });
        var shown = await Database.Get<ReadImageOnShow>().Handle(image.Id, default);

        Assert.False(hidden!.IsPublic);
        Assert.True(shown!.IsPublic);

        // Until the logo is public, staff see it at a signed address.
        Assert.Contains("&s=", atTheDesk, StringComparison.Ordinal);
        Assert.DoesNotContain("&s=", await LogoAsync(GraphQLClient.Erin, "desk { ", " }"), StringComparison.Ordinal);

        async Task<string> LogoAsync(Viewer viewer, string before, string after)
        {
            var answer = await GraphQLClient.AskAsync(
                viewer,
                $$"""{ {{before}}tool(id: "{{tool.Id}}") { logo { url } }{{after}} }"""
            );
            return (string)answer["data"]!["desk"]!["tool"]!["logo"]!["url"]!;
        }
    }

    [SkippableFact]
    public async Task The_substitute_for_the_logo_of_a_hidden_tool_is_not_public()
    {
        var substitute = await Newsroom.ImageAsync("the-builder.webp");
        var logo = await Newsroom.ImageAsync("umbra.png");
        Newsroom.Value(
            await Database
                .Get<CreateTool>()
                .Handle(
                    new CreateToolInput
                    {
                        Fields = new ToolFields { Name = "Ended", Logo = logo.Id },
                    },
                    Newsroom.Erin,
                    default
                )
        );

        await Newsroom.LicenseAsync(
            logo.Id,
            new ImageRights { CreditLine = "Drawing", ExpiresAt = DateTimeOffset.UnixEpoch },
            substitute.Id
        );

        Assert.False((await Database.Get<ReadImageOnShow>().Handle(substitute.Id, default))!.IsPublic);
    }

    [SkippableFact]
    public async Task Staff_see_every_term_at_the_desk_and_readers_have_no_access()
    {
        var terms = await TermsAsync();
        const string lists =
            "{ desk { categories(first: 100) { totalCount nodes { id slug } } tags(first: 100) { nodes { id slug } } sources(first: 100) { nodes { id slug } } authors(first: 100) { nodes { id slug } } tools(first: 100) { nodes { id slug firstPublishedAt } } } }";

        foreach (var who in new[] { "author", "editor", "admin" })
        {
            var desk = (await GraphQLClient.AskAsync(GraphQLClient.Viewers[who], lists))["data"]!["desk"]!;
            foreach (var list in new[] { "categories", "tags", "sources", "authors", "tools" })
            {
                Assert.Contains(terms.Slug, desk[list]!["nodes"]!.AsArray().Select(node => (string)node!["slug"]!));
            }
        }

        Assert.Equal(
            "AUTH_NOT_AUTHORIZED",
            GraphQLClient.Code(await GraphQLClient.AskAsync(GraphQLClient.Viewers["reader"], lists))
        );
    }

    [SkippableFact]
    public async Task Staff_see_the_latest_version_of_a_hidden_tool_on_a_draft()
    {
        var terms = await TermsAsync();
        var draft = await Newsroom.DraftAsync(StoryWith(terms));
        var query =
            $$"""{ desk { article(id: "{{draft.Id}}") { category { name } source { name } tags { name } about { name tags { name } } } } }""";
        await GraphQLClient.AskAsync(GraphQLClient.Erin, query);

        await EditAsync(terms.Tool, "Renamed", terms.Tag);
        var shown = (await GraphQLClient.AskAsync(GraphQLClient.Erin, query))["data"]!["desk"]!["article"]!;

        Assert.Equal(
            $$"""{"category":{"name":"{{terms.Slug}}"},"source":{"name":"{{terms.Slug}}"},"tags":[{"name":"{{terms.Slug}}"}],"about":[{"name":"Renamed","tags":[{"name":"{{terms.Slug}}"}]}]}""",
            shown.ToJsonString()
        );
    }

    [SkippableFact]
    public async Task An_import_publishes_only_the_terms_of_published_stories()
    {
        var folder = Directory.CreateTempSubdirectory("cms-test-terms-");
        try
        {
            var latest = await LatestAsync();
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "tool-a.md"),
                "---\ntype: tool\nname: Import A\nkind: library\ntags: [of import a]\n---\nSays little.\n"
            );
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "tool-b.md"),
                "---\ntype: tool\nname: Import B\nkind: library\ntags: [of import b]\n---\nSays little.\n"
            );
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.md"), Story("a", "published"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "b.md"), Story("b", "draft"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "c.md"),
                Story("c", "published\nembargoUntil: 2030-01-01T00:00:00Z")
                    .Replace("tools: [import-c]\n", "", StringComparison.Ordinal)
            );

            var summary = await Database
                .Get<ImportNewsroom>()
                .Handle(folder.FullName, new ImportOptions(), null, default);

            Assert.Empty(summary.Refused);
            Assert.Equal(
                [
                    "category import-a",
                    "source import-a",
                    "author import-a",
                    "tool import-a",
                    "tag import-a",
                    "tag of-import-a",
                    "article",
                ],
                (await ChangesAsync(latest)).Select(change =>
                    change!["article"] is not null
                        ? "article"
                        : new[] { "category", "source", "author", "tool", "tag" }
                            .Where(kind => change[kind] is not null)
                            .Select(kind => $"{kind} {change[kind]!["slug"]}")
                            .Single()
                )
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static string Story(string name, string status) =>
            $"---\nheadline: Story import {name}\nsummary: What happened.\ncategory: Import {name}\nsource: {{ name: Import {name}, url: \"https://import.example/\" }}\ntags: [import {name}]\nauthors: [import {name}]\ntools: [import-{name}]\nstatus: {status}\n---\nOne line.\n";
    }

    [SkippableFact]
    public async Task A_persona_is_public_as_soon_as_it_is_added_to_the_panel()
    {
        var latest = await LatestAsync();

        var persona = await Newsroom.PersonaAsync("The Archivist", "Memory", order: 9);

        Assert.Equal(["PersonaUpserted"], (await ChangesAsync(latest)).Select(c => (string)c!["__typename"]!));
        Assert.NotNull((await AskAsync($$"""{ persona(slug: "{{persona.Slug}}") { name } }"""))["persona"]);
    }

    [SkippableFact]
    public async Task Two_stories_with_the_same_new_terms_can_be_published_concurrently()
    {
        var terms = await TermsAsync();
        var drafts = new[]
        {
            await Newsroom.DraftAsync(StoryWith(terms) with { Headline = "One" }),
            await Newsroom.DraftAsync(StoryWith(terms) with { Headline = "Two" }),
        };
        var latest = await LatestAsync();

        // Each publication runs on a separate thread. SQLite is synchronous, so they would otherwise run one by one.
        await Task.WhenAll(drafts.Select(draft => Task.Run(() => Newsroom.PublishAsync(draft.Id))));

        Assert.Equal(
            $"{terms.Slug} 2, {terms.Slug} 2, {terms.Slug} 2, {terms.Slug} 2, {terms.Slug} 2, {terms.Slug}",
            Names(await ReadAsync(terms))
        );
        Assert.Equal("TagUpserted", (string)(await ChangesAsync(latest))[4]!["__typename"]!);
    }

    [SkippableFact]
    public async Task A_subscriber_to_a_hidden_tag_receives_the_first_story_with_that_tag()
    {
        var (known, terms) = (await TermsAsync(), await TermsAsync());
        await Newsroom.PublishedAsync(StoryWith(known));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var published = Database
            .Get<FollowArticles>()
            .PublishedAsync(
                new ArticleFilterInput
                {
                    Tags = new() { Some = new() { Slug = new() { In = [known.Slug, terms.Slug] } } },
                },
                await LatestAsync(),
                timeout.Token
            )
            .GetAsyncEnumerator(timeout.Token);

        // When the first story arrives, the filter has been resolved.
        var first = (await Newsroom.PublishedAsync(StoryWith(known))).Id;
        Assert.True(await published.MoveNextAsync());
        Assert.Equal(first, published.Current.ArticleId);
        var second = (await Newsroom.PublishedAsync(StoryWith(terms))).Id;
        Assert.True(await published.MoveNextAsync());
        Assert.Equal(second, published.Current.ArticleId);
    }

    private sealed record Terms(
        string Slug,
        CategoryId Category,
        TagId Tag,
        SourceId Source,
        AuthorId Author,
        ToolId Tool
    );

    private static Terms MissingTerms() =>
        new($"t{Guid.CreateVersion7():n}", CategoryId.New(), TagId.New(), SourceId.New(), AuthorId.New(), ToolId.New());

    // Creates a category, a tag, a source and a tool that share one slug.
    private async Task<Terms> TermsAsync()
    {
        var made = MissingTerms();
        await AddAsync(
            new Category
            {
                Id = made.Category,
                Slug = made.Slug,
                Name = made.Slug,
            },
            new Tag
            {
                Id = made.Tag,
                Slug = made.Slug,
                Name = made.Slug,
            },
            new Source
            {
                Id = made.Source,
                Slug = made.Slug,
                Name = made.Slug,
            },
            new Author
            {
                Id = made.Author,
                Slug = made.Slug,
                Name = made.Slug,
            }
        );
        var tool = Newsroom.Value(
            await Database
                .Get<CreateTool>()
                .Handle(
                    new CreateToolInput
                    {
                        Fields = new ToolFields { Name = made.Slug, Tags = [made.Tag] },
                    },
                    Newsroom.Erin,
                    default
                )
        );
        return made with { Tool = tool.Id };
    }

    private static ArticleContent StoryWith(Terms terms) =>
        Newsroom.Story() with
        {
            CategoryId = terms.Category,
            SourceId = terms.Source,
            Tags = [terms.Tag],
            Authors = [terms.Author],
            Tools = [terms.Tool],
        };

    private async Task EditAsync(ToolId tool, string name, params TagId[] tags) =>
        Newsroom.Value(
            await Database
                .Get<EditTool>()
                .Handle(
                    new EditToolInput { Id = tool, Edit = _ => new ToolFields { Name = name, Tags = tags } },
                    Newsroom.Erin,
                    default
                )
        );

    private async Task<Tool> ToolAsync(ToolId id)
    {
        await using var db = await OpenAsync();
        return await db.Tools.AsNoTracking().SingleAsync(t => t.Id == id);
    }

    // Reads every public list and count that can reveal a term.
    private async Task<string> ReadPublicListsAsync() =>
        (
            await AskAsync(
                """
                {
                  categories(first: 100) { totalCount nodes { id slug } pageInfo { hasNextPage endCursor } }
                  tags(first: 100) { totalCount nodes { id slug } pageInfo { hasNextPage endCursor } }
                  sources(first: 100) { totalCount nodes { id slug } pageInfo { hasNextPage endCursor } }
                  authors(first: 100) { totalCount nodes { id slug } pageInfo { hasNextPage endCursor } }
                  tools(first: 100) { totalCount nodes { id slug } pageInfo { hasNextPage endCursor } }
                  changes(first: 500) { latest endCursor nodes { __typename cursor occurredAt } }
                  search(query: "compiler") {
                    totalCount
                    facets {
                      categories { count category { slug } } tags { count tag { slug } }
                      sources { count source { slug } } tools { count tool { slug } }
                    }
                  }
                }
                """
            )
        ).ToJsonString();

    // Reads one category, tag, source and tool through every public field.
    private Task<JsonNode> ReadAsync(Terms terms) =>
        AskAsync(
            $$"""
            {
              category(slug: "{{terms.Slug}}") { name articles { totalCount } }
              tag(slug: "{{terms.Slug}}") { name articles { totalCount } }
              source(slug: "{{terms.Slug}}") { name homepage articles { totalCount } }
              author(slug: "{{terms.Slug}}") { name bio articles { totalCount } }
              tool(slug: "{{terms.Slug}}") { name tags { slug } articles { totalCount } }
              bySlug: route(path: "/tools/{{terms.Slug}}") { __typename ... on ContentRoute { content { ... on Tool { name } } } }
              byId: route(path: "/tools/{{terms.Tool}}") { __typename ... on RedirectRoute { to } }
              nodes(ids: ["{{terms.Category}}", "{{terms.Tag}}", "{{terms.Source}}", "{{terms.Author}}", "{{terms.Tool}}"]) { __typename id }
              node(id: "{{terms.Tag}}") { __typename id }
              ofCategory: articles(where: { category: { slug: { eq: "{{terms.Slug}}" } } }) { totalCount nodes { slug } }
              ofTag: articles(where: { tags: { some: { slug: { in: ["{{terms.Slug}}"] } } } }) { totalCount }
              ofSource: articles(where: { source: { slug: { eq: "{{terms.Slug}}" } } }) { totalCount }
              ofAuthor: articles(where: { authors: { some: { slug: { eq: "{{terms.Slug}}" } } } }) { totalCount }
              ofTool: articles(where: { about: { some: { slug: { eq: "{{terms.Slug}}" } } } }) { totalCount }
            }
            """
        );

    private static string Names(JsonNode read) =>
        string.Join(
            ", ",
            new[] { "category", "tag", "source", "author", "tool" }
                .Select(kind => $"{read[kind]!["name"]} {read[kind]!["articles"]!["totalCount"]}")
                .Append((string)read["bySlug"]!["content"]!["name"]!)
        );

    private async Task<string> LatestAsync() =>
        (string)(await AskAsync("{ changes { latest } }"))["changes"]!["latest"]!;

    private async Task<JsonArray> ChangesAsync(string after) =>
        (
            await AskAsync(
                $$"""
                {
                  changes(after: "{{after}}", first: 500) {
                    nodes {
                      __typename occurredAt
                      ... on ArticleUpserted { article { slug } }
                      ... on CategoryUpserted { category { slug } }
                      ... on TagUpserted { tag { slug } }
                      ... on SourceUpserted { source { slug } }
                      ... on AuthorUpserted { author { slug } }
                      ... on ToolUpserted { tool { slug } }
                    }
                  }
                }
                """
            )
        )["changes"]!["nodes"]!.AsArray();

    private async Task<JsonNode> AskAsync(string query)
    {
        var answer = await GraphQLClient.AskAsync(Viewer.Anonymous, query);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!;
    }
}

public sealed class FirstPublicationTests_Sqlite(SqliteTestDatabase database)
    : FirstPublicationTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class FirstPublicationTests_SqlServer(SqlServerTestDatabase database)
    : FirstPublicationTests(database),
        IClassFixture<SqlServerTestDatabase>;
