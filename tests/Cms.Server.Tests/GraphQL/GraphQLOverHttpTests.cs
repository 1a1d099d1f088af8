using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cms.GraphQL;
using Cms.GraphQL.Execution;
using Cms.People;
using Cms.Server.GraphQL;
using Cms.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.GraphQL;

[Needs("server")]
public sealed class GraphQLOverHttpTests : IAsyncLifetime
{
    private const string Json = "application/json";
    private const string ResponseJson = "application/graphql-response+json";
    private readonly Visits _visits = new();
    private WebApplication _host = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_visits).AddPeople().AddCmsGraphQL(typeof(GraphQLOverHttpTests).Assembly);
        _host = builder.Build();
        _host.MapGraphQL("/graphql");
        await _host.StartAsync();
        _client = new() { BaseAddress = new(_host.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(null, Json)]
    [InlineData("*/*", Json)]
    [InlineData("application/*", Json)]
    [InlineData(Json, Json)]
    [InlineData(ResponseJson, ResponseJson)]
    [InlineData(ResponseJson + ", " + Json + ";q=0.9", ResponseJson)]
    [InlineData(ResponseJson + ";charset=utf-8", ResponseJson)]
    [InlineData("text/html, " + Json + ";q=0.1", Json)]
    [InlineData("*/*, " + Json + ";q=0", ResponseJson)]
    [InlineData("application/*, " + Json + ";q=0.0", ResponseJson)]
    [InlineData("*/*;q=0.9, " + Json + ";q=0.1", ResponseJson)]
    [InlineData("*/*;q=0, " + Json, Json)]
    [InlineData(ResponseJson + ";q=0, */*;q=0.1", Json)]
    [InlineData("text/event-stream;q=0, " + Json, Json)]
    [InlineData(Json + ", " + ResponseJson, Json)]
    [InlineData(ResponseJson + ", " + Json, ResponseJson)]
    public async Task A_response_has_the_requested_media_type(string? accept, string expected)
    {
        using var answer = await PostAsync("""{"query":"{ hello }"}""", accept);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("utf-8", answer.Content.Headers.ContentType?.CharSet);
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        Assert.Equal("""{"data":{"hello":"Hello, world!"}}""", Encoding.UTF8.GetString(body));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData(Json + ";q=0")]
    [InlineData("*/*;q=0")]
    [InlineData("*/*, " + Json + ";q=0, " + ResponseJson + ";q=0")]
    [InlineData("application/*;q=0, */*")]
    [InlineData(Json + ";charset=utf-16")]
    public async Task A_request_for_a_media_type_that_is_not_served_is_rejected_with_406(string accept)
    {
        using var answer = await PostAsync("""{"query":"{ hello }"}""", accept);

        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
        Assert.Contains("NOT_ACCEPTABLE", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"query":"{ nothing }"}""", ResponseJson, 400, "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("""{"query":"{ nothing }"}""", Json, 200, "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("""{"query":"{"}""", ResponseJson, 400, "DOCUMENT_SYNTAX")]
    [InlineData("""{"query":"{"}""", Json, 200, "DOCUMENT_SYNTAX")]
    [InlineData("""{"query":""}""", Json, 400, "BAD_REQUEST")]
    [InlineData("""{"query":null}""", Json, 400, "BAD_REQUEST")]
    [InlineData("""{}""", ResponseJson, 400, "BAD_REQUEST")]
    [InlineData("""[]""", Json, 400, "BAD_REQUEST")]
    [InlineData("""{"query":"{ hello }","variables":"x"}""", Json, 400, "BAD_REQUEST")]
    [InlineData("""not json""", Json, 400, "BAD_REQUEST")]
    public async Task A_bad_request_gets_the_status_that_the_requested_media_type_requires(
        string body,
        string accept,
        int status,
        string code
    )
    {
        using var answer = await PostAsync(body, accept);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains($"\"code\":\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_valid_UTF8_is_rejected_with_400()
    {
        using var content = new ByteArrayContent([
            .. "{\"query\":\"{ hello \xFF }\"}"u8.ToArray().AsSpan(0, 18),
            0xFF,
            .. "\"}"u8,
        ]);
        content.Headers.ContentType = new(Json);
        using var answer = await _client.PostAsync("/graphql", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/graphql-response+json")]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_body_that_is_not_declared_as_JSON_in_UTF8_is_rejected_with_415(string type)
    {
        using var content = new ByteArrayContent("""{"query":"{ hello }"}"""u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var answer = await _client.PostAsync("/graphql", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Other_methods_are_rejected_with_405_and_the_allowed_methods()
    {
        using var answer = await _client.DeleteAsync("/graphql");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_body_larger_than_a_megabyte_is_rejected_with_413()
    {
        using var answer = await PostAsync($$"""{"query":"{ hello }","x":"{{new string('x', 1_000_000)}}"}""", Json);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity")]
    public async Task A_body_can_be_compressed(string coding)
    {
        using var answer = await PostAsync(coding, Compressed(coding, """{"query":"{ hello }"}"""u8.ToArray()));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"data":{"hello":"Hello, world!"}}""", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_small_body_that_decompresses_into_a_large_one_is_rejected_with_413(string coding)
    {
        var bomb = Compressed(coding, [.. Enumerable.Repeat((byte)' ', 20_000_000)]);
        using var answer = await PostAsync(coding, bomb);

        Assert.InRange(bomb.Length, 1, 500_000);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("\"REQUEST_TOO_LARGE\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_cannot_be_decompressed_is_rejected_with_400(string coding)
    {
        var whole = Compressed(coding, """{"query":"{ hello }","more":"something"}"""u8.ToArray());
        using var cut = await PostAsync(coding, whole[..(whole.Length / 2)]);
        using var other = await PostAsync(coding, """{"query":"{ hello }"}"""u8.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, cut.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Contains("\"BAD_REQUEST\"", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("gzip, gzip")]
    public async Task A_body_in_an_unsupported_encoding_is_rejected_with_415_and_the_supported_encodings(string coding)
    {
        using var answer = await PostAsync(coding, """{"query":"{ hello }"}"""u8.ToArray());

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("gzip, br, deflate", answer.Headers.NonValidated["Accept-Encoding"].ToString());
        Assert.Contains(
            "\"UNSUPPORTED_MEDIA_TYPE\"",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_query_with_variables_can_be_sent_by_GET()
    {
        var query = Uri.EscapeDataString("query($n: String!) { hello(name: $n) }");
        using var answer = await _client.GetAsync(
            $"/graphql?query={query}&variables={Uri.EscapeDataString("""{"n":"GET"}""")}"
        );

        Assert.Equal("""{"data":{"hello":"Hello, GET!"}}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_mutation_by_GET_is_rejected_with_405_even_after_it_was_sent_by_POST()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var posted = await PostAsync(
                """{"query":"mutation { touch(input: {}) { touched { what } } }"}""",
                Json
            );
            using var answer = await _client.GetAsync(
                "/graphql?query=mutation%7Btouch(input:%7B%7D)%7Btouched%7Bwhat%7D%7D%7D"
            );
            using var same = await _client.GetAsync(
                "/graphql?query=mutation%20%7B%20touch(input:%20%7B%7D)%20%7B%20touched%20%7B%20what%20%7D%20%7D%20%7D"
            );

            Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, same.StatusCode);
            Assert.Equal(["POST"], same.Content.Headers.Allow);
        }
    }

    [Fact]
    public async Task A_client_that_disconnects_cancels_its_request()
    {
        using var patience = new CancellationTokenSource();
        var asking = _client.GetAsync("/graphql?query=%7Bnever%7D", patience.Token);
        await _visits.Arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await _visits.Left.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_operation_that_takes_too_long_is_cancelled_with_the_code_TIMEOUT()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder
            .Services.AddSingleton(_visits)
            .AddSingleton(new EngineSettings(TimeSpan.FromMilliseconds(50)))
            .AddPeople()
            .AddCmsGraphQL(typeof(GraphQLOverHttpTests).Assembly);
        await using var hurried = builder.Build();
        hurried.MapGraphQL("/graphql");
        await hurried.StartAsync();
        using var client = new HttpClient { BaseAddress = new(hurried.Urls.First()) };

        var answer = await client.GetStringAsync("/graphql?query=%7Bnever%7D");

        Assert.Contains("\"code\":\"TIMEOUT\"", answer, StringComparison.Ordinal);
        await _visits.Left.Task;
    }

    private async Task<HttpResponseMessage> PostAsync(string coding, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(Json);
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        return await _client.PostAsync("/graphql", content);
    }

    private static byte[] Compressed(string coding, byte[] body)
    {
        using var packed = new MemoryStream();
        using (
            Stream packing = coding.ToLowerInvariant() switch
            {
                "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
                "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
                "identity" => new BufferedStream(packed),
                _ => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            }
        )
        {
            packing.Write(body);
            packing.Flush();
        }

        return packed.ToArray();
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(body, Encoding.UTF8, Json),
        };

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await _client.SendAsync(request);
    }
}
