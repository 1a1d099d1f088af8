using System.IO.Compression;
using System.Text;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Cms.Browser.Tests.Studio;

/// <summary>Imports, what is decided about an article besides its words, and the record of the model that drafted it.</summary>
[Needs("Chromium")]
[Needs("npm")]
[Collection(OneSite.Name)]
public sealed class ManagingTests(BrowsedSite site)
{
    private static readonly Look Checked = Look.Desktop with { HasAxe = true };

    [SkippableFact]
    public async Task An_administrator_sends_a_zip_file_reads_what_would_happen_and_imports_it_with_the_keyboard()
    {
        await NpmClients.RequireAsync();
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/imports", Checked);
        var page = window.Page;
        List<string> faults = [];

        await SendAsync("notes.docx", "Words."u8.ToArray());
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Import does not read ‘notes.docx’.");
        faults.AddRange(await window.FaultsAsync("a refused import"));

        await SendAsync(
            "fen.zip",
            Zip(
                ("fen/peat.md", "---\nheadline: A map of peat\nsummary: S.\nstatus: draft\n---\nIt is brown."),
                ("fen/bog.md", "---\nheadline: A bog\ncolour: red\n---\nWords."),
                ("fen/notes.docx", "Words.")
            )
        );
        await page.WaitForURLAsync("**/studio/imports/upl_*");
        await Expect(page.Locator("main")).ToContainTextAsync("Nothing is imported yet.");
        await Expect(page.Locator("main")).ToContainTextAsync("Import does not know the key ‘colour’.");
        await Expect(page.Locator(".import-notes")).ToContainTextAsync("notes.docx was left out");
        faults.AddRange(await window.FaultsAsync("the check of an import"));

        // While the server works, the page says so. Playwright would wait for the answer, so the page itself looks.
        await page.EvaluateAsync(
            """
            () => addEventListener('pagehide', () => {
              const words = document.querySelector('.while-sent');
              sessionStorage.setItem('said', words.checkVisibility() ? words.innerText : '');
            })
            """
        );
        var import = page.GetByRole(AriaRole.Button, new() { Name = "Import these" });
        await import.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Notice).ToHaveTextAsync("The import has ended: 1 added, 1 not imported.");
        Assert.StartsWith(
            "Importing. Leave this page open",
            await page.EvaluateAsync<string>("() => sessionStorage.getItem('said')"),
            StringComparison.Ordinal
        );
        faults.AddRange(await window.FaultsAsync("the report of an import"));
        await page.FollowAsync("A map of peat");
        await page.Locator(".ProseMirror").WaitForAsync();
        Findings.AssertNone([.. faults, .. window.Complaints]);

        async Task SendAsync(string name, byte[] content)
        {
            await page.GetByLabel("Files", new() { Exact = true })
                .SetInputFilesAsync(
                    new FilePayload
                    {
                        Name = name,
                        MimeType = "application/zip",
                        Buffer = content,
                    }
                );
            await page.GetByRole(AriaRole.Button, new() { Name = "Check the files" }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }
    }

