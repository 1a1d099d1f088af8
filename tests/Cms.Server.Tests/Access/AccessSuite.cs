using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Access;
using Cms.Data;
using Cms.People;
using Cms.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cms.Server.Tests.Access;

/// <summary>A server with a fake clock and an issuer, new for each test.</summary>
/// <param name="issuerPort">The port on which the issuer listens; 0 for any free port.</param>
public abstract class AccessSuite(int issuerPort = 0) : IAsyncLifetime
{
    protected const string Erin = IssuerForge.Tenant + "/" + Forged.Erin;

    // A timeout much longer than any step takes.
    protected static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    protected FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    protected IssuerForge Issuer { get; } = new() { Port = issuerPort };

    protected NewsroomServer Server { get; private set; } = null!;

    /// <summary>Additional command-line arguments.</summary>
    protected virtual IReadOnlyList<string> Settings => [];

    /// <summary>Registers additional services.</summary>
    protected virtual Action<IServiceCollection>? More => null;

    /// <summary>Whether the issuer is started before the server.</summary>
    protected virtual bool BeginsWithIssuer => true;

    public async Task InitializeAsync()
    {
        if (BeginsWithIssuer)
        {
            await Issuer.InitializeAsync();
        }

        Server = new NewsroomServer
        {
            Settings = [.. Issuer.Settings, "--Cms:Streams:KeepAlive=1.00:00:00", .. Settings],
            More = services =>
            {
                services.AddSingleton<TimeProvider>(Clock);
                More?.Invoke(services);
            },
        };
        await Server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    protected string Token(params string[] roles) => Forged.Person(Issuer, roles).Sign();

    protected async Task<int> StatusAsync(string? token)
    {
        using var response = await AskAsync("{ viewer { name } }", token);
        return (int)response.StatusCode;
    }

    protected async Task<HttpResponseMessage> AskAsync(string query, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query });
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        return await Server.Client.SendAsync(request);
    }

    /// <summary>Signs Erin in with a browser. Returns the browser and the cookie that it sends.</summary>
    protected async Task<(HttpClient Browser, string Cookie)> SignInAsync()
    {
        var cookies = new CookieContainer();
        var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies })
        {
            BaseAddress = Server.Client.BaseAddress,
        };
        (await browser.GetAsync("/signin?returnUrl=/healthz/live")).EnsureSuccessStatusCode().Dispose();
        return (browser, cookies.GetCookieHeader(browser.BaseAddress!));
    }

    protected static async Task SignOutAsync(HttpClient browser)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signout?returnUrl=/healthz/live");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        (await browser.SendAsync(request)).EnsureSuccessStatusCode().Dispose();
    }

    /// <summary>Opens an event stream and returns a reader for its lines.</summary>
    protected async Task<StreamReader> StreamAsync(params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = "subscription { articlePublished { articleId } }" });
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await Server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var reader = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        Assert.Equal(":", await reader.ReadLineAsync());
        return reader;
    }

    /// <summary>
    /// Reads an event stream until the server ends it. Returns the code and the message of its error.
    /// </summary>
    protected static async Task<(string? Code, string? Message)> EndOfAsync(StreamReader stream)
    {
        var rest = await stream.ReadToEndAsync().WaitAsync(Longest);
        Assert.EndsWith("event: complete\ndata:\n\n", rest, StringComparison.Ordinal);
        var data = rest.Split('\n').Single(line => line.StartsWith("data: {", StringComparison.Ordinal))[
            "data: ".Length..
        ];
        var error = JsonNode.Parse(data)!["errors"]![0]!;
        return ((string?)error["extensions"]!["code"], (string?)error["message"]);
    }

    /// <summary>Blocks Erin on a server that uses this test's database.</summary>
    protected static async Task BlockAsync(IServiceProvider at)
    {
        var result = await at.GetRequiredService<BlockPerson>()
            .Handle(
                new() { Person = Erin, Reason = "Left" },
                new Viewer
                {
                    Kind = ViewerKind.Person,
                    Role = Role.Admin,
                    Key = new PersonKey(Guid.Parse(IssuerForge.Tenant), Guid.Parse(Forged.App)),
                }.ToActor(),
                default
            );
        Assert.False(result.IsRefused);
    }

    protected Task<CmsDbContext> OpenAsync() =>
        Server.Services.GetRequiredService<IDbContextFactory<CmsDbContext>>().CreateDbContextAsync();
}
