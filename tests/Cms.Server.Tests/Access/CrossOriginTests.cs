using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.GraphQL;
using Cms.Server.Tests.Media;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>What browsers allow pages of other origins to do with this server (CORS).</summary>
[Needs("npm")]
[Needs("Chromium")]
public sealed class CrossOriginTests(FrontEndServer server) : IClassFixture<FrontEndServer>
{
    private const string Newest = "/graphql?query=%7Barticles(first:1)%7Bnodes%7Bslug%7D%7D%7D";

    [Theory]
    [InlineData("/graphql", "POST")]
    [InlineData("/graphql", "GET")]
    [InlineData("/media", "POST")]
    [InlineData("/media/uploads/upl_1", "PUT")]
    [InlineData("/i/med_1/1", "GET")]
    public async Task A_preflight_from_an_allowed_origin_returns_the_methods_and_headers_that_a_page_can_send(
        string path,
        string method
    )
    {
        using var answer = await PreflightAsync(server.Origin, path, method);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(server.Origin, One(answer, "Access-Control-Allow-Origin"));
        Assert.Contains(method, List(answer, "Access-Control-Allow-Methods"));
        var headers = List(answer, "Access-Control-Allow-Headers");
        Assert.Contains("Authorization", headers);
        Assert.Contains("Content-Type", headers);
        Assert.Contains("GraphQL-Cost", headers);
        Assert.Contains("GraphQL-Preflight", headers);
        Assert.Equal("7200", One(answer, "Access-Control-Max-Age"));
        Assert.Contains("Origin", List(answer, "Vary"));
        Assert.Null(One(answer, "Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_preflight_from_an_origin_that_is_not_allowed_is_rejected_with_the_name_of_the_setting()
    {
        using var preflight = await PreflightAsync(server.Stranger, "/graphql", "POST");
        using var read = await server.SendAsync(server.Stranger, "GET", Newest);

        Assert.Equal(HttpStatusCode.Forbidden, preflight.StatusCode);
        Assert.Contains(
            "Cms__Cors__AllowedOrigins",
            await preflight.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Null(One(preflight, "Access-Control-Allow-Origin"));
        Assert.Null(One(read, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Responses_vary_by_origin_and_have_the_same_ETag_for_all_origins()
    {
        string?[] origins = [null, server.Origin, server.Stranger, server.Origin];
        List<HttpResponseMessage> answers = [];
        foreach (var origin in origins)
        {
            answers.Add(await server.SendAsync(origin, "GET", Newest));
        }

        var tag = answers[0].Headers.ETag!.ToString();
        using var unchanged = await server.SendAsync(
            server.Origin,
            "GET",
            Newest,
            headers: ("If-None-Match", answers[0].Headers.ETag!.ToString())
        );

        Assert.All(answers, answer => Assert.Contains("Origin", List(answer, "Vary")));
        Assert.All(answers, answer => Assert.Contains("Authorization", List(answer, "Vary")));
        Assert.All(answers, answer => Assert.Equal(tag, answer.Headers.ETag!.ToString()));
        Assert.Equal(
            [null, server.Origin, null, server.Origin],
            answers.Select(answer => One(answer, "Access-Control-Allow-Origin"))
        );
        Assert.Equal("Cms; hit", One(answers[3], "Cache-Status"));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(server.Origin, One(unchanged, "Access-Control-Allow-Origin"));
        Assert.Contains("Origin", List(unchanged, "Vary"));
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_can_read_every_response_including_errors()
    {
        var token = ("Authorization", $"Bearer {server.Newsroom.Token("Reader")}");
        var hero = await server.Newsroom.HeroAsync("the-disk-said-yes");
        using var form = new MultipartFormDataContent { { new StringContent("x"), "name" } };
        using var large = new ByteArrayContent(new byte[1_100_000]);
        large.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var text = new StringContent("{}", Encoding.UTF8, "text/plain");
        HttpResponseMessage[] answers =
        [
            await SendAsync("GET", Newest),
            await SendAsync("POST", "/graphql", FrontEndServer.Query("{ viewer { name } }"), token),
            await SendAsync("POST", "/graphql", FrontEndServer.Query("{")),
            await SendAsync("GET", "/graphql"),
            await SendAsync("GET", Newest, headers: ("Authorization", "Bearer a.b.c")),
            await SendAsync("POST", "/graphql", FrontEndServer.Query("{ desk { __typename } }"), token),
            await SendAsync("DELETE", "/graphql"),
            await SendAsync("GET", Newest, headers: ("Accept", "text/html")),
            await SendAsync("POST", "/graphql", large),
            await SendAsync("POST", "/graphql", text),
            await SendAsync("GET", hero),
            await SendAsync("GET", "/i/med_1/1"),
            await SendAsync("GET", "/i/nothing"),
            await SendAsync("POST", "/media", form, token),
            await SendAsync("PUT", "/media/uploads/upl_1", new ByteArrayContent([1])),
        ];

        Assert.Equal(
            [200, 200, 200, 400, 401, 403, 405, 406, 413, 415, 200, 400, 404, 403, 403],
            answers.Select(answer => (int)answer.StatusCode)
        );
        foreach (var answer in answers)
        {
            Assert.Equal(server.Origin, One(answer, "Access-Control-Allow-Origin"));
            Assert.Contains("Origin", List(answer, "Vary"));
            Assert.Null(One(answer, "Access-Control-Allow-Credentials"));
            var exposed = List(answer, "Access-Control-Expose-Headers");
            Assert.Contains("ETag", exposed);
            Assert.Contains("RateLimit", exposed);
            Assert.Contains("RateLimit-Policy", exposed);
            Assert.Contains("Cache-Status", exposed);
            Assert.Contains("Retry-After", exposed);
        }
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_can_read_rate_limit_and_outage_errors()
    {
        await using var other = new NewsroomServer
        {
            IsSecond = true,
            Settings =
            [
                $"--Cms:Cors:AllowedOrigins={server.Stranger},https://news.example",
                "--Cms:Limits:AnonymousPerSecond=1",
                "--Cms:Limits:AnonymousBurst=1",
            ],
        };
        await other.InitializeAsync();
        other.Client.DefaultRequestHeaders.TryAddWithoutValidation("Origin", "https://news.example");
        using var outage = await FailAsync(other);
        using var limited = await other.Client.PostAsync("/graphql", FrontEndServer.Query("{ __typename }"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, outage.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal("https://news.example", One(outage, "Access-Control-Allow-Origin"));
        Assert.Equal("https://news.example", One(limited, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("Development", "http://localhost:3000", "http://localhost:3000")]
    [InlineData("Development", "http://127.0.0.1:5173", "http://127.0.0.1:5173")]
    [InlineData("Development", "http://localhost", "http://localhost")]
    [InlineData("Development", "https://localhost.evil.example", null)]
    [InlineData("Development", "http://localhost.evil.example:3000", null)]
    [InlineData("Development", "http://localhost:3000/", null)]
    [InlineData("Development", "null", null)]
    [InlineData("Production", "http://localhost:3000", null)]
    [InlineData("Production", "https://partner.example", "https://partner.example")]
    public async Task Local_origins_are_allowed_in_development_and_only_configured_origins_in_production(
        string environment,
        string origin,
        string? allowed
    )
    {
        var folder = Directory.CreateTempSubdirectory("cms-cors-");
        await using (
            var app = CmsHost.Build([
                $"--environment={environment}",
                "--urls=http://127.0.0.1:0",
                "--AzureAd:Instance=http://127.0.0.1:1",
                $"--AzureAd:TenantId={IssuerForge.Tenant}",
                $"--AzureAd:ClientId={IssuerForge.Client}",
                $"--Cms:DataDirectory={folder.FullName}",
                "--Cms:Streams:AllowedOrigins:0=https://partner.example",
                "--Logging:LogLevel:Default=None",
            ])
        )
        {
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            using var request = PreflightRequest(origin, "/graphql", "POST");
            using var answer = await client.SendAsync(request);

            Assert.Equal(allowed, One(answer, "Access-Control-Allow-Origin"));
            await app.StopAsync();
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("news.example")]
    [InlineData("https://*.example")]
    [InlineData("https://news.example/")]
    [InlineData("https://news.example/path")]
    [InlineData("https://news.example:443")]
    [InlineData("https://user@news.example")]
    [InlineData("ftp://news.example")]
    public void A_configured_origin_that_no_browser_sends_is_rejected_at_startup(string origin)
    {
        foreach (var setting in new[] { "Cors", "Streams" })
        {
            var refused = Assert.Throws<CannotStartException>(() =>
                CmsHost.Build([$"--Cms:{setting}:AllowedOrigins:0={origin}"])
            );

            Assert.StartsWith(
                $"Cms__{setting}__AllowedOrigins__0 is \"{origin}\"",
                refused.Message,
                StringComparison.Ordinal
            );
            Assert.Contains("set it to ", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_invalid_allowed_origin_stops_startup_with_one_sentence_and_exit_code_3()
    {
        using var process = CmsProcess.Start(
            new Dictionary<string, string> { ["Cms__Cors__AllowedOrigins"] = "https://news.example https://b.example/" }
        );

        var (exitCode, _, complaints) = await process.EndAsync();

        Assert.Equal(3, exitCode);
        Assert.Equal(
            "Cms__Cors__AllowedOrigins is \"https://b.example/\", but browsers send an origin without a path, a user or the default port: set it to https://b.example.",
            complaints.Trim()
        );
    }

    [SkippableFact]
    public async Task A_browser_lets_a_front_end_on_an_allowed_origin_use_the_whole_API()
    {
        var picture = Path.Combine(Path.GetTempPath(), $"cms-cors-{Guid.CreateVersion7():n}.jpg");
        await File.WriteAllBytesAsync(picture, Files.Jpeg(seed: 71));
        var found = JsonNode.Parse((await RunAsync(server.Origin, picture)).Single())!;
        File.Delete(picture);

        Assert.Equal(
            [
                "query: data hit=true tag=true",
                "cost: true",
                "unchanged: 304",
                "mutation: A front end wrote this",
                "refusal: 401 AUTH_NOT_AUTHENTICATED",
                """events: ["next","complete"]""",
                """socket: ["connection_ack","next","complete"]""",
                "put: 201",
                "committed: JPEG",
                "post: 201",
                "image: 200 image/webp",
                "drawn: true",
                "cookies: TypeError",
            ],
            found
                .AsObject()
                .Select(step =>
                    $"{step.Key}: {(step.Value is JsonValue value ? value.ToString() : step.Value?.ToJsonString())}"
                )
        );
    }

    [SkippableFact]
    public async Task A_browser_blocks_a_page_of_any_other_origin()
    {
        var found = JsonNode.Parse((await RunAsync(server.Stranger)).Single())!;

        Assert.Equal("TypeError", (string?)found["query"]);
        Assert.Equal("TypeError", (string?)found["mutation"]);
        Assert.Equal("TypeError", (string?)found["image"]);
        Assert.Equal("closed", (string?)found["socket"]);
    }

    private Task<IReadOnlyList<string>> RunAsync(string origin, params string[] pictures) =>
        NpmClients.RunAsync(
            "crossorigin.mjs",
            [
                $"{server.Newsroom.Client.BaseAddress}",
                origin,
                server.Newsroom.Token("Editor"),
                NpmClients.Chromium(),
                .. pictures,
            ]
        );

    private Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        HttpContent? content = null,
        params IEnumerable<(string Name, string Value)> headers
    ) => server.SendAsync(server.Origin, method, path, content, headers);

    private async Task<HttpResponseMessage> PreflightAsync(string origin, string path, string method)
    {
        using var request = PreflightRequest(origin, path, method);
        return await server.Newsroom.Client.SendAsync(request);
    }

    private static HttpRequestMessage PreflightRequest(string origin, string path, string method)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", method);
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", "authorization,content-type");
        return request;
    }

    private static async Task<HttpResponseMessage> FailAsync(NewsroomServer other)
    {
        other.Statements.Fault = new Microsoft.Data.Sqlite.SqliteException("disk I/O error", 10);
        try
        {
            return await other.Client.PostAsync("/graphql", FrontEndServer.Query("{ personas { nodes { name } } }"));
        }
        finally
        {
            other.Statements.Fault = null;
        }
    }

    private static string? One(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static List<string> List(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values)
            ? [.. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))]
            : [];
}
