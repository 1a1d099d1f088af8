using Cms.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Cms.Browser.Tests.Studio;

/// <summary>What the tests of the Studio do with a window.</summary>
internal static class StaffWindow
{
    public const string Author = "author";
    public const string Editor = "editor";
    public const string Admin = "admin";

    private const float Longest = 10_000;

    private const string Wide = """
        () => document.documentElement.scrollWidth <= innerWidth ? [] :
          ['is wider than the screen', ...[...document.querySelectorAll('body *')]
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
            .map((e) => `is wider than the screen: ${e.tagName} ${e.className}`).slice(0, 5)]
        """;

    extension(BrowsedSite site)
    {
        /// <summary>Opens a window in which a person of the development identity is signed in, on a page of the Studio.</summary>
        public async Task<BrowserWindow> OpenStudioAsync(string person, string path, Look? look = null)
        {
            var window = await site.OpenAsync(look ?? Look.Desktop);
            window.Page.SetDefaultTimeout(Longest);
            await StudioVisits.SignInAsync(window, person, path);
            await window.Page.WaitForURLAsync(url => new Uri(url).PathAndQuery == path);
            return window;
        }
    }

    extension(BrowserWindow window)
    {
        /// <summary>Returns what is wrong with each of these pages for people who cannot see them well, and on this screen.</summary>
        public async Task<IReadOnlyList<string>> FaultsAsync(IEnumerable<string> paths)
        {
            List<string> faults = [];
            foreach (var path in paths)
            {
                await window.GoAsync(path);
                string[] found =
                [
                    .. await window.ViolationsAsync(),
                    .. await window.Page.EvaluateAsync<string[]>(Wide),
                ];
                faults.AddRange(found.Select(fault => $"{path} {fault}"));
            }

            return [.. faults, .. window.Complaints];
        }
    }

    extension(IPage page)
    {
        /// <summary>What the last form has done.</summary>
        public ILocator Notice => page.Locator(".banner[data-kind=done]");

        /// <summary>Why the last form was refused.</summary>
        public ILocator Refusal => page.Locator(".banner[data-kind=problem]");

        public Task EnterAsync(string label, string text) =>
            page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

        public Task PressAsync(string button) =>
            page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        public Task FollowAsync(string link) =>
            page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
    }
}
