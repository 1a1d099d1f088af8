using System.Net;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>What the Studio answers to forms and addresses that are out of date.</summary>
[Needs("server")]
public sealed class StudioFormTests : StudioSuite
{
    private const string Article = "art_01980000000070008000000000000001";
    private const string Persona = "per_01980000000070008000000000000001";

    [Theory]
    [InlineData("/studio/board", $"_handler=move&Moved.Id={Article}&Moved.Version=1&Moved.Move=Submit")]
    [InlineData("/studio/board", $"_handler=move&Moved.Id={Article}&Moved.Version=1&Moved.Move=RequestChanges&Moved.Comment=Shorter")]
    [InlineData("/studio/calendar", $"_handler=move&Moved.Id={Article}&Moved.Version=1&Moved.At=2030-01-02T09:30")]
    [InlineData("/studio/panel", $"_handler=request&Take.Article={Article}&Take.Persona={Persona}&Take.Version=")]
    public async Task A_form_about_an_article_that_has_gone_says_so_on_its_page(string path, string form)
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();

        using var page = await SendFormAsync(
            browser,
            path,
            "same-origin",
            form.Split('&').Select(field => (field.Split('=')[0], field.Split('=')[1]))
        );

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("There is no such article.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_period_that_is_no_number_is_the_usual_one()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();

        using var page = await browser.GetAsync("/studio/media/expiring?days=soon");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(
            "No rights end in this period",
            await page.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }
}
