using Cms.Import;
using Cms.Media;
using Cms.Media.Library;
using Cms.Media.Rights;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>Images imported from Markdown folders and from ninjs.</summary>
public sealed class ImageImportTests : IAsyncLifetime
{
    private const string Credited = "type: image\nalt: A storm cloud.\ncredit: Rui Alves";

    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-image-import-");

    public Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "in", "images"));
        return _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Images_are_imported_with_their_stories_and_exported_byte_for_byte()
    {
        Copy("the-disk-said-yes.webp", "cloud.webp");
        Copy("oxbow.png", "oxbow.png");
        Copy("umbra.png", "umbra.png");
        Write("images/umbra.png.md", "type: image\ndecorative: true\ncreator: The newsroom");
        Write(
            "images/cloud.webp.md",
            """
            type: image
            alt: A storm cloud.
            caption: ‘Clouds’, the newsroom.
            focus: [0.25, 0.75]
            folder: weather/2026
            tags: [storms, databases]
            creator: Rui Alves
            credit: Rui Alves / Norte
            copyright: © 2026 Norte
            licence: { name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/", acquire: "https://norte.example/", terms: Name us. }
            mustCredit: true
            territories: [GB, PT]
            from: 2026-01-01T00:00:00Z
            until: 2027-01-01T00:00:00Z
            substitute: umbra.png
            syndication: true
            noCrop: true
            made: digitalCapture
            """
        );
        Write("images/oxbow.png.md", "type: image\nalt: Four squares.\ncredit: The newsroom");
        Write(
            "story.md",
            "headline: One\nslug: one\nsummary: S.\nhero: { image: images/cloud.webp, alt: Here it rains., caption: At night. }",
            "Words.\n\n![A logo](images/oxbow.png \"As it was\")\n\n![](images/umbra.png#decorative)"
        );
        Write("tool.md", "type: tool\nname: Oxbow\nlogo: images/oxbow.png");
        Write("persona.md", "type: persona\nname: The Builder\nlens: How\navatar: images/oxbow.png");

        var first = await ImportAsync("in");
        await ExportAsync("out");
        var again = await ImportAsync("out");
        await ExportAsync("twice");

        Assert.Equal((6, 0), (first.Imported, first.Refused.Count));
        Assert.Empty(first.Warnings);
        Assert.Equal((0, 6, 0), (again.Imported, again.Unchanged, again.Refused.Count));
        Assert.Equal(Bytes("in", "*.webp"), Bytes("out", "*.webp"));
        Assert.Equal(Bytes("in", "*.png"), Bytes("out", "*.png"));
        Assert.Equal(Bytes("out", "*"), Bytes("twice", "*"));
        await using var db = await _database.OpenAsync();
        var cloud = await db.MediaAssets.SingleAsync(a => a.ImportId == "images/cloud.webp");
        Assert.Equal((0.25, 0.75, "weather/2026"), (cloud.Focus.X, cloud.Focus.Y, cloud.Folder));
        Assert.Equal(["GB", "PT"], cloud.Rights.Territories);
        Assert.Equal(DigitalSourceType.DigitalCapture, cloud.Rights.DigitalSourceType);
        Assert.Equal(2, await db.MediaTags.CountAsync(t => t.MediaId == cloud.Id));
        Assert.NotNull(cloud.SubstituteId);
        Assert.Equal(3, await db.EditionMedia.CountAsync());
        Assert.Equal(cloud.Id, (await db.Editions.SingleAsync(e => e.Slug == "one")).Content!.HeroImageId);
    }

    [Fact]
    public async Task A_dry_run_makes_the_same_decisions_about_images_and_saves_none()
    {
        Copy("the-disk-said-yes.webp", "cloud.webp");
        Copy("oxbow.png", "bare.png");
        Write("images/cloud.webp.md", Credited);
        Write("good.md", "headline: Good\nsummary: S.\nhero: images/cloud.webp", "Words.");
        Write("bare.md", "headline: Bare\nsummary: S.\nhero: images/bare.png", "Words.");

        var dry = await ImportAsync("in", dryRun: true);
        await using var db = await _database.OpenAsync();
        var kept = await db.MediaAssets.CountAsync() + await db.MediaBlobs.CountAsync();
        var real = await ImportAsync("in");

        Assert.Equal(0, kept);
        Assert.Equal((2, 0), (dry.Imported, dry.Unchanged));
        Assert.Equal((real.Imported, real.Unchanged), (dry.Imported, dry.Unchanged));
        Assert.Equal(real.Refused.Select(r => (r.Origin, r.Reason)), dry.Refused.Select(r => (r.Origin, r.Reason)));
        Assert.All(dry.Refused, refused => Assert.Equal("bare.md", refused.Origin));
    }

    [Fact]
    public async Task A_changed_file_replaces_the_image_and_an_editors_changes_are_never_overwritten()
    {
        Copy("the-disk-said-yes.webp", "cloud.webp");
        Write("images/cloud.webp.md", Credited);
        await ImportAsync("in");
        Copy("the-disk-said-yes-writes.png", "cloud.webp");
        var changed = await ImportAsync("in");
        await using var db = await _database.OpenAsync();
        var image = await db.MediaAssets.AsNoTracking().SingleAsync();
        Newsroom.Value(
            await _database
                .Get<SaveMedia>()
                .Handle(new SaveMediaInput { Id = image.Id, Alt = "Rain." }, Newsroom.Erin, default)
        );
        Write("images/cloud.webp.md", Credited.Replace("storm", "dark", StringComparison.Ordinal));

        var refused = await ImportAsync("in");

        Assert.Equal((1, 2, ImageFormat.Png), (changed.Imported, image.Rev, image.Format));
        Assert.Contains("was edited here", Assert.Single(refused.Refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.webp")]
    [InlineData("images/../../secret.webp")]
    [InlineData("/etc/hostname")]
    [InlineData("https://example.org/cloud.webp")]
    [InlineData("images/none.webp")]
    [InlineData("images/link.webp")]
    public async Task A_story_cannot_show_a_file_outside_its_folder(string file)
    {
        File.Copy(Pictures.PathOf("umbra.png"), Path.Combine(_folder.FullName, "secret.webp"));
        File.CreateSymbolicLink(
            Path.Combine(_folder.FullName, "in", "images", "link.webp"),
            Path.Combine(_folder.FullName, "secret.webp")
        );
        Write("story.md", $"headline: One\nsummary: S.\nhero: {file}", "Words.");

        var summary = await ImportAsync("in");

        await using var db = await _database.OpenAsync();
        Assert.Contains(file, Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(0, await db.MediaAssets.CountAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_an_image_affects_only_the_story_that_shows_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "in", "images", "fake.webp"), "<html>");
        Copy("the-disk-said-yes.webp", "cloud.webp");
        Write("images/cloud.webp.md", Credited);
        Write("bad.md", "headline: Bad\nsummary: S.", "Words.\n\n![A cloud](images/fake.webp)");
        Write("good.md", "headline: Good\nsummary: S.\nhero: images/cloud.webp", "Words.");

        var summary = await ImportAsync("in");

        Assert.Equal(2, summary.Imported);
        Assert.Equal("bad.md", Assert.Single(summary.Refused).Origin);
    }

    [Fact]
    public async Task A_ninjs_picture_becomes_the_hero_image_of_its_story()
    {
        Copy("the-disk-said-yes.webp", "cloud.webp");
        Copy("oxbow.png", "oxbow.png");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "in", "wire.json"),
            """
            [
              { "uri": "urn:1", "headline": "First", "description_text": "D.", "body_text": "Words.",
                "associations": { "featureimage": { "type": "picture", "headline": "A cloud", "description_text": "It rains.", "byline": "Rui Alves", "copyrightnotice": "© Norte",
                  "renditions": { "original": { "href": "images/cloud.webp" } } } } },
              { "uri": "urn:2", "headlines": [{ "value": "Second" }], "descriptions": [{ "value": "D." }], "bodies": [{ "contenttype": "text/plain", "value": "Words." }],
                "associations": [
                  { "name": "map", "type": "picture", "renditions": [{ "name": "original", "href": "https://example.org/map.png" }] },
                  { "name": "main", "type": "picture", "headline": "A logo", "by": "The newsroom", "renditions": [{ "name": "thumb", "href": "https://example.org/t.png" }, { "name": "original", "href": "images/oxbow.png" }] }
                ] }
            ]
            """
        );

        var summary = await ImportAsync("in");

        await using var db = await _database.OpenAsync();
        var cloud = await db.MediaAssets.SingleAsync(a => a.ImportId == "images/cloud.webp");
        Assert.Equal((2, 0), (summary.Imported, summary.Refused.Count));
        Assert.Equal(("A cloud", "It rains.", "Rui Alves"), (cloud.Alt, cloud.Caption, cloud.Rights.Credit));
        Assert.Equal(cloud.Id, (await db.Editions.SingleAsync(e => e.Slug == "first")).Content!.HeroImageId);
        Assert.NotNull((await db.Editions.SingleAsync(e => e.Slug == "second")).Content!.HeroImageId);
        Assert.Contains("‘map’ is left out", Assert.Single(summary.Warnings), StringComparison.Ordinal);
    }

    private Task<ImportSummary> ImportAsync(string name, bool dryRun = false) =>
        _database
            .Get<ImportNewsroom>()
            .Handle(
                Path.Combine(_folder.FullName, name),
                new ImportOptions { DryRun = dryRun },
                null,
                CancellationToken.None
            );

    private Task<ExportSummary> ExportAsync(string name) =>
        _database.Get<ExportNewsroom>().Handle(Path.Combine(_folder.FullName, name), CancellationToken.None);

    private List<(string Name, string Bytes)> Bytes(string name, string pattern) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(_folder.FullName, name), pattern, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file =>
                    (
                        Path.GetRelativePath(Path.Combine(_folder.FullName, name), file),
                        Convert.ToBase64String(File.ReadAllBytes(file))
                    )
                ),
        ];

    private void Copy(string picture, string name) =>
        File.Copy(Pictures.PathOf(picture), Path.Combine(_folder.FullName, "in", "images", name), overwrite: true);

    private void Write(string file, string keys, string body = "") =>
        File.WriteAllText(Path.Combine(_folder.FullName, "in", file), $"---\n{keys}\n---\n{body}\n");
}
