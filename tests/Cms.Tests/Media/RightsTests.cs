using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Rights;
using Cms.People;
using Cms.Testing;
using Cms.Tools;
using Xunit;

namespace Cms.Tests.Media;

/// <summary>Which images readers can see, and for how long.</summary>
[Slow]
public sealed class RightsTests : IAsyncLifetime
{
    private const string Shown =
        "heroImage { mediaId alt caption credit isDecorative rights { creator creditText copyrightNotice license acquireLicensePage } }";

    private readonly AnyTestDatabase _database = new();

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient GraphQLClient => field ??= new GraphQLClient(_database.Services);

    private DateTimeOffset Now => _database.Clock.GetUtcNow();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_image_without_a_description_a_credit_or_current_rights_is_not_published()
    {
        var bare = await Newsroom.UploadAsync();
        var ended = await Newsroom.ImageAsync(
            rights: new ImageRights { Creator = "Rui Alves", ExpiresAt = Now.AddMinutes(-1) }
        );
        var coming = await Newsroom.ImageAsync(
            rights: new ImageRights { Creator = "Rui Alves", ValidFrom = Now.AddMinutes(1) }
        );

        Assert.Equal(
            ["ImageAltMissingError at heroImage", "ImageCreditMissingError at heroImage"],
            await PublishAsync(Newsroom.Story() with { HeroImageId = bare.Id })
        );
        Assert.Equal(
            ["ImageRightsExpiredError at heroImage"],
            await PublishAsync(Newsroom.Story() with { HeroImageId = ended.Id })
        );
        Assert.Equal(
            ["ImageRightsNotBegunError at heroImage"],
            await PublishAsync(Newsroom.Story() with { HeroImageId = coming.Id })
        );
        var (inBody, described) = (WithImage(bare.Id, alt: ""), WithImage(bare.Id, alt: "A cloud."));
        Assert.Equal(
            [$"ImageAltMissingError at {PathOf(inBody)}", $"ImageCreditMissingError at {PathOf(inBody)}"],
            await PublishAsync(inBody)
        );
        Assert.Equal([$"ImageCreditMissingError at {PathOf(described)}"], await PublishAsync(described));
        Assert.Equal(
            ["ImageCreditMissingError at heroImage"],
            await PublishAsync(Newsroom.Story() with { HeroImageId = bare.Id, HeroAlt = "A cloud." })
        );
    }

    [Fact]
    public async Task A_correction_checks_the_images_of_the_article()
    {
        var article = await Newsroom.PublishedAsync();
        var bare = await Newsroom.UploadAsync();
        await Newsroom.SaveAsync(article.Id, Newsroom.Story() with { HeroImageId = bare.Id });

        var refused = await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "correctArticle",
            new
            {
                id = article.Id.ToString(),
                note = "It took six days.",
                severity = "MINOR",
            },
            "article { id }"
        );

