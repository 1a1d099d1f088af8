using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Cms.Data;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Support;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Server.Tests.Import;

/// <summary>Kills the server with <c>kill -9</c> while it imports the files that an administrator has sent.</summary>
[Needs("process")]
public sealed class KilledImportRequestTests : IAsyncLifetime
{
    private const int Articles = 200;

    private readonly IssuerForge _issuer = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-killed-request-");
    private ServerDatabase _database = null!;
    private HttpClient _browser = new();

    public async Task InitializeAsync()
    {
        await _issuer.InitializeAsync();
        _issuer.Person["roles"] = new[] { "Admin" };
        _database = await ServerDatabase.CreateAsync(_folder.FullName);
        await using var app = CmsHost.Build([.. _database.Arguments]);
        await _database.PrepareAsync(app.Services);
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _issuer.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task After_the_server_was_killed_during_an_import_its_page_says_so_and_the_rest_can_be_imported()
    {
        string path;
        using (var server = await StartAsync())
        {
            await SignInAsync(server.Client.BaseAddress!);
            path = await SendAsync();
            var check = await _browser.GetStringAsync(path);
            Assert.Contains("Nothing is imported yet.", check, StringComparison.Ordinal);
            var running = RunAsync(path, check);
            while (await ImportedAsync() < 2)
            {
                Assert.False(running.IsCompleted, "The import ended before it could be killed.");
                await Task.Yield();
            }

            await server.KillAsync();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => running);
        }

        var imported = await ImportedAsync();
        Assert.InRange(imported, 2, Articles - 1);
        await Invariants.AssertAsync(OpenAsync);

        using var again = await StartAsync();
        await SignInAsync(again.Client.BaseAddress!);
        var page = WebUtility.HtmlDecode(await _browser.GetStringAsync(path));
        Assert.Contains("The import of these files was interrupted.", page, StringComparison.Ordinal);
        Assert.Contains($"{imported} items are in the newsroom as in the files.", page, StringComparison.Ordinal);
        Assert.Contains($"Still left: {Articles - imported} to add", page, StringComparison.Ordinal);
        Assert.Contains("Import the rest", page, StringComparison.Ordinal);

        var done = await RunAsync(path, page);
        Assert.Contains(
            $"The import has ended: {Articles - imported} added, {imported} unchanged.",
            WebUtility.HtmlDecode(done),
            StringComparison.Ordinal
        );
        var after = await _browser.GetStringAsync(path);
        Assert.DoesNotContain("interrupted", after, StringComparison.Ordinal);
        Assert.Contains("There is nothing to import.", after, StringComparison.Ordinal);
        Assert.Equal(Articles, await ImportedAsync());
        await again.KillAsync();
    }

    private Task<ServingProcess> StartAsync() =>
        ServingProcess.StartPublishedAsync(_database.Environment, token: null, _issuer.Settings);

    // A new browser, in which an administrator is signed in.
    private async Task SignInAsync(Uri address)
    {
        _browser.Dispose();
        _browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = address,
        };
        _browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        (await _browser.GetAsync("/signin?returnUrl=/healthz/live")).EnsureSuccessStatusCode().Dispose();
    }

    // Returns the address of the page of the import.
    private async Task<string> SendAsync()
    {
        using MultipartFormDataContent form = [];
        form.Add(new StringContent("send"), "_handler");
        form.Add(new ByteArrayContent(Package()), "Files", "night.zip");
        using var sent = await _browser.PostAsync("/studio/imports", form);
        var path = sent.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.Matches("^/studio/imports/upl_[0-9a-f]+$", path);
        return path;
    }

    private async Task<string> RunAsync(string path, string check)
    {
        using FormUrlEncodedContent form = new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["_handler"] = "import",
                ["Fingerprint"] = Regex.Match(check, "name=\"Fingerprint\" value=\"([0-9a-f]+)\"").Groups[1].Value,
            }
        );
        using var ran = await _browser.PostAsync(path, form);
        return await ran.Content.ReadAsStringAsync();
    }

    private static byte[] Package()
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < Articles; i++)
            {
                using var entry = zip.CreateEntry($"watch-{i}.md").Open();
                entry.Write(
                    Encoding.UTF8.GetBytes(
                        $"---\nheadline: Watch {i} of a long night\nsummary: What was seen.\n---\nThe lights stayed on."
                    )
                );
            }
        }

        return bytes.ToArray();
    }

    private async Task<int> ImportedAsync()
    {
        await using var db = await OpenAsync();
        return await db.Articles.CountAsync();
    }

    private Task<CmsDbContext> OpenAsync() => Task.FromResult(_database.Open());
}
