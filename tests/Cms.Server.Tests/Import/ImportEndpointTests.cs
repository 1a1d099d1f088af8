using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Articles.Drafting;
using Cms.Audit;
using Cms.GraphQL;
using Cms.Import;
using Cms.Media;
using Cms.Media.Intake;
using Cms.People;
using Cms.Server.Tests.Access;
using Cms.Server.Tests.Media;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Server.Tests.Import;

/// <summary>Imports of files that administrators send.</summary>
[Needs("server")]
public sealed class ImportEndpointTests(MediaServer server) : IClassFixture<MediaServer>
{
    private const int ManyArticles = 60;

    private static readonly Viewer Erin = new()
    {
        Kind = ViewerKind.Person,
        Key = new(Guid.Parse(IssuerForge.Tenant), Guid.Parse(Forged.Erin)),
        Name = "Erin",
        Role = Role.Admin,
    };

    [Fact]
    public async Task Files_are_imported_exactly_as_the_check_has_shown_and_the_audit_log_names_the_person()
    {
        var id = await SendAsync(
            (
                "export.zip",
                Zip(
                    ("export/stories/weir.md", Story("weir", "A weir that opens by itself")),
                    ("export/stories/sluice.md", "---\nheadline: A sluice\ncolour: red\n---\nWords."),
                    ("export/notes.docx", "Words"),
                    ("export/.DS_Store", "Words"),
                    ("__MACOSX/export/stories/._weir.md", "Words")
                )
            ),
            ("lock.md", Encoding.UTF8.GetBytes(Story("lock", "A lock with two gates")))
        );

        var check = await RunAsync(id);
        Assert.Equal(
            ["lock.md ADDED", "stories/sluice.md ", "stories/weir.md ADDED"],
            check["items"]!.AsArray().Select(item => $"{item!["file"]} {item["outcome"]}")
        );
        Assert.Contains(
            "does not know the key ‘colour’",
            (string)check["items"]![1]!["reasons"]![0]!,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "notes.docx was left out, because import does not read such files.",
            check["notes"]!.AsArray().Select(note => (string)note!)
        );
        Assert.Null(await ArticleAsync("weir"));

        // Another server of the newsroom finds the same files and says the same.
        await using (var replica = CmsHost.Build([.. server.Newsroom.DatabaseArguments, "--urls=http://127.0.0.1:0"]))
        {
            var there = await replica
                .Services.GetRequiredService<RunImport>()
                .Handle(
                    new() { Id = EntityId.Parse<MediaUploadId>(id)!.Value },
                    Erin.ToActor(),
                    CancellationToken.None
                );
            Assert.Equal((string)check["fingerprint"]!, there.Value?.Fingerprint);
        }

        var done = await RunAsync(id, (string)check["fingerprint"]!);
        var weir = (await ArticleAsync("weir"))!;
        Assert.Equal(
            check["items"]!.AsArray().Select(item => (string?)item!["outcome"]),
            done["items"]!.AsArray().Select(item => (string?)item!["outcome"])
        );
        Assert.Equal(weir.Id.ToString(), (string)done["items"]![2]!["articleId"]!);
        await using (var db = await server.OpenAsync())
        {
            var entry = await db.AuditEntries.SingleAsync(e => e.ArticleId == weir.Id);
            Assert.Equal((AuditVia.Import, "Erin", "import"), (entry.Via, entry.ActorName, entry.Action));
            Assert.NotNull(entry.ActorKey);
        }

        // What is sent twice is not done twice, and says so.
        using var again = await PostAsync(id, (string)check["fingerprint"]!);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(["UNCHANGED", null, "UNCHANGED"], OutcomesOf(await RunAsync(id)));

        // The files are those of the person who has sent them.
        var other = await server
            .Get<RunImport>()
            .Handle(
                new() { Id = EntityId.Parse<MediaUploadId>(id)!.Value },
                MediaServer.Editor.ToActor(),
                CancellationToken.None
            );
        Assert.IsType<ImportOver>(Assert.Single(other.Errors));
    }

