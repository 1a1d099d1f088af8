using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Cms.Changes;
using Cms.Data;
using Cms.GraphQL;
using Cms.Media.Intake;
using Cms.Server.Access;
using Cms.Server.Articles;
using Cms.Server.Health;
using Cms.Server.Media;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cms.Server.Tests.Outages;

/// <summary>
/// SQL Server stops responding while the CMS server runs, on new and on pooled connections. The driver would wait ten
/// minutes here, so every response in these tests is sent without waiting for the driver.
/// </summary>
[Needs("server")]
public sealed class HungDatabaseTests : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-hung-");
    private readonly TdsStub _database = new();
    private readonly IssuerForge _issuer = new();
    private readonly LogCapture _log = new();
    private readonly FirstRequest _requests = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _app = CmsHost.Build(
            [
                $"--Cms:DataDirectory={_folder.FullName}",
                "--urls=http://127.0.0.1:0",
                "--Cms:Database:Provider=SqlServer",
                $"--ConnectionStrings:Cms={_database.ConnectionString};Connect Timeout=600;Pooling=True",
                "--Cms:MaxDuration=00:10:00",
                "--Logging:LogLevel:Default=Information",
                "--Logging:LogLevel:Microsoft.AspNetCore=Information",
                .. _issuer.Settings,
            ],
            services =>
            {
                services.AddSingleton<ILoggerProvider>(_log).AddSingleton<IStartupFilter>(_requests);

                // Remove the timed tasks, so that only requests query the database.
                services.Remove(services.Single(s => s.ImplementationType == typeof(ScheduleWatch)));
                services.Remove(services.Single(s => s.ImplementationType == typeof(RightsWatch)));
            }
        );
        await _app.StartAsync();
        _database.Hangs = true;
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _database.DisposeAsync();
        await _app.DisposeAsync();
        await _issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_caller_gets_a_response_without_waiting_for_the_driver(bool isSignedIn)
    {
        using var first = await AskAsync(isSignedIn);
        using var second = await AskAsync(isSignedIn);

        await AssertUnavailableAsync(first);
        await AssertUnavailableAsync(second);
        Assert.True(_app.Services.GetRequiredService<DatabaseAvailability>().IsAway);
        Assert.Single(_log.Errors, entry => entry.Message.StartsWith("The database is down", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Errors, IsUnhandled);
    }

    [Fact]
    public async Task Images_and_readiness_checks_get_a_response_without_waiting_for_the_driver()
    {
        _app.Services.GetRequiredService<Readiness>().SetStarted();
        using var image = await _client
            .GetAsync("/i/med_01a2103b159472c7b52191f1098fdf6c/1?w=640&fm=webp")
            .WaitAsync(Longest);
        using var ready = await _client.GetAsync("/healthz/ready").WaitAsync(Longest);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, image.StatusCode);
        Assert.Contains("DATABASE_UNAVAILABLE", await image.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("5", ready.Headers.NonValidated["Retry-After"].ToString());
        Assert.Contains("DATABASE_UNAVAILABLE", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_notices_when_the_database_responds_again()
    {
        await GoAwayAsync();
        var back = _log.LoggedAsync("The database responds again");
        _database.Hangs = false;

        await back.WaitAsync(Longest);
        Assert.False(_app.Services.GetRequiredService<DatabaseAvailability>().IsAway);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_disconnects_is_not_logged_as_an_error(bool isSignedIn)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { query = "{ personas { nodes { name } } }" });
        var authorization = isSignedIn ? $"Authorization: Bearer {Token()}\r\n" : "";
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(_client.BaseAddress!.Host, _client.BaseAddress.Port);
            await client.Client.SendAsync(
                (byte[])
                    [
                        .. Encoding.ASCII.GetBytes(
                            $"POST /graphql HTTP/1.1\r\nHost: localhost\r\n{authorization}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"
                        ),
                        .. body,
                    ]
            );
            await _database.Ignored.WaitAsync(Longest);

            // Resets the connection, as a client that is killed does.
            client.Client.LingerState = new LingerOption(true, 0);
        }

        var (status, fault) = await _requests.Finished.WaitAsync(Longest);
        Assert.Null(fault);
        Assert.NotEqual(StatusCodes.Status500InternalServerError, status);
        Assert.DoesNotContain(_log.Errors, IsUnhandled);
    }

    [Fact]
    public async Task A_socket_whose_client_disconnects_is_not_logged_as_an_error()
    {
        using (var socket = new GraphQLSocket())
        {
            await socket.OpenAsync(_client.BaseAddress!);
            await socket.BeginAsync("subscription { articlePublished { articleId } }");
            await _database.Ignored.WaitAsync(Longest);
        }

        var (_, fault) = await _requests.Finished.WaitAsync(Longest);
        Assert.Null(fault);
        Assert.DoesNotContain(_log.Errors, IsUnhandled);
    }

    [Fact]
    public async Task A_subscription_over_a_socket_gets_an_error_without_waiting_for_the_driver()
    {
        using var socket = new GraphQLSocket();
        await socket.OpenAsync(_client.BaseAddress!);

        var errors = await socket.AskAsync("subscription { articlePublished { articleId } }");

        Assert.Equal("DATABASE_UNAVAILABLE", (string?)errors[0]!["extensions"]!["code"]);
    }

    [Fact]
    public async Task A_stream_that_has_started_ends_without_waiting_for_the_driver()
    {
        using var stream = await StreamAsync();

        Assert.Contains(
            "DATABASE_UNAVAILABLE",
            await stream.Content.ReadAsStringAsync().WaitAsync(Longest),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task If_the_database_is_known_to_be_unavailable_a_stream_gets_503_before_it_starts()
    {
        await GoAwayAsync();

        using var stream = await StreamAsync();

        await AssertUnavailableAsync(stream);
        Assert.Equal("application/json", stream.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_server_detects_an_outage_without_any_request()
    {
        var away = _log.LoggedAsync("The database is down");

        await _app.Services.GetRequiredService<ChangeFeed>().StartAsync(default).WaitAsync(Longest);

        await away.WaitAsync(Longest);
    }

    public static TheoryData<string> Operations =>
        ["sign in", "renew", "sign out", "keys", "a new key", "commit an upload"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Sign_in_and_uploads_do_not_wait_for_the_driver(string operation)
    {
        var sessions = _app.Services.GetRequiredService<SessionStore>();
        var keys = _app.Services.GetRequiredService<IXmlRepository>();
        var ticket = new AuthenticationTicket(
            new ClaimsPrincipal(
                new ClaimsIdentity([new Claim("tid", IssuerForge.Tenant), new Claim("oid", Forged.Erin)], "test")
            ),
            "Cookies"
        );
        Func<Task> run = operation switch
        {
            "sign in" => () => sessions.StoreAsync(ticket),
            "renew" => () => sessions.RenewAsync("key", ticket),
            "sign out" => () => sessions.RemoveAsync("key"),
            "keys" => () => Task.Run(keys.GetAllElements),
            "a new key" => () => Task.Run(() => keys.StoreElement(new XElement("key"), "key")),
            _ => () =>
                _app
                    .Services.GetRequiredService<Originals>()
                    .StoreForAsync(EntityId.New<MediaUploadId>(), Newsroom.Erin, default),
        };

        var refused = await Record.ExceptionAsync(() => run().WaitAsync(Longest));

        Assert.Equal(
            DatabaseFault.Unavailable,
            _app.Services.GetRequiredService<IDatabaseProvider>().FaultOf(refused!)
        );
    }

    private async Task GoAwayAsync()
    {
        var away = _log.LoggedAsync("The database is down");
        while (!away.IsCompleted)
        {
            (await AskAsync(isSignedIn: false)).Dispose();
        }
    }

    private async Task<HttpResponseMessage> StreamAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = "subscription { articlePublished { articleId } }" });
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Longest);
    }

    // Errors about cookie keys do not count. They are logged at startup, because the stub has no keys.
    private static bool IsUnhandled(LogEntry entry) =>
        entry.Category.StartsWith("Microsoft.AspNetCore.Diagnostics", StringComparison.Ordinal)
        || entry.Category.StartsWith("Microsoft.AspNetCore.Server", StringComparison.Ordinal)
        || entry.Category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
        || entry.Category.StartsWith("Cms.GraphQL", StringComparison.Ordinal)
        || entry.Category == typeof(DatabaseErrors).FullName;

    private string Token() => Forged.Person(_issuer, "Editor").Sign();

    private async Task<HttpResponseMessage> AskAsync(bool isSignedIn)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = "{ personas { nodes { name } } }" });
        if (isSignedIn)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        }

        return await _client.SendAsync(request).WaitAsync(Longest);
    }

    private static async Task AssertUnavailableAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"code\":\"DATABASE_UNAVAILABLE\"", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("5", response.Headers.NonValidated["Retry-After"].ToString());
        Assert.Contains("The database does not respond. Try again in a few seconds.\"", body, StringComparison.Ordinal);
    }
}
