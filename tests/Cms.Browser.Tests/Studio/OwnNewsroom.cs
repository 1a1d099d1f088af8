using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Browser.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests.Studio;

/// <summary>An empty newsroom on a server of its own, which tests can kill and start again.</summary>
public sealed class OwnNewsroom(BrowsedSite site) : IAsyncLifetime
{
    private const string SessionCookie = "cms-session";

    private readonly DevelopmentServer _server = new(hasSample: false);
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false });
    private readonly Dictionary<string, Cookie> _sessions = new(StringComparer.Ordinal);

    public Uri Address => _server.Address;

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>Kills the server immediately, as <c>kill -9</c> does.</summary>
    public Task KillAsync() => _server.KillAsync();

    /// <summary>Starts the server again, with the same data at the same address.</summary>
    public Task StartAsync() => _server.StartAsync();

    /// <summary>Opens a window in which nobody is signed in.</summary>
    public async Task<BrowserWindow> OpenAsync()
    {
        var window = await site.OpenAsync(Look.Desktop, _server);
        window.Page.Context.SetDefaultTimeout(15_000);
        return window;
    }

    /// <summary>Opens a window in which a person of the development identity is signed in.</summary>
    public async Task<BrowserWindow> OpenAsync(string person)
    {
        var window = await OpenAsync();
        await BeAsync(window, person);
        return window;
    }

    /// <summary>Lets a window have a session of somebody else, as after a sign-in in another tab.</summary>
    public async Task BeAsync(BrowserWindow window, string person)
    {
        await EndSessionAsync(window);
        await window.Page.Context.AddCookiesAsync([await SessionOfAsync(person)]);
    }

    /// <summary>Ends the session of a window, as after eight hours.</summary>
    public static Task EndSessionAsync(BrowserWindow window) =>
        window.Page.Context.ClearCookiesAsync(new() { Name = SessionCookie });

    /// <summary>Sends a document as a person, and returns its data. Nothing in it may be refused.</summary>
    public async Task<JsonNode> AskAsync(string person, string query, object? variables = null)
    {
        var answer = await TryAsync(person, query, variables);
        var data = answer["data"] ?? throw new InvalidOperationException(answer.ToJsonString());
        Assert.All(
            data.AsObject().Select(field => field.Value?["errors"]?.AsArray()).OfType<JsonArray>(),
            errors => Assert.True(errors.Count == 0, errors.ToJsonString())
        );
        return data;
    }

    /// <summary>Sends a document as a person, and returns the whole answer.</summary>
    public async Task<JsonNode> TryAsync(string person, string query, object? variables = null)
    {
        var session = await SessionOfAsync(person);
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(Address, "graphql"));
        request.Headers.Add("Cookie", $"{session.Name}={session.Value}");
        request.Headers.Add("GraphQL-Preflight", "1");
        request.Content = JsonContent.Create(new { query, variables });
        using var response = await _client.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>Lets a person begin an article with one paragraph, and returns its id.</summary>
    public async Task<string> DraftAsync(string person, string headline, string text = "It began in the morning.")
    {
        var made = await AskAsync(
            person,
            """
            mutation ($headline: String!, $text: String!) {
              createArticle(input: { headline: $headline, body: { markdown: $text } }) {
                article { id } errors { ... on UserError { message } }
              }
            }
            """,
            new { headline, text }
        );
        return (string)made["createArticle"]!["article"]!["id"]!;
    }

    /// <summary>Saves some fields of an article as a person, whatever the others have saved.</summary>
    public async Task SaveAsync(string person, string id, JsonObject fields)
    {
        fields["id"] = id;
        await AskAsync(
            person,
            "mutation ($input: SaveArticleInput!) { saveArticle(input: $input) { errors { ... on UserError { message } } } }",
            new { input = fields }
        );
    }

    /// <summary>Returns what the server has of an article.</summary>
    public async Task<StoredArticle> StoredAsync(string id) =>
        new(
            (
                await AskAsync(
                    StaffWindow.Admin,
                    """
                    query ($id: ID!) {
                      desk {
                        article(id: $id) {
                          headline slug summary updatedBy revisionCount scheduledAt tags { id }
                          body { plainText json }
                          panel { take { text } }
                        }
                      }
                    }
                    """,
                    new { id }
                )
            )["desk"]!["article"]!
        );

    private async Task<Cookie> SessionOfAsync(string person)
    {
        if (!_sessions.TryGetValue(person, out var session))
        {
            await using var window = await OpenAsync();
            await StudioVisits.SignInAsync(window, person, "/studio/articles");
            var cookies = await window.Page.Context.CookiesAsync();
            var found = cookies.Single(cookie => cookie.Name == SessionCookie);
            _sessions[person] = session = new Cookie
            {
                Name = found.Name,
                Value = found.Value,
                Url = Address.AbsoluteUri,
                HttpOnly = true,
                SameSite = SameSiteAttribute.Lax,
            };
        }

        return session;
    }
}

/// <summary>What the server has of an article.</summary>
public sealed record StoredArticle(JsonNode Node)
{
    public string Headline => (string)Node["headline"]!;

    public string Slug => (string)Node["slug"]!;

    public string? Summary => (string?)Node["summary"];

    public string Text => (string?)Node["body"]?["plainText"] ?? "";

    public string UpdatedBy => (string)Node["updatedBy"]!;

    /// <summary>The texts of the takes that have one.</summary>
    public IReadOnlyList<string> Takes =>
        [.. Node["panel"]!.AsArray().Select(cell => (string?)cell!["take"]?["text"]).OfType<string>()];
}