        Assert.Equal(
            ["ImageAltMissingError at heroImage", "ImageCreditMissingError at heroImage"],
            GraphQLClient.Refusals(refused)
        );
    }

    [Fact]
    public async Task A_draft_cannot_refer_to_a_missing_image()
    {
        var refused = await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "createArticle",
            new
            {
                headline = "A compiler in a week",
                heroImage = new { media = "med_00000000000000000000000000000000" },
                body = new { markdown = "![A cloud](media:med_00000000000000000000000000000001)" },
            },
            "article { id }"
        );

        Assert.Equal(
            ["MediaNotFoundError at heroImage", "MediaNotFoundError at body"],
            GraphQLClient.Refusals(refused)
        );
    }

    [Fact]
    public async Task Readers_get_the_caption_from_the_article_and_the_credit_and_rights_from_the_image()
    {
        var image = await Newsroom.ImageAsync(
            rights: new ImageRights
            {
                Creator = "Rui Alves",
                CreditLine = "Rui Alves / Norte",
                LicenceUrl = "https://norte.example/licence",
            }
        );
        var article = await Newsroom.PublishedAsync(
            Newsroom.Story() with
            {
                HeroImageId = image.Id,
                HeroCaption = "The evening of 3 August.",
            }
        );

        var hero = (await AskAsync($"{{ article(id: \"{article.Id}\") {{ {Shown} }} }}"))["article"]!["heroImage"]!;

        Assert.Equal(
            ("A storm cloud.", "The evening of 3 August.", "Rui Alves / Norte"),
            ((string?)hero["alt"], (string?)hero["caption"], (string?)hero["credit"])
        );
        Assert.Equal("https://norte.example/licence", (string?)hero["rights"]!["license"]);
        Assert.Equal("Rui Alves", (string?)hero["rights"]!["creator"]);
    }

    [Fact]
    public async Task Image_addresses_are_available_in_the_standard_sizes_shapes_and_formats()
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = image.Id });

        var hero = (
            await AskAsync(
                $$"""{ article(id: "{{article.Id}}") { heroImage { url wide: url(width: 700, ratio: WIDE, format: AVIF) srcset(format: JPEG) placeholder width height focalPoint { x y } } } }"""
            )
        )["article"]!["heroImage"]!;

        Assert.StartsWith($"/i/{image.Id}/1?w=1200&fm=webp", (string?)hero["url"], StringComparison.Ordinal);
        Assert.StartsWith(
            $"/i/{image.Id}/1?w=800&h=450&fit=cover&fm=avif",
            (string?)hero["wide"],
            StringComparison.Ordinal
        );
        var widths = ((string)hero["srcset"]!).Split(", ").Select(entry => entry.Split(' ')[1]);
        Assert.Equal(["160w", "240w", "320w", "480w", "640w", "800w", "960w", "1200w", "1600w"], widths);
        Assert.Equal((1600, 900), ((int)hero["width"]!, (int)hero["height"]!));
        Assert.Equal(0.5, (double)hero["focalPoint"]!["x"]!);
        Assert.NotEmpty(Convert.FromBase64String((string)hero["placeholder"]!));
    }

    [Fact]
    public async Task A_srcset_contains_the_chosen_widths_once_each_and_never_enlarges_the_image()
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = image.Id });

        var hero = (
            await AskAsync(
                $$"""{ article(id: "{{article.Id}}") { heroImage { few: srcset(widths: [1000, 600, 640, 2560, 1920]) small: srcset(widths: [1], ratio: SQUARE) } } }"""
            )
        )["article"]!["heroImage"]!;

        Assert.Equal(
            ["w=640 640w", "w=1200 1200w", "w=1920 1600w"],
            ((string)hero["few"]!)
                .Split(", ")
                .Select(step => $"{step.Split('?')[1].Split('&')[0]} {step.Split(' ')[1]}")
        );
        Assert.EndsWith(" 160w", (string?)hero["small"], StringComparison.Ordinal);
        Assert.DoesNotContain(", ", (string?)hero["small"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("srcset(widths: [])", "BAD_USER_INPUT")]
    [InlineData("srcset(widths: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21])", "VARIABLES_TOO_LARGE")]
    public async Task A_srcset_of_no_width_or_of_too_many_is_rejected(string field, string code)
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = image.Id });

        var answer = await GraphQLClient.AskAsync(
            Viewer.Anonymous,
            $$"""{ article(id: "{{article.Id}}") { heroImage { {{field}} } } }"""
        );

        Assert.Equal(code, (string?)answer["errors"]![0]!["extensions"]!["code"]);
    }

    [Fact]
    public async Task Expired_rights_are_logged_and_the_substitute_is_shown_until_they_are_renewed()
    {
        var substitute = await Newsroom.ImageAsync("umbra.png", "A quiet pattern.");
        var image = await Newsroom.ImageAsync();
        await Newsroom.LicenseAsync(image.Id, Until(Now.AddHours(1)), substitute.Id);
        var article = await Newsroom.PublishedAsync(
            WithImage(image.Id, "A cloud in the text.") with
            {
                HeroImageId = image.Id,
                HeroAlt = "Here.",
            }
        );
        var query =
            $"{{ article(id: \"{article.Id}\") {{ {Shown} body {{ html images {{ mediaId image {{ mediaId }} }} }} }} }}";

        var before = (await AskAsync(query))["article"]!;
        var early = await ExpireAsync();
        _database.Clock.Advance(TimeSpan.FromHours(1));
        var done = await ExpireAsync();
        var again = await ExpireAsync();
        var after = (await AskAsync(query))["article"]!;
        var log = await AskAsync(
            "{ changes { nodes { __typename ... on ImageExpired { mediaId substitute { alt } } } } }"
        );
        await Newsroom.LicenseAsync(image.Id, Until(Now.AddDays(1)));
        var renewed = (await AskAsync(query))["article"]!;

        Assert.Equal((0, 1, 0), (early.Expired, done.Expired, again.Expired));
        Assert.Equal("Here.", (string?)before["heroImage"]!["alt"]);
        Assert.Equal(
            (substitute.Id.ToString(), "A quiet pattern."),
            ((string?)after["heroImage"]!["mediaId"], (string?)after["heroImage"]!["alt"])
        );
        Assert.Equal(
            (image.Id.ToString(), substitute.Id.ToString()),
            (
                (string?)after["body"]!["images"]![0]!["mediaId"],
                (string?)after["body"]!["images"]![0]!["image"]!["mediaId"]
            )
        );
        Assert.Contains($"/i/{substitute.Id}/", (string?)after["body"]!["html"], StringComparison.Ordinal);
        Assert.DoesNotContain($"/i/{image.Id}/", (string?)after["body"]!["html"], StringComparison.Ordinal);
        var expired = log["changes"]!["nodes"]!
            .AsArray()
            .Single(node => (string?)node!["__typename"] == "ImageExpired")!;
        Assert.Equal(
            (image.Id.ToString(), "A quiet pattern."),
            ((string?)expired["mediaId"], (string?)expired["substitute"]!["alt"])
        );
        Assert.Equal(image.Id.ToString(), (string?)renewed["heroImage"]!["mediaId"]);
    }

    [Fact]
    public async Task An_expired_image_without_a_substitute_is_hidden_and_is_logged_only_if_it_was_public()
    {
        var seen = await Newsroom.ImageAsync(rights: Until(Now.AddHours(1)));
        await Newsroom.ImageAsync(rights: Until(Now.AddHours(1)));
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = seen.Id });
        _database.Clock.Advance(TimeSpan.FromHours(2));

        var done = await ExpireAsync();

        var log = await AskAsync("{ changes { nodes { ... on ImageExpired { mediaId } } } }");
        var hero = await AskAsync($"{{ article(id: \"{article.Id}\") {{ heroImage {{ mediaId }} }} }}");
        Assert.Equal(2, done.Expired);
        Assert.Null(hero["article"]!["heroImage"]);
        Assert.Equal(
            [seen.Id.ToString()],
            log["changes"]!["nodes"]!.AsArray().Select(node => (string?)node!["mediaId"]).OfType<string>()
        );
    }

    [Fact]
    public async Task The_start_of_the_rights_in_a_public_image_cannot_be_postponed()
    {
        var image = await Newsroom.ImageAsync();
        var free = await HoldBackAsync();
        await Newsroom.LicenseAsync(image.Id, new ImageRights { CreditLine = "Rui Alves" });
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = image.Id });

        var refused = await HoldBackAsync();
        await WithdrawAsync(article.Id);
        var withdrawn = await HoldBackAsync();

        Assert.Empty(GraphQLClient.Refusals(free));
        Assert.Equal(["ImageAlreadyPublicError at validFrom"], GraphQLClient.Refusals(refused));
        Assert.Empty(GraphQLClient.Refusals(withdrawn));

        Task<JsonNode> HoldBackAsync() =>
            GraphQLClient.DoAsync(
                GraphQLClient.Erin,
                "saveMediaRights",
                new
                {
                    id = image.Id.ToString(),
                    creditLine = "Rui Alves",
                    validFrom = Now.AddDays(1),
                },
                "media { version }"
            );
    }

    [Fact]
    public async Task The_start_of_the_rights_in_a_substitute_cannot_be_postponed()
    {
        var substitute = await Newsroom.ImageAsync("umbra.png", "A quiet pattern.");
        var image = await Newsroom.ImageAsync();
        await Newsroom.LicenseAsync(image.Id, Until(Now.AddHours(1)), substitute.Id);

        var refused = await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "saveMediaRights",
            new
            {
                id = substitute.Id.ToString(),
                creditLine = "Rui Alves",
                validFrom = Now.AddDays(1),
            },
            "media { version }"
        );

        Assert.Equal(["ImageAlreadyPublicError at validFrom"], GraphQLClient.Refusals(refused));
    }

    [Fact]
    public async Task A_persona_or_tool_can_show_only_an_image_that_can_be_published()
    {
        var bare = await Newsroom.UploadAsync();
        var image = await Newsroom.ImageAsync();

        var persona = await GraphQLClient.DoAsync(
            GraphQLClient.Ada,
            "createPersona",
            new
            {
                name = "The Builder",
                lens = "How",
                avatar = bare.Id.ToString(),
            },
            "persona { id }"
        );
        var tool = await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "createTool",
            new { name = "Oxbow", logo = image.Id.ToString() },
            "tool { id slug logo { alt } }"
        );
        await Newsroom.PublishedAsync(
            Newsroom.Story() with
            {
                Tools = [EntityId.Parse<ToolId>((string)tool["tool"]!["id"]!)!.Value],
            }
        );
        var seen = await AskAsync("{ tool(slug: \"oxbow\") { logo { alt } } }");

        Assert.Equal(
            ["ImageAltMissingError at avatar", "ImageCreditMissingError at avatar"],
            GraphQLClient.Refusals(persona)
        );
        Assert.Equal("A storm cloud.", (string?)tool["tool"]!["logo"]!["alt"]);
        Assert.Equal("A storm cloud.", (string?)seen["tool"]!["logo"]!["alt"]);
    }

    [Fact]
    public async Task Changes_to_an_image_that_is_not_public_are_not_logged()
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = image.Id });
        var published = await CountAsync();
        await Newsroom.LicenseAsync(image.Id, new ImageRights { Creator = "Rui Alves" });
        var changed = await CountAsync();
        await WithdrawAsync(article.Id);
        await Newsroom.LicenseAsync(image.Id, new ImageRights { Creator = "Ada Reyes" });

        var seen = await AskAsync("{ changes { nodes { ... on ImageUpserted { image { credit } } } } }");
        Assert.Equal((published + 1, published + 1), (changed, await CountAsync()));
        Assert.DoesNotContain("Reyes", seen.ToJsonString(), StringComparison.Ordinal);

        async Task<int> CountAsync() =>
            (await AskAsync("{ changes { nodes { __typename } } }"))["changes"]!["nodes"]!
                .AsArray()
                .Count(node => (string?)node!["__typename"] == "ImageUpserted");
    }

    private static ImageRights Until(DateTimeOffset at) => new() { CreditLine = "Rui Alves", ExpiresAt = at };

    private static ArticleContent WithImage(MediaId id, string alt) =>
        Newsroom
            .Story()
            .WithBody(
                Newsroom
                    .Value(RichText.FromMarkdown($"They began on Monday.\n\n![{alt}](media:{id})", EmbedSlugs.None))
                    .Body
            );

    // The path of the block that shows the image.
    private static string PathOf(ArticleContent content) =>
        $"body.{RichText.OfStored(content.Body!).Blocks.OfType<Image>().Single().Id}";

    private async Task<IEnumerable<string>> PublishAsync(ArticleContent content)
    {
        var draft = await Newsroom.DraftAsync(content);
        return GraphQLClient.Refusals(
            await GraphQLClient.DoAsync(
                GraphQLClient.Erin,
                "publishArticle",
                new { id = draft.Id.ToString() },
                "article { id }"
            )
        );
    }

    private async Task WithdrawAsync(ArticleId id) =>
        Newsroom.Value(
            await _database
                .Get<WithdrawArticle>()
                .Handle(new WithdrawArticleInput { Id = id, Reason = "The maker denies it." }, Newsroom.Erin, default)
        );

    private async Task<ExpiredMedia> ExpireAsync() =>
        Newsroom.Value(await _database.Get<ExpireMedia>().Handle(new ExpireMediaInput(), default));

    private async Task<JsonNode> AskAsync(string query)
    {
        var answer = await GraphQLClient.AskAsync(Viewer.Anonymous, query);
        return answer["errors"] is null ? answer["data"]! : throw new InvalidOperationException(answer.ToJsonString());
    }
}
