using System.Net;
using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Partners.Takedowns;
using Cms.People;
using Cms.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>Editors see in the Studio which partners have confirmed a takedown, and download its receipt.</summary>
[Needs("server")]
public sealed class StudioTakedownTests : StudioSuite
{
    private const string Takedowns = "/studio/takedowns";

    private readonly Viewer _reader = new()
    {
        Kind = ViewerKind.Partner,
        Key = new(Guid.CreateVersion7(), Guid.CreateVersion7()),
        MaySyndicate = true,
    };

    [Fact]
    public async Task An_editor_sees_who_has_confirmed_and_downloads_the_receipt()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();
        Assert.Contains("All partners have confirmed", await ReadAsync(browser, Takedowns), StringComparison.Ordinal);
        Assert.Contains(
            "There are no takedowns yet",
            await ReadAsync(browser, Takedowns + "?list=all"),
            StringComparison.Ordinal
        );

        var (article, id) = await KilledAsync();
        var list = await ReadAsync(browser, Takedowns);
        Assert.Contains("Studio story", list, StringComparison.Ordinal);
        Assert.Contains("0 of 1 partner has confirmed.", list, StringComparison.Ordinal);
        var path = $"{Takedowns}/{id}";
        Assert.Contains(path, list, StringComparison.Ordinal);
        var page = await ReadAsync(browser, path);
        Assert.Contains("Studio Post", page, StringComparison.Ordinal);
        Assert.Contains("Not confirmed", page, StringComparison.Ordinal);
        Assert.Contains("edition 1, by GraphQL", page, StringComparison.Ordinal);
        Assert.Contains(
            path,
            await ReadAsync(browser, $"/studio/articles/{article.Id}/manage"),
            StringComparison.Ordinal
        );

        Clock.Advance(TimeSpan.FromHours(1));
        await Server.Services.GetRequiredService<EscalateTakedowns>().Handle(default);
        Assert.Contains("Overdue", await ReadAsync(browser, Takedowns + "?list=overdue"), StringComparison.Ordinal);
        var inbox = await ReadAsync(browser, "/studio/inbox");
        Assert.Contains(
            "Studio Post did not confirm in time that the copies are deleted.",
            inbox,
            StringComparison.Ordinal
        );
        Assert.Contains($"href=\"{path}\"", inbox, StringComparison.Ordinal);

        await new GraphQLClient(Server.Services).DoAsync(_reader, "acknowledgeTakedown", new { id }, "takedown { id }");
        page = await ReadAsync(browser, path);
        Assert.Contains("1 of 1 partner has confirmed.", page, StringComparison.Ordinal);
        Assert.Contains("by GraphQL. Application", page, StringComparison.Ordinal);
        Assert.DoesNotContain("did not confirm", await ReadAsync(browser, "/studio/inbox"), StringComparison.Ordinal);

        using var json = await browser.GetAsync(path + "/receipt.json");
        using var jws = await browser.GetAsync(path + "/receipt.jws");
        Assert.Equal(id, (string?)JsonNode.Parse(await json.Content.ReadAsStringAsync())!["takedown"]);
        Assert.Equal("takedown-receipt.json", json.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("application/jose", jws.Content.Headers.ContentType!.MediaType);
        Assert.Equal(3, (await jws.Content.ReadAsStringAsync()).Split('.').Length);
        Assert.True(jws.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Others_are_told_whom_to_ask_and_an_unknown_takedown_has_a_page_and_no_receipt()
    {
        Issuer.Person["roles"] = new[] { "Author" };
        using var author = await BrowserAsync();
        Assert.Contains("Only editors can see takedowns", await ReadAsync(author, Takedowns), StringComparison.Ordinal);
        var (_, id) = await KilledAsync();
        using var refused = await author.GetAsync($"{Takedowns}/{id}/receipt.jws");
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);

        Issuer.Person["roles"] = new[] { "Editor" };
        using var editor = await BrowserAsync();
        const string unknown = Takedowns + "/edn_00000000000000000000000000000001";
        Assert.Contains("There is no such takedown", await ReadAsync(editor, unknown), StringComparison.Ordinal);
        using var none = await editor.GetAsync(unknown + "/receipt.json");
        Assert.Equal((HttpStatusCode.Redirect, unknown), (none.StatusCode, none.Headers.Location!.OriginalString));
    }

    private async Task<(Article Article, string Id)> KilledAsync()
    {
        PartnerSteps steps = new(Server.Services);
        GraphQLClient client = new(Server.Services);
        var tag = await steps.TagAsync("Studio stories");
        var article = await steps.PublishedAsync("Studio story", tag);
        var partner = await steps.PartnerAsync("Studio Post", _reader.Key.ToString()!);
        await steps.AgreeAsync(partner, new { tags = new[] { tag } });
        await client.AskAsync(_reader, "{ articles { nodes { headline } } }");
        return (article, await steps.TakedownAsync(article, Clock.GetUtcNow().AddHours(1)));
    }

    private static async Task<string> ReadAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