    [Fact]
    public async Task Nothing_is_imported_if_somebody_has_edited_an_article_since_the_check()
    {
        var first = await SendAsync(("quay.md", Encoding.UTF8.GetBytes(Story("quay", "A quay of glass", "draft"))));
        await RunAsync(first, (string)(await RunAsync(first))["fingerprint"]!);
        var id = await SendAsync(
            ("quay.md", Encoding.UTF8.GetBytes(Story("quay", "A quay of thicker glass", "draft"))),
            ("pier.md", Encoding.UTF8.GetBytes(Story("pier", "A pier", "draft")))
        );
        var check = await RunAsync(id);
        Assert.Equal(["ADDED", "CHANGED"], OutcomesOf(check));
        var quay = (await ArticleAsync("quay"))!;
        var saved = await server
            .Get<SaveArticle>()
            .Handle(
                new() { Id = quay.Id, Edit = content => content with { Headline = "A quay of sand" } },
                MediaServer.Editor.ToActor(),
                CancellationToken.None
            );
        Assert.False(saved.IsRefused, string.Join(' ', saved.Errors.Select(error => error.Message)));

        using var refused = await PostAsync(id, (string)check["fingerprint"]!);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains(
            "Something has changed since the files were checked",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Null(await ArticleAsync("pier"));
        Assert.Equal(["ADDED", null], OutcomesOf(await RunAsync(id)));
    }

    [Fact]
    public async Task An_import_that_is_cut_off_leaves_whole_articles_and_the_next_one_adds_the_rest()
    {
        var id = await SendAsync(
            (
                "many.zip",
                Zip([
                    .. Enumerable
                        .Range(0, ManyArticles)
                        .Select(i => ($"canal-{i}.md", Story($"canal-{i}", $"Canal number {i}"))),
                ])
            )
        );
        var check = await RunAsync(id);
        using CancellationTokenSource leaving = new();
        var cut = PostAsync(id, (string)check["fingerprint"]!, cancellationToken: leaving.Token);
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (await CanalsAsync(patience.Token) == 0 && !cut.IsCompleted)
        {
            await Task.Yield();
        }

        await leaving.CancelAsync();
        try
        {
            (await cut).Dispose();
        }
        catch (OperationCanceledException)
        {
            // The client has left.
        }

        // The server can still be saving the article that it has begun.
        JsonNode rest;
        HttpResponseMessage ended;
        do
        {
            rest = await RunAsync(id);
            ended = await PostAsync(id, (string)rest["fingerprint"]!, cancellationToken: patience.Token);
        } while (ended.StatusCode is HttpStatusCode.Conflict);

        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        ended.Dispose();
        Assert.Contains("UNCHANGED", OutcomesOf(rest));
        Assert.All(OutcomesOf(rest), outcome => Assert.Contains(outcome, new[] { "ADDED", "UNCHANGED" }));
        Assert.Equal(ManyArticles, await CanalsAsync(patience.Token));
        await Invariants.AssertAsync(server.OpenAsync);
    }

    [Fact]
    public async Task Imports_that_have_an_image_with_the_same_path_do_not_change_the_image_of_each_other()
    {
        await ImportAsync("dike", "oxbow.png");
        var dike = await HeroAsync("dike");

        var report = await ImportAsync("groyne", "umbra.png");
        var groyne = await HeroAsync("groyne");
        Assert.Equal(dike, await HeroAsync("dike"));
        Assert.NotEqual(dike, groyne);
        Assert.Contains(
            "images/hero.png: something outside this import shows a different image with this path. That image stays as it is, and this one is added beside it.",
            report["notes"]!.AsArray().Select(note => (string)note!)
        );

        // Each import finds its own image again.
        Assert.All(OutcomesOf(await ImportAsync("groyne", "umbra.png")), outcome => Assert.Equal("UNCHANGED", outcome));
        await ImportAsync("groyne", "the-disk-said-yes-writes.png");
        var changed = await HeroAsync("groyne");
        Assert.Equal(groyne.Image, changed.Image);
        Assert.NotEqual(groyne.File, changed.File);
        Assert.Equal(dike, await HeroAsync("dike"));

        async Task<JsonNode> ImportAsync(string story, string picture)
        {
            var text =
                $"---\nid: {story}\nslug: {story}\nheadline: A {story}\nsummary: S.\nhero: images/hero.png\n---\nWords.";
            var id = await SendAsync(
                (
                    "agency.zip",
                    ZipOf(
                        ($"{story}.md", Encoding.UTF8.GetBytes(text)),
                        ("images/hero.png", await File.ReadAllBytesAsync(Pictures.PathOf(picture))),
                        ("images/hero.png.md", "---\ntype: image\nalt: A shore.\ncredit: C.\n---\n"u8.ToArray())
                    )
                )
            );
            var done = await RunAsync(id, (string)(await RunAsync(id))["fingerprint"]!);
            Assert.DoesNotContain(null, OutcomesOf(done));
            return done;
        }

        async Task<(MediaId Image, string File)> HeroAsync(string slug)
        {
            await using var db = await server.OpenAsync();
            var live = (await db.Articles.SingleAsync(article => article.Slug == slug)).LiveEditionId;
            var image = (await db.Editions.SingleAsync(edition => edition.Id == live)).Content!.HeroImageId!.Value;
            return (image, (await db.MediaAssets.SingleAsync(asset => asset.Id == image)).Sha256);
        }
    }

    public static TheoryData<string, string, HttpStatusCode, string> Refused =>
        new()
        {
            { "words.docx", "text", HttpStatusCode.UnprocessableEntity, "Import does not read ‘words.docx’." },
            { ".hidden.md", "text", HttpStatusCode.UnprocessableEntity, "Import does not read ‘.hidden.md’." },
            { "broken.zip", "text", HttpStatusCode.UnprocessableEntity, "‘broken.zip’ is damaged" },
            { "empty.zip", "zip", HttpStatusCode.UnprocessableEntity, "There is nothing to import." },
            { "out.zip", "zip ../../out.md", HttpStatusCode.UnprocessableEntity, "‘../../out.md’ cannot be the path" },
            { "root.zip", "zip a.md /etc/b.md", HttpStatusCode.UnprocessableEntity, "‘/etc/b.md’ cannot be the path" },
            { "drive.zip", "zip a.md C:\\b.md", HttpStatusCode.UnprocessableEntity, "‘C:/b.md’ cannot be the path" },
            { "twice.zip", "zip a.md A.md", HttpStatusCode.UnprocessableEntity, "Two files are called ‘A.md’." },
            {
                "inside.zip",
                "zip a.md a.md/b.md",
                HttpStatusCode.UnprocessableEntity,
                "‘a.md/b.md’ cannot be the path"
            },
            { "many.zip", "many", HttpStatusCode.UnprocessableEntity, "There are more than 500 files." },
            { "bomb.zip", "bomb", HttpStatusCode.UnprocessableEntity, "more than 100 MB when they are unpacked" },
            { "large.png", "large", HttpStatusCode.RequestEntityTooLarge, "more than 24 MB together" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Files_that_cannot_be_imported_are_refused_with_a_reason(
        string name,
        string what,
        HttpStatusCode status,
        string sentence
    )
    {
        ArgumentNullException.ThrowIfNull(what);
        var file = what.Split(' ') switch
        {
            ["zip", .. var paths] => Zip([.. paths.Select(path => (path, "Words."))]),
            ["many"] => Zip([.. Enumerable.Range(0, 501).Select(i => ($"{i}.md", "Words."))]),
            ["bomb"] => Zip([.. Enumerable.Range(0, 11).Select(i => ($"{i}.json", new string(' ', 10_000_000)))]),
            ["large"] => new byte[24_500_000],
            _ => "Words."u8.ToArray(),
        };

        using var refused = await PostFilesAsync("Admin", (name, file));

        Assert.Equal(status, refused.StatusCode);
        Assert.Contains(
            sentence,
            (string)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["detail"]!,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Editor", HttpStatusCode.Forbidden)]
    [InlineData("Admin", HttpStatusCode.Created)]
    public async Task Importing_requires_the_role_admin(string? role, HttpStatusCode status)
    {
        using var sent = await PostFilesAsync(role, ("reed.md", Encoding.UTF8.GetBytes(Story("reed", "Reed"))));
        using var run = await PostAsync("upl_01980000000070008000000000000001", null, role: role);

        Assert.Equal(status, sent.StatusCode);
        Assert.Equal(status is HttpStatusCode.Created ? HttpStatusCode.NotFound : status, run.StatusCode);
    }

    private static string Story(string id, string headline, string status = "published") =>
        $"---\nid: {id}\nslug: {id}\nheadline: {headline}\nsummary: What it is for.\nstatus: {status}\n---\nThe first one opened on Monday, and nobody noticed.";

    private static byte[] Zip(params (string Path, string Text)[] files) =>
        ZipOf([.. files.Select(file => (file.Path, Encoding.UTF8.GetBytes(file.Text)))]);

    private static byte[] ZipOf(params (string Path, byte[] Content)[] files)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static IEnumerable<string?> OutcomesOf(JsonNode report) =>
        report["items"]!.AsArray().Select(item => (string?)item!["outcome"]);

    private async Task<string> SendAsync(params (string Name, byte[] Content)[] files)
    {
        using var sent = await PostFilesAsync("Admin", files);
        var text = await sent.Content.ReadAsStringAsync();
        Assert.True(sent.StatusCode is HttpStatusCode.Created, text);
        return (string)JsonNode.Parse(text)!["id"]!;
    }

    private async Task<HttpResponseMessage> PostFilesAsync(string? role, params (string Name, byte[] Content)[] files)
    {
        using MultipartFormDataContent form = [];
        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(content), "files", name);
        }

        using HttpRequestMessage request = new(HttpMethod.Post, "/imports") { Content = form };
        return await SendAsync(request, role, CancellationToken.None);
    }

    private async Task<JsonNode> RunAsync(string id, string? fingerprint = null)
    {
        using var answer = await PostAsync(id, fingerprint);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<HttpResponseMessage> PostAsync(
        string id,
        string? fingerprint,
        string? role = "Admin",
        CancellationToken cancellationToken = default
    )
    {
        using HttpRequestMessage request = new(
            HttpMethod.Post,
            $"/imports/{id}{(fingerprint is null ? "" : $"?fingerprint={fingerprint}")}"
        );
        return await SendAsync(request, role, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        string? role,
        CancellationToken cancellationToken
    )
    {
        if (role is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {server.Token(role)}");
        }

        return await server.Client.SendAsync(request, cancellationToken);
    }

    private async Task<Cms.Articles.Article?> ArticleAsync(string slug)
    {
        await using var db = await server.OpenAsync();
        return await db.Articles.AsNoTracking().SingleOrDefaultAsync(article => article.Slug == slug);
    }

    private async Task<int> CanalsAsync(CancellationToken cancellationToken)
    {
        await using var db = await server.OpenAsync();
        var ids = await db
            .Articles.Where(article => article.ImportId != null)
            .Select(article => article.ImportId!)
            .ToListAsync(cancellationToken);
        return ids.Count(id => id.StartsWith("canal-", StringComparison.Ordinal));
    }
}
