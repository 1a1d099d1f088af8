using Cms.Articles;
using Cms.Authors;
using Cms.GraphQL;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tests.Support;
using Xunit;

namespace Cms.Tests.Taxonomy;

/// <summary>Editors create, edit, rename and delete categories, tags and sources.</summary>
public sealed class TermTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private readonly Terms _terms = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Theory]
    [InlineData("category")]
    [InlineData("tag")]
    [InlineData("source")]
    [InlineData("author")]
    public async Task A_new_term_is_private_until_an_article_with_it_is_published(string kind)
    {
        var (id, slug) = await _terms.CreateAsync(kind);

        Assert.Equal("none", await _terms.ReadAsync(kind, slug));

        await PublishedWithAsync(kind, id);
        Assert.Equal($"{slug} with 1", await _terms.ReadAsync(kind, slug));
    }

    [Theory]
    [InlineData("category", "", "TermNameRequired at name")]
    [InlineData("tag", "  ", "TermNameRequired at name")]
    [InlineData("source", "!!!", "SlugMalformed at slug")]
    [InlineData("tag", "Search", "SlugReserved at slug")]
    public async Task A_name_that_makes_no_usable_slug_is_rejected(string kind, string name, string error) =>
        Assert.Equal(
            error.Replace(" at", "Error at", StringComparison.Ordinal),
            Assert.Single(
                GraphQLClient.Refusals(await _terms.DoAsync($"create{Terms.Pascal(kind)}", kind, new { name }))
            )
        );

    [Fact]
    public async Task A_huge_name_and_a_slug_with_spaces_are_rejected()
    {
        var huge = await _terms.DoAsync("createTag", "tag", new { name = new string('n', 100_000) });
        var spaced = await _terms.DoAsync("createTag", "tag", new { name = "Robots", slug = "ro bots" });

        Assert.Equal("TextTooLongError at name", Assert.Single(GraphQLClient.Refusals(huge)));
        Assert.Equal("SlugMalformedError at slug", Assert.Single(GraphQLClient.Refusals(spaced)));
    }

    [Theory]
    [InlineData("category")]
    [InlineData("tag")]
    [InlineData("source")]
    [InlineData("author")]
    public async Task A_slug_is_taken_once_for_each_kind(string kind)
    {
        var (_, slug) = await _terms.CreateAsync(kind);

        var again = await _terms.DoAsync($"create{Terms.Pascal(kind)}", kind, new { name = "Again", slug });
        var otherKind = kind == "tag" ? "source" : "tag";
        var other = await _terms.DoAsync(
            $"create{Terms.Pascal(otherKind)}",
            otherKind,
            new { name = "Another kind", slug }
        );

        Assert.Equal("SlugTakenError at slug", Assert.Single(GraphQLClient.Refusals(again)));
        Assert.Empty(GraphQLClient.Refusals(other));
    }

    [Theory]
    [InlineData("#0a7d55", "#0a7d55")]
    [InlineData("#0A7D55", "#0a7d55")]
    [InlineData("0a7d55", null)]
    [InlineData("#0a7d5", null)]
    [InlineData("#0a7d5g", null)]
    [InlineData("red", null)]
    [InlineData("", null)]
    public async Task A_colour_is_six_hexadecimal_digits(string colour, string? saved)
    {
        var made = await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "createCategory",
            new { name = Terms.NewSlug(), colour },
            "category { colour }"
        );

        Assert.Equal(saved, (string?)made["category"]?["colour"]);
        Assert.Equal(saved is null ? ["ColourMalformedError at colour"] : [], GraphQLClient.Refusals(made));
    }

    [Fact]
    public async Task An_edit_changes_only_the_fields_that_were_sent()
    {
        var made = await EditCategoryAsync(
            new
            {
                id = (await _terms.CreateAsync("category", $"Launch {Terms.NewSlug()}")).Id,
                order = 4,
                colour = "#ff0000",
            }
        );
        var id = (string)made["id"]!;

        var named = await EditCategoryAsync(new { id, name = "Launches" });
        var emptied = await EditCategoryAsync(
            new
            {
                id,
                colour = (string?)null,
                order = (int?)null,
            }
        );

        Assert.Equal(
            ("Launches", 4, "#ff0000"),
            ((string)named["name"]!, (int)named["order"]!, (string)named["colour"]!)
        );
        Assert.Equal(
            ("Launches", 0, null),
            ((string)emptied["name"]!, (int)emptied["order"]!, (string?)emptied["colour"])
        );
        var nameless = await _terms.DoAsync("editCategory", "category", new { id, name = (string?)null });
        Assert.Equal("TermNameRequiredError at name", Assert.Single(GraphQLClient.Refusals(nameless)));
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("rename")]
    [InlineData("delete")]
    public async Task A_change_of_a_stale_version_is_rejected_and_says_who_changed_it(string change)
    {
        var (id, _) = await _terms.CreateAsync("tag");
        await _terms.DoAsync("editTag", "tag", new { id, name = "Newer" }, GraphQLClient.Ada);

        var stale = await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            $"{change}Tag",
            change switch
            {
                "edit" => new
                {
                    id,
                    name = "Older",
                    expectedVersion = 1,
                },
                "rename" => new
                {
                    id,
                    slug = Terms.NewSlug(),
                    expectedVersion = 1,
                },
                _ => new { id, expectedVersion = 1 },
            },
            "tag { id } errorsWithNames: errors { ... on VersionConflictError { changedBy currentVersion } }"
        );

        Assert.Equal("VersionConflictError at expectedVersion", Assert.Single(GraphQLClient.Refusals(stale)));
        Assert.Equal(
            ("Ada", 2),
            ((string)stale["errorsWithNames"]![0]!["changedBy"]!, (int)stale["errorsWithNames"]![0]!["currentVersion"]!)
        );
    }

    [Theory]
    [InlineData("category")]
    [InlineData("tag")]
    [InlineData("source")]
    [InlineData("author")]
    public async Task After_renames_every_old_slug_leads_to_the_term(string kind)
    {
        var (id, first) = await _terms.CreateAsync(kind);
        await PublishedWithAsync(kind, id);
        var (second, third) = (Terms.NewSlug(), Terms.NewSlug());

        await _terms.RenameAsync(kind, id, second);
        await _terms.RenameAsync(kind, id, third);

        var folder = Terms.Plural(kind).ToLowerInvariant();
        foreach (var old in new[] { first, second })
        {
            Assert.Equal($"{third} with 1", await _terms.ReadAsync(kind, old));
            Assert.Equal($"/{folder}/{third}", await _terms.RouteAsync($"/{folder}/{old}"));
        }

        Assert.Equal(Terms.Pascal(kind), await _terms.RouteAsync($"/{folder}/{third}"));
        Assert.Equal($"/{folder}/{third}", await _terms.RouteAsync($"/{folder}/{id}"));
    }

    [Fact]
    public async Task Renaming_back_makes_no_loop()
    {
        var (id, first) = await _terms.CreateAsync("tag");
        await PublishedWithAsync("tag", id);
        var second = Terms.NewSlug();

        await _terms.RenameAsync("tag", id, second);
        var back = await _terms.RenameAsync("tag", id, first);

        Assert.Empty(GraphQLClient.Refusals(back));
        Assert.Equal("Tag", await _terms.RouteAsync($"/tags/{first}"));
        Assert.Equal($"/tags/{first}", await _terms.RouteAsync($"/tags/{second}"));
    }

    [Fact]
    public async Task A_slug_under_which_another_term_was_public_is_taken_and_one_that_readers_never_saw_is_not()
    {
        var (seen, seenSlug) = await _terms.CreateAsync("tag");
        await PublishedWithAsync("tag", seen);
        var (unseen, unseenSlug) = await _terms.CreateAsync("tag");
        await _terms.RenameAsync("tag", seen, Terms.NewSlug());
        await _terms.RenameAsync("tag", unseen, Terms.NewSlug());
        var (other, _) = await _terms.CreateAsync("tag");

        Assert.Equal(
            "SlugTakenError at slug",
            Assert.Single(GraphQLClient.Refusals(await _terms.RenameAsync("tag", other, seenSlug)))
        );
        Assert.Empty(GraphQLClient.Refusals(await _terms.RenameAsync("tag", other, unseenSlug)));
    }

    [Fact]
    public async Task Lists_can_be_filtered_by_an_old_slug()
    {
        var (id, old) = await _terms.CreateAsync("tag");
        await PublishedWithAsync("tag", id);
        await _terms.RenameAsync("tag", id, Terms.NewSlug());

        var found = await _terms.AskAsync(
            $"{{ articles(where: {{ tags: {{ some: {{ slug: {{ eq: \"{old}\" }} }} }} }}) {{ totalCount }} }}"
        );

        Assert.Equal(1, (int)found["articles"]!["totalCount"]!);
    }

    [Fact]
    public async Task Categories_are_listed_in_the_editors_order_and_then_by_slug()
    {
        var prefix = Terms.NewSlug();
        foreach (var (name, order) in new[] { ("c", 3), ("b", 7), ("a", 7), ("d", -2) })
        {
            var (id, _) = await _terms.CreateAsync("category", $"{prefix}-{name}");
            await EditCategoryAsync(new { id, order });
            await PublishedWithAsync("category", id);
        }

        foreach (var desk in new[] { false, true })
        {
            List<string> forward = [];
            List<string> backward = [];
            string? cursor = null;
            do
            {
                var page = await PageAsync(desk, $"first: 2{(cursor is null ? "" : $", after: \"{cursor}\"")}");
                forward.AddRange(page.Slugs);
                cursor = page.HasMore ? page.End : null;
            } while (cursor is not null);

            do
            {
                var page = await PageAsync(desk, $"last: 2{(cursor is null ? "" : $", before: \"{cursor}\"")}");
                backward.InsertRange(0, page.Slugs);
                cursor = page.HasPrevious ? page.Start : null;
            } while (cursor is not null);

            Assert.Equal(
                [$"{prefix}-d", $"{prefix}-c", $"{prefix}-a", $"{prefix}-b"],
                forward.Where(slug => slug.StartsWith(prefix, StringComparison.Ordinal))
            );
            Assert.Equal(forward, backward);
        }
    }

    [Fact]
    public async Task A_list_continues_after_a_term_that_was_merged_meanwhile()
    {
        var prefix = Terms.NewSlug();
        List<string> ids = [];
        foreach (var name in new[] { "a", "b", "c" })
        {
            var (id, _) = await _terms.CreateAsync("tag", $"{prefix}-{name}");
            await PublishedWithAsync("tag", id);
            ids.Add(id);
        }

        string? cursor = null;
        List<string> seen = [];
        while (!seen.Contains($"{prefix}-b"))
        {
            var page = await ListTagsAsync($"first: 1{(cursor is null ? "" : $", after: \"{cursor}\"")}");
            seen.AddRange(page.Slugs);
            cursor = page.End;
        }

        await _terms.MergeAsync("tag", ids[1], ids[0]);

        Assert.Equal($"{prefix}-c", Assert.Single((await ListTagsAsync($"first: 1, after: \"{cursor}\"")).Slugs));
    }

    [Theory]
    [InlineData("category")]
    [InlineData("tag")]
    [InlineData("source")]
    [InlineData("author")]
    public async Task A_term_in_use_cannot_be_deleted_and_the_error_lists_the_uses(string kind)
    {
        var (id, _) = await _terms.CreateAsync(kind);
        var published = await PublishedWithAsync(kind, id);
        var draft = await Newsroom.DraftAsync(With(kind, id, "A draft"));

        var refused = await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            $"delete{Terms.Pascal(kind)}",
            new { id },
            $"{kind} {{ id }} uses: errors {{ ... on {Terms.Pascal(kind)}InUseError {{ counts {{ kind count }} users {{ kind usedById title }} }} }}"
        );

        Assert.Equal($"{Terms.Pascal(kind)}InUseError at id", Assert.Single(GraphQLClient.Refusals(refused)));
        Assert.Equal(
            """[{"kind":"ARTICLE","count":1},{"kind":"WORKING_COPY","count":2}]""",
            refused["uses"]![0]!["counts"]!.ToJsonString()
        );
        var users = refused["uses"]![0]!["users"]!.AsArray();
        Assert.Equal(published.Id.ToString(), (string)users[0]!["usedById"]!);
        Assert.Contains(
            users,
            use => (string)use!["usedById"]! == draft.Id.ToString() && (string)use["title"]! == "A draft"
        );
    }

    [Fact]
    public async Task A_tag_of_a_tool_or_an_image_cannot_be_deleted()
    {
        var (ofTool, _) = await _terms.CreateAsync("tag");
        var (ofImage, _) = await _terms.CreateAsync("tag");
        await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "createTool",
            new { name = Terms.NewSlug(), tags = new[] { ofTool } },
            "tool { id }"
        );
        var image = await Newsroom.UploadAsync();
        await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "saveMedia",
            new { id = image.Id.ToString(), tags = new[] { ofImage } },
            "media { id }"
        );

        foreach (var id in new[] { ofTool, ofImage })
        {
            Assert.Equal(
                "TagInUseError at id",
                Assert.Single(GraphQLClient.Refusals(await _terms.DeleteAsync("tag", id)))
            );
        }
    }

    [Fact]
    public async Task A_deleted_term_is_gone_for_readers_and_staff_and_cannot_be_deleted_twice()
    {
        var (id, slug) = await WasPublicAsync("category");

        var deleted = await _terms.DeleteAsync("category", id);
        var again = await _terms.DeleteAsync("category", id);

        Assert.Empty(GraphQLClient.Refusals(deleted));
        Assert.Equal("CategoryNotFoundError at id", Assert.Single(GraphQLClient.Refusals(again)));
        Assert.Equal("none", await _terms.ReadAsync("category", slug));
        Assert.Equal("none", await _terms.RouteAsync($"/categories/{slug}"));
        Assert.Null((await _terms.AskAsync($"{{ node(id: \"{id}\") {{ id }} }}"))["node"]);
        Assert.Null(
            (await _terms.AskAsync($"{{ desk {{ category(id: \"{id}\") {{ id }} }} }}", GraphQLClient.Erin))["desk"]![
                "category"
            ]
        );
    }

    [Fact]
    public async Task The_slug_of_a_deleted_public_term_stays_taken_and_creating_it_again_brings_the_term_back()
    {
        var (id, slug) = await WasPublicAsync("tag");
        await _terms.DeleteAsync("tag", id);
        var (other, _) = await _terms.CreateAsync("tag");

        var renamed = await _terms.RenameAsync("tag", other, slug);
        var back = await _terms.DoAsync("createTag", "tag", new { name = "Back", slug });

        Assert.Equal("SlugTakenError at slug", Assert.Single(GraphQLClient.Refusals(renamed)));
        Assert.Equal((id, "Back"), ((string)back["tag"]!["id"]!, (string)back["tag"]!["name"]!));
        await PublishedWithAsync("tag", id);
        Assert.Equal($"{slug} with 1", await _terms.ReadAsync("tag", slug));

        // Deleting the tag again before readers see it does not free its slug.
        var (twice, twiceSlug) = await WasPublicAsync("tag");
        await _terms.DeleteAsync("tag", twice);
        await _terms.DoAsync("createTag", "tag", new { name = "Twice", slug = twiceSlug });
        await _terms.DeleteAsync("tag", twice);
        Assert.Equal(
            "SlugTakenError at slug",
            Assert.Single(GraphQLClient.Refusals(await _terms.RenameAsync("tag", other, twiceSlug)))
        );
    }

    [Fact]
    public async Task The_slug_of_a_deleted_term_that_was_never_public_is_free()
    {
        var (id, slug) = await _terms.CreateAsync("source");
        await _terms.DeleteAsync("source", id);
        var (other, _) = await _terms.CreateAsync("source");

        Assert.Empty(GraphQLClient.Refusals(await _terms.RenameAsync("source", other, slug)));
    }

    [Fact]
    public async Task Restoring_a_revision_leaves_out_a_term_that_was_deleted_since()
    {
        var (id, _) = await _terms.CreateAsync("category");
        var article = await Newsroom.DraftAsync(With("category", id, "With a category"));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story());
        await _terms.DeleteAsync("category", id);

        var restored = await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "restoreRevision",
            new { id = article.Id.ToString(), revision = article.HeadId.ToString() },
            "article { headline category { id } }"
        );

        Assert.Equal("""{"headline":"With a category","category":null}""", restored["article"]!.ToJsonString());
    }

    [Fact]
    public async Task The_change_log_announces_changes_of_public_terms_only()
    {
        var (hidden, _) = await _terms.CreateAsync("tag");
        var (shown, _) = await _terms.CreateAsync("tag");
        await PublishedWithAsync("tag", shown);
        var latest = (string)(await _terms.AskAsync("{ changes { latest } }"))["changes"]!["latest"]!;

        await _terms.RenameAsync("tag", hidden, Terms.NewSlug());
        await _terms.DoAsync("editTag", "tag", new { id = shown, name = "Shown" });
        await _terms.DoAsync("editTag", "tag", new { id = shown, name = "Shown" });
        await _terms.RenameAsync("tag", shown, Terms.NewSlug());

        var changes = await _terms.AskAsync(
            $"{{ changes(after: \"{latest}\") {{ nodes {{ ... on TagUpserted {{ tagId }} }} }} }}"
        );
        Assert.Equal(
            [shown, shown],
            changes["changes"]!["nodes"]!.AsArray().Select(change => (string)change!["tagId"]!)
        );
    }

    private async Task<Article> PublishedWithAsync(string kind, string id) =>
        await Newsroom.PublishedAsync(With(kind, id, "A compiler in a week"));

    // Publishes an article with the term, and then without it.
    private async Task<(string Id, string Slug)> WasPublicAsync(string kind)
    {
        var (id, slug) = await _terms.CreateAsync(kind);
        var article = await PublishedWithAsync(kind, id);
        await Newsroom.SaveAsync(article.Id, Newsroom.Story());
        await Newsroom.PublishAsync(article.Id);
        return (id, slug);
    }

    private static ArticleContent With(string kind, string id, string headline) =>
        kind switch
        {
            "category" => Newsroom.Story(headline) with { CategoryId = EntityId.Parse<CategoryId>(id) },
            "tag" => Newsroom.Story(headline) with { Tags = [EntityId.Parse<TagId>(id)!.Value] },
            "author" => Newsroom.Story(headline) with { Authors = [EntityId.Parse<AuthorId>(id)!.Value] },
            _ => Newsroom.Story(headline) with { SourceId = EntityId.Parse<SourceId>(id) },
        };

    private async Task<System.Text.Json.Nodes.JsonNode> EditCategoryAsync(object input)
    {
        var edited = await _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "editCategory",
            input,
            "category { id name order colour }"
        );
        Assert.Empty(GraphQLClient.Refusals(edited));
        return edited["category"]!;
    }

    private Task<Page> ListTagsAsync(string page) => ReadPageAsync($"tags({page})", desk: false);

    private Task<Page> PageAsync(bool desk, string page) => ReadPageAsync($"categories({page})", desk);

    private async Task<Page> ReadPageAsync(string list, bool desk)
    {
        var query =
            $"list: {list} {{ nodes {{ slug }} pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }}";
        var data = desk
            ? (await _terms.AskAsync($"{{ desk {{ {query} }} }}", GraphQLClient.Erin))["desk"]!
            : await _terms.AskAsync($"{{ {query} }}");
        var info = data["list"]!["pageInfo"]!;
        return new Page(
            [.. data["list"]!["nodes"]!.AsArray().Select(node => (string)node!["slug"]!)],
            (string?)info["startCursor"],
            (string?)info["endCursor"],
            (bool)info["hasNextPage"]!,
            (bool)info["hasPreviousPage"]!
        );
    }

    private sealed record Page(List<string> Slugs, string? Start, string? End, bool HasMore, bool HasPrevious);
}
