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

    // Runs all rules of axe-core, also the best practices.
    private const string Check = """
        async () => (await axe.run()).violations.map(
          ({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}`)
        """;

    private const string Wide = """
        () => document.documentElement.scrollWidth <= innerWidth ? [] :
          [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
            .map((e) => `is wider than the screen: ${e.tagName} ${e.className}`).slice(0, 5)
        """;

    extension(BrowsedSite site)
    {
        /// <summary>Opens a window in which a person of the development identity is signed in, on a page of the Studio.</summary>
        public async Task<BrowserWindow> OpenStudioAsync(string person, string path, Look? look = null)
        {
            var window = await site.OpenAsync(look ?? Look.Desktop);
            window.Page.SetDefaultTimeout(Longest);
            await window.GoAsync("/signin?returnUrl=" + Uri.EscapeDataString(path));
            await window.Page.Locator($"a.person.{person}").ClickAsync();
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
                foreach (var check in new[] { Check, Wide })
                {
                    var found = await window.Page.EvaluateAsync<string[]>(check);
                    faults.AddRange(found.Select(fault => $"{path} {fault}"));
                }
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
