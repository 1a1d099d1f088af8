using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Authors;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.Testing;
using Cms.Tests.Support;
using Xunit;

namespace Cms.Tests.Authors;

/// <summary>Authors have profiles, and articles show them in order.</summary>
public sealed class AuthorTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private readonly Terms _terms = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Fact]
    public async Task Readers_see_the_profiles_of_an_article_in_the_order_of_the_editor()
    {
        var image = await Newsroom.ImageAsync();
        var ida = await CreateAsync(
            new
            {
                name = "Ida Roe",
                slug = Terms.NewSlug(),
                bio = "Ida writes about clocks.",
                avatar = image.Id.ToString(),
                links = new[] { new { label = " Notes ", url = "https://ida.example/" } },
            }
        );
        var bo = await CreateAsync(new { name = "Bo Lind", slug = Terms.NewSlug() });

        var article = await Newsroom.PublishedAsync(By(bo, ida));

        Assert.Equal(
            """{"byline":"Bo Lind, Ida Roe","authors":[{"name":"Bo Lind","bio":null,"avatar":null,"links":[]},{"name":"Ida Roe","bio":"Ida writes about clocks.","avatar":{"alt":"Clouds over a city."},"links":[{"label":"Notes","url":"https://ida.example/"}]}]}""".Replace(
                "Clouds over a city.",
                image.Alt,
                StringComparison.Ordinal
            ),
            await ArticleAsync(article.Id, "byline authors { name bio avatar { alt } links { label url } }")
        );
    }

    [Fact]
    public async Task A_written_byline_replaces_the_names_and_the_desk_shows_only_what_was_written()
    {
        var ida = await CreateAsync(new { name = "Ida Roe", slug = Terms.NewSlug() });
        var article = await Newsroom.PublishedAsync(By(ida));
        Assert.Equal("""{"byline":"Ida Roe"}""", await ArticleAsync(article.Id, "byline"));
        Assert.Equal("""{"byline":null,"authors":[{"name":"Ida Roe"}]}""", await DeskAsync(article.Id));

        await Newsroom.SaveAsync(article.Id, By(ida) with { Byline = "By our staff in Calloway" });
        await Newsroom.PublishAsync(article.Id);

        Assert.Equal("""{"byline":"By our staff in Calloway"}""", await ArticleAsync(article.Id, "byline"));
        var nobody = await Newsroom.PublishedAsync();
        Assert.Equal("""{"byline":null}""", await ArticleAsync(nobody.Id, "byline"));
    }

    [Fact]
    public async Task A_save_without_authors_keeps_them_and_null_empties_them()
    {
        var ida = await CreateAsync(new { name = "Ida Roe", slug = Terms.NewSlug() });
        var article = await Newsroom.DraftAsync(By(ida));

        var kept = await SaveAsync(new { id = article.Id.ToString(), headline = "Another headline" });
        var emptied = await SaveAsync(new { id = article.Id.ToString(), authors = (string[]?)null });

        Assert.Equal("""[{"name":"Ida Roe"}]""", kept["article"]!["authors"]!.ToJsonString());
        Assert.Equal("[]", emptied["article"]!["authors"]!.ToJsonString());
    }

    [Fact]
    public async Task Unknown_authors_and_more_than_twenty_are_rejected()
    {
        var article = await Newsroom.DraftAsync();
        var unknown = AuthorId.New().ToString();

        var missing = await SaveAsync(new { id = article.Id.ToString(), authors = new[] { unknown } });
        var many = await SaveAsync(
            new { id = article.Id.ToString(), authors = Enumerable.Range(0, 21).Select(_ => AuthorId.New().ToString()) }
        );

        Assert.Equal(["AuthorNotFoundError at authors"], GraphQLClient.Refusals(missing));
        Assert.Contains("TooManyError at authors", GraphQLClient.Refusals(many));
    }

    [Fact]
    public async Task Everything_wrong_with_a_profile_is_reported_together()
    {
        var refused = await _terms.DoAsync(
            "createAuthor",
            "author",
            new
            {
                name = " ",
                bio = new string('b', 2001),
                links = Enumerable
                    .Repeat(new { label = "Notes", url = "https://ida.example/" }, 9)
                    .Append(new { label = " ", url = "http://ida.example/" })
                    .Append(new { label = new string('l', 121), url = "javascript:alert(1)" }),
            }
        );

        Assert.Equal(
            [
                "TermNameRequiredError at name",
                "TextTooLongError at bio",
                "TooManyLinksError at links",
                "LinkLabelRequiredError at links.9.label",
                "LinkUrlMalformedError at links.9.url",
                "TextTooLongError at links.10.label",
                "LinkUrlMalformedError at links.10.url",
            ],
            GraphQLClient.Refusals(refused)
        );
    }

    [Fact]
    public async Task A_picture_must_be_publishable_and_cannot_be_deleted_while_an_author_shows_it()
    {
        var image = await Newsroom.ImageAsync();
        var bare = await Newsroom.UploadAsync();
        var unfit = await _terms.DoAsync(
            "createAuthor",
            "author",
            new { name = Terms.NewSlug(), avatar = bare.Id.ToString() }
        );
        var ida = await CreateAsync(
            new
            {
                name = "Ida Roe",
                slug = Terms.NewSlug(),
                avatar = image.Id.ToString(),
            }
        );

        var refused = await DeleteMediaAsync(image.Id.ToString());
        await _terms.DeleteAsync("author", ida);
        var deleted = await DeleteMediaAsync(image.Id.ToString());

        Assert.All(
            GraphQLClient.Refusals(unfit),
            refusal => Assert.EndsWith("at avatar", refusal, StringComparison.Ordinal)
        );
        Assert.NotEmpty(GraphQLClient.Refusals(unfit));
        Assert.Equal(["MediaInUseError at id"], GraphQLClient.Refusals(refused));
        Assert.Equal(
            $$"""[{"kind":"AUTHOR","usedById":"{{ida}}","title":"Ida Roe"}]""",
            refused["uses"]![0]!["users"]!.ToJsonString()
        );
        Assert.Empty(GraphQLClient.Refusals(deleted));
    }

    [Fact]
    public async Task A_picture_is_public_with_the_author_and_disappears_when_its_rights_end()
    {
        var image = await Newsroom.ImageAsync();
        var ida = await CreateAsync(
            new
            {
                name = "Ida Roe",
                slug = Terms.NewSlug(),
                avatar = image.Id.ToString(),
            }
        );
        Assert.False(await IsPublicAsync());

        var article = await Newsroom.PublishedAsync(By(ida));
        Assert.True(await IsPublicAsync());
        await Newsroom.LicenseAsync(
            image.Id,
            new ImageRights { CreditLine = "Rui Alves", ExpiresAt = database.Clock.GetUtcNow().AddDays(-1) }
        );

        Assert.Equal("""{"authors":[{"avatar":null}]}""", await ArticleAsync(article.Id, "authors { avatar { url } }"));

        async Task<bool> IsPublicAsync()
        {
            await using var db = await database.OpenAsync();
            return await Cms.Media.MediaPlaces.IsPublicAsync(db, image.Id, default);
        }
    }

    [Fact]
    public async Task Lists_filters_and_pages_of_both_profiles_agree_after_a_merge()
    {
        var ((from, fromSlug), (into, intoSlug)) = (
            await _terms.CreateAsync("author"),
            await _terms.CreateAsync("author")
        );
        var (other, _) = await _terms.CreateAsync("author");
        var first = await Newsroom.PublishedAsync(By(from, other, into));
        var last = await Newsroom.PublishedAsync(By(into, other, from));
        var draft = await Newsroom.DraftAsync(By(from, into));

        var merged = await _terms.MergeAsync("author", from, into);

        Assert.Empty(GraphQLClient.Refusals(merged));
        foreach (var slug in new[] { fromSlug, intoSlug })
        {
            Assert.Equal($"{intoSlug} with 2", await _terms.ReadAsync("author", slug));
            var found = await _terms.AskAsync(
                $$"""{ articles(where: { authors: { some: { slug: { eq: "{{slug}}" } } } }) { totalCount } }"""
            );
            Assert.Equal(2, (int)found["articles"]!["totalCount"]!);
        }

        Assert.Equal($"/authors/{intoSlug}", await _terms.RouteAsync($"/authors/{fromSlug}"));
        foreach (var id in new[] { first.Id, last.Id })
        {
            Assert.Equal(
                $$"""{"authors":[{"id":"{{into}}"},{"id":"{{other}}"}]}""",
                await ArticleAsync(id, "authors { id }")
            );
        }

        Assert.Equal($$"""{"byline":null,"authors":[{"name":"{{intoSlug}}"}]}""", await DeskAsync(draft.Id));
        await Invariants.AssertAsync(database.OpenAsync);
    }

    [Fact]
    public async Task A_comparison_names_the_authors()
    {
        var (ida, bo) = (
            await CreateAsync(new { name = "Ida Roe", slug = Terms.NewSlug() }),
            await CreateAsync(new { name = "Bo Lind", slug = Terms.NewSlug() })
        );
        var article = await Newsroom.DraftAsync(By(ida));
        await Newsroom.SaveAsync(article.Id, By(bo, ida));
        var revisions = (
            await _terms.AskAsync(
                $"{{ desk {{ article(id: \"{article.Id}\") {{ revisions(first: 2) {{ nodes {{ id }} }} }} }} }}",
                GraphQLClient.Erin
            )
        )["desk"]!["article"]!["revisions"]!["nodes"]!;

        var compared = await _terms.AskAsync(
            $"{{ desk {{ article(id: \"{article.Id}\") {{ compare(from: \"{revisions[1]!["id"]}\", to: \"{revisions[0]!["id"]}\") {{ fields {{ field from to }} }} }} }} }}",
            GraphQLClient.Erin
        );

        Assert.Equal(
            """[{"field":"authors","from":"Ida Roe","to":"Bo Lind, Ida Roe"}]""",
            compared["desk"]!["article"]!["compare"]!["fields"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_deleted_author_comes_back_without_the_picture_that_it_had()
    {
        var image = await Newsroom.ImageAsync();
        var slug = Terms.NewSlug();
        var ida = await CreateAsync(
            new
            {
                name = "Ida Roe",
                slug,
                avatar = image.Id.ToString(),
            }
        );
        var article = await Newsroom.PublishedAsync(By(ida));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story());
        await Newsroom.PublishAsync(article.Id);
        await _terms.DeleteAsync("author", ida);

        var back = await CreateAsync(new { name = "Ida Roe", slug });

        Assert.Equal(ida, back);
        var shown = await _terms.AskAsync($"{{ desk {{ author(id: \"{ida}\") {{ avatarId }} }} }}", GraphQLClient.Erin);
        Assert.Equal("""{"avatarId":null}""", shown["desk"]!["author"]!.ToJsonString());
    }

    private static ArticleContent By(params string[] authors) =>
        Newsroom.Story() with
        {
            Authors = [.. authors.Select(id => EntityId.Parse<AuthorId>(id)!.Value)],
        };

    private async Task<string> CreateAsync(object input)
    {
        var made = await _terms.DoAsync("createAuthor", "author", input);
        Assert.Empty(GraphQLClient.Refusals(made));
        return (string)made["author"]!["id"]!;
    }

    private Task<JsonNode> SaveAsync(object input) =>
        _terms.Client.DoAsync(GraphQLClient.Erin, "saveArticle", input, "article { authors { name } }");

    private Task<JsonNode> DeleteMediaAsync(string id) =>
        _terms.Client.DoAsync(
            GraphQLClient.Erin,
            "deleteMedia",
            new { id },
            "media { id } uses: errors { ... on MediaInUseError { users { kind usedById title } } }"
        );

    private async Task<string> ArticleAsync(ArticleId id, string fields) =>
        (await _terms.AskAsync($"{{ article(id: \"{id}\") {{ {fields} }} }}"))["article"]!.ToJsonString();

    private async Task<string> DeskAsync(ArticleId id) =>
        (
            await _terms.AskAsync(
                $"{{ desk {{ article(id: \"{id}\") {{ byline authors {{ name }} }} }} }}",
                GraphQLClient.Erin
            )
        )["desk"]!["article"]!.ToJsonString();
}
