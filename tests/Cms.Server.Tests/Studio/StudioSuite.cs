using System.Net.Http.Json;
using Cms.Server.Tests.Access;
using Cms.Studio;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>A server whose Studio is used by a browser without scripts.</summary>
public abstract class StudioSuite : AccessSuite
{
    private protected const string List = "/studio/articles";

    private protected async Task<HttpClient> BrowserAsync()
    {
        var (browser, cookie) = await SignInAsync();
        browser.Dispose();
        return NewBrowser(cookie);
    }

    private protected HttpClient NewBrowser(string? cookie)
    {
        HttpClient browser = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = Server.Client.BaseAddress,
        };
        if (cookie is not null)
        {
            browser.DefaultRequestHeaders.Add("Cookie", cookie);
        }

        return browser;
    }

    private protected static Task<HttpResponseMessage> SendFormAsync(
        HttpClient browser,
        string site,
        params IEnumerable<(string Name, string Value)> fields
    ) => SendFormAsync(browser, List, site, fields);

    private protected static async Task<HttpResponseMessage> SendFormAsync(
        HttpClient browser,
        string path,
        string site,
        IEnumerable<(string Name, string Value)> fields
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        return await browser.SendAsync(request);
    }

    /// <summary>Saves an article as the editor does.</summary>
    private protected static async Task SaveArticleAsync(HttpClient browser, object input)
    {
        using HttpRequestMessage save = new(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(
                new { documentId = StudioHost.Operations.IdOf("EditorSave"), variables = new { input } }
            ),
        };
        save.Headers.Add("GraphQL-Preflight", "1");
        using var saved = await browser.SendAsync(save);
        Assert.Contains("\"errors\":[]", await saved.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
