using System.Net;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests.Studio;

/// <summary>The preview beside the text: it shows the working copy on the reader site, and only to those who may see it.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class PreviewTests(BrowsedSite site)
{
    // Playwright's own scripts do not run in the frame, so the tests look into it as the Studio does.
    private const string Shown =
        "() => document.querySelector('.stage iframe:not(.is-next)')?.contentDocument?.body?.innerText ?? ''";

    [SkippableFact]
    public async Task The_preview_follows_the_text_and_the_changes_of_others()
    {
        var id = await site.DraftAsync("A harbour in the fog", "a-harbour-in-the-fog", "They began on Monday.");
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, $"/studio/articles/{id}");
        var page = window.Page;

        await page.PressAsync("Preview");
        await HasAsync(page, "They began on Monday.");
        Assert.Contains("A harbour in the fog", await page.EvaluateAsync<string>(Shown), StringComparison.Ordinal);
        await new EditorTab(page).WriteAsync(" They ended on Friday.");
        await HasAsync(page, "They began on Monday. They ended on Friday.");
        await site.SaveAsync(id, "A harbour in the sun");
        await HasAsync(page, "A harbour in the sun");

        Assert.Empty(window.Complaints);
    }

    [SkippableFact]
    public async Task Only_staff_who_may_see_the_draft_get_it_and_only_this_site_may_frame_it()
    {
        var id = await site.DraftAsync("A secret of the quay", "a-secret-of-the-quay", "Nobody knows yet.");
        var path = $"/preview/draft/{id}";

        using var anonymous = await site.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, anonymous.StatusCode);
        Assert.DoesNotContain("quay", await anonymous.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("DENY", anonymous.Headers.GetValues("X-Frame-Options").Single());

        await using var author = await site.OpenStudioAsync(StaffWindow.Author, "/studio/inbox");
        Assert.Equal(404, (await author.GoAsync(path, status: 404))!.Status);
        Assert.DoesNotContain("quay", await author.Page.ContentAsync(), StringComparison.Ordinal);

        await using var editor = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/inbox");
        var shown = (await editor.GoAsync(path))!;
        var headers = await shown.AllHeadersAsync();
        Assert.Contains("Nobody knows yet.", await editor.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(
            ("private, no-store", "SAMEORIGIN", "noindex", "no-referrer"),
            (headers["cache-control"], headers["x-frame-options"], headers["x-robots-tag"], headers["referrer-policy"])
        );
        Assert.Contains("frame-ancestors 'self'", headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Equal(0, await editor.Page.Locator("script[src]").CountAsync());
        Assert.Equal(404, (await editor.GoAsync("/preview/draft/nonsense", status: 404))!.Status);
        var studio = await (await editor.GoAsync("/studio/articles"))!.AllHeadersAsync();
        Assert.Equal("DENY", studio["x-frame-options"]);
        Assert.Contains("frame-ancestors 'none'", studio["content-security-policy"], StringComparison.Ordinal);
        Assert.Empty(editor.Complaints);
    }

    private static async Task HasAsync(IPage page, string text) =>
        await page.WaitForFunctionAsync($"(text) => ({Shown})().includes(text)", text);
}
