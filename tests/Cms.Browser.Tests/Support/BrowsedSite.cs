using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests.Support;

/// <summary>The server in Development with the sample newsroom, and Chromium. Both are started once for all tests.</summary>
public sealed class BrowsedSite : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly DevelopmentServer _server = new(hasSample: true);
    private readonly Lazy<Task<Uri>> _address;
    private readonly Lazy<Task<IBrowser>> _browser;
    private string _editor = "";
    private IPlaywright? _playwright;

    public BrowsedSite() => (_address, _browser) = (new(StartAsync), new(LaunchAsync));

    /// <summary>A client without cookies that does not follow redirects.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_browser.IsValueCreated && _browser.Value.IsCompletedSuccessfully)
        {
            await (await _browser.Value).DisposeAsync();
        }

        _playwright?.Dispose();
        Client.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>Returns the URL of a path.</summary>
    public async Task<Uri> UrlAsync(string path) => new(await _address.Value, path);

    /// <summary>Requests a page without a browser.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path) => await Client.GetAsync(await UrlAsync(path));

    /// <summary>Opens a window of the browser. The test is skipped if there is no browser.</summary>
    public async Task<BrowserWindow> OpenAsync(Look look) =>
        await BrowserWindow.OpenAsync(await _browser.Value, await _address.Value, look);

    /// <summary>Opens a window on a network that the test can cut.</summary>
    public async Task<BrowserWindow> OpenAsync(Look look, Line line) =>
        await BrowserWindow.OpenAsync(await _browser.Value, line.Address, look);

    /// <summary>Opens a window on another server. The sample newsroom is not started for it.</summary>
    public async Task<BrowserWindow> OpenAsync(Look look, DevelopmentServer server) =>
        await BrowserWindow.OpenAsync(await _browser.Value, server.Address, look);

    /// <summary>Opens a network to the site that a test can cut.</summary>
    public async Task<Line> ConnectAsync() => new(await _address.Value);

    /// <summary>Sends a document of the desk as an editor, and returns its data. It must have no errors.</summary>
    public async Task<JsonNode> EditAsync(string query, object? variables = null)
    {
        var address = await _address.Value;
        var data = await AskAsync(address, _editor, query, variables);
        Assert.All(
            data.AsObject().Select(field => field.Value?["errors"]?.AsArray()).OfType<JsonArray>(),
            errors => Assert.True(errors.Count == 0, errors.ToJsonString())
        );
        return data;
    }

    private async Task<Uri> StartAsync()
    {
        await _server.StartAsync();
        _editor = await _server.TokenAsync("editor");
        await WithdrawAsync(_server.Address, _editor);
        return _server.Address;
    }

    // The sample newsroom has no withdrawn article.
    private async Task WithdrawAsync(Uri address, string token)
    {
        var found = await AskAsync(
            address,
            token,
            $$"""{ old: article(slug: "{{TestedPages.Withdrawn}}") { id } new: article(slug: "{{TestedPages.Successor}}") { id } }"""
        );
        var withdrawn = await AskAsync(
            address,
            token,
            $$"""
            mutation {
              withdrawArticle(input: {
                id: "{{found["old"]!["id"]}}", successor: "{{found["new"]!["id"]}}", acknowledgeUse: true,
                reason: "The measurements could not be repeated."
              }) { errors { __typename } }
            }
            """
        );
        Assert.Empty(withdrawn["withdrawArticle"]!["errors"]!.AsArray());
    }

    private async Task<JsonNode> AskAsync(Uri address, string token, string query, object? variables = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, "graphql"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = JsonContent.Create(new { query, variables });
        using var response = await Client.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return answer["data"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    private async Task<IBrowser> LaunchAsync()
    {
        // Assertions wait 5 seconds by default, although an answer may take as long as the action before it.
        Assertions.SetDefaultExpectTimeout(15_000);
        var program = NpmClients.Chromium();
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                // Chromium's sandbox refuses to run as root, as in containers.
                Args = Environment.IsPrivilegedProcess ? [.. Quiet, "--no-sandbox"] : Quiet,
            }
        );
    }
}

/// <summary>Lets all tests use one server and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class OneSite : ICollectionFixture<BrowsedSite>
{
    public const string Name = "The site";
}
