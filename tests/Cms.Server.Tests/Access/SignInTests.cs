using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Cms.Access;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Cms.Server.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Access;

[Needs("server")]
public sealed class SignInSettingsTests
{
    private const string Id = IssuerForge.Tenant;

    [Theory]
    [InlineData("AzureAd:TenantId=common", "AzureAd:ClientId=" + Id)]
    [InlineData("AzureAd:TenantId=Organizations", "AzureAd:ClientId=" + Id)]
    [InlineData("AzureAd:TenantId=consumers", "AzureAd:ClientId=" + Id)]
    [InlineData("AzureAd:TenantId=contoso.example", "AzureAd:ClientId=" + Id)]
    [InlineData("AzureAd:TenantId=" + Id)]
    [InlineData("AzureAd:ClientId=" + Id)]
    [InlineData("AzureAd:TenantId=" + Id, "AzureAd:ClientId=app")]
    [InlineData("AzureAd:TenantId=00000000-0000-0000-0000-000000000000", "AzureAd:ClientId=" + Id)]
    [InlineData("AzureAd:ClientSecret=s")]
    [InlineData("AzureAd:ManagedIdentity=" + Id)]
    [InlineData("AzureAd:TenantId=" + Id, "AzureAd:ClientId=" + Id, "AzureAd:ManagedIdentity=id-cms")]
    [InlineData(
        "AzureAd:TenantId=" + Id,
        "AzureAd:ClientId=" + Id,
        "AzureAd:ManagedIdentity=" + Id,
        "AzureAd:ClientSecret=s"
    )]
    [InlineData("AzureAd:PartnerTenants:0=" + Id)]
    [InlineData("AzureAd:TenantId=" + Id, "AzureAd:ClientId=" + Id, "AzureAd:PartnerTenants:0=common")]
    [InlineData("AzureAd:TenantId=" + Id, "AzureAd:ClientId=" + Id, "AzureAd:Instance=http://login.example/")]
    [InlineData("AzureAd:TenantId=" + Id, "AzureAd:ClientId=" + Id, "AzureAd:Instance=login.example")]
    [InlineData("AzureAd:TenantId=" + Id, "AzureAd:ClientId=" + Id, "AzureAd:Instance=https://u:p@login.example/")]
    [InlineData("AzureAd:TenantId=" + Id, "AzureAd:ClientId=" + Id, "Auth:JwksRefreshSeconds=0")]
    [InlineData("AzureAd:TenantId=" + Id, "AzureAd:ClientId=" + Id, "Auth:JwksRefreshSeconds=soon")]
    [InlineData("AzureAd:TenantId=" + Id, "AzureAd:ClientId=" + Id, "Auth:IssuerTimeoutSeconds=61")]
    public void Unsafe_or_incomplete_settings_are_rejected_with_a_sentence_that_says_what_to_set(
        params string[] settings
    )
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Split('=')[0], (string?)s.Split('=')[1])))
            .Build();

        var refused = Assert.Throws<CannotStartException>(() => EntraSettings.Read(configuration));

        Assert.Contains("set ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/explorer/", "/explorer/")]
    [InlineData("/a/b?c=https://d.example/", "/a/b?c=https://d.example/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("explorer", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\n/evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    [InlineData(" //evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/%2f/evil.example", "/")]
    [InlineData("/%5cevil.example", "/")]
    [InlineData("/.//evil.example", "/")]
    [InlineData("/..//evil.example", "/")]
    [InlineData("/%2e%2e//evil.example", "/")]
    [InlineData("/a//b", "/")]
    [InlineData("@evil.example", "/")]
    public void Signing_in_returns_only_to_addresses_of_this_site(string? requested, string expected) =>
        Assert.Equal(expected, ReturnAddress.Of(requested));
}

[Needs("server")]
public sealed class SignInTests : IAsyncLifetime
{
    private const string Subject = IssuerForge.Tenant + "/" + Forged.Erin;
    private readonly IssuerForge _issuer = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly Written _written = new();
    private NewsroomServer _server = null!;

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _server = new NewsroomServer
        {
            Settings = [.. _issuer.Settings, "--Logging:LogLevel:Default=Trace", "--Cms:Streams:KeepAlive=01:00:00"],
            More = services => services.AddSingleton<TimeProvider>(_clock).AddSingleton<ILoggerProvider>(_written),
        };
        await _server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task While_the_issuer_fails_known_keys_work_unknown_keys_get_401_and_anonymous_callers_can_read()
    {
        var known = Forged.Person(_issuer, "Editor").Sign();
        Assert.Equal(200, await StatusAsync(known));
        _issuer.Fails = true;
        _clock.Advance(TimeSpan.FromMinutes(1));
        var unknown = Forged.Person(_issuer, "Editor").Head("kid", "unknown").Sign();

        Assert.Equal(401, await StatusAsync(unknown));
        Assert.Equal(200, await StatusAsync(known));
        Assert.Equal(200, await StatusAsync(null));
    }

    [Fact]
    public async Task Tokens_are_rejected_until_an_issuer_that_was_down_at_startup_recovers()
    {
        _issuer.Fails = true;
        var token = Forged.Person(_issuer, "Editor").Sign();
        Assert.Equal(401, await StatusAsync(token));
        _issuer.Fails = false;
        _clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(200, await StatusAsync(token));
    }

    [Fact]
    public async Task Many_unknown_keys_cause_at_most_two_fetches()
    {
        await StatusAsync(Forged.Person(_issuer).Sign());
        _clock.Advance(TimeSpan.FromSeconds(31));

        await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => StatusAsync(Forged.Person(_issuer).Head("kid", $"k{i}").Sign()))
        );

        Assert.InRange(_issuer.Fetches, 1, 2);
    }

    [Fact]
    public async Task A_new_key_is_fetched_and_a_removed_key_is_no_longer_accepted()
    {
        var before = Forged.Person(_issuer, "Editor").Sign();
        Assert.Equal(200, await StatusAsync(before));
        _issuer.Rotate();
        _clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(200, await StatusAsync(Forged.Person(_issuer, "Editor").Sign()));
        Assert.Equal(401, await StatusAsync(before));
    }

    [Fact]
    public async Task A_blocked_person_gets_403_immediately_and_is_accepted_again_after_being_unblocked()
    {
        var token = Forged.Person(_issuer, "Editor").Sign();
        Assert.Equal(200, await StatusAsync(token));

        await BlockAsync();
        Assert.Equal(403, await StatusAsync(token));
        await _server
            .Services.GetRequiredService<UnblockPerson>()
            .Handle(new() { Person = Subject }, Admin(Forged.App), default);

        Assert.Equal(200, await StatusAsync(token));
    }

    [Fact]
    public async Task Administrators_cannot_block_themselves()
    {
        var result = await _server
            .Services.GetRequiredService<BlockPerson>()
            .Handle(new() { Person = Subject, Reason = "By mistake" }, Admin(Forged.Erin), default);

        Assert.IsType<CannotBlockYourself>(Assert.Single(result.Errors));
    }

    [Theory]
    [InlineData("authorization", "Bearer ")]
    [InlineData("token", "")]
    public async Task A_socket_signed_in_by_its_first_message_is_closed_when_the_token_expires(
        string name,
        string before
    )
    {
        using var socket = await ConnectAsync(
            $$$"""{"type":"connection_init","payload":{"{{{name}}}":"{{{before}}}{{{Forged.Person(_issuer, "Editor").Sign()}}}"}}"""
        );
        Assert.Contains("connection_ack", await ReadAsync(socket), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromHours(2));

        await ReadAsync(socket);
        Assert.Equal((4403, "Token expired"), ((int)socket.CloseStatus!, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task The_socket_of_a_person_who_becomes_blocked_is_closed()
    {
        using var socket = await ConnectAsync(
            $$$"""{"type":"connection_init","payload":{"token":"{{{Forged.Person(_issuer, "Editor").Sign()}}}"}}"""
        );
        await ReadAsync(socket);

        await BlockAsync();

        await ReadAsync(socket);
        Assert.Equal((4403, "Forbidden"), ((int)socket.CloseStatus!, socket.CloseStatusDescription));
    }

    [Theory]
    [InlineData("""{"token":"a.b.c"}""")]
    [InlineData("""{"token":1}""")]
    [InlineData("""{"authorization":"Basic x"}""")]
    [InlineData("""{"token":"a.b.c","authorization":"Bearer a.b.c"}""")]
    public async Task A_socket_with_an_invalid_token_is_closed_with_4403(string payload)
    {
        using var socket = await ConnectAsync($$"""{"type":"connection_init","payload":{{payload}}}""");

        await ReadAsync(socket);
        Assert.Equal(4403, (int)socket.CloseStatus!);
    }

    [Fact]
    public async Task An_event_stream_ends_with_an_error_when_its_token_expires()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = "subscription { articlePublished { articleId } }" });
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Forged.Person(_issuer).Sign());
        using var response = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(":", await reader.ReadLineAsync());

        _clock.Advance(TimeSpan.FromHours(2));

        var rest = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Contains("Your token or session has expired", rest, StringComparison.Ordinal);
        Assert.Contains("event: complete", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cross_site_requests_with_a_session_are_rejected_and_an_expired_session_gets_one_401()
    {
        using var browser = Browser();
        using var signedIn = await browser.GetAsync("/signin?returnUrl=/healthz/live");
        Assert.Equal("/healthz/live", signedIn.RequestMessage!.RequestUri!.AbsolutePath);

        Assert.Contains("\"EDITOR\"", await AskAsync(browser, HttpStatusCode.OK), StringComparison.Ordinal);
        await AskAsync(browser, HttpStatusCode.Forbidden, ("Sec-Fetch-Site", "cross-site"));
        await AskAsync(browser, HttpStatusCode.Forbidden, ("Origin", "https://evil.example"));
        await AskAsync(browser, HttpStatusCode.Forbidden, ("X-Nothing", "1"));
        _clock.Advance(TimeSpan.FromHours(9));
        await AskAsync(browser, HttpStatusCode.Unauthorized);
        Assert.Contains("\"viewer\":null", await AskAsync(browser, HttpStatusCode.OK), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_pages_of_this_site_can_sign_a_browser_out()
    {
        using var browser = Browser();
        (await browser.GetAsync("/signin?returnUrl=/healthz/live")).Dispose();
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/signout", null)).StatusCode);
        Assert.Contains("\"EDITOR\"", await AskAsync(browser, HttpStatusCode.OK), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/signout?returnUrl=/healthz/live");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        (await browser.SendAsync(request)).EnsureSuccessStatusCode();

        Assert.Contains("\"viewer\":null", await AskAsync(browser, HttpStatusCode.OK), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_logged_at_any_level()
    {
        var token = Forged.Person(_issuer, "Editor").Sign();
        await StatusAsync(token);
        await StatusAsync(token[..^6]);
        (await _server.Client.GetAsync($"/graphql?query={{__typename}}&access_token={token}")).Dispose();
        using var browser = Browser();
        (await browser.GetAsync("/signin?returnUrl=/healthz/live")).Dispose();
        await AskAsync(browser, HttpStatusCode.OK);
        await using var db = _server
            .Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<CmsDbContext>>()
            .CreateDbContext();
        var key = db.ProtectionKeys.First().Xml;
        var material = System.Xml.Linq.XElement.Parse(key).Descendants("value").First().Value;

        var log = string.Join('\n', _written.Lines);

        Assert.NotEmpty(log);
        Assert.All(
            [token, token.Split('.')[1], token.Split('.')[2], IssuerForge.Secret, material, "code=", "access_token="],
            secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Servers_on_the_same_database_can_read_each_others_cookies()
    {
        await using var other = CmsHost.Build([.. _server.DatabaseArguments, "--urls=http://127.0.0.1:0"]);
        var text = _server.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("x").Protect("hello");

        Assert.Equal(
            "hello",
            other.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("x").Unprotect(text)
        );
    }

    private static Actor Admin(string id) =>
        new Viewer
        {
            Kind = ViewerKind.Person,
            Role = Role.Admin,
            Key = new PersonKey(Guid.Parse(IssuerForge.Tenant), Guid.Parse(id)),
        }.ToActor();

    private async Task BlockAsync()
    {
        var result = await _server
            .Services.GetRequiredService<BlockPerson>()
            .Handle(new() { Person = Subject, Reason = "Left" }, Admin(Forged.App), default);
        Assert.False(result.IsRefused);
    }

    private async Task<int> StatusAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = "{ viewer { name } }" });
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        using var response = await _server.Client.SendAsync(request);
        return (int)response.StatusCode;
    }

    private HttpClient Browser() =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = _server.Client.BaseAddress,
        };

    private static async Task<string> AskAsync(
        HttpClient browser,
        HttpStatusCode expected,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = "{ viewer { roles } }" });
        foreach (var (name, value) in headers is [] ? [("GraphQL-Preflight", "1")] : headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await browser.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<ClientWebSocket> ConnectAsync(string message)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new Uri($"ws://{_server.Client.BaseAddress!.Authority}/graphql"), default);
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, default);
        return socket;
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[8_192];
        var read = await socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }

    private sealed class Written : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
