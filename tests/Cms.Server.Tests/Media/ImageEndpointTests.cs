using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Images;
using Cms.Media.Rights;
using Cms.Server.Tests.Support;
using Cms.Testing;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Xmp;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Tests requests for images, as browsers send them.</summary>
[Needs("server")]
public sealed partial class ImageEndpointTests(MediaServer server) : IClassFixture<MediaServer>
{
    private const string Slug = "the-disk-said-yes";

    [Fact]
    public async Task A_public_image_can_be_cached_for_a_year_and_cannot_run_scripts()
    {
        var url = await server.HeroAsync(Slug);

        using var first = await server.Client.GetAsync(url);
        using var again = await server.Client.GetAsync(url);
        using var head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        using var conditional = new HttpRequestMessage(HttpMethod.Get, url);
        conditional.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await server.Client.SendAsync(conditional);

        Assert.Equal(
            (HttpStatusCode.OK, "image/webp", "public, max-age=31536000, immutable"),
            (first.StatusCode, first.Content.Headers.ContentType!.MediaType, first.Headers.CacheControl!.ToString())
        );
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", first.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(first.Headers.ETag, unchanged.Headers.ETag);
    }

    [Theory]
    [InlineData("(width: 320, format: JPEG)", "image/jpeg", 320, 180)]
    [InlineData("(width: 320, ratio: SQUARE, format: PNG)", "image/png", 320, 320)]
    [InlineData("(width: 300, ratio: SOCIAL)", "image/webp", 320, 168)]
    [InlineData("(width: 9000)", "image/webp", 1600, 900)]
    public async Task An_image_has_the_requested_size_and_format(string arguments, string type, int width, int height)
    {
        using var response = await server.Client.GetAsync(await server.HeroAsync(Slug, arguments));

        using var image = NetVips.Image.NewFromBuffer(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal((width, height), (image.Width, image.Height));
    }

    [Fact]
    public async Task Until_an_AVIF_is_ready_the_server_sends_a_WebP_that_can_be_cached_for_a_minute()
    {
        var url = await server.HeroAsync(Slug, "(width: 240, format: AVIF)");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        using var first = await server.Client.GetAsync(url);
        Assert.Equal("image/webp", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=60", first.Headers.CacheControl!.ToString());

        while (true)
        {
            using var later = await server.Client.GetAsync(url, patience.Token);
            if (later.Content.Headers.ContentType!.MediaType == "image/avif")
            {
                Assert.Equal("public, max-age=31536000, immutable", later.Headers.CacheControl!.ToString());
                return;
            }
        }
    }

    [Fact]
    public async Task Many_simultaneous_requests_get_the_same_image()
    {
        var url = await server.HeroAsync(Slug, "(width: 480)");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => server.Client.GetByteArrayAsync(url)));

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Theory]
    [InlineData("w=641", HttpStatusCode.Forbidden)]
    [InlineData("w=640&q=10", HttpStatusCode.Forbidden)]
    [InlineData("w=640&h=641&fit=cover", HttpStatusCode.Forbidden)]
    [InlineData("w=2560&dpr=2", HttpStatusCode.BadRequest)]
    [InlineData("w=1600&dpr=2", HttpStatusCode.Forbidden)]
    [InlineData("w=641&s=AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.Forbidden)]
    [InlineData("w=640&e=9999999999&s=AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.OK)]
    [InlineData("w=0", HttpStatusCode.BadRequest)]
    [InlineData("w=640&w=640", HttpStatusCode.BadRequest)]
    [InlineData("w=640&x=1", HttpStatusCode.BadRequest)]
    [InlineData("fm=svg&w=640", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task Without_a_valid_signature_only_standard_sizes_are_served(string query, HttpStatusCode status)
    {
        var url = await server.HeroAsync(Slug);

        using var response = await server.Client.GetAsync(
            $"{url[..url.IndexOf('?', StringComparison.Ordinal)]}?{query}"
        );

        Assert.Equal(status, response.StatusCode);
        if (status != HttpStatusCode.OK)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task Any_other_size_is_served_at_its_signed_address()
    {
        var asset = await server.FindAsync(Slug + ".webp");
        var urls = server.Get<RenditionUrls>();
        var url = urls.Url(
            new RenditionSource
            {
                Id = asset.Id,
                Rev = asset.Rev,
                Width = asset.Width,
                Height = asset.Height,
            },
            RenditionRecipe.Parse("w=333&h=111&fit=cover&fm=png")!
        );

        using var response = await server.Client.GetAsync(url);
        using var other = await server.Client.GetAsync(url.Replace("w=333", "w=334", StringComparison.Ordinal));

        using var image = NetVips.Image.NewFromBuffer(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal((333, 111), (image.Width, image.Height));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Fact]
    public async Task An_image_that_is_not_public_is_not_found_unless_its_address_is_signed()
    {
        var image = await server.UploadAsync(Files.Jpeg(seed: 11));
        var id = (string)image["id"]!;

        using var hidden = await server.Client.GetAsync($"/i/{id}/1?w=640");
        using var missing = await server.Client.GetAsync($"/i/{id[..^4]}0000/1?w=640");
        using var signed = await server.Client.GetAsync((string)image["url"]!);

        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(
            WithoutTraceId(await missing.Content.ReadAsStringAsync()),
            WithoutTraceId(await hidden.Content.ReadAsStringAsync())
        );
        Assert.Equal(
            (HttpStatusCode.OK, "max-age=900, private"),
            (signed.StatusCode, signed.Headers.CacheControl!.ToString())
        );

        static string WithoutTraceId(string problem) => problem[..problem.IndexOf("traceId", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task Served_images_contain_their_credit_but_no_location_or_camera_data()
    {
        var image = await server.UploadAsync(Files.Photograph());
        var id = EntityId.Parse<MediaId>((string)image["id"]!)!.Value;
        var rights = await server
            .Get<SaveMediaRights>()
            .Handle(
                new SaveMediaRightsInput { Id = id, CreditLine = Files.Credit },
                MediaServer.Editor.ToActor(),
                default
            );
        Assert.False(rights.IsRefused);
        var source = new RenditionSource
        {
            Id = id,
            Rev = 1,
            Width = 480,
            Height = 640,
            Rights = rights.Value!.Rights,
        };
        Assert.Equal((480, 640), ((int)image["width"]!, (int)image["height"]!));

        foreach (var format in Enum.GetValues<RenditionFormat>())
        {
            var served = await LoadAsync(server.Get<RenditionUrls>().PrivateUrl(source, 320, format: format), format);
            var text = Encoding.UTF8.GetString(served);
            Assert.DoesNotContain("4711", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exif\0\0", text, StringComparison.Ordinal);

            var metadata = ImageMetadataReader.ReadMetadata(new MemoryStream(served));
            Assert.DoesNotContain(
                metadata,
                directory => directory is GpsDirectory or ExifIfd0Directory or ExifSubIfdDirectory
            );
            if (format is RenditionFormat.Avif)
            {
                // The metadata reader does not support AVIF, where XMP is plain text.
                Assert.Contains(Files.Credit, text, StringComparison.Ordinal);
            }
            else
            {
                Assert.Contains(
                    metadata.OfType<XmpDirectory>().SelectMany(xmp => xmp.GetXmpProperties()),
                    property => property is { Key: "photoshop:Credit", Value: Files.Credit }
                );
            }
        }
    }

    [Fact]
    public async Task After_the_rights_in_an_image_end_its_address_returns_410_and_the_substitute()
    {
        const string slug = "marrow-speech-without-a-signal";
        var url = await server.HeroAsync(slug);
        (await server.Client.GetAsync(url)).EnsureSuccessStatusCode().Dispose();
        var substitute = await server.FindAsync(Slug + ".webp");
        var ended = await server
            .Get<SaveMediaRights>()
            .Handle(
                new SaveMediaRightsInput
                {
                    Id = (await server.FindAsync(slug + ".webp")).Id,
                    CreditLine = "Rui Alves",
                    ExpiresAt = TimeProvider.System.GetUtcNow().AddMilliseconds(300),
                    Substitute = substitute.Id,
                },
                MediaServer.Editor.ToActor(),
                default
            );
        Assert.False(ended.IsRefused, string.Join(' ', ended.Errors.Select(e => e.Message)));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        HttpResponseMessage gone;
        do
        {
            gone = await server.Client.GetAsync(url, patience.Token);
        } while (gone.StatusCode == HttpStatusCode.OK);

        Assert.Equal(
            (HttpStatusCode.Gone, "image/webp"),
            (gone.StatusCode, gone.Content.Headers.ContentType!.MediaType)
        );
        Assert.Equal("public, max-age=60", gone.Headers.CacheControl!.ToString());
        gone.Dispose();
    }

    [Fact]
    public async Task Staff_see_an_image_in_the_library_after_its_rights_have_ended_and_nobody_else_does()
    {
        var image = await server.UploadAsync(Files.Jpeg(seed: 31));
        var id = (string)image["id"]!;
        var asset = EntityId.Parse<MediaId>(id)!.Value;
        var ask =
            $$"""{ desk { mediaItem(id: "{{id}}") { expiredAt image { url(width: 320) } } images(ids: ["{{id}}"]) { url(width: 320) } } }""";
        var before = (await server.AskAsync("Editor", ask))["data"]!["desk"]!;
        var earlier = (string)image["url"]!;
        var ended = await server
            .Get<SaveMediaRights>()
            .Handle(
                new SaveMediaRightsInput
                {
                    Id = asset,
                    ExpiresAt = TimeProvider.System.GetUtcNow().AddMilliseconds(300),
                },
                MediaServer.Editor.ToActor(),
                default
            );
        Assert.False(ended.IsRefused, string.Join(' ', ended.Errors.Select(e => e.Message)));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        HttpStatusCode status;
        do
        {
            using var answer = await server.Client.GetAsync(earlier, patience.Token);
            status = answer.StatusCode;
        } while (status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Gone, status);

        var after = (await server.AskAsync("Editor", ask))["data"]!["desk"]!;
        string[] seen =
        [
            .. new[] { before, after }.SelectMany(desk =>
                new[] { (string)desk["mediaItem"]!["image"]!["url"]!, (string)desk["images"]![0]!["url"]! }
            ),
        ];
        foreach (var url in seen)
        {
            using var shown = await server.Client.GetAsync(url);
            Assert.Equal(
                (HttpStatusCode.OK, "image/webp", "max-age=900, private"),
                (shown.StatusCode, shown.Content.Headers.ContentType!.MediaType, shown.Headers.CacheControl!.ToString())
            );
        }

        var unsigned = seen[0].Split("&e=")[0];
        using var reader = await server.Client.GetAsync(unsigned);
        using var forged = await server.Client.GetAsync(seen[0].Replace("w=320", "w=640", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, reader.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    [Fact]
    public async Task The_old_address_of_a_replaced_file_redirects_to_the_new_file()
    {
        const string slug = "a-bot-is-not-a-second-person";
        var before = await server.HeroAsync(slug);
        var asset = await server.FindAsync(slug + ".webp");
        var upload = await CreateAsync(Files.Jpeg(seed: 21));
        var replaced = await server.AskAsync(
            "Editor",
            $$"""mutation { replaceMediaFile(input: { id: "{{asset.Id}}", uploadId: "{{upload}}" }) { media { rev } errors { __typename } } }"""
        );
        Assert.Equal(2, (int)replaced["data"]!["replaceMediaFile"]!["media"]!["rev"]!);

        using var old = await server.Client.GetAsync(before);
        var after = await server.HeroAsync(slug);

        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        Assert.Contains("/2?", old.RequestMessage!.RequestUri!.PathAndQuery, StringComparison.Ordinal);
        Assert.Contains("/2?", after, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task New_renditions_count_towards_the_rate_limit_and_stored_ones_do_not()
    {
        await using var busy = new NewsroomServer
        {
            IsSecond = true,
            Settings = ["--Cms:Limits:AnonymousPerSecond=1", "--Cms:Limits:AnonymousBurst=3"],
        };
        await busy.InitializeAsync();
        var hero = await busy.QueryAsync(
            $$"""{ article(slug: "{{Slug}}") { heroImage { png: srcset(format: PNG) jpeg: srcset(format: JPEG) square: srcset(ratio: SQUARE) } } }"""
        );
        var urls = hero["data"]!["article"]!["heroImage"]!
            .AsObject()
            .SelectMany(srcset => ((string)srcset.Value!).Split(", "))
            .Select(step => step.Split(' ')[0])
            .ToList();

        var answers = await Task.WhenAll(urls.Select(async url => (Url: url, Answer: await busy.Client.GetAsync(url))));
        var refused = answers
            .Where(answer => !answer.Answer.IsSuccessStatusCode)
            .Select(answer => answer.Answer)
            .ToList();
        var stored = answers.First(answer => answer.Answer.IsSuccessStatusCode).Url;

        Assert.NotEmpty(refused);
        foreach (var answer in refused)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Contains("Wait a second.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        for (var again = 0; again < 20; again++)
        {
            using var whole = await busy.Client.GetAsync(stored);
            Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        }
    }

    [Fact]
    public async Task A_relative_image_address_is_the_absolute_one_without_the_host_and_works()
    {
        const string origin = "https://images.example";
        const string image =
            "{ url near: url(relative: true) srcset(widths: [320, 640]) nearby: srcset(widths: [320, 640], relative: true) }";
        await using var own = new NewsroomServer { IsSecond = true, Settings = [$"--Cms:Media:PublicUrl={origin}"] };
        await own.InitializeAsync();

        var published = await own.QueryAsync(
            $$"""{ article(slug: "{{Slug}}") { heroImage {{image}} body { html near: html(relativeImages: true) } } }"""
        );
        var desk = await new GraphQLClient(own.Services).AskAsync(
            GraphQLClient.Erin,
            $$"""{ desk { media(first: 1) { nodes { image {{image}} } } } }"""
        );

        var article = published["data"]!["article"]!;
        foreach (var shown in new[] { article["heroImage"]!, desk["data"]!["desk"]!["media"]!["nodes"]![0]!["image"]! })
        {
            Assert.StartsWith("/i/", (string?)shown["near"], StringComparison.Ordinal);
            Assert.Equal((string)shown["url"]!, origin + (string)shown["near"]!);
            Assert.Equal(
                (string)shown["srcset"]!,
                string.Join(", ", ((string)shown["nearby"]!).Split(", ").Select(step => origin + step))
            );
            using var answer = await own.Client.GetAsync((string)shown["near"]!);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Contains($"{origin}/i/", (string?)article["body"]!["html"], StringComparison.Ordinal);
        Assert.Equal(
            ((string)article["body"]!["html"]!).Replace($"{origin}/i/", "/i/", StringComparison.Ordinal),
            (string?)article["body"]!["near"]
        );
    }

    [Fact]
    public async Task Every_image_address_in_a_response_works()
    {
        const string image = "{ url srcset(ratio: SQUARE, format: JPEG) }";
        var published = await server.Newsroom.QueryAsync(
            $$"""
            {
              article(slug: "{{Slug}}") { heroImage {{image}} body { html images { image {{image}} } } }
              personas(first: 1) { nodes { avatar {{image}} } }
              tools(first: 1) { nodes { logo {{image}} } }
            }
            """
        );
        var desk = await server.AskAsync(
            "Editor",
            """{ desk { media(first: 1) { nodes { image { url srcset(format: AVIF) } } } } }"""
        );
        var urls = Texts(published)
            .Concat(Texts(desk))
            .SelectMany(text => Address.Matches(WebUtility.HtmlDecode(text)))
            .Select(match => match.Value)
            .ToHashSet(StringComparer.Ordinal);

        foreach (var url in urls)
        {
            using var answer = await server.Client.GetAsync(url);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{url}: {answer.StatusCode}");
        }

        // The images are a hero, a body image (in the HTML and in the list), an avatar, a logo and a desk image.
        Assert.True(urls.Count > 20, published.ToJsonString());
        Assert.Equal(
            4,
            urls.Count(url => url.Contains("w=1200&fm=webp&v=", StringComparison.Ordinal) && !IsPrivate(url))
        );
        Assert.Contains(urls, IsPrivate);

        static bool IsPrivate(string url) => url.Contains("&s=", StringComparison.Ordinal);
        static IEnumerable<string> Texts(JsonNode? node) =>
            node switch
            {
                JsonObject fields => fields.SelectMany(field => Texts(field.Value)),
                JsonArray items => items.SelectMany(Texts),
                JsonValue value when value.TryGetValue<string>(out var text) => [text],
                _ => [],
            };
    }

    [GeneratedRegex("/i/med_[^\\s\",]+", RegexOptions.None)]
    private static partial Regex Address { get; }

    private async Task<string> CreateAsync(byte[] file)
    {
        var created = (
            await server.AskAsync(
                "Editor",
                """mutation { createMediaUpload(input: { fileName: "new.jpg" }) { upload { uploadId uploadUrl } } }"""
            )
        )["data"]!["createMediaUpload"]!["upload"]!;
        using var content = new ByteArrayContent(file);
        (await server.Client.PutAsync((string)created["uploadUrl"]!, content)).EnsureSuccessStatusCode().Dispose();
        return (string)created["uploadId"]!;
    }

    private async Task<byte[]> LoadAsync(string url, RenditionFormat format)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var response = await server.Client.GetAsync(url, patience.Token);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            if (format is not RenditionFormat.Avif || response.Content.Headers.ContentType!.MediaType == "image/avif")
            {
                return await response.Content.ReadAsByteArrayAsync(patience.Token);
            }
        }
    }
}
