using System.Buffers.Binary;
using System.Text.Json;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>
/// The pictures in the guide to the Studio. With <c>CMS_TEST_PICTURES=write</c> they are made again, on a server of their
/// own with a newsroom at work.
/// </summary>
[Needs("Chromium")]
public sealed class GuidePictureTests
{
    private const int MostBytes = 120_000;
    private const string Sample = "/studio/articles/";
    private const string Drawing = "the-disk-said-yes";

    // Where the extended WebP that Chromium writes has the width and the height, each less one, in three bytes.
    private const int WidthAt = 24;
    private const int HeightAt = 27;

    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "images");

    private static readonly string[] OnDesks =
    [
        "studio-articles",
        "studio-editor",
        "studio-conflict",
        "studio-panel",
        "studio-publish",
        "studio-image",
        "studio-front",
    ];

    private static readonly string[] OnPhones = ["studio-phone"];

    [SkippableFact]
    public async Task Every_picture_of_the_guide_is_as_large_as_its_screen_and_small_to_load()
    {
        if (Environment.GetEnvironmentVariable("CMS_TEST_PICTURES") == "write")
        {
            await WriteAsync();
        }

        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "guides", "studio.md"));
        foreach (
            var (name, look) in OnDesks
                .Select(name => (name, Look.Desktop))
                .Concat(OnPhones.Select(name => (name, Look.Phone)))
        )
        {
            var file = await File.ReadAllBytesAsync(Path.Combine(Folder, name + ".webp"));
            Assert.Contains($"../images/{name}.webp", guide, StringComparison.Ordinal);
            Assert.InRange(file.Length, 1, MostBytes);
            Assert.Equal((look.Width, look.Height), SizeOf(file));
        }
    }

    private static (int Width, int Height) SizeOf(ReadOnlySpan<byte> webp)
    {
        return (Read(webp[WidthAt..]) + 1, Read(webp[HeightAt..]) + 1);

        static int Read(ReadOnlySpan<byte> bytes) =>
            BinaryPrimitives.ReadUInt16LittleEndian(bytes) + (bytes[sizeof(ushort)] << 16);
    }

    private static async Task WriteAsync()
    {
        BrowsedSite site = new();
        try
        {
            await using var author = await site.OpenStudioAsync(StaffWindow.Author, "/studio/inbox");
            await using var desk = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/inbox");
            await using var phone = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/inbox", Look.Phone);
            var article = await WriteNewsroomAsync(site);
            var page = desk.Page;

            await desk.GoAsync("/studio/articles");
            await SaveAsync(desk, "studio-articles");

            await EditAsync(desk, article);
            await SaveAsync(desk, "studio-editor");

            await page.GetByRole(AriaRole.Tab, new() { Name = "Panel" }).ClickAsync();
            await Expect(page.Locator(".card.take").First).ToBeVisibleAsync();
            await SaveAsync(desk, "studio-panel");

            await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
            await Expect(page.Locator("dialog .checks")).ToBeVisibleAsync();
            await SaveAsync(desk, "studio-publish");
            await page.Keyboard.PressAsync("Escape");

            await desk.GoAsync("/studio/media");
            await page.Locator(".media-grid a", new() { HasText = Drawing }).First.ClickAsync();
            await Expect(page.Locator("[data-focus=on]")).ToBeVisibleAsync();
            await SaveAsync(desk, "studio-image");

            await desk.GoAsync("/studio/fronts/home");
            await SaveAsync(desk, "studio-front");

            await EditAsync(phone, article);
            await SaveAsync(phone, "studio-phone");
            await phone.GoAsync("/studio/inbox");

            await EditAsync(desk, article);
            await site.EditAsync(
                """
                mutation ($id: ID!) {
                  saveArticle(input: { id: $id, summary: "Six gauges read four centimetres low for a year. The harbour office found out from a surfer." }) { errors { __typename } }
                }
                """,
                new { id = article }
            );
            await page.Locator("#field-summary")
                .FillAsync(
                    "Six tide gauges read four centimetres low for a year, and the harbour office heard of it from a surfer."
                );
            await Expect(page.Locator(".conflict")).ToBeVisibleAsync();
            await SaveAsync(desk, "studio-conflict");
        }
        finally
        {
            await site.DisposeAsync();
        }
    }

    private static async Task EditAsync(BrowserWindow window, string article)
    {
        await window.GoAsync(Sample + article, WaitUntilState.NetworkIdle);
        await Expect(window.Page.Locator(".ProseMirror")).ToBeVisibleAsync();
        await Expect(window.Page.Locator(".save")).ToHaveTextAsync("Saved");
    }

    private static async Task SaveAsync(BrowserWindow window, string name)
    {
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var session = await window.ConnectAsync();
        var picture = await session.SendAsync(
            "Page.captureScreenshot",
            new() { ["format"] = "webp", ["quality"] = 82 }
        );
        await session.DetachAsync();
        var file = ((JsonElement)picture!).GetProperty("data").GetBytesFromBase64();
        await File.WriteAllBytesAsync(Path.Combine(Folder, name + ".webp"), file);
    }

    /// <summary>Gives the newsroom articles in every state, and returns the id of the one that is shown.</summary>
    private static async Task<string> WriteNewsroomAsync(BrowsedSite site)
    {
        var now = TimeProvider.System.GetUtcNow();
        var found = await site.EditAsync(
            """
            {
              desk {
                people { nodes { id name } }
                media(first: 60) { nodes { id fileName } }
                categories(first: 20) { nodes { id slug } }
              }
              personas(first: 10) { nodes { id slug } }
            }
            """
        );
        var people = found["desk"]!["people"]!["nodes"]!.AsArray();
        var writer = (string)people[0]!["id"]!;
        var media = found["desk"]!["media"]!["nodes"]!
            .AsArray()
            .First(image => ((string)image!["fileName"]!).StartsWith(Drawing, StringComparison.Ordinal));
        var personas = found["personas"]!["nodes"]!.AsArray().Select(one => (string)one!["id"]!).ToList();

        var gauge = await site.DraftAsync(
            "The tide gauges that were wrong together",
            "the-tide-gauges-that-were-wrong-together",
            """
            For eleven months, six tide gauges on the same coast read four centimetres low. They agreed with each other to the millimetre, so nobody asked. A surfer did, because a sandbank that he knew was dry at the wrong time.

            ## One update, six instruments

            All six gauges took the same firmware on the same night. The update rounded the temperature of the water before it corrected the speed of sound, and warm water made every reading short.

            > We had six instruments and one opinion.

            - Two gauges have a brass scale beside them that anybody can read.
            - Nobody had read either since the spring.
            - The harbour office now reads one of them every Monday, by hand, and writes the number on a board.

            The makers of the firmware answered within a day. The correction takes one line, and the office has asked for something else: gauges that are not updated on the same night.
            """
        );
        await DoAsync("assignArticle", gauge, $"assignee: \"{writer}\", dueAt: \"{now.AddDays(1):O}\"");
        await site.EditAsync(
            "mutation ($id: ID!, $category: ID!, $media: ID!, $summary: String!) { saveArticle(input: { id: $id, category: $category, heroImage: { media: $media }, summary: $summary }) { errors { __typename } } }",
            new
            {
                id = gauge,
                category = (string)found["desk"]!["categories"]!["nodes"]![0]!["id"]!,
                media = (string)media!["id"]!,
                summary = "Six gauges read four centimetres low for a year, and agreed. A surfer noticed.",
            }
        );
        await site.EditAsync(
            """
            mutation ($article: ID!, $persona: ID!) {
              draftTake(input: {
                article: $article, persona: $persona, stance: SUPPORTIVE, confidence: 80
                text: "Reading one gauge by hand costs four minutes a week. I would put the number on the same dashboard as the others, so that a difference rings before a surfer does."
                verdict: "Keep one instrument that cannot be updated."
              }) { take { id } errors { __typename } }
            }
            """,
            new { article = gauge, persona = personas[0] }
        );
        await site.EditAsync(
            "mutation ($article: ID!, $persona: ID!) { requestTake(input: { article: $article, persona: $persona, brief: \"Would a second maker have helped?\" }) { errors { __typename } } }",
            new { article = gauge, persona = personas[1] }
        );

        var keeper = await site.DraftAsync(
            "What a lock keeper knows about queues",
            "what-a-lock-keeper-knows",
            "Eleven boats wait, and the third is the one that matters."
        );
        await DoAsync("submitForReview", keeper, "");
        var radio = await site.DraftAsync(
            "A radio mast gets a second life as a weather eye",
            "a-radio-mast-gets-a-second-life",
            "The mast was to be cut down in May."
        );
        await DoAsync("submitForReview", radio, "");
        await DoAsync("requestChanges", radio, "comment: \"Who pays for the lamp at the top?\"");
        var seeds = await site.DraftAsync(
            "The seed bank that runs on one laptop",
            "the-seed-bank-that-runs-on-one-laptop",
            "It is nine years old, and it has never been online."
        );
        await DoAsync("submitForReview", seeds, "");
        await DoAsync("approveArticle", seeds, "");
        var ferry = await site.DraftAsync(
            "The ferry timetable that learned to apologise",
            "the-ferry-timetable-that-learned-to-apologise",
            "It says sorry eight minutes before the delay."
        );
        await DoAsync(
            "scheduleArticle",
            ferry,
            $"at: \"{now.AddDays(2):O}\", acknowledge: [BODY_LENGTH, CATEGORY, HERO_IMAGE, PANEL_QUORUM, SOURCE_LINK]"
        );
        var chip = await site.DraftAsync(
            "Exclusive: Umbra drops its second chip",
            "umbra-drops-its-second-chip",
            "Three people who worked on it describe the last week."
        );
        await DoAsync("setEmbargo", chip, $"until: \"{now.AddDays(3):O}\"");
        return gauge;

        Task DoAsync(string mutation, string id, string more) =>
            site.EditAsync(
                $"mutation {{ {mutation}(input: {{ id: \"{id}\"{(more.Length > 0 ? ", " + more : "")} }}) {{ errors {{ __typename ... on UserError {{ message }} }} }} }}"
            );
    }
}
