using Cms.Changes;
using Cms.Import;
using Cms.Media.Library;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>
/// An image that its provider embargoes, withholds or cancels is never shown, even if another file allows it.
/// </summary>
public sealed class HeldPictureTests : IAsyncLifetime
{
    private const string Embargoed = "\"embargoedUntil\": \"2099-01-01T00:00:00Z\"";
    private const string Usable = "\"pubStatus\": \"usable\"";
    private const string Sidecar = "type: image\nalt: A cloud.\ncredit: C.";

    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-pictures-");

    public Task InitializeAsync()
    {
        _database.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        File.Copy(Pictures.PathOf("oxbow.png"), Path.Combine(_folder.FullName, "x.png"));
        return _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(Usable, Embargoed)]
    [InlineData(Embargoed, Usable)]
    [InlineData("\"embargoedUntil\": \"2026-11-01T00:00:00Z\"", Embargoed)]
    [InlineData(Usable, "\"pubStatus\": \"withheld\"")]
    [InlineData("\"pubStatus\": \"canceled\"", Usable)]
    public async Task An_image_that_any_story_embargoes_or_withholds_is_not_published(string first, string second)
    {
        WriteWire(Story(1, Picture("main", first)), Story(2, Picture("main", second)));

        var summary = await ImportAsync();

        Assert.NotEmpty(summary.Refused);
        await AssertNoPicturePublishedAsync();
    }

    [Fact]
    public async Task An_embargo_on_the_second_image_of_a_story_applies_too()
    {
        WriteWire(Story(1, $"{Picture("main", Usable)}, {Picture("other", Embargoed)}"));

        var summary = await ImportAsync();

        Assert.Single(summary.Refused);
        await AssertNoPicturePublishedAsync();
    }

