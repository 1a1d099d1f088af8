using System.Net;
using System.Text.Json.Nodes;
using Cms.Media.Blobs;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Server.Tests.Media;

/// <summary>Tests valid and invalid uploads.</summary>
[Needs("server")]
public sealed class UploadEndpointTests(MediaServer server) : IClassFixture<MediaServer>
{
    private const string Open =
        """mutation { createMediaUpload(input: { fileName: "harbour.jpg" }) { upload { uploadId uploadUrl method headers { name value } } errors { __typename } } }""";

    [Fact]
    public async Task A_client_can_upload_a_file_in_one_request_and_gets_the_image()
    {
        using var response = await server.PostAsync("Author", Files.Jpeg(seed: 31), "../../harbour.png", "text/html");

        var image = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(
            ("harbour.png", "JPEG", 800, 600),
            ((string)image["fileName"]!, (string)image["format"]!, (int)image["width"]!, (int)image["height"]!)
        );
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("text/html")]
    public async Task The_content_type_and_the_extension_that_a_client_declares_are_ignored(string type)
    {
        using var response = await server.PostAsync("Author", Files.Png(), "harbour.html", type);
        var image = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        using var served = await server.Client.GetAsync((string)image["url"]!);

        Assert.Equal((HttpStatusCode.Created, "PNG"), (response.StatusCode, (string?)image["format"]));
        Assert.Equal("image/webp", served.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", served.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Reader", HttpStatusCode.Forbidden)]
    [InlineData("Author", HttpStatusCode.Created)]
    public async Task Uploading_a_file_requires_the_author_role(string? role, HttpStatusCode status)
    {
        using var response = await server.PostAsync(role, Files.Jpeg(seed: 32));

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_file_uploaded_with_a_ticket_becomes_an_image_when_it_is_committed()
    {
        var upload = (await server.AskAsync("Author", Open))["data"]!["createMediaUpload"]!["upload"]!;
        var url = (string)upload["uploadUrl"]!;

        Assert.Equal(HttpStatusCode.Created, await PutAsync(url, Files.Jpeg(seed: 33)));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(url, Files.Jpeg(seed: 34)));

        var committed = await server.AskAsync(
            "Author",
            $$"""mutation { commitMediaUpload(input: { uploadId: "{{upload["uploadId"]}}" }) { media { fileName width } errors { __typename } } }"""
        );
        Assert.Equal("PUT", (string?)upload["method"]);
        Assert.Equal(800, (int)committed["data"]!["commitMediaUpload"]!["media"]!["width"]!);
    }