    [SkippableFact]
    public async Task An_editor_assigns_releases_recalls_trashes_restores_and_withdraws_articles_with_the_keyboard()
    {
        await NpmClients.RequireAsync();
        var draft = await site.DraftAsync("A sluice that listens", "a-sluice-that-listens", "It hears the rain.");
        await using var window = await site.OpenStudioAsync(
            StaffWindow.Editor,
            $"/studio/articles/{draft}/manage",
            Checked
        );
        var page = window.Page;
        List<string> faults = [];

        await page.GetByLabel("Writer").FocusAsync();
        await page.Keyboard.TypeAsync("Erin");
        await page.Locator("[name='Manage.Due']").FillAsync("2099-05-06T07:08");
        await PressAsync("Save");
        await Expect(page.Notice).ToHaveTextAsync("The assignment was saved.");
        await Expect(page.Locator("[name='Manage.Due']")).ToHaveValueAsync("2099-05-06T07:08");
        await Expect(page.GetByLabel("Writer").Locator("option:checked")).ToHaveTextAsync("Erin Vale");

        // Warnings are accepted one by one.
        await page.Locator("[name='Manage.Until']").FillAsync("2099-05-07T09:00");
        await PressAsync("Release");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        faults.AddRange(await window.FaultsAsync("a refused release"));
        foreach (var box in await page.Locator("[name='Manage.Accepted']").AllAsync())
        {
            await box.FocusAsync();
            await page.Keyboard.PressAsync("Space");
        }

        await PressAsync("Release");
        await Expect(page.Notice).ToHaveTextAsync("Partners with early access have the article now.");
        faults.AddRange(await window.FaultsAsync("a released article"));
        await PressAsync("Recall it from partners");
        await Expect(page.Notice).ToContainTextAsync("was recalled from partners");

        await PressAsync("Move to the trash");
        await Expect(page.Notice).ToHaveTextAsync("The article is in the trash.");
        faults.AddRange(await window.FaultsAsync("an article in the trash"));
        await PressAsync("Take it out of the trash");
        await Expect(page.Notice).ToHaveTextAsync("The article is out of the trash.");

        var published = await PublishAsync("A weir that opens by itself", "a-weir-that-opens-by-itself");
        await window.GoAsync($"/studio/articles/{published}/manage");
        await page.EnterAsync("Reason, for readers", "The measurements were those of another river.");
        await page.EnterAsync("Article to read instead", "no-such-article");
        await PressAsync("Withdraw");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no published article");
        faults.AddRange(await window.FaultsAsync("a refused withdrawal"));
        await page.EnterAsync("Article to read instead", "");
        await PressAsync("Withdraw");
        await Expect(page.Notice).ToHaveTextAsync("The article is withdrawn. Readers see the reason.");
        faults.AddRange(await window.FaultsAsync("a withdrawn article"));
        Findings.AssertNone([.. faults, .. window.Complaints]);

        async Task PressAsync(string button)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }
    }

    [SkippableFact]
    public async Task Writers_name_the_model_that_drafted_a_text_and_an_editor_sees_what_needs_a_review()
    {
        await NpmClients.RequireAsync();
        await using var author = await site.OpenStudioAsync(StaffWindow.Author, "/studio/articles", Checked);
        var page = author.Page;
        await page.PressAsync("New article");
        await page.Locator(".ProseMirror").WaitForAsync();
        var path = new Uri(page.Url).AbsolutePath;
        EditorTab tab = new(page);
        await tab.Headline.FillAsync("A tide that was drafted");

        await page.PressAsync("A model drafted this text");
        await Expect(page.GetByLabel("Name of the model")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert))
            .ToHaveTextAsync("Write the name of the model that drafted the text.");
        await page.Keyboard.TypeAsync("Quill");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("4.1");
        await page.Keyboard.PressAsync("Enter");
        var card = page.Locator("section", new() { Has = page.Locator("#origin-title") });
        await Expect(card).ToContainTextAsync("Quill 4.1 drafted this text.");
        await Expect(card).ToContainTextAsync("Readers see: Written by Quill.");
        await Expect(card).ToContainTextAsync("Needs a review");
        await Expect(card).ToContainTextAsync("Only an editor can remove this record.");
        await tab.WriteAsync("High water is at noon.");
        await tab.SaveAsync();
        await Expect(card).ToContainTextAsync("Readers see: Drafted with Quill, edited by");

        await tab.ShowAsync("Panel");
        var take = page.Locator(".card.take").First;
        await take.Locator("textarea").First.FillAsync("Noon suits nobody.");
        await take.GetByLabel("An AI model drafted this text").CheckAsync();
        await take.GetByLabel("Name of the model").FillAsync("Umbra");
        await take.GetByLabel("Version").FillAsync("9");
        await take.GetByRole(AriaRole.Button, new() { Name = "Save take" }).ClickAsync();
        await Expect(take).ToContainTextAsync("Readers see: Written by Umbra.");
        await Expect(take.GetByLabel("An AI model drafted this text")).ToBeDisabledAsync();
        List<string> faults = [.. await author.FaultsAsync("a take that a model drafted")];
        await tab.ShowAsync("Details");
        faults.AddRange(await author.FaultsAsync("an article that a model drafted"));

        await using var editor = await site.OpenStudioAsync(StaffWindow.Editor, "/studio/articles");
        await Expect(editor.Page.Locator("tr", new() { HasText = "A tide that was drafted" }))
            .ToContainTextAsync("drafted with Quill");
        await editor.GoAsync("/studio/board");
        await Expect(editor.Page.Locator(".board-card", new() { HasText = "A tide that was drafted" }))
            .ToContainTextAsync("Drafted with Quill");
        await editor.GoAsync("/studio/panel");
        var row = editor.Page.Locator(".matrix tr", new() { HasText = "A tide that was drafted" });
        await Expect(row.Locator("th")).ToContainTextAsync("drafted with Quill");
        await Expect(row).ToContainTextAsync("drafted with Umbra");
        await editor.GoAsync(path);
        var desk = editor.Page;
        await desk.GetByRole(AriaRole.Tab, new() { Name = "Checks" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Show (Quill drafted this text" }).ClickAsync();
        var review = desk.GetByRole(AriaRole.Dialog);
        await Expect(review)
            .ToContainTextAsync("Readers see it only after an editor has approved exactly these words.");
        await review.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await Expect(review).ToHaveCountAsync(0);
        await desk.PressAsync("Review");
        await review.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await desk.GetByRole(AriaRole.Tab, new() { Name = "Details" }).ClickAsync();
        await Expect(desk.Locator("section", new() { Has = desk.Locator("#origin-title") }))
            .ToContainTextAsync("An editor has approved exactly these words.");
        Findings.AssertNone([.. faults, .. author.Complaints, .. editor.Complaints]);
    }

    private static byte[] Zip(params (string Path, string Text)[] files)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private async Task<string> PublishAsync(string headline, string slug)
    {
        var id = await site.DraftAsync(headline, slug, "It opened on Monday.");
        await site.EditAsync(
            "mutation ($id: ID!) { publishArticle(input: { id: $id, acknowledge: [BODY_LENGTH, CATEGORY, HERO_IMAGE, PANEL_QUORUM, SOURCE_LINK, SECOND_PERSON] }) { errors { __typename ... on UserError { message } } } }",
            new { id }
        );
        return id;
    }
}