    [Fact]
    public async Task An_embargo_in_a_wire_story_applies_to_an_image_that_also_has_a_sidecar_file()
    {
        Write("x.png.md", Sidecar);
        WriteWire(Story(1, Picture("main", Embargoed)));

        var summary = await ImportAsync();

        await using var db = await _database.OpenAsync();
        var image = await db.MediaAssets.SingleAsync();
        Assert.Contains("begin on 1 January 2099", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(("A cloud.", "C."), (image.Alt, image.Rights.Credit));
        await AssertNoPicturePublishedAsync();
    }

    [Fact]
    public async Task Two_files_that_give_an_image_different_rights_are_rejected_together_with_its_story()
    {
        Write("a.md", $"{Sidecar}\nfile: x.png\nfrom: 2099-01-01T00:00:00Z");
        Write("b.md", $"{Sidecar}\nfile: x.png");
        Write("story.md", "headline: Story\nsummary: S.\nhero: x.png");

        var summary = await ImportAsync();

        Assert.Equal(["a.md", "b.md", "story.md"], summary.Refused.Select(refused => refused.Origin).Order());
        await AssertNoPicturePublishedAsync();
    }

    [Theory]
    [InlineData("canceled", true)]
    [InlineData("withheld", false)]
    public async Task An_image_that_its_provider_cancels_or_withholds_later_is_hidden(string status, bool isFileThere)
    {
        WriteWire(Story(1, Picture("main", Usable)));
        await ImportAsync();
        WriteWire(Story(1, Picture("main", $"\"pubStatus\": \"{status}\"")));
        if (!isFileThere)
        {
            File.Delete(Path.Combine(_folder.FullName, "x.png"));
        }

        var summary = await ImportAsync();
        var again = await ImportAsync();

        await using var db = await _database.OpenAsync();
        Assert.Empty(summary.Refused);
        Assert.Contains(
            "wire.json [0]: the image x.png is no longer shown, because its provider withdrew it.",
            summary.Warnings
        );
        Assert.DoesNotContain(again.Warnings, warning => warning.Contains("no longer shown", StringComparison.Ordinal));
        Assert.NotNull((await db.MediaAssets.SingleAsync()).ExpiredAt);
        Assert.Equal(1, await db.Changes.CountAsync(change => change.Kind == ChangeKind.MediaExpired));
    }

    [Fact]
    public async Task A_cancelled_image_without_a_file_name_produces_a_warning_that_says_what_to_do()
    {
        WriteWire(Story(1, """{ "name": "main", "type": "picture", "pubStatus": "canceled" }"""));

        var summary = await ImportAsync();

        Assert.Contains("saveMediaRights", Assert.Single(summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_does_not_expire_a_cancelled_image()
    {
        WriteWire(Story(1, Picture("main", Usable)));
        await ImportAsync();
        WriteWire(Story(1, Picture("main", "\"pubStatus\": \"canceled\"")));

        var summary = await ImportAsync(dryRun: true);

        await using var db = await _database.OpenAsync();
        Assert.Contains(summary.Warnings, warning => warning.Contains("no longer shown", StringComparison.Ordinal));
        Assert.Null((await db.MediaAssets.SingleAsync()).ExpiredAt);
    }

    [Fact]
    public async Task An_image_that_its_provider_withholds_and_then_releases_is_shown_again()
    {
        foreach (var fields in new[] { Usable, "\"pubStatus\": \"withheld\"", Usable })
        {
            WriteWire(Story(1, Picture("main", fields)));
            await ImportAsync();
        }

        await using var db = await _database.OpenAsync();
        var image = await db.MediaAssets.SingleAsync();
        Assert.Equal((null, null), (image.ExpiredAt, image.ExpiresAt));
        Assert.NotNull((await db.Editions.SingleAsync(e => e.SupersededAt == null)).Content!.HeroImageId);
    }

    [Fact]
    public async Task An_import_does_not_expire_a_cancelled_image_that_an_editor_changed_and_the_error_says_what_to_do()
    {
        WriteWire(Story(1, Picture("main", Usable)));
        await ImportAsync();
        await using var db = await _database.OpenAsync();
        var id = await db.MediaAssets.Select(a => a.Id).SingleAsync();
        Newsroom.Value(
            await _database
                .Get<SaveMedia>()
                .Handle(new SaveMediaInput { Id = id, Alt = "Rain." }, Newsroom.Erin, default)
        );
        WriteWire(Story(1, Picture("main", "\"pubStatus\": \"canceled\"")));

        var summary = await ImportAsync();

        Assert.Contains("saveMediaRights", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        Assert.Null((await db.MediaAssets.AsNoTracking().SingleAsync()).ExpiredAt);
    }

    [Fact]
    public async Task An_import_cannot_embargo_a_published_image_and_the_error_explains_why()
    {
        Write("x.png.md", Sidecar);
        Write("story.md", "headline: Story\nsummary: S.\nhero: x.png");
        await ImportAsync();
        Write("x.png.md", $"{Sidecar}\nfrom: 2099-01-01T00:00:00Z");

        var dry = await ImportAsync(dryRun: true);
        var summary = await ImportAsync();

        await using var db = await _database.OpenAsync();
        Assert.All(
            summary.Refused,
            refused => Assert.Contains("would not hide it", refused.Reason, StringComparison.Ordinal)
        );
        Assert.Equal(["story.md", "x.png.md"], summary.Refused.Select(refused => refused.Origin).Order());
        Assert.Equal(summary.Refused, dry.Refused);
        Assert.Null((await db.MediaAssets.SingleAsync()).Rights.ValidFrom);
    }

    private async Task AssertNoPicturePublishedAsync()
    {
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.EditionMedia.CountAsync());
    }

    private static string Story(int number, string pictures) =>
        $$"""{ "uri": "urn:example:{{number}}", "headline": "Story {{number}}", "description_text": "D.", "body_text": "Words.", "associations": [{{pictures}}] }""";

    private static string Picture(string name, string fields) =>
        $$"""{ "name": "{{name}}", "type": "picture", "description_text": "A.", "alttext": "A cloud.", "byline": "B.", {{fields}}, "renditions": [{ "name": "original", "href": "x.png" }] }""";

    private void WriteWire(params string[] stories) =>
        File.WriteAllText(Path.Combine(_folder.FullName, "wire.json"), $"[{string.Join(", ", stories)}]");

    private void Write(string name, string keys) =>
        File.WriteAllText(Path.Combine(_folder.FullName, name), $"---\n{keys}\n---\nWords.\n");

    private Task<ImportSummary> ImportAsync(bool dryRun = false) =>
        _database
            .Get<ImportNewsroom>()
            .Handle(_folder.FullName, new ImportOptions { DryRun = dryRun }, null, CancellationToken.None);
}
