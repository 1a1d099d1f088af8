using Cms.Browser.Tests.Support;

namespace Cms.Browser.Tests.Studio;

/// <summary>How members of staff come to the Studio.</summary>
internal static class StudioVisits
{
    /// <summary>Signs a person of the development identity in, and returns on a page of the Studio.</summary>
    public static async Task SignInAsync(BrowserWindow window, string person, string path)
    {
        await window.GoAsync("/signin?returnUrl=" + Uri.EscapeDataString(path));
        await window.Page.Locator($"a.person.{person}").ClickAsync();
        await window.Page.WaitForURLAsync(url =>
            new Uri(url).AbsolutePath.StartsWith("/studio/", StringComparison.Ordinal)
        );
    }
}
