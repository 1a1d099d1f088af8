using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Cms.Browser.Tests.Studio;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using Xunit.Abstractions;

namespace Cms.Browser.Tests;

/// <summary>
/// What every page costs its readers, against the limits in docs/operations/page-weight.md. Times are printed, not
/// tested, because they depend on the machine.
/// </summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class WeightTests(BrowsedSite site, ITestOutputHelper output)
{
    private const double MostShift = 0.01;
    private const double MostPageKilobytes = 60;
    private const double MostFontKilobytes = 120;
    private const int MostBeforePaint = 5;

    // Of the Studio: without images, which are content.
    private const double MostScreenKilobytes = 110;
    private const int MostListRequests = 6;
    private const int MostScreenRequests = 8;
    private const double MostEditorKilobytes = 450;
    private const string Editor = "editor";

    // The table is committed for people. It must stay about right, but not change with every rule of the stylesheet.
    private const double Slack = 0.25;
    private const double SmallKilobytes = 3;
    private const int FewRequests = 2;

    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        "articles",
        "panel",
        "board",
        "calendar",
    };

    private static readonly string Table = Path.Combine(Repository.Root, "docs", "operations", "page-weight.md");

    [SkippableFact]
    public async Task Every_page_keeps_to_its_budget_and_the_table_tells_the_truth()
    {
        List<Weight> weights = [];
        foreach (var page in TestedPages.All)
        {
            var desktop = await WeighAsync(page, Look.Desktop);
            var phone = await WeighAsync(page, Look.Phone);
            weights.Add(WorseOf(desktop, phone));
        }

        Assert.All(
            weights,
            weight =>
            {
                Assert.InRange(weight.Text, 1, MostPageKilobytes);
                Assert.InRange(weight.Fonts, 1, MostFontKilobytes);
                Assert.InRange(weight.Shift, 0, MostShift);
            }
        );
        await AssertCommittedAsync("The reader site", weights, hasRequests: false);
    }

    [SkippableFact]
    public async Task Every_kind_of_screen_of_the_Studio_keeps_to_its_budget_and_the_table_tells_the_truth()
    {
        var article = await site.IdOfAsync(TestedPages.Successor);
        List<TestedPage> screens =
        [
            new("articles", "/studio/articles"),
            new("panel", "/studio/panel"),
            new("board", "/studio/board"),
            new("calendar", "/studio/calendar?view=month"),
            new("media", "/studio/media"),
            new("front", "/studio/fronts/home"),
            new("new persona", "/studio/personas/new"),
            new(Editor, $"/studio/articles/{article}"),
        ];
        List<Weight> weights = [];
        await using var desk = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/inbox");
        await using var hand = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/inbox", Look.Phone);
        await desk.RecordPaintsAsync();
        await hand.RecordPaintsAsync();
        foreach (var screen in screens)
        {
            weights.Add(WorseOf(await WeighAsync(screen, desk), await WeighAsync(screen, hand)));
        }

        Assert.All(
            weights,
            weight =>
            {
                var isEditor = weight.Page == Editor;
                Assert.InRange(weight.Text + weight.Fonts, 1, isEditor ? MostEditorKilobytes : MostScreenKilobytes);
                Assert.True(
                    isEditor
                        || weight.Requests <= (Lists.Contains(weight.Page) ? MostListRequests : MostScreenRequests),
                    $"{weight.Page}: {weight.Requested}"
                );
                Assert.True(weight.Shift <= MostShift, $"{weight.Page}: {weight.Shifts}");
            }
        );
        await AssertCommittedAsync("The Studio", weights, hasRequests: true);
    }

    [SkippableFact]
    public async Task Every_page_is_painted_after_at_most_five_requests()
    {
        foreach (var page in TestedPages.All)
        {
            await using var window = await site.OpenAsync(Look.Phone);
            var answered = 0;
            ConcurrentQueue<string> held = [];
            await window.Page.RouteAsync(
                "**",
                async route =>
                {
                    // The page, its stylesheets and the fonts that it preloads. All others get no answer.
                    if (
                        route.Request.ResourceType is "document" or "stylesheet"
                        || (
                            route.Request.ResourceType == "font"
                            && !route.Request.Url.EndsWith("/italic.woff2", StringComparison.Ordinal)
                        )
                    )
                    {
                        Interlocked.Increment(ref answered);
                        await route.ContinueAsync();
                    }
                    else
                    {
                        held.Enqueue(route.Request.Url);
                    }
                }
            );

            await window.GoAsync(page.Path, WaitUntilState.Commit);
            await window.Page.WaitForFunctionAsync(
                "() => performance.getEntriesByName('first-contentful-paint').length > 0"
            );

            Assert.InRange(answered, 2, MostBeforePaint);
            Assert.NotEmpty(held);
            await window.Page.UnrouteAllAsync(new PageUnrouteAllOptions { Behavior = UnrouteBehavior.IgnoreErrors });
        }
    }

    private Weight WorseOf(Weight desktop, Weight phone)
    {
        output.WriteLine(
            FormattableString.Invariant(
                $"{desktop.Page}: largest paint after {desktop.Largest:0} ms (desktop) and {phone.Largest:0} ms (phone); shifts {desktop.Shifts} {phone.Shifts}"
            )
        );
        return desktop with { Shift = Math.Max(desktop.Shift, phone.Shift) };
    }

    // Compares the weights with the table under a heading of the document.
    private async Task AssertCommittedAsync(string heading, List<Weight> weights, bool hasRequests)
    {
        var table = string.Join('\n', weights.Select(weight => weight.ToRow(hasRequests)));
        output.WriteLine(table);
        var committed = (await File.ReadAllLinesAsync(Table))
            .SkipWhile(line => line != $"## {heading}")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(Weight.Parse)
            .ToList();
        Assert.True(
            committed.Count == weights.Count && weights.Zip(committed).All(pair => pair.First.IsNear(pair.Second)),
            $"Replace the table under “{heading}” in docs/operations/page-weight.md:\n{table}"
        );
    }

    private async Task<Weight> WeighAsync(TestedPage page, Look look)
    {
        await using var window = await site.OpenAsync(look);
        await window.RecordPaintsAsync();
        await window.EndLiveChangesAsync();
        return await WeighAsync(page, window);
    }

    private static async Task<Weight> WeighAsync(TestedPage page, BrowserWindow window)
    {
        var session = await window.ConnectAsync();
        ConcurrentDictionary<string, Transfer> transfers = new(StringComparer.Ordinal);
        session.Event("Network.responseReceived").OnEvent += (_, sent) =>
            Note(
                sent!.Value,
                transfer =>
                    transfer with
                    {
                        Kind = sent.Value.GetProperty("type").GetString()!,
                        Url = sent.Value.GetProperty("response").GetProperty("url").GetString()!,
                    }
            );
        session.Event("Network.loadingFinished").OnEvent += (_, sent) =>
            Note(
                sent!.Value,
                transfer => transfer with { Bytes = sent.Value.GetProperty("encodedDataLength").GetDouble() }
            );
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.clearBrowserCache");

        await window.GoAsync(page.Path, WaitUntilState.NetworkIdle);
        await window.Page.EvaluateAsync(
            """
            async () => {
              for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
                scrollTo(0, y);
                await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              }
            }
            """
        );
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var paints = await window.Page.EvaluateAsync<JsonElement>("() => ({ shifts, largest })");
        var shifts = paints.GetProperty("shifts").EnumerateArray().ToList();

        await session.DetachAsync();
        var requested = transfers.Values.Where(transfer => transfer.Kind is not ("Image" or "")).ToList();

        return new Weight(
            page.Name,
            SumOf("Document"),
            SumOf("Stylesheet"),
            SumOf("Script"),
            SumOf("Font"),
            SumOf("Image"),
            SumOf("Fetch", "XHR", "Manifest", "Other", "EventSource"),
            shifts.Sum(shift => shift[0].GetDouble())
        )
        {
            Largest = paints.GetProperty("largest").GetDouble(),
            Shifts = string.Join(' ', shifts),
            Requests = requested.Count,
            Requested = string.Join(' ', requested.Select(transfer => transfer.Url)),
        };

        void Note(JsonElement sent, Func<Transfer, Transfer> change) =>
            transfers.AddOrUpdate(
                sent.GetProperty("requestId").GetString()!,
                _ => change(new Transfer("", "", 0)),
                (_, known) => change(known)
            );

        double SumOf(params IEnumerable<string> kinds) =>
            transfers
                .Values.Where(transfer => kinds.Contains(transfer.Kind, StringComparer.Ordinal))
                .Sum(transfer => transfer.Bytes) / 1000;
    }

    /// <summary>A file that the browser has loaded.</summary>
    /// <param name="Kind">What Chromium takes it for, such as <c>Script</c>.</param>
    /// <param name="Url">Its address.</param>
    /// <param name="Bytes">What was sent, with headers.</param>
    private sealed record Transfer(string Kind, string Url, double Bytes);

    /// <summary>What a page sends, in kilobytes with headers, and how much it moves.</summary>
    private sealed record Weight(
        string Page,
        double Html,
        double Css,
        double Scripts,
        double Fonts,
        double Images,
        double Other,
        double Shift
    )
    {
        private const int Columns = 8;

        public double Largest { get; init; }

        public string Shifts { get; init; } = "";

        /// <summary>How many files are sent, without images.</summary>
        public int Requests { get; init; }

        /// <summary>Their addresses.</summary>
        public string Requested { get; init; } = "";

        /// <summary>Everything but fonts and images.</summary>
        public double Text => Html + Css + Scripts + Other;

        // The number of requests is in the table of the Studio only.
        public static Weight Parse(string row)
        {
            var cells = row.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            var numbers = cells.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToList();
            return new Weight(
                cells[0],
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[^1]
            )
            {
                Requests = cells.Length == Columns + 1 ? (int)numbers[6] : 0,
            };
        }

        // Images are not compared: how many the browser loads early depends on time.
        public bool IsNear(Weight other) =>
            other.Page == Page
            // Other tests write articles, which the lists of the Studio show. The limits hold for them too.
            && (other.Requests > 0 || IsNear(other.Html, Html))
            && IsNear(other.Css, Css)
            && IsNear(other.Scripts, Scripts)
            && IsNear(other.Fonts, Fonts)
            && IsNear(other.Other, Other)
            && (other.Requests == 0 || Math.Abs(other.Requests - Requests) <= FewRequests);

        /// <summary>Returns the row of the table.</summary>
        /// <param name="hasRequests">Whether the table has a column for the number of requests.</param>
        public string ToRow(bool hasRequests) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {Page} | {Html:0.0} | {Css:0.0} | {Scripts:0.0} | {Fonts:0.0} | {Images:0} | {Other:0.0} |{(hasRequests ? $" {Requests} |" : "")} {Shift:0.####} |"
            );

        private static bool IsNear(double one, double other) =>
            Math.Abs(one - other) <= Math.Max(SmallKilobytes, other * Slack);
    }
}
