using Cms.Server.Tests.Access;

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
}