    [Fact]
    public async Task Uploading_the_same_file_again_gets_the_same_response_and_a_different_file_is_rejected()
    {
        var upload = (await server.AskAsync("Author", Open))["data"]!["createMediaUpload"]!["upload"]!;
        var url = (string)upload["uploadUrl"]!;
        var file = Files.Jpeg(seed: 36);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PutAsync(url, file)));
        using var other = new ByteArrayContent(Files.Jpeg(seed: 37));
        using var refused = await server.Client.PutAsync(url, other);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("create a new upload", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, await PutAsync(url, file));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(url, file[..^1]));
    }

    [Fact]
    public async Task A_ticket_is_valid_only_for_its_own_upload()
    {
        var one = (await server.AskAsync("Author", Open))["data"]!["createMediaUpload"]!["upload"]!;
        var other = (await server.AskAsync("Author", Open))["data"]!["createMediaUpload"]!["upload"]!;
        var url = (string)one["uploadUrl"]!;

        Assert.Equal(
            HttpStatusCode.Forbidden,
            await PutAsync(
                url.Replace((string)one["uploadId"]!, (string)other["uploadId"]!, StringComparison.Ordinal),
                [1]
            )
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await PutAsync(url.Replace("max=25000000", "max=99000000", StringComparison.Ordinal), [1])
        );
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(url[..url.IndexOf('?', StringComparison.Ordinal)], [1]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PutAsync(url, new byte[26_000_000]));
        Assert.Equal(HttpStatusCode.Created, await PutAsync(url, [1]));
    }

    [Fact]
    public async Task A_form_without_a_file_and_a_body_that_is_not_a_form_are_rejected()
    {
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "name" } };
        using var text = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), await PostAsync(empty));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE"), await PostAsync(text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_with_two_files_is_rejected_and_stores_neither(bool isFirstGood)
    {
        var before = await server.Get<IBlobStore>().ListAsync(BlobKey.Quarantined, null, default);
        var (seed, name) = isFirstGood ? (81, "first-of-two.jpg") : (82, "second-of-two.jpg");
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Files.Jpeg(seed)), "file", name },
            { new StringContent("words between"), "note" },
            { new ByteArrayContent(isFirstGood ? Files.Png() : Files.Jpeg(seed)), "other", name },
        };

        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), await PostAsync(form));

        await using var db = await server.OpenAsync();
        Assert.False(await db.MediaAssets.AnyAsync(asset => asset.FileName == name));
        Assert.Equal(
            before.Blobs,
            (await server.Get<IBlobStore>().ListAsync(BlobKey.Quarantined, null, default)).Blobs
        );
    }

    [Fact]
    public async Task A_form_can_have_other_fields_before_and_after_its_file()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("before"), "note" },
            { new ByteArrayContent(Files.Jpeg(seed: 83)), "file", "between.jpg" },
            { new StringContent("after"), "note" },
        };

        Assert.Equal((HttpStatusCode.Created, null), await PostAsync(form));
    }

    [Fact]
    public async Task An_incomplete_form_stores_nothing_even_if_its_file_is_complete()
    {
        var file = Files.Jpeg(seed: 84);
        byte[] body =
        [
            .. "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"broken.jpg\"\r\n\r\n"u8,
            .. file,
            .. "\r\n--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhalf"u8,
        ];
        using var form = new ByteArrayContent(body);
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), await PostAsync(form));
        await using var db = await server.OpenAsync();
        Assert.False(await db.MediaAssets.AnyAsync(asset => asset.FileName == "broken.jpg"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_upload_is_rejected(string coding)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Files.Jpeg(seed: 85)), "file", "a.jpg" },
        };
        form.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        var upload = (await server.AskAsync("Author", Open))["data"]!["createMediaUpload"]!["upload"]!;
        using var file = new ByteArrayContent(Files.Jpeg(seed: 85));
        file.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        using var put = await server.Client.PutAsync((string)upload["uploadUrl"]!, file);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE"), await PostAsync(form));
        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE"),
            (put.StatusCode, await CodeAsync(put))
        );
    }

    [Theory]
    [InlineData("", "image")]
    [InlineData("   ", "image")]
    [InlineData("folder/", "image")]
    [InlineData("\\u202Egpj.exe", "gpj.exe")]
    [InlineData("a\\u2066b\\u2069\\u200F\\u061C.jpg", "ab.jpg")]
    [InlineData("a\\u0000\\u0085\\u2028b\\uFEFF.jpg", "ab.jpg")]
    [InlineData("\\u0645\\u06CC\\u200C\\u062E.jpg", "\u0645\u06CC\u200C\u062E.jpg")]
    public async Task A_misleading_file_name_is_cleaned(string name, string expected)
    {
        var upload = (
            await server.AskAsync(
                "Author",
                $$"""mutation { createMediaUpload(input: { fileName: "{{name}}" }) { upload { uploadId uploadUrl } } }"""
            )
        )["data"]!["createMediaUpload"]!["upload"]!;
        Assert.Equal(HttpStatusCode.Created, await PutAsync((string)upload["uploadUrl"]!, Files.Jpeg(seed: 86)));

        var committed = await server.AskAsync(
            "Author",
            $$"""mutation { commitMediaUpload(input: { uploadId: "{{upload["uploadId"]}}" }) { media { fileName } } }"""
        );

        Assert.Equal(expected, (string?)committed["data"]!["commitMediaUpload"]!["media"]!["fileName"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public async Task An_upload_without_any_bytes_is_rejected_when_it_is_created(int bytes)
    {
        var refused = (
            await server.AskAsync(
                "Author",
                $$"""mutation { createMediaUpload(input: { fileName: "a.jpg", bytes: {{bytes}} }) { upload { uploadUrl } errors { __typename ... on UserError { path } } } }"""
            )
        )["data"]!["createMediaUpload"]!;

        Assert.Null(refused["upload"]);
        Assert.Equal("""[{"__typename":"ImageEmptyError","path":["bytes"]}]""", refused["errors"]!.ToJsonString());
    }

    [Fact]
    public async Task The_same_error_has_the_same_code_over_HTTP_and_over_GraphQL()
    {
        var url = (string)
            (await server.AskAsync("Author", Open))["data"]!["createMediaUpload"]!["upload"]!["uploadUrl"]!;
        using var anonymous = await server.PostAsync(null, Files.Jpeg(seed: 87));
        using var reader = await server.PostAsync("Reader", Files.Jpeg(seed: 87));
        using var words = await server.PostAsync("Author", Files.Text("words"));
        using var large = await server.PostAsync("Author", new byte[26_000_000]);
        using var largePut = await server.Client.PutAsync(url, new ByteArrayContent(new byte[26_000_000]));
        using var forged = await server.Client.PutAsync(url + "0", new ByteArrayContent([1]));
        (await server.Client.PutAsync(url, new ByteArrayContent([1]))).Dispose();
        using var other = await server.Client.PutAsync(url, new ByteArrayContent([2]));
        HttpResponseMessage[] answers = [anonymous, reader, words, large, largePut, forged, other];

        List<string?> codes = [.. await Task.WhenAll(answers.Select(CodeAsync))];

        Assert.Equal(
            [
                "AUTH_NOT_AUTHENTICATED",
                "AUTH_NOT_AUTHORIZED",
                "NotAnImageError",
                "MediaTooLargeError",
                "MediaTooLargeError",
                "AUTH_NOT_AUTHORIZED",
                "MediaSwappedError",
            ],
            codes
        );
        var schema = await server.Client.GetStringAsync("/docs/schema.graphql");
        var reference = await server.Client.GetStringAsync("/docs");
        Assert.All(
            codes,
            code =>
                Assert.True(
                    schema.Contains($"type {code} implements UserError", StringComparison.Ordinal)
                        || reference.Contains($"<dt id=\"{code}\"", StringComparison.Ordinal),
                    code
                )
        );
    }

    [Fact]
    public async Task Malicious_files_are_rejected_or_made_harmless_and_the_server_keeps_running()
    {
        var before = await server.Get<IBlobStore>().ListAsync(BlobKey.Quarantined, null, default);
        List<string> answers = [];
        foreach (var (what, file, _) in HostileFiles.All)
        {
            using var response = await server.PostAsync("Author", file);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            answers.Add($"{what}: {(int)response.StatusCode} {body["code"]}".Trim());
            if (response.IsSuccessStatusCode)
            {
                var served = await server.Client.GetByteArrayAsync((string)body["url"]!);
                Assert.DoesNotContain("alert", System.Text.Encoding.Latin1.GetString(served), StringComparison.Ordinal);
            }
        }

        Assert.Equal(HostileFiles.All.Select(file => $"{file.What}: {file.Answer}"), answers);
        using var alive = await server.Client.GetAsync("/healthz/live");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        var left = await server.Get<IBlobStore>().ListAsync(BlobKey.Quarantined, null, default);
        Assert.Equal(before.Blobs, left.Blobs);
    }

    private async Task<HttpStatusCode> PutAsync(string url, byte[] file)
    {
        using var content = new ByteArrayContent(file);
        using var response = await server.Client.PutAsync(url, content);
        return response.StatusCode;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"];

    private async Task<(HttpStatusCode Status, string? Code)> PostAsync(HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/media") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {server.Token("Author")}");
        using var response = await server.Client.SendAsync(request);
        return (response.StatusCode, await CodeAsync(response));
    }
}
