using Cms.Browser.Tests.Support;
using Cms.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>The pages with which editors organise the site: who may use them, and what wrong addresses say.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class OrganisingTests(BrowsedSite site)
{
    private static readonly string[] Pages =
    [
        "/studio/fronts",
        "/studio/fronts/home",
        "/studio/categories",
        "/studio/categories/new",
        "/studio/tags",
        "/studio/tags?q=nothing-like-this",
        "/studio/sources",
        "/studio/sources/new",
        "/studio/authors",
        "/studio/authors/new",
        "/studio/redirects",
        "/studio/people",
        "/studio/people/blocked",
        "/studio/people/block",
        "/studio/audit",
        "/studio/imports",
    ];

    [SkippableFact]
    public async Task An_author_is_told_whom_to_ask_and_finds_none_of_these_pages_in_the_navigation()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Author, "/studio/articles");

        await Expect(window.Page.Locator(".rail a[href='/studio/articles']")).Not.ToHaveCountAsync(0);
        await Expect(
                window.Page.Locator(
                    ".rail a:is([href='/studio/fronts'], [href='/studio/categories'], [href='/studio/redirects'], [href='/studio/people'], [href='/studio/audit'], [href='/studio/imports'])"
                )
            )
            .ToHaveCountAsync(0);
        foreach (var path in Pages)
        {
            await window.GoAsync(path);
            await Expect(window.Page.Locator(".empty")).ToContainTextAsync("can use this page");
            await Expect(window.Page.Locator("main form")).ToHaveCountAsync(0);
        }
    }

    [SkippableTheory]
    [InlineData("/studio/tags/tag_01980000000070008000000000000001", "There is no such tag. It may have been deleted.")]
    [InlineData("/studio/tags/nonsense", "This is not a valid id")]
    [InlineData("/studio/fronts/cat_01980000000070008000000000000001", "There is no such category.")]
    [InlineData("/studio/tags?after=nonsense", "This page of the list does not exist any more.")]
    public async Task An_address_that_leads_nowhere_says_what_to_do(string path, string sentence)
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Editor, path);

        await Expect(window.Page.Locator(".empty")).ToContainTextAsync(sentence);
        await Expect(window.Page.Locator(".empty a.button")).ToBeVisibleAsync();
    }
}
