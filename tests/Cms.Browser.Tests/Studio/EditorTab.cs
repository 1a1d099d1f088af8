using Cms.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>A tab with the editor of an article, and what a writer does there.</summary>
internal sealed class EditorTab
{
    private const string Keeps = """
        (words) => new Promise((resolve) => {
          const opened = indexedDB.open('cms-studio');
          opened.onsuccess = () => {
            const all = opened.result.transaction('drafts').objectStore('drafts').getAll();
            all.onsuccess = () => (opened.result.close(), resolve(JSON.stringify(all.result).includes(words)));
          };
        })
        """;

    // The page has drawn what it heard of after two frames.
    private const string Frames =
        "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))";

    public EditorTab(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>The text of the article.</summary>
    public ILocator Text => Page.Locator(".ProseMirror");

    public ILocator Headline => Page.GetByLabel("Headline", new() { Exact = true });

    public ILocator Summary => Page.GetByLabel("Summary", new() { Exact = true });

    /// <summary>Whether the text is saved, in words.</summary>
    public ILocator State => Page.Locator(".save");

    /// <summary>What the editor says below the bar.</summary>
    public ILocator Messages => Page.Locator(".messages");

    /// <summary>Opens an article in the first tab of a window.</summary>
    public static Task<EditorTab> OpenAsync(BrowserWindow window, string id) => OpenAsync(window, window.Page, id);

    /// <summary>Opens an article in a tab.</summary>
    public static async Task<EditorTab> OpenAsync(BrowserWindow window, IPage page, string id)
    {
        await page.GotoAsync(window.UrlOf($"/studio/articles/{id}"));
        EditorTab tab = new(page);
        await Expect(tab.Text).ToBeVisibleAsync();
        return tab;
    }

    /// <summary>Types words at the end of the text.</summary>
    public async Task WriteAsync(string words)
    {
        await Text.Locator(":scope > *").Last.ClickAsync();
        await Page.Keyboard.PressAsync("Control+End");
        await Page.EvaluateAsync(Frames);
        await TypeAsync(words);
    }

    /// <summary>Types words where the caret is.</summary>
    public async Task TypeAsync(string words)
    {
        await Page.Keyboard.TypeAsync(words);
        await Page.EvaluateAsync(Frames);
    }

    /// <summary>Types words at the end of a field.</summary>
    public async Task TypeAsync(ILocator field, string words)
    {
        await field.FocusAsync();
        await Page.Keyboard.PressAsync("Control+End");
        await TypeAsync(words);
    }

    /// <summary>Pastes plain text where the caret is, as if it came from another program.</summary>
    public Task PasteAsync(string text) =>
        Text.EvaluateAsync(
            """
            (surface, text) => {
              const clipboardData = new DataTransfer();
              clipboardData.setData('text/plain', text);
              surface.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
            }
            """,
            text
        );

    /// <summary>Saves at once, and returns when the screen says so.</summary>
    public async Task SaveAsync()
    {
        await Page.Keyboard.PressAsync("Control+s");
        await IsAsync("Saved");
    }

    /// <summary>Waits until the screen says in which state the text is.</summary>
    public Task IsAsync(string state) => Expect(State).ToHaveTextAsync(state, new() { Timeout = 30_000 });

    /// <summary>Waits until the screen says something below the bar.</summary>
    public Task SaysAsync(string words) => Expect(Messages).ToContainTextAsync(words, new() { Timeout = 15_000 });

    /// <summary>Waits until the device keeps some words.</summary>
    public Task KeepsAsync(string words) => Page.WaitForFunctionAsync(Keeps, words);

    public Task PressAsync(string button) =>
        Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task ShowAsync(string tab) => Page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
}
