using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;
using Cms.Media.Intake;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Taxonomy;
using Cms.Testing;
using Cms.Tools;
using Xunit;

namespace Cms.Tests.Media;

/// <summary>The image library as staff use it through GraphQL.</summary>
[Slow]
public sealed class LibraryTests : IAsyncLifetime
{
    private readonly AnyTestDatabase _database = new();

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    private GraphQLClient GraphQLClient => field ??= new GraphQLClient(_database.Services);

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Each_filter_of_the_library_returns_only_matching_images()
    {
        var bare = await Newsroom.UploadAsync("oxbow.png");
        var uncredited = await Newsroom.UploadAsync("marrow.png");
        await DescribeAsync(uncredited, alt: "Two arches.", folder: "logos/2026");
        var ending = await Newsroom.ImageAsync(
            alt: "A storm cloud over Zürich.",
            rights: new ImageRights { CreditLine = "Rui Alves", ExpiresAt = _database.Clock.GetUtcNow().AddDays(20) }
        );
        var used = await Newsroom.ImageAsync("quillon.png", "A ring around a dot.");
        await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = used.Id });

        Assert.Equal(Ids(used, ending, uncredited, bare), await ListAsync(""));
        Assert.Equal(Ids(bare), await ListAsync("missingAlt: true"));
        Assert.Equal(Ids(uncredited, bare), await ListAsync("missingCredit: true"));
        Assert.Equal(Ids(bare), await ListAsync("missingAlt: true, missingCredit: true"));
        Assert.Equal(Ids(ending), await ListAsync("expiringWithinDays: 30"));
        Assert.Empty(await ListAsync("expiringWithinDays: 10"));
        Assert.Equal(Ids(ending, uncredited, bare), await ListAsync("unused: true"));
        Assert.Equal(Ids(uncredited), await ListAsync("""folder: "logos" """));
        Assert.Empty(await ListAsync("""folder: "log" """));
        Assert.Equal(Ids(ending), await ListAsync("""text: "zurich sto" """));
        Assert.Equal(Ids(ending), await ListAsync("""text: "alves" """));
        Assert.Empty(await ListAsync("""text: "storm ring" """));
    }

    [Fact]
    public async Task An_open_page_can_replace_the_URLs_of_many_images_at_once()
    {
        MediaAsset[] images = [await Newsroom.UploadAsync("oxbow.png"), await Newsroom.ImageAsync()];
        var gone = await Newsroom.UploadAsync("umbra.png");
        await GraphQLClient.DoAsync(GraphQLClient.Erin, "deleteMedia", new { id = gone.Id.ToString() }, "media { id }");
        string[] ids =
        [
            images[1].Id.ToString(),
            gone.Id.ToString(),
            MediaId.New().ToString(),
            images[0].Id.ToString(),
            images[1].Id.ToString(),
        ];
        const string query =
            "query($ids: [ID!]!) { desk { images(ids: $ids) { mediaId url(width: 320) srcset urlsExpireAt } } }";

        var before = (await GraphQLClient.AskAsync(GraphQLClient.Arlo, query, new { ids }))["data"]!["desk"]![
            "images"
        ]!;
        _database.Clock.Advance(TimeSpan.FromHours(3));
        var after = (await GraphQLClient.AskAsync(GraphQLClient.Arlo, query, new { ids }))["data"]!["desk"]!["images"]!;

        Assert.Equal([ids[0], null, null, ids[3], ids[4]], after.AsArray().Select(image => (string?)image?["mediaId"]));
        Assert.NotEqual((string?)before[0]!["url"], (string?)after[0]!["url"]);
        var urls = _database.Get<RenditionUrls>();
        Assert.False(IsValid(images[1], before[0]!));
        Assert.True(IsValid(images[1], after[0]!));
        var until = after[0]!["urlsExpireAt"]!.GetValue<DateTimeOffset>();
        Assert.True(until >= _database.Clock.GetUtcNow().AddHours(1));
        _database.Clock.Advance(until - _database.Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        Assert.True(IsValid(images[1], after[0]!));
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(IsValid(images[1], after[0]!));

        bool IsValid(MediaAsset image, JsonNode shown)
        {
            var url = (string)shown["url"]!;
            return urls.Read(image.Id, image.Rev, url[url.IndexOf('?', StringComparison.Ordinal)..])
                is { IsPass: true };
        }
    }

    [Fact]
    public async Task The_images_of_the_desk_are_for_staff_and_limited()
    {
        var ids = Enumerable.Repeat(MediaId.New().ToString(), 101);
        const string query = "query($ids: [ID!]!) { desk { images(ids: $ids) { url } } }";

        var tooMany = await GraphQLClient.AskAsync(GraphQLClient.Arlo, query, new { ids });
        var reader = await GraphQLClient.AskAsync(GraphQLClient.Viewers["reader"], query, new { ids = ids.Take(1) });

        Assert.Equal("Send at most 100 ids at once.", (string?)tooMany["errors"]![0]!["message"]);
        Assert.NotNull(reader["errors"]);
    }

    [Fact]
    public async Task The_URLs_of_a_published_image_do_not_expire()
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = image.Id });
        const string hero = "heroImage { urlsExpireAt }";

        var seen = await GraphQLClient.AskAsync(
            GraphQLClient.Erin,
            $"{{ article(id: \"{article.Id}\") {{ {hero} }} desk {{ article(id: \"{article.Id}\") {{ {hero} }} }} }}"
        );

        Assert.Null(seen["data"]!["article"]!["heroImage"]!["urlsExpireAt"]);
        Assert.NotNull(seen["data"]!["desk"]!["article"]!["heroImage"]!["urlsExpireAt"]);
    }

    [Fact]
    public async Task Each_page_of_the_library_continues_where_the_previous_one_ended()
    {
        MediaAsset[] all =
        [
            await Newsroom.UploadAsync("oxbow.png"),
            await Newsroom.UploadAsync("marrow.png"),
            await Newsroom.UploadAsync("umbra.png"),
        ];

        var first = await MediaAsync("first: 2");
        var second = await MediaAsync($"first: 2, after: \"{first["pageInfo"]!["endCursor"]}\"");
        var back = await MediaAsync($"last: 1, before: \"{second["pageInfo"]!["startCursor"]}\"");

        Assert.Equal(Ids(all[2], all[1]), Of(first));
        Assert.Equal(Ids(all[0]), Of(second));
        Assert.Equal(Ids(all[1]), Of(back));
        Assert.Equal(3, (int)first["totalCount"]!);
    }

    [Fact]
    public async Task The_uses_of_an_image_are_listed_and_prevent_its_deletion()
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story("Clouds gather") with { HeroImageId = image.Id });
        Newsroom.Value(
            await _database
                .Get<CreateTool>()
                .Handle(
                    new CreateToolInput
                    {
                        Fields = new ToolFields { Name = "Oxbow", Logo = image.Id },
                    },
                    Newsroom.Erin,
                    default
                )
        );
        Newsroom.Value(
            await _database
                .Get<CreatePersona>()
                .Handle(
                    new CreatePersonaInput
                    {
                        Fields = new PersonaFields
                        {
                            Profile = new PersonaProfile { Name = "The Builder", Lens = "How" },
                            Avatar = image.Id,
                        },
                    },
                    Newsroom.Erin,
                    default
                )
        );

        var refused = await DeleteAsync(image.Id);
        var item = await AskAsync(
            $"{{ desk {{ mediaItem(id: \"{image.Id}\") {{ useCount uses {{ kind title }} }} }} }}"
        );

        Assert.Equal(["MediaInUseError at id"], GraphQLClient.Refusals(refused));
        Assert.Equal(
            ["ARTICLE Clouds gather", "PERSONA The Builder", "TOOL Oxbow", "WORKING_COPY Clouds gather"],
            item["desk"]!["mediaItem"]!["uses"]!.AsArray().Select(use => $"{use!["kind"]} {use["title"]}").Order()
        );
        Assert.Equal(4, (int)item["desk"]!["mediaItem"]!["useCount"]!);
        Assert.Contains(
            "the article ‘Clouds gather’",
            (string?)refused["errors"]![0]!["message"],
            StringComparison.Ordinal
        );
        Assert.NotNull(article.LiveEditionId);
    }

    [Fact]
    public async Task A_deleted_image_disappears_from_the_library_and_from_earlier_snapshots()
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = image.Id });
        var then = _database.Clock.GetUtcNow();
        _database.Clock.Advance(TimeSpan.FromHours(1));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story());
        await Newsroom.PublishAsync(article.Id);
        var past =
            $"{{ article: articleSnapshot(id: \"{article.Id}\", asOf: \"{then:O}\") {{ heroImage {{ alt }} }} }}";

        var before = await AskAsync(past);
        var deleted = await DeleteAsync(image.Id);
        var after = await AskAsync(past);

        Assert.Equal("A storm cloud.", (string?)before["article"]!["heroImage"]!["alt"]);
        Assert.Empty(GraphQLClient.Refusals(deleted));
        Assert.Null(after["article"]!["heroImage"]);
        Assert.Empty(await ListAsync(""));
        Assert.Contains("ImageUpserted", await ChangesAsync());
    }

    [Fact]
    public async Task An_author_can_describe_their_own_image_until_it_is_published()
    {
        var own = await UploadAsArloAsync("oxbow.png");
        var others = await Newsroom.UploadAsync("marrow.png");

        var described = await DescribeAsync(own.Id, GraphQLClient.Arlo);
        var foreign = await DescribeAsync(others.Id, GraphQLClient.Arlo);
        await Newsroom.LicenseAsync(own.Id, new ImageRights { CreditLine = "Arlo" });
        await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = own.Id });
        var late = await DescribeAsync(own.Id, GraphQLClient.Arlo);
        var editor = await DescribeAsync(own.Id, GraphQLClient.Erin);

        Assert.Empty(GraphQLClient.Refusals(described));
        Assert.Equal(["MediaNotFoundError at id"], GraphQLClient.Refusals(foreign));
        Assert.Equal(["MediaIsPublicError at id"], GraphQLClient.Refusals(late));
        Assert.Empty(GraphQLClient.Refusals(editor));
    }

    [Theory]
    [InlineData("saveMediaRights", """id: "med_00000000000000000000000000000000" """)]
    [InlineData("deleteMedia", """id: "med_00000000000000000000000000000000" """)]
    [InlineData(
        "replaceMediaFile",
        """id: "med_00000000000000000000000000000000", uploadId: "upl_00000000000000000000000000000000" """
    )]
    public async Task Only_an_editor_can_change_rights_replace_a_file_or_delete_an_image(string mutation, string input)
    {
        var author = await GraphQLClient.AskAsync(
            GraphQLClient.Arlo,
            $"mutation {{ {mutation}(input: {{ {input} }}) {{ errors {{ __typename }} }} }}"
        );
        var editor = await GraphQLClient.AskAsync(
            GraphQLClient.Erin,
            $"mutation {{ {mutation}(input: {{ {input} }}) {{ errors {{ __typename }} }} }}"
        );

        Assert.Equal("AUTH_NOT_AUTHORIZED", GraphQLClient.Code(author));
        Assert.Null(GraphQLClient.Code(editor));
    }

    [Fact]
    public async Task Invalid_descriptions_and_rights_of_an_image_are_rejected()
    {
        var image = await Newsroom.UploadAsync();

        var words = await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "saveMedia",
            new
            {
                id = image.Id.ToString(),
                alt = "A cloud.",
                isDecorative = true,
                caption = new string('x', 2_001),
                focalPoint = new { x = 1.5, y = 0.5 },
                folder = "Events/2026",
            },
            "media { id }"
        );
        var rights = await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "saveMediaRights",
            new
            {
                id = image.Id.ToString(),
                creator = new string('x', 301),
                licenceUrl = "javascript:alert(1)",
                territories = new[] { "Germany" },
                validFrom = "2026-05-01T00:00:00Z",
                expiresAt = "2026-05-01T00:00:00Z",
            },
            "media { id }"
        );
        var circle = await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "saveMediaRights",
            new { id = image.Id.ToString(), substitute = image.Id.ToString() },
            "media { id }"
        );

        Assert.Equal(
            [
                "AltOfDecorativeError at isDecorative",
                "TextTooLongError at caption",
                "FocalPointOutsideError at focalPoint",
                "FolderMalformedError at folder",
            ],
            GraphQLClient.Refusals(words)
        );
        Assert.Equal(
            [
                "TextTooLongError at creator",
                "UrlMalformedError at licenceUrl",
                "TerritoryMalformedError at territories",
                "RightsEndTooEarlyError at expiresAt",
            ],
            GraphQLClient.Refusals(rights)
        );
        Assert.Equal(["SubstituteUnsuitableError at substitute"], GraphQLClient.Refusals(circle));
    }

    [Fact]
    public async Task A_change_to_a_stale_version_is_rejected()
    {
        var image = await Newsroom.ImageAsync();

        var late = await GraphQLClient.DoAsync(
            GraphQLClient.Erin,
            "saveMedia",
            new
            {
                id = image.Id.ToString(),
                alt = "Rain.",
                expectedVersion = image.Version - 1,
            },
            "media { id }"
        );

        Assert.Equal(["VersionConflictError at expectedVersion"], GraphQLClient.Refusals(late));
    }

    [Fact]
    public async Task A_change_of_tags_alone_increases_the_version()
    {
        var image = await Newsroom.ImageAsync();
        var tag = new Tag
        {
            Id = TagId.New(),
            Slug = $"tag-{image.Id}",
            Name = "Clouds",
        };
        await using (var db = await _database.OpenAsync())
        {
            db.Add(tag);
            await db.SaveChangesAsync();
        }

        _database.Clock.Advance(TimeSpan.FromMinutes(1));

        var first = await SaveTagsAsync(image.Version);
        var again = await SaveTagsAsync(image.Version + 1);
        var late = await SaveTagsAsync(image.Version);

        Assert.Equal($"{image.Version + 1}", $"{first["media"]!["version"]}");
        Assert.Equal($"{image.Version + 1}", $"{again["media"]!["version"]}");
        Assert.Equal(["VersionConflictError at expectedVersion"], GraphQLClient.Refusals(late));

        Task<JsonNode> SaveTagsAsync(int expectedVersion) =>
            GraphQLClient.DoAsync(
                GraphQLClient.Erin,
                "saveMedia",
                new
                {
                    id = image.Id.ToString(),
                    tags = new[] { tag.Id.ToString() },
                    expectedVersion,
                },
                "media { version }"
            );
    }

    private async Task<MediaAsset> UploadAsArloAsync(string file)
    {
        await using var content = Pictures.Open(file);
        return Newsroom.Value(
            await _database
                .Get<StoreUpload>()
                .Handle(
                    new StoreUploadInput { FileName = file, Content = content },
                    GraphQLClient.Arlo.ToActor(),
                    default
                )
        );
    }

    private Task<JsonNode> DescribeAsync(MediaId id, Viewer by) =>
        GraphQLClient.DoAsync(
            by,
            "saveMedia",
            new { id = id.ToString(), alt = $"As {by.Name} sees it." },
            "media { id }"
        );

    private async Task DescribeAsync(MediaAsset image, string alt, string folder) =>
        Assert.Empty(
            GraphQLClient.Refusals(
                await GraphQLClient.DoAsync(
                    GraphQLClient.Erin,
                    "saveMedia",
                    new
                    {
                        id = image.Id.ToString(),
                        alt,
                        folder,
                    },
                    "media { id }"
                )
            )
        );

    private Task<JsonNode> DeleteAsync(MediaId id) =>
        GraphQLClient.DoAsync(GraphQLClient.Erin, "deleteMedia", new { id = id.ToString() }, "media { id }");

    private async Task<IEnumerable<string>> ChangesAsync() =>
        (await AskAsync("{ changes { nodes { __typename } } }"))["changes"]!["nodes"]!
            .AsArray()
            .Select(node => (string)node!["__typename"]!);

    private async Task<List<string>> ListAsync(string filter) =>
        Of(await MediaAsync(filter.Length == 0 ? "first: 100" : $"first: 100, {filter}"));

    private static List<string> Of(JsonNode media) =>
        [.. media["nodes"]!.AsArray().Select(node => (string)node!["id"]!)];

    private static List<string> Ids(params IEnumerable<MediaAsset> images) =>
        [.. images.Select(image => image.Id.ToString())];

    private async Task<JsonNode> MediaAsync(string arguments) =>
        (
            await AskAsync(
                $"{{ desk {{ media({arguments}) {{ totalCount pageInfo {{ startCursor endCursor }} nodes {{ id }} }} }} }}"
            )
        )["desk"]!["media"]!;

    private async Task<JsonNode> AskAsync(string query)
    {
        var answer = await GraphQLClient.AskAsync(GraphQLClient.Erin, query);
        return answer["errors"] is null ? answer["data"]! : throw new InvalidOperationException(answer.ToJsonString());
    }
}
