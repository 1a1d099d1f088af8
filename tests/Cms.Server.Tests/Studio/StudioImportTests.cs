using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Cms.Testing;
using Xunit;

namespace Cms.Server.Tests.Studio;

/// <summary>What administrators import in the Studio, with a browser without scripts.</summary>
[Needs("server")]
public sealed class StudioImportTests : StudioSuite
{
    private const string Imports = "/studio/imports";

    [Fact]
    public async Task An_administrator_sees_what_would_happen_and_then_imports_exactly_that()
    {
        Issuer.Person["roles"] = new[] { "Admin" };
        using var browser = await BrowserAsync();
        using var sent = await SendFilesAsync(
            browser,
            ("tide.md", "---\nheadline: A tide table for robots\nsummary: What it is for.\n---\nIt opened on Monday."),
            ("ebb.md", "---\nheadline: Ebb\ncolour: red\n---\nWords.")
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var path = sent.Headers.Location!.OriginalString;

        var check = WebUtility.HtmlDecode(await browser.GetStringAsync(path));
        Assert.Contains("1 to add, 1 that cannot be imported.", check, StringComparison.Ordinal);
        Assert.Contains("Import does not know the key ‘colour’.", check, StringComparison.Ordinal);
        Assert.DoesNotContain("/studio/articles/art_", check, StringComparison.Ordinal);
        var fingerprint = Regex.Match(check, "name=\"Fingerprint\" value=\"([0-9a-f]+)\"").Groups[1].Value;

        using var ran = await RunAsync(fingerprint);
        var done = WebUtility.HtmlDecode(await ran.Content.ReadAsStringAsync());
        Assert.Contains("The import has ended: 1 added, 1 not imported.", done, StringComparison.Ordinal);
        var article = Regex.Match(done, "href=\"(/studio/articles/art_[0-9a-f]+)\">A tide table for robots<");
        Assert.True(article.Success, done);
        using var opened = await browser.GetAsync(article.Groups[1].Value);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);

        // Sent twice, for example with the Back button.
        using var again = await RunAsync(fingerprint);
        var late = WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync());
        Assert.Contains("Something has changed since the files were checked", late, StringComparison.Ordinal);
        Assert.Contains("1 unchanged, 1 that cannot be imported.", late, StringComparison.Ordinal);

        var audit = WebUtility.HtmlDecode(await browser.GetStringAsync("/studio/audit?action=import"));
        Assert.Contains("Erin created", audit, StringComparison.Ordinal);

        async Task<HttpResponseMessage> RunAsync(string seen) =>
            await SendFormAsync(browser, path, "same-origin", [("_handler", "import"), ("Fingerprint", seen)]);
    }

    [Fact]
    public async Task Files_that_cannot_be_imported_are_refused_beside_the_form_and_files_that_have_gone_are_missed()
    {
        Issuer.Person["roles"] = new[] { "Admin" };
        using var browser = await BrowserAsync();

        using var wrong = await SendFilesAsync(browser, ("words.docx", "Words."));
        using var none = await SendFilesAsync(browser);
        var gone = WebUtility.HtmlDecode(
            await browser.GetStringAsync(Imports + "/upl_01980000000070008000000000000001")
        );

        Assert.Contains(
            "Import does not read ‘words.docx’.",
            WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Choose the files that you want to import.",
            await none.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains("These files are not here any more", gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editor_is_told_whom_to_ask()
    {
        Issuer.Person["roles"] = new[] { "Editor" };
        using var browser = await BrowserAsync();

        Assert.Contains(
            "Only administrators can use this page",
            await browser.GetStringAsync(Imports),
            StringComparison.Ordinal
        );
        using var sent = await SendFilesAsync(browser, ("tide.md", "Words."));
        Assert.NotEqual(HttpStatusCode.Redirect, sent.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendFilesAsync(
        HttpClient browser,
        params (string Name, string Text)[] files
    )
    {
        using MultipartFormDataContent form = [];
        form.Add(new StringContent("send"), "_handler");
        foreach (var (name, text) in files)
        {
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "Files", name);
        }

        using HttpRequestMessage request = new(HttpMethod.Post, Imports) { Content = form };
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        return await browser.SendAsync(request);
    }
}
