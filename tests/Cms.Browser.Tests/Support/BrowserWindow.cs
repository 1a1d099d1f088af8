using System.Collections.Concurrent;
using Cms.Testing;
using Microsoft.Playwright;

namespace Cms.Browser.Tests.Support;

/// <summary>How a reader's device shows pages.</summary>
public sealed record Look(int Width, int Height, ColorScheme Scheme = ColorScheme.Light)
{
    /// <summary>Whether the browser runs scripts.</summary>
    public bool HasScripts { get; init; } = true;

    /// <summary>Whether pages load axe-core, which checks accessibility.</summary>
    public bool HasAxe { get; init; }

    public static Look Desktop { get; } = new(1440, 900);

    public static Look Phone { get; } = new(390, 844);

    public override string ToString() => FormattableString.Invariant($"{Width} {Scheme}");
}

/// <summary>A window of the browser with its own cookies and cache. It records what pages complain about and request.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    // Runs all rules of axe-core, also the best practices, or only those that are named.
    private const string Axe = """
        async (rules) => (await axe.run(rules.length > 0 ? { runOnly: rules } : {})).violations.map(
          ({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}`)
        """;

    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly ConcurrentDictionary<string, int> _expected = new(StringComparer.Ordinal);

    private BrowserWindow(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page, _address) = (context, page, address);
        Watch(page);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and uncaught exceptions.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>The URLs that the window has requested.</summary>
    public ConcurrentQueue<Uri> Requests { get; } = [];

    /// <summary>Starts the recording of layout shifts and of the largest paint, before the scripts of a page.</summary>
    public Task RecordPaintsAsync() =>
        _context.AddInitScriptAsync(
            """
            window.shifts = [];
            window.largest = 0;
            new PerformanceObserver((list) => {
              for (const shift of list.getEntries()) {
                if (!shift.hadRecentInput) shifts.push([shift.value, ...shift.sources.map(({ node }) => node?.className || node?.nodeName)]);
              }
            }).observe({ type: 'layout-shift', buffered: true });
            new PerformanceObserver((list) => {
              for (const paint of list.getEntries()) largest = paint.startTime;
            }).observe({ type: 'largest-contentful-paint', buffered: true });
            """
        );

    /// <summary>Counts in <c>greetings</c> how often the site has confirmed that it sends changes to a page.</summary>
    public Task RecordGreetingsAsync() =>
        _context.AddInitScriptAsync(
            """
            window.greetings = 0;
            window.EventSource = class extends EventSource {
              constructor(url) {
                super(url);
                this.addEventListener('hello', () => (greetings += 1));
              }
            };
            """
        );

    /// <summary>Ends the stream of live changes, so that the network of the window becomes idle.</summary>
    public Task EndLiveChangesAsync() =>
        _context.RouteAsync(
            url => new Uri(url).AbsolutePath == "/live",
            route => route.FulfillAsync(new RouteFulfillOptions { Status = 204 })
        );

    /// <summary>Returns the URL of a path.</summary>
    public string UrlOf(string path) => new Uri(_address, path).AbsoluteUri;

    /// <summary>Opens one more tab, which has the same cookies and storage.</summary>
    public async Task<IPage> OpenTabAsync()
    {
        var page = await _context.NewPageAsync();
        Watch(page);
        return page;
    }

    /// <summary>Opens a session of the browser's protocol for the page.</summary>
    public Task<ICDPSession> ConnectAsync() => _context.NewCDPSessionAsync(Page);

    /// <summary>Goes to a path, and returns when the page is loaded.</summary>
    /// <param name="status">The expected status. The browser's message about it is not recorded as a complaint.</param>
    public Task<IResponse?> GoAsync(string path, WaitUntilState until = WaitUntilState.Load, int status = 200)
    {
        var url = UrlOf(path);
        _expected[url] = status;
        return Page.GotoAsync(url, new PageGotoOptions { WaitUntil = until });
    }

    /// <summary>Returns what axe-core finds wrong with the open page. The window needs <see cref="Look.HasAxe" />.</summary>
    /// <param name="rules">The ids of the rules to check; none for all rules.</param>
    public Task<string[]> ViolationsAsync(params string[] rules) => Page.EvaluateAsync<string[]>(Axe, rules);

    /// <summary>Signs a person of the development identity in, and returns on the page of the site.</summary>
    public async Task SignInAsync(string person, string path)
    {
        await GoAsync("/signin?returnUrl=" + Uri.EscapeDataString(path));
        // The scripts are there when they ask what is bookmarked.
        await Page.RunAndWaitForResponseAsync(
            () => Page.Locator($"a.person.{person}").ClickAsync(),
            "**/bookmarks/items?has=*"
        );
        await Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
        await Assertions.Expect(Page.Locator("body[data-reader]")).ToHaveCountAsync(1);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsExpected(message))
            {
                Complaints.Enqueue($"{page.Url}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => Complaints.Enqueue($"{page.Url}: {error}");
        page.Request += (_, request) => Requests.Enqueue(new Uri(request.Url));
    }

    // The browser reports each status from 400 on.
    private bool IsExpected(IConsoleMessage message) =>
        _expected.Any(page =>
            message.Location.StartsWith(page.Key + ":", StringComparison.Ordinal)
            && message.Text.StartsWith(
                FormattableString.Invariant(
                    $"Failed to load resource: the server responded with a status of {page.Value} "
                ),
                StringComparison.Ordinal
            )
        );

    internal static async Task<BrowserWindow> OpenAsync(IBrowser browser, Uri address, Look look)
    {
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
                ColorScheme = look.Scheme,
                JavaScriptEnabled = look.HasScripts,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        if (look.HasAxe)
        {
            await context.AddInitScriptAsync(
                scriptPath: Path.Combine(Repository.Root, "tests", "clients", "node_modules", "axe-core", "axe.min.js")
            );
        }

        return new BrowserWindow(context, await context.NewPageAsync(), address);
    }
}
