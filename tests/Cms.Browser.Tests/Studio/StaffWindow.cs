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
    private const int Phone = 390;
    private const int Desktop = 1440;

    // The desktop comes last, because most steps of the tests need its size.
    private static readonly (int Width, int Height)[] Sizes = [(320, 800), (Phone, 844), (768, 1024), (Desktop, 900)];

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
        /// <summary>
        /// Returns what is wrong with the open page for people who cannot see it well, on phones and desktops, light and
        /// dark. The page stays open, so that it can be checked in every state.
        /// </summary>
        /// <param name="state">The name of what is shown, for the messages.</param>
        public async Task<IReadOnlyList<string>> FaultsAsync(string state)
        {
            // The page that a link leads to is here when the one before it no longer waits for it.
            await Assertions.Expect(window.Page.Locator("html[data-waits]")).ToHaveCountAsync(0);
            await window.Page.WaitForLoadStateAsync();
            List<string> faults = [];
            foreach (var (width, height) in Sizes)
            {
                await window.Page.SetViewportSizeAsync(width, height);
                faults.AddRange(
                    (await window.Page.EvaluateAsync<string[]>(Wide)).Select(fault => $"{state} ({width}) {fault}")
                );
                if (width is not (Phone or Desktop))
                {
                    continue;
                }

                // Only contrast depends on the colours.
                await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
                var light = await window.ViolationsAsync();
                await window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
                var dark = await window.ViolationsAsync("color-contrast");
                faults.AddRange(light.Select(fault => $"{state} ({width} light) {fault}"));
                faults.AddRange(dark.Select(fault => $"{state} ({width} dark) {fault}"));
            }

            return faults;
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
