using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Cms.Articles;
using Cms.Changes;
using Cms.Server.Telemetry;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Server.Tests.Webhooks;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using Xunit;

namespace Cms.Server.Tests.Telemetry;

/// <summary>The server sends traces, metrics and logs to a receiver that reads them.</summary>
[Needs("server")]
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Document =
        "query ReadArticle($slug: String!) { article(slug: $slug) { headline takes { text persona { name } } tags { name } } }";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly Action<ILogger, string, Exception?> LogPlanted = LoggerMessage.Define<string>(
        LogLevel.Warning,
        default,
        "The key is {Key}."
    );

    private OtlpReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await OtlpReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task A_trace_of_one_article_names_the_operation_its_statements_and_whether_the_answer_was_kept()
    {
        await using NewsroomServer server = new() { Settings = _receiver.Settings };
        await server.InitializeAsync();
        await server.Services.GetRequiredService<ChangeFeed>().StartAsync(default);
        var article = await new Newsroom(server.Services).PublishedAsync();

        var (first, second) = (await AskAsync(server, article.Slug), await AskAsync(server, article.Slug));
        OtlpReceiver.Flush(server.Services);

        var made = _receiver.Spans.Where(span => span.Trace == first).ToList();
        var operation = Assert.Single(made, span => span.Name == "query ReadArticle");
        Assert.Equal("made", operation.Attributes["cms.answer"]);
        Assert.Equal("ReadArticle", operation.Attributes["graphql.operation.name"]);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Document))),
            operation.Attributes["graphql.document.hash"]
        );
        Assert.NotEqual("0", operation.Attributes["cms.graphql.cost"]);
        Assert.NotEqual("0", operation.Attributes["cms.rows"]);
        var statements = made.Where(span => span.Attributes.ContainsKey("db.query.summary")).ToList();
        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.Equal(operation.Id, statement.Parent));
        Assert.Equal(FormattableString.Invariant($"{statements.Count}"), operation.Attributes["cms.sql.statements"]);
        Assert.All(statements, statement => Assert.StartsWith("SELECT ", statement.Name, StringComparison.Ordinal));
        var request = Assert.Single(made, span => span.Attributes.ContainsKey("http.route"));
        Assert.Equal("/graphql", request.Attributes["url.path"]);
        Assert.Equal(request.Id, operation.Parent);

        var kept = _receiver.Spans.Where(span => span.Trace == second).ToList();
        var again = Assert.Single(kept, span => span.Name == "query ReadArticle");
        Assert.Equal("kept", again.Attributes["cms.answer"]);
        Assert.Equal(operation.Attributes["graphql.document.hash"], again.Attributes["graphql.document.hash"]);
        Assert.Equal(operation.Attributes["cms.graphql.cost"], again.Attributes["cms.graphql.cost"]);
        Assert.DoesNotContain(kept, span => span.Attributes.ContainsKey("db.query.summary"));
    }

    [Fact]
    public async Task A_slow_operation_is_logged_once_with_its_cost_and_its_statements_in_its_trace()
    {
        await using NewsroomServer server = new()
        {
            Settings = [.. _receiver.Settings, "--Cms:SlowOperation=00:00:00.0000001"],
        };
        await server.InitializeAsync();
        var article = await new Newsroom(server.Services).PublishedAsync();

        var trace = await AskAsync(server, article.Slug);
        OtlpReceiver.Flush(server.Services);

        var entry = Assert.Single(_receiver.Entries, entry => entry.Trace == trace);
        var operation = Assert.Single(_receiver.Spans, span => span.Trace == trace && span.Name == "query ReadArticle");
        Assert.StartsWith("Slow query ReadArticle ", entry.Message, StringComparison.Ordinal);
        Assert.Equal(operation.Attributes["cms.sql.statements"], entry.Attributes["Statements"]);
        Assert.Equal(operation.Attributes["cms.graphql.cost"], entry.Attributes["Cost"]);
    }

    [Fact]
    public async Task Without_a_receiver_nothing_is_traced_and_only_slow_operations_are_logged()
    {
        LogCapture log = new();
        await using NewsroomServer server = new()
        {
            More = services => services.AddSingleton<ILoggerProvider>(log),
            Settings = ["--Cms:SlowOperation=01:00:00"],
        };
        await server.InitializeAsync();
        var article = await new Newsroom(server.Services).PublishedAsync();

        await AskAsync(server, article.Slug);

        Assert.Null(server.Services.GetService<TracerProvider>());
        Assert.DoesNotContain(log.Entries, entry => entry.Message.StartsWith("Slow ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_key_token_variable_or_person_is_in_any_signal()
    {
        await using IssuerForge issuer = new();
        await issuer.InitializeAsync();
        await using var hook = await Receiver.StartAsync();
        await using NewsroomServer server = new()
        {
            SendsWebhooks = true,
            Settings =
            [
                .. _receiver.Settings,
                .. issuer.Settings,
                "--environment=Testing",
                "--Cms:Webhooks:AllowLoopback=true",
                "--Cms:Site:Enabled=true",
                "--Cms:Site:Origin=https://panel.example",
                "--Cms:SlowOperation=00:00:00.0000001",
                "--Logging:LogLevel:Default=Information",
            ],
        };
        await server.InitializeAsync();
        await server.Services.GetRequiredService<ChangeFeed>().StartAsync(default);
        PartnerSteps steps = new(server.Services);
        var partner = await steps.PartnerAsync("Quagga Post");
        await steps.AgreeAsync(partner, new { hasTakes = true });
        var (key, _) = await steps.KeyAsync(partner);
        var hidden = await steps.DoAsync(
            "createWebhook",
            new { url = hook.Url + "/quagga-hook-secret" },
            "webhook { secret }"
        );
        var token = Forged.Person(issuer, "Editor").With("email", "quagga@panel.example").Sign();
        var reader = Forged.Person(issuer).Sign();
        List<string> secrets =
        [
            key,
            (string)hidden["webhook"]!["secret"]!,
            token,
            reader,
            token.Split('.')[1],
            Forged.Erin,
            "quagga",
            "Erin",
        ];

        foreach (
            var path in (string[])
                [
                    $"/p/{key}/feed.json",
                    $"/p/{key}/changes?initial=true",
                    $"/P/{key}/nothing-here",
                    $"/p//{key}",
                    $"/{key}",
                    $"/preview/quagga-preview?article=quagga",
                    $"/search?q=quagga-words",
                    $"/articles/quagga-slug",
                    $"/i/quagga-image.webp",
                    $"/graphql?access_token={token}",
                    $"/graphql?query={{__typename}}&variables=%7B%22a%22:%22quagga%22%7D",
                ]
        )
        {
            await SendAsync(server, HttpMethod.Get, path, authorization: null, content: null);
        }

        await SendAsync(server, HttpMethod.Get, "/p/feed.json", "Basic " + Base64($"partner:{key}"), content: null);
        foreach (var authorization in (string?[])[null, $"Bearer {token}", $"Bearer {reader}", "Bearer quagga-bearer"])
        {
            foreach (
                var query in (string[])
                    [
                        "query Variable($slug: String!) { article(slug: $slug) { headline } }",
                        "query Literal { article(slug: \"quagga-literal\") { headline } }",
                        "query Wrong { quaggaField(slug: \"quagga\") }",
                        "mutation Refused { createTool(input: { name: \"Quagga\" }) { tool { id } } }",
                    ]
            )
            {
                await SendAsync(
                    server,
                    HttpMethod.Post,
                    "/graphql",
                    authorization,
                    JsonContent.Create(new { query, variables = new { slug = "quagga-variable" } })
                );
            }
        }

        await new Newsroom(server.Services).PublishedAsync(Newsroom.Story("Quagga memo"));
        await hook.NextAsync();
        await DeliveredAsync(server);

        Assert.Empty(_receiver.Leaks(secrets));
        Assert.Contains(
            "/p/{key}/changes",
            _receiver.Spans.Select(span => span.Attributes.GetValueOrDefault("url.path"))
        );
        Assert.Contains(_receiver.Entries, entry => entry.Trace.Length == 32);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "cms.answers",
                "cms.changes.lag",
                "cms.graphql.operation.duration",
                "cms.sign_in.refusals",
                "cms.webhooks.backlog",
                "db.client.operation.duration",
                "dotnet.gc.collections",
                "http.server.request.duration",
            },
            _receiver.Metrics.ToHashSet(StringComparer.Ordinal)
        );
    }

    // Without this, a scan that reads nothing would pass too.
    [Theory]
    [InlineData("traces")]
    [InlineData("metrics")]
    [InlineData("logs")]
    public async Task The_search_for_secrets_finds_one_that_is_planted_in_a_signal(string signal)
    {
        const string Planted = "Quagga-Planted";
        await using NewsroomServer server = new() { Settings = _receiver.Settings };
        await server.InitializeAsync();
        await new Newsroom(server.Services).PublishedAsync();
        await server.QueryAsync("{ articles(first: 1) { nodes { headline } } }");
        OtlpReceiver.Flush(server.Services);
        Assert.Empty(_receiver.Leaks("quagga"));

        switch (signal)
        {
            case "traces":
                using (var activity = ServerTraces.Source.StartActivity("planted"))
                {
                    activity!.SetTag("cms.planted", Planted);
                }

                break;
            case "metrics":
                server
                    .Services.GetRequiredService<IMeterFactory>()
                    .Create(ServerMetrics.Name)
                    .CreateCounter<long>("cms.planted")
                    .Add(1, new KeyValuePair<string, object?>("cms.planted", Planted));
                break;
            default:
                LogPlanted(server.Services.GetRequiredService<ILogger<TelemetryTests>>(), Planted, null);
                break;
        }

        OtlpReceiver.Flush(server.Services);

        Assert.Equal([$"quagga in {signal}"], _receiver.Leaks("quagga"));
    }

    [SkippableFact]
    public async Task What_Redis_is_asked_is_part_of_the_trace_without_keys_and_clients()
    {
        using var redis = await RedisServer.StartAsync();
        await using NewsroomServer server = new()
        {
            Settings =
            [
                .. _receiver.Settings,
                $"--ConnectionStrings:Redis={redis.ConnectionString}",
                "--Cms:Limits:AnonymousPerSecond=100",
            ],
        };
        await server.InitializeAsync();
        await redis.ListenedToAsync("cms:changes", listeners: 1);

        Article article;
        string published;
        using (var activity = Begin())
        {
            published = activity.TraceId.ToHexString();
            article = await new Newsroom(server.Services).PublishedAsync();
        }

        var asked = await AskAsync(server, article.Slug);
        await ArrivedAsync(server, span => span.Trace == published && span.Name == "PUBLISH changes");
        await ArrivedAsync(server, span => span.Trace == asked && span.Name == "EVAL limit:anonymous");

        var spans = _receiver.Spans.ToList();
        var limit = Assert.Single(spans, span => span.Trace == asked && span.Name == "EVAL limit:anonymous");
        Assert.Equal(
            ("redis", "EVAL", "EVAL limit:anonymous"),
            (
                limit.Attributes["db.system.name"],
                limit.Attributes["db.operation.name"],
                limit.Attributes["db.query.summary"]
            )
        );
        Assert.Equal(3, limit.Attributes.Count);
        var request = Assert.Single(
            spans,
            span => span.Trace == asked && span.Attributes.GetValueOrDefault("http.route") is not null
        );
        Assert.Equal(request.Id, limit.Parent);
        var signal = Assert.Single(spans, span => span.Trace == published && span.Name == "PUBLISH changes");
        Assert.Equal("redis", signal.Attributes["db.system.name"]);
    }

    // The delivery of a webhook ends after the receiver has replied.
    private Task DeliveredAsync(NewsroomServer server) => ArrivedAsync(server, span => span.Name == "deliver webhook");

    private async Task ArrivedAsync(NewsroomServer server, Func<ReceivedSpan, bool> isExpected)
    {
        var late = Stopwatch.StartNew();
        OtlpReceiver.Flush(server.Services);
        while (!_receiver.Spans.Any(isExpected))
        {
            Assert.True(late.Elapsed < Longest, "The span did not arrive.");
            await Task.Delay(Pause);
            OtlpReceiver.Flush(server.Services);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task SendAsync(
        NewsroomServer server,
        HttpMethod method,
        string path,
        string? authorization,
        HttpContent? content
    )
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", "quagga-agent/1.0 (quagga@panel.example)");
        request.Headers.TryAddWithoutValidation("Cookie", "session=quagga-cookie");
        request.Headers.TryAddWithoutValidation("Referer", "https://panel.example/quagga-referer");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.77");
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{NewTrace()}-00f067aa0ba902b7-01");
        request.Headers.TryAddWithoutValidation("tracestate", "quagga=state");
        request.Headers.TryAddWithoutValidation("baggage", "quagga=baggage");
        using var answer = await server.Client.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
    }

    // Returns the id of the trace.
    private static async Task<string> AskAsync(NewsroomServer server, string slug)
    {
        // The client of the test continues this trace.
        using var activity = Begin();
        using HttpRequestMessage request = new(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = Document, variables = new { slug } }),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await server.Client.SendAsync(request);
        Assert.Contains("\"headline\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return activity.TraceId.ToHexString();
    }

    private static Activity Begin()
    {
        var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        return activity;
    }

    private static string NewTrace() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
