using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests.Studio;

/// <summary>What editors do with images: upload, describe, license, replace and delete them.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class MediaTests(BrowsedSite site)
{
    private const string Editor = "editor";
    private const string Author = "author";
    private const string Library = "/studio/media";

    // A used image of the sample newsroom.
    private const string Used = "tidewheel-hours.webp";

    private static readonly Look WithoutScripts = Look.Desktop with { HasScripts = false };

    [SkippableFact]
    public async Task An_uploaded_image_is_described_and_licensed_and_then_lacks_nothing()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = await OpenLibraryAsync(window, Editor);
        await ChooseAsync(page, "harbour-morning.webp");
        await page.Locator(".upload-list a").ClickAsync();

        await page.GetByLabel("Alternative text").FillAsync("A harbour before sunrise.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the description" }).ClickAsync();
        await Assertions.Expect(Done(page)).ToHaveTextAsync("The description was saved.");
        await page.GetByLabel("Creator").FillAsync("Runa Isleif");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the rights" }).ClickAsync();
        await Assertions.Expect(Done(page)).ToHaveTextAsync("The rights were saved.");

        await window.GoAsync($"{Library}?q=harbour-morning");
        await Assertions.Expect(page.Locator(".media-grid li")).ToContainTextAsync(["Not used"]);
        await window.GoAsync($"{Library}?q=harbour-morning&missing=credit");
        await Assertions.Expect(page.Locator("main .empty")).ToContainTextAsync("No image matches these filters.");
        Findings.AssertNone(window.Complaints);
    }

    [SkippableFact]
    public async Task An_image_is_uploaded_without_scripts()
    {
        await using var window = await site.OpenAsync(WithoutScripts);
        var page = await OpenLibraryAsync(window, Editor);

        await ChooseAsync(page, "without-scripts.webp");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("without-scripts.webp");
        await Assertions.Expect(Done(page)).ToContainTextAsync("The image was uploaded.");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_no_image_is_refused_in_words(bool hasScripts)
    {
        await using var window = await site.OpenAsync(Look.Desktop with { HasScripts = hasScripts });
        var page = await OpenLibraryAsync(window, Editor);

        await page.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "notes.jpg",
                    MimeType = "image/jpeg",
                    Buffer = "These are notes."u8.ToArray(),
                }
            );
        if (!hasScripts)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Upload", Exact = true }).ClickAsync();
        }

        await Assertions
            .Expect(hasScripts ? page.Locator(".upload-list li") : page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("The file is not a supported image. Upload a JPEG, PNG, WebP, AVIF or GIF.");
    }

    [SkippableFact]
    public async Task An_upload_that_is_cut_off_goes_on_by_itself()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = await OpenLibraryAsync(window, Editor);
        var sent = 0;
        await page.RouteAsync("**/media/uploads/**", route => ++sent == 1 ? route.AbortAsync() : route.ContinueAsync());

        await ChooseAsync(page, "cut-off.webp");

        await Assertions.Expect(page.Locator(".upload-list li")).ToContainTextAsync("Uploaded.");
        Assert.Equal(2, sent);
    }

    [SkippableFact]
    public async Task A_store_that_takes_blocks_gets_only_the_missing_ones_after_a_cut()
    {
        const string store = "/media/uploads/blocks?sig=1";
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = await OpenLibraryAsync(window, Editor);
        await page.RouteAsync(
            "**/graphql",
            route =>
                route.FulfillAsync(
                    new RouteFulfillOptions
                    {
                        ContentType = "application/graphql-response+json",
                        Body = route.Request.PostData!.Contains("fileName", StringComparison.Ordinal)
                            ? $$"""{ "data": { "createMediaUpload": { "upload": { "uploadId": "upl_1", "uploadUrl": "{{store}}", "method": "PUT", "headers": [{ "name": "x-ms-blob-type", "value": "BlockBlob" }] }, "errors": [] } } }"""
                            : """{ "data": { "commitMediaUpload": { "media": { "id": "med_1" }, "errors": [] } } }""",
                    }
                )
        );
        List<string> sent = [];
        await page.RouteAsync(
            "**/media/uploads/blocks?*",
            route =>
            {
                var query = new Uri(route.Request.Url).Query;
                sent.Add(
                    query.Contains("comp=blocklist", StringComparison.Ordinal) ? "list" : query.Split("blockid=")[1]
                );
                return sent.Count == 2
                    ? route.AbortAsync()
                    : route.FulfillAsync(new RouteFulfillOptions { Status = 201 });
            }
        );

        await page.Locator(".upload input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "large.jpg",
                    MimeType = "image/jpeg",
                    Buffer = new byte[9_000_000],
                }
            );

        await Assertions
            .Expect(page.Locator(".upload-list li"))
            .ToContainTextAsync("Uploaded.", new() { Timeout = 30_000 });
        Assert.Equal([Block(0), Block(1), Block(1), Block(2), "list"], sent);

        static string Block(int number) =>
            Uri.EscapeDataString(
                Convert.ToBase64String(Encoding.ASCII.GetBytes(number.ToString("D6", CultureInfo.InvariantCulture)))
            );
    }

    [SkippableFact]
    public async Task A_click_on_the_image_sets_the_focal_point()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = await OpenLibraryAsync(window, Editor);
        await UploadAsync(page, "focal-point.webp");
        var image = page.Locator("[data-focus] img");
        // Its size is that of the file when the file is there.
        await page.WaitForFunctionAsync("() => document.querySelector('[data-focus] img').naturalWidth > 0");
        var box = (await image.BoundingBoxAsync())!;

        await image.ClickAsync(
            new()
            {
                Position = new() { X = box.Width / 4, Y = box.Height / 2 },
            }
        );
        await Assertions.Expect(page.GetByLabel("Focal point from the left, %")).ToHaveValueAsync(new Regex("^2[45]"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the description" }).ClickAsync();

        await Assertions.Expect(Done(page)).ToHaveTextAsync("The description was saved.");
        await Assertions.Expect(page.GetByLabel("Focal point from the left, %")).ToHaveValueAsync(new Regex("^2[45]"));
    }

    [SkippableFact]
    public async Task A_change_by_somebody_else_is_shown_beside_what_was_typed()
    {
        await using var window = await site.OpenAsync(WithoutScripts);
        var page = await OpenLibraryAsync(window, Editor);
        await ChooseAsync(page, "two-editors.webp");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload", Exact = true }).ClickAsync();
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await other.GetByLabel("Caption").FillAsync("The second caption");
        await other.GetByRole(AriaRole.Button, new() { Name = "Save the description" }).ClickAsync();
        await Assertions.Expect(Done(other)).ToHaveTextAsync("The description was saved.");

        await page.GetByLabel("Caption").FillAsync("The first caption");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the description" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The second caption");
        await Assertions.Expect(page.GetByLabel("Caption")).ToHaveValueAsync("The first caption");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the description" }).ClickAsync();
        await Assertions.Expect(Done(page)).ToHaveTextAsync("The description was saved.");
        await Assertions.Expect(page.GetByLabel("Caption")).ToHaveValueAsync("The first caption");
    }

    [SkippableFact]
    public async Task A_refused_folder_keeps_what_was_typed()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = await OpenLibraryAsync(window, Editor);
        await UploadAsync(page, "folder.webp");

        await page.GetByLabel("Caption").FillAsync("Kept");
        await page.GetByLabel("Folder", new() { Exact = true }).FillAsync("Not A Folder!");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the description" }).ClickAsync();

        await Assertions
            .Expect(page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("Write the folder as lower-case words");
        await Assertions
            .Expect(page.GetByLabel("Folder", new() { Exact = true }))
            .ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.GetByLabel("Folder", new() { Exact = true })).ToHaveValueAsync("Not A Folder!");
        await Assertions.Expect(page.GetByLabel("Caption")).ToHaveValueAsync("Kept");
    }

    [SkippableFact]
    public async Task Rights_that_end_are_in_the_forecast()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = await OpenLibraryAsync(window, Editor);
        await UploadAsync(page, "ending.webp");

        await page.GetByLabel("Rights end (").FillAsync("2020-01-02T09:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the rights" }).ClickAsync();
        await Assertions.Expect(Done(page)).ToHaveTextAsync("The rights were saved.");
        await Assertions.Expect(page.GetByLabel("Rights end (")).ToHaveValueAsync("2020-01-02T09:30");

        await window.GoAsync($"{Library}/expiring");
        await Assertions.Expect(page.Locator(".forecast section").First).ToContainTextAsync("ending.webp");
        await Assertions.Expect(page.Locator(".forecast section").First).ToContainTextAsync("Nothing shows it");
    }

    [SkippableFact]
    public async Task A_file_is_replaced_and_an_unused_image_is_deleted()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = await OpenLibraryAsync(window, Editor);
        await UploadAsync(page, "to-delete.webp");

        await page.GetByLabel("Replace it with another file").SetInputFilesAsync(Sample("the-skeptic.webp"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Replace the file" }).ClickAsync();
        await Assertions.Expect(Done(page)).ToHaveTextAsync("The file was replaced.");
        await Assertions.Expect(page.Locator(".item-head")).ToContainTextAsync("640 × 640");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the image" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();

        await Assertions.Expect(Done(page)).ToHaveTextAsync("The image was deleted.");
    }

    [SkippableFact]
    public async Task A_used_image_names_its_uses_and_cannot_be_deleted()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = await OpenLibraryAsync(window, Editor, $"{Library}?q={Used}");
        await page.Locator(".media-grid a").First.ClickAsync();

        await Assertions.Expect(page.Locator(".uses li").First).ToContainTextAsync("article");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Delete the image" }))
            .ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Authors_read_the_rights_and_learn_why_they_cannot_change_an_image_of_somebody_else()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        var page = await OpenLibraryAsync(window, Author, $"{Library}?q={Used}");
        await page.Locator(".media-grid a").First.ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Save the rights" }))
            .ToHaveCountAsync(0);

        await page.GetByLabel("Caption").FillAsync("Mine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the description" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ask an editor to change this one.");
        await Assertions.Expect(page.GetByLabel("Caption")).ToHaveValueAsync("Mine");
    }

    private static ILocator Done(IPage page) => page.Locator("main > .banner[data-kind=done]");

    private static async Task<IPage> OpenLibraryAsync(BrowserWindow window, string person, string path = Library)
    {
        await StudioVisits.SignInAsync(window, person, path);
        return window.Page;
    }

    private static async Task ChooseAsync(IPage page, string name) =>
        await page.Locator(".upload input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = "image/webp",
                    Buffer = await File.ReadAllBytesAsync(Sample("wickerwork-1-0-promise.webp")),
                }
            );

    // Uploads an image, and opens its page.
    private static async Task UploadAsync(IPage page, string name)
    {
        await ChooseAsync(page, name);
        await page.Locator(".upload-list a").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(name);
    }

    private static string Sample(string name) =>
        Directory
            .EnumerateFiles(
                Path.Combine(Repository.Root, "samples", "newsroom", "images"),
                name,
                SearchOption.AllDirectories
            )
            .Single();
}
