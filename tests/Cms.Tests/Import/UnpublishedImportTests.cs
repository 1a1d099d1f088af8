using System.Globalization;
using System.Text.Json;
using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Import;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>
/// A story whose file withholds it is not published. An ambiguous file is rejected with a reason.
/// </summary>
[Slow]
public sealed class UnpublishedImportTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SqliteTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-import-");

    public Task InitializeAsync()
    {
        _database.Clock.SetUtcNow(Now);
        return _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private const string Version1 =
        """ "type": "text", "versioncreated": "2026-11-20T09:00:00Z", "headline": "Story", "description_text": "D.", "body_html": "<p>Words.</p>" """;

    private const string Version3 = """
         "type": "text", "standard": { "name": "ninjs", "version": "3.1" }, "versionCreated": "2026-11-20T09:00:00Z",
         "headlines": [{ "role": "main", "value": "Story" }], "descriptions": [{ "role": "summary", "value": "D." }],
         "bodies": [{ "role": "main", "contentType": "text/html", "value": "<p>Words.</p>" }]
        """;

    [Theory]
    [InlineData(Version3, "\"embargoedUntil\": \"2099-01-01T00:00:00Z\"", "2099-01-01T00:00:00Z")]
    [InlineData(
        Version3,
        "\"embargoedUntil\": \"2099-01-01T02:00:00+02:00\", \"pubStatus\": \"usable\"",
        "2099-01-01T00:00:00Z"
    )]
    [InlineData(Version1, "\"embargoed\": \"2099-01-01T00:00:00Z\"", "2099-01-01T00:00:00Z")]
    [InlineData(Version1, "\"embargoedUntil\": \"2099-01-01T00:00:00Z\"", "2099-01-01T00:00:00Z")]
    [InlineData(Version3, "\"embargoed\": \"2099-01-01T00:00:00Z\"", "2099-01-01T00:00:00Z")]
    [InlineData(Version3, "\"embargoeduntil\": \"2099-01-01T00:00:00Z\"", "2099-01-01T00:00:00Z")]
    [InlineData(Version3, "\"embargoed_until\": \"2099-01-01T00:00:00Z\"", "2099-01-01T00:00:00Z")]
    [InlineData(
        Version3,
        "\"embargoed\": \"2099-01-01T00:00:00Z\", \"embargoedUntil\": \"2099-01-01T01:00:00+01:00\"",
        "2099-01-01T00:00:00Z"
    )]
    [InlineData(Version3, "\"pubStatus\": \"withheld\"", null)]
    [InlineData(Version1, "\"pubstatus\": \"withheld\"", null)]
    [InlineData(Version1, "\"pubStatus\": \"withheld\"", null)]
    [InlineData(Version3, "\"pubstatus\": \"withheld\"", null)]
    [InlineData(Version3, "\"PubStatus\": \"withheld\"", null)]
    [InlineData(Version3, "\"pub_status\": \"withheld\"", null)]
    [InlineData(Version3, "\"pubStatus\": \"withheld\", \"embargoedUntil\": \"2026-11-01T00:00:00Z\"", null)]
    public async Task A_withheld_or_embargoed_wire_story_is_imported_as_a_draft(
        string story,
        string fields,
        string? embargo
    )
    {
        var summary = await ImportAsync(story, fields);

        var article = await ArticleAsync();
        Assert.Empty(summary.Refused);
        Assert.Equal(ArticleStatus.Draft, article.Status);
        Assert.Equal(embargo is null ? null : At(embargo), article.EmbargoUntil);
        Assert.Null(article.LiveEditionId);
    }

    [Theory]
    [InlineData(Version3, "\"pubStatus\": \"usable\"")]
    [InlineData(Version3, "\"urgency\": 3")]
    [InlineData(Version3, "\"pubStatus\": \"usable\", \"pubstatus\": \"usable\"")]
    [InlineData(Version3, "\"embargoedUntil\": \"2026-11-30T23:59:59Z\"")]
    [InlineData(
        Version3,
        "\"eventDetails\": { \"eventStatus\": \"https://cv.iptc.org/newscodes/eventstatus/planned\" }"
    )]
    [InlineData(Version1, "\"pubstatus\": \"usable\", \"embargoed\": \"2026-11-30T23:59:59Z\"")]
    [InlineData(Version3, "\"expires\": \"2026-11-30T23:59:59Z\", \"contentCreated\": \"2026\"")]
    public async Task A_usable_wire_story_is_published(string story, string fields)
    {
        var summary = await ImportAsync(story, fields);

        Assert.Empty(summary.Refused);
        Assert.Equal(ArticleStatus.Published, (await ArticleAsync()).Status);
    }

    [Theory]
    [InlineData("\"pubStatus\": \"canceled\"", "cancelled")]
    [InlineData("\"pubstatus\": \"canceled\"", "cancelled")]
    [InlineData("\"pubStatus\": \"canceled\", \"embargoedUntil\": \"2099-01-01T00:00:00Z\"", "cancelled")]
    [InlineData("\"pubStatus\": \"cancelled\"", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": \"Usable\"", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": \"WITHHELD\"", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": \"stat:withheld\"", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": \"usable \"", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": \"\"", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": null", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": 1", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": true", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": [\"withheld\"]", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": { \"value\": \"withheld\" }", "usable, withheld or canceled")]
    [InlineData("\"pubStatus\": \"usable\", \"pubstatus\": \"withheld\"", "contradict")]
    [InlineData("\"pubStatus\": \"withheld\", \"pubStatus\": \"usable\"", "contradict")]
    [InlineData("\"embargoedUntil\": \"2099-01-01T00:00:00\"", "2026-04-23T09:00:00Z")]
    [InlineData("\"embargoedUntil\": \"2099-01-01 00:00\"", "2026-04-23T09:00:00Z")]
    [InlineData("\"embargoedUntil\": \"2099-01-01\"", "2026-04-23T09:00:00Z")]
    [InlineData("\"embargoedUntil\": \"tomorrow\"", "2026-04-23T09:00:00Z")]
    [InlineData("\"embargoedUntil\": \"\"", "2026-04-23T09:00:00Z")]
    [InlineData("\"embargoedUntil\": null", "2026-04-23T09:00:00Z")]
    [InlineData("\"embargoedUntil\": 4070908800", "2026-04-23T09:00:00Z")]
    [InlineData("\"embargoedUntil\": true", "2026-04-23T09:00:00Z")]
    [InlineData("\"embargoed\": \"2099-01-01T00:00:00\"", "2026-04-23T09:00:00Z")]
    [InlineData("\"embargoed\": \"2026-11-01T00:00:00Z\", \"embargoedUntil\": \"2099-01-01T00:00:00Z\"", "contradict")]
    [InlineData(
        "\"embargoedUntil\": \"2099-01-01T00:00:00Z\", \"embargoedUntil\": \"2026-11-01T00:00:00Z\"",
        "contradict"
    )]
    [InlineData("\"status\": \"withheld\"", "pubStatus")]
    [InlineData("\"publicationStatus\": \"withheld\"", "pubStatus")]
    [InlineData("\"published\": false", "pubStatus")]
    [InlineData("\"draft\": true", "pubStatus")]
    [InlineData("\"embargo\": \"2099-01-01T00:00:00Z\"", "embargoedUntil")]
    [InlineData("\"embargoUntil\": \"2099-01-01T00:00:00Z\"", "embargoedUntil")]
    [InlineData("\"scheduledAt\": \"2099-01-01T00:00:00Z\"", "embargoedUntil")]
    [InlineData("\"versionCreated\": \"2026-11-20T09:00:00\"", "versionCreated")]
    [InlineData("\"firstCreated\": \"2026-01-01T00:00:00Z\", \"versionCreated\": \"2099-01-01T00:00:00Z\"", "future")]
    [InlineData("\"firstcreated\": \"2026-01-01T00:00:00Z\", \"version_created\": \"2099-01-01T00:00:00Z\"", "future")]
    [InlineData("\"versioncreated\": 4070908800", "versioncreated")]
    [InlineData("\"firstCreated\": { \"date\": \"2099-01-01T00:00:00Z\" }", "firstCreated")]
    [InlineData("\"versioncreated\": \"\"", "versioncreated")]
    [InlineData("\"state\": \"draft\"", "pubStatus")]
    [InlineData("\"kill\": true", "pubStatus")]
    [InlineData("\"spiked\": true", "pubStatus")]
    [InlineData("\"deleted\": true", "pubStatus")]
    [InlineData("\"withdrawn\": true", "pubStatus")]
    [InlineData("\"retracted\": true", "pubStatus")]
    [InlineData("\"live\": false", "pubStatus")]
    [InlineData("\"goLive\": \"2099-01-01T00:00:00Z\"", "embargoedUntil")]
    [InlineData("\"publishTime\": \"2099-01-01T00:00:00Z\"", "embargoedUntil")]
    [InlineData("\"publicationDate\": \"2099-01-01T00:00:00Z\"", "embargoedUntil")]
    [InlineData("\"availableFrom\": \"2099-01-01T00:00:00Z\"", "embargoedUntil")]
    [InlineData("\"firstCreated\": \"10:30\"", "firstCreated")]
    [InlineData("\"usable\": false", "pubStatus")]
    [InlineData("\"pubStatus\": \"usable\", \"description_text\": \"\\ud800\"", "incomplete Unicode character")]
    [InlineData("\"pubStatus\": \"\\udc00\"", "incomplete Unicode character")]
    [InlineData("\"a\\ud800\": 1", "incomplete Unicode character")]
    public async Task A_wire_story_with_an_unclear_status_or_time_is_rejected(string fields, string sentence)
    {
        var summary = await ImportAsync(Version3, fields);

        Assert.Contains(sentence, Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.Articles.CountAsync());
    }

    [Theory]
    [InlineData(Version3, "\"pubStatus\": \"canceled\"")]
    [InlineData(Version3, "\"pubStatus\": \"withheld\"")]
    [InlineData(Version1, "\"pubstatus\": \"canceled\"")]
    [InlineData(Version1, "\"pubstatus\": \"withheld\"")]
    public async Task A_published_story_that_its_provider_cancels_or_withholds_is_withdrawn(string story, string fields)
    {
        await ImportAsync(Version1, "\"pubstatus\": \"usable\"");

        var summary = await ImportAsync(story, fields);
        var again = await ImportAsync(story, fields);

        var article = await ArticleAsync();
        Assert.Empty(summary.Refused.Concat(again.Refused));
        Assert.Contains("was withdrawn", Assert.Single(summary.Warnings), StringComparison.Ordinal);
        Assert.Equal((1, 1), (summary.Imported, again.Unchanged));
        Assert.Equal(ArticleStatus.Withdrawn, article.Status);
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.ArticleListings.CountAsync());
    }

    [Fact]
    public async Task A_dry_run_of_a_cancelled_story_withdraws_nothing()
    {
        await ImportAsync(Version3, "\"pubStatus\": \"usable\"");

        var summary = await ImportAsync(Version3, "\"pubStatus\": \"canceled\"", dryRun: true);

        Assert.Equal((1, 0), (summary.Imported, summary.Refused.Count));
        Assert.Equal(ArticleStatus.Published, (await ArticleAsync()).Status);
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("withheld")]
    public async Task A_story_that_an_editor_published_is_not_withdrawn_and_the_error_says_what_to_do(string status)
    {
        await ImportAsync(Version3, "\"pubStatus\": \"withheld\"");
        await new Newsroom(_database.Services).PublishAsync((await ArticleAsync()).Id);

        var summary = await ImportAsync(Version3, $"\"pubStatus\": \"{status}\", \"urgency\": 1", "Other words.");

        Assert.Contains("withdrawArticle", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(ArticleStatus.Published, (await ArticleAsync()).Status);
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("withheld")]
    public async Task A_cancelled_or_withheld_story_that_an_editor_scheduled_is_rejected_with_advice(string status)
    {
        await ImportAsync(Version3, "\"pubStatus\": \"withheld\"");
        await ScheduleAsync((await ArticleAsync()).Id);

        var summary = await ImportAsync(Version3, $"\"pubStatus\": \"{status}\"", "Other words.");

        Assert.Contains("unscheduleArticle", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"pubStatus\": \"usable\"", "\"pubStatus\": \"canceled\"", 2)]
    [InlineData("\"pubStatus\": \"canceled\"", "\"pubStatus\": \"usable\"", 2)]
    [InlineData("\"pubStatus\": \"usable\"", "\"pubStatus\": \"withheld\"", 2)]
    [InlineData("\"pubStatus\": \"withheld\"", "\"pubStatus\": \"usable\"", 2)]
    [InlineData("\"pubStatus\": \"usable\"", "\"embargoedUntil\": \"2099-01-01T00:00:00Z\"", 2)]
    [InlineData("\"embargoedUntil\": \"2098-01-01T00:00:00Z\"", "\"embargoedUntil\": \"2099-01-01T00:00:00Z\"", 2)]
    [InlineData("\"pubStatus\": \"usable\"", "\"pubStatus\": \"killed\"", 2)]
    [InlineData("\"embargo\": \"2099-01-01T00:00:00Z\"", "\"pubStatus\": \"usable\"", 2)]
    public async Task A_story_that_occurs_twice_with_conflicting_statuses_is_not_published(
        string first,
        string second,
        int refused
    )
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "wire.json"),
            $$"""[{ "uri": "urn:example:1", {{Version3}}, {{first}} }, { "uri": "urn:example:1", {{Version3}}, {{second}} }]"""
        );

        var summary = await ImportAsync();

        Assert.Equal((0, refused), (summary.Imported, summary.Refused.Count));
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.Articles.CountAsync());
    }

    [Fact]
    public async Task A_file_is_rejected_if_another_file_with_its_id_cannot_be_read()
    {
        WriteStory("id: one");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "two.md"),
            "---\nid: one\nheadline: Story\nsummary: S.\ndraft: true\n---\nWords.\n"
        );

        var summary = await ImportAsync();

        Assert.Equal(["story.md", "two.md"], summary.Refused.Select(refused => refused.Origin).Order());
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.Articles.CountAsync());
    }

    [Theory]
    [InlineData("\"altids\": \"example-1\"", "\"altids\": \"example-1\"")]
    [InlineData(
        "\"altids\": { \"desk\": \"example-1\", \"web\": \"2\" }",
        "\"altids\": { \"web\": \"2\", \"desk\": \"example-1\" }"
    )]
    [InlineData(
        "\"altids\": [{ \"role\": \"desk\", \"value\": \"example-1\" }]",
        "\"altids\": [{ \"role\": \"desk\", \"value\": \"example-1\" }]"
    )]
    [InlineData(
        "\"altIds\": [{ \"role\": \"desk\", \"value\": \"example-1\" }, { \"role\": \"web\", \"value\": \"2\" }]",
        "\"altIds\": [{ \"role\": \"web\", \"value\": \"2\" }, { \"role\": \"desk\", \"value\": \"example-1\" }]"
    )]
    [InlineData("\"guid\": \"example-1\"", "\"guid\": \"example-1\"")]
    public async Task A_wire_story_without_a_uri_is_recognised_by_its_other_ids(string first, string second)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "first.json"), $"{{ {first}, {Version1} }}");
        await ImportAsync();
        File.Delete(Path.Combine(_folder.FullName, "first.json"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "second.json"),
            $$"""{ {{second}}, "pubstatus": "canceled" }"""
        );

        var summary = await ImportAsync();

        var article = await ArticleAsync();
        Assert.Empty(summary.Refused);
        Assert.Equal(("example-1", ArticleStatus.Withdrawn), (article.ImportId, article.Status));
    }

    [Fact]
    public async Task An_embargo_on_a_published_story_is_rejected_and_changes_nothing()
    {
        await ImportAsync(Version3, "\"pubStatus\": \"usable\"");

        var summary = await ImportAsync(Version3, "\"embargoedUntil\": \"2099-01-01T00:00:00Z\"");

        var article = await ArticleAsync();
        Assert.Contains(
            "an embargo would have no effect",
            Assert.Single(summary.Refused).Reason,
            StringComparison.Ordinal
        );
        Assert.Equal(
            (ArticleStatus.Published, null, 1, 1),
            (article.Status, article.EmbargoUntil, article.EditionCount, article.RevisionCount)
        );
    }

    [Fact]
    public async Task An_import_does_not_publish_a_story_that_an_editor_scheduled()
    {
        await ImportAsync(Version3, "\"pubStatus\": \"withheld\"");
        await ScheduleAsync((await ArticleAsync()).Id);

        var summary = await ImportAsync(Version3, "\"pubStatus\": \"usable\"");

        Assert.Contains("unscheduleArticle", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(ArticleStatus.Draft, (await ArticleAsync()).Status);
    }

    [Fact]
    public async Task A_cancelled_story_that_the_import_scheduled_is_unscheduled()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "story.md"),
            "---\nid: urn:example:1\nheadline: Story\nsummary: S.\nstatus: draft\nscheduledAt: 2026-12-02T09:00:00Z\n---\nWords.\n"
        );
        await ImportAsync();
        File.Delete(Path.Combine(_folder.FullName, "story.md"));

        var summary = await ImportAsync(Version3, "\"pubStatus\": \"canceled\"");

        Assert.Empty(summary.Refused);
        Assert.Contains("no longer scheduled", Assert.Single(summary.Warnings), StringComparison.Ordinal);
        Assert.Null((await ArticleAsync()).ScheduledAt);
    }

    [Fact]
    public async Task A_cancelled_story_that_is_a_draft_stays_a_draft_and_is_rejected_with_advice()
    {
        await ImportAsync(Version3, "\"pubStatus\": \"withheld\"");

        var summary = await ImportAsync(Version3, "\"pubStatus\": \"canceled\"");

        Assert.Contains(
            "Leave it unpublished",
            Assert.Single(summary.Refused).Reason,
            StringComparison.OrdinalIgnoreCase
        );
        Assert.Equal(ArticleStatus.Draft, (await ArticleAsync()).Status);
    }

    [Theory]
    [InlineData("\"pubstatus\": \"withheld\"", 1, "withheld")]
    [InlineData("\"pubStatus\": \"canceled\"", 1, "cancelled")]
    [InlineData("\"pubStatus\": \"unknown\"", 0, "usable, withheld or canceled")]
    [InlineData("\"embargoedUntil\": \"2099-01-01T00:00:00Z\"", 0, "rights")]
    [InlineData("\"embargoed\": \"soon\"", 0, "2026-04-23T09:00:00Z")]
    public async Task A_withheld_or_unclear_image_is_not_published_with_its_story(
        string fields,
        int imported,
        string sentence
    )
    {
        File.Copy(Pictures.PathOf("oxbow.png"), Path.Combine(_folder.FullName, "x.png"));
        var picture =
            $$"""{ "name": "main", "type": "picture", "description_text": "A.", "alttext": "A cloud.", "byline": "B.", {{fields}}, "renditions": [{ "name": "original", "href": "x.png" }] }""";

        var summary = await ImportAsync(Version3, $"\"associations\": [{picture}]");

        Assert.Equal(imported, summary.Imported);
        Assert.Contains(
            summary.Warnings.Concat(summary.Refused.Select(r => r.Reason)),
            line => line.Contains(sentence, StringComparison.Ordinal)
        );
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.EditionMedia.CountAsync());
    }

    [Theory]
    [InlineData("status:", "status")]
    [InlineData("status: null", "status")]
    [InlineData("status: ~", "status")]
    [InlineData("status: ''", "status")]
    [InlineData("status: 0", "status")]
    [InlineData("status: '+0'", "status")]
    [InlineData("status: false", "status")]
    [InlineData("status: [draft]", "status")]
    [InlineData("status: { is: draft }", "status")]
    [InlineData("status: withheld", "status")]
    [InlineData("status: canceled", "status")]
    [InlineData("status: 'draft, published'", "status")]
    [InlineData("status: draft\nstatus: published", "Duplicate key status")]
    [InlineData("Status: draft", "status: draft")]
    [InlineData("STATUS: draft", "status: draft")]
    [InlineData("draft: true", "status: draft")]
    [InlineData("published: false", "status: draft")]
    [InlineData("publish: false", "status: draft")]
    [InlineData("hidden: true", "status: draft")]
    [InlineData("pubStatus: withheld", "status: draft")]
    [InlineData("state: draft", "status: draft")]
    [InlineData("kill: true", "status: draft")]
    [InlineData("spiked: true", "status: draft")]
    [InlineData("deleted: true", "status: draft")]
    [InlineData("withdrawn: true", "status: draft")]
    [InlineData("retracted: true", "status: draft")]
    [InlineData("live: false", "status: draft")]
    [InlineData("goLive: 2026-12-02T09:00:00Z", "scheduledAt")]
    [InlineData("publish_time: 2026-12-02T09:00:00Z", "scheduledAt")]
    [InlineData("publicationDate: 2026-12-02T09:00:00Z", "scheduledAt")]
    [InlineData("availableFrom: 2026-12-02T09:00:00Z", "scheduledAt")]
    [InlineData("scheduled: 2026-12-02T09:00:00Z", "scheduledAt")]
    [InlineData("publishAt: 2026-12-02T09:00:00Z", "scheduledAt")]
    [InlineData("embargo: 2026-12-02T09:00:00Z", "embargoUntil")]
    [InlineData("embargoed: 2026-12-02T09:00:00Z", "embargoUntil")]
    [InlineData("embargountil: 2026-12-02T09:00:00Z", "embargoUntil")]
    [InlineData("embargoUntil:", "embargoUntil")]
    [InlineData("embargoUntil: null", "embargoUntil")]
    [InlineData("embargoUntil: true", "embargoUntil")]
    [InlineData("embargoUntil: [2099-01-01T00:00:00Z]", "embargoUntil")]
    [InlineData("embargoUntil: 2099-01-01", "2026-04-23T09:00:00Z")]
    [InlineData("embargoUntil: 2099-01-01 02:30", "2026-04-23T09:00:00Z")]
    [InlineData("embargoUntil: 2099-01-01T02:30:00", "2026-04-23T09:00:00Z")]
    [InlineData("embargoUntil: 01/02/2099", "2026-04-23T09:00:00Z")]
    [InlineData("embargoUntil: 2099-13-01T00:00:00Z", "2026-04-23T09:00:00Z")]
    [InlineData("embargoUntil: 2099-01-01T00:00:00 Europe/Lisbon", "2026-04-23T09:00:00Z")]
    [InlineData("embargoUntil: 2099-01-01T00:00:00 GMT", "2026-04-23T09:00:00Z")]
    [InlineData("scheduledAt:", "scheduledAt")]
    [InlineData("!!str status: draft", "has a YAML tag")]
    [InlineData("! status: draft", "has a YAML tag")]
    [InlineData("? !x status\n: draft", "has a YAML tag")]
    [InlineData("!foo embargoUntil: 2099-01-01T00:00:00Z", "has a YAML tag")]
    [InlineData("tags: [one, \"<!-- a client under embargo -->\"]", "an HTML comment")]
    [InlineData("status: draft\nscheduledAt: 2027-03-28 02:30", "2026-04-23T09:00:00Z")]
    [InlineData("status: draft\nscheduledAt: 2027-03-28T02:30:00", "2026-04-23T09:00:00Z")]
    [InlineData("status: draft\nscheduledAt: 2027-03-28", "2026-04-23T09:00:00Z")]
    [InlineData("status: draft\nscheduledAt: 02:30", "2026-04-23T09:00:00Z")]
    [InlineData("date: 10:30", "2026-04-03 or 2026-04-03T10:30:00Z")]
    [InlineData("date: 2.5", "2026-04-03 or 2026-04-03T10:30:00Z")]
    [InlineData("date: 03/04/2026", "2026-04-03 or 2026-04-03T10:30:00Z")]
    [InlineData("date: 2026-03", "2026-04-03 or 2026-04-03T10:30:00Z")]
    [InlineData("date: 2026-04-03T10:30:00", "2026-04-03 or 2026-04-03T10:30:00Z")]
    public async Task A_file_with_an_unclear_status_or_time_is_rejected_with_a_reason(string keys, string sentence)
    {
        WriteStory(keys);

        var summary = await ImportAsync();

        Assert.Contains(sentence, Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        await using var db = await _database.OpenAsync();
        Assert.Equal(0, await db.Articles.CountAsync());
    }

    [Theory]
    [InlineData("status: published", ArticleStatus.Published, null)]
    [InlineData("status: Draft", ArticleStatus.Draft, null)]
    [InlineData("status: \" DRAFT \"", ArticleStatus.Draft, null)]
    [InlineData("date: 2026-04-03", ArticleStatus.Published, null)]
    [InlineData("date: 2026-04-03 10:30:00+01:00", ArticleStatus.Published, null)]
    [InlineData("status: draft\nscheduledAt: 2026-12-02T09:00+02:00", ArticleStatus.Draft, "2026-12-02T07:00:00Z")]
    [InlineData("status: draft\nscheduledAt: 2026-12-02 09:00:00.5Z", ArticleStatus.Draft, "2026-12-02T09:00:00.5Z")]
    [InlineData("embargoUntil: 2026-12-02t09:00:00z", ArticleStatus.Draft, null)]
    [InlineData("embargoUntil: 2026-11-02T09:00:00Z", ArticleStatus.Published, null)]
    public async Task An_unambiguous_file_is_imported(string keys, ArticleStatus status, string? scheduled)
    {
        WriteStory(keys);

        var summary = await ImportAsync();

        var article = await ArticleAsync();
        Assert.Empty(summary.Refused);
        Assert.Equal((status, scheduled is null ? null : At(scheduled)), (article.Status, article.ScheduledAt));
    }

    [Theory]
    [InlineData("from", "2027-01-01T09:00:00")]
    [InlineData("from", "2027-01-01")]
    [InlineData("from", "")]
    [InlineData("until", "2027-01-01 09:00")]
    [InlineData("until", "01/02/2027")]
    public async Task A_start_or_end_of_image_rights_without_a_UTC_offset_is_rejected(string key, string written)
    {
        File.Copy(Pictures.PathOf("oxbow.png"), Path.Combine(_folder.FullName, "x.png"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "x.png.md"),
            $"---\ntype: image\nalt: A cloud.\ncredit: C.\n{key}: {written}\n---\n"
        );

        var summary = await ImportAsync();

        Assert.Equal(
            $"Write {key} as a time with its offset from UTC: 2026-04-23T09:00:00Z or 2026-04-23T11:00:00+02:00.",
            Assert.Single(summary.Refused).Reason
        );
    }

    [Fact]
    public async Task A_published_story_stays_published_when_its_file_becomes_a_draft_and_the_error_says_what_to_do()
    {
        WriteStory("date: 2026-04-03");
        await ImportAsync();
        WriteStory("status: draft");

        var summary = await ImportAsync();

        var article = await ArticleAsync();
        Assert.Contains("withdrawArticle", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal((ArticleStatus.Published, 1), (article.Status, article.RevisionCount));
    }

    [Fact]
    public async Task A_file_can_schedule_an_update_of_a_published_story()
    {
        WriteStory("date: 2026-04-03");
        await ImportAsync();
        WriteStory("status: draft\nscheduledAt: 2026-12-02T09:00:00Z");

        var summary = await ImportAsync();

        var article = await ArticleAsync();
        Assert.Empty(summary.Refused);
        Assert.Equal(
            (ArticleStatus.Published, At("2026-12-02T09:00:00Z"), 1),
            (article.Status, article.ScheduledAt, article.EditionCount)
        );
    }

    [Fact]
    public async Task Removing_the_schedule_from_a_file_unschedules_its_story()
    {
        WriteStory("status: draft\nscheduledAt: 2026-12-02T09:00:00Z");
        await ImportAsync();
        WriteStory("status: draft");

        var summary = await ImportAsync();

        Assert.Empty(summary.Refused);
        Assert.Null((await ArticleAsync()).ScheduledAt);
    }

    [Fact]
    public async Task A_file_does_not_end_a_schedule_that_an_editor_made_and_the_error_says_what_to_do()
    {
        WriteStory("status: draft");
        await ImportAsync();
        await ScheduleAsync((await ArticleAsync()).Id);
        WriteStory("status: draft\nbyline: B.");

        var summary = await ImportAsync();

        Assert.Contains("unscheduleArticle", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(Now.AddDays(1), (await ArticleAsync()).ScheduledAt);
    }

    [Theory]
    [InlineData("<p>Before. </p><!-- secret\n\nsecret --><p>Before. After.</p>")]
    [InlineData("<p>Before. <!-- secret\n\nsecret -->After.</p>")]
    [InlineData("<p>Before. After.</p><!-- secret")]
    [InlineData("<p>Before. After.</p><!--[if mso]><p>secret</p><![endif]-->")]
    [InlineData("<p>Before. After.</p><?note secret ?>")]
    [InlineData("<p>Before. After.</p><![CDATA[ secret ]]>")]
    [InlineData("<p>Before. After.</p><p hidden>secret</p>")]
    [InlineData("<p>Before. <b hidden>secret</b>After.</p>")]
    [InlineData("<p>Before. After.</p><div hidden=until-found><p>secret</p></div>")]
    [InlineData("<p>Before. After.</p><div style='color: red; Display : none'><p>secret</p></div>")]
    [InlineData("<p>Before. After.</p><ul><li hidden>secret</li><li>x</li></ul>")]
    [InlineData("<p>Before. After.</p><table><tr><td>x</td><td hidden>secret</td></tr></table>")]
    [InlineData("<p>Before. <script>secret</script><style>secret</style><template>secret</template>After.</p>")]
    [InlineData("<p>Before. <noscript>secret</noscript>After.</p><noscript>secret</noscript>")]
    [InlineData("<p>Before. After.</p><dialog>secret</dialog><datalist><option>secret</option></datalist>")]
    [InlineData("<p>Before. After.</p><pre>x<script>secret</script><!-- secret --></pre>")]
    [InlineData("<p>Before. After. <code>x<span hidden>secret</span></code></p>")]
    [InlineData("<p>Before. After. <img alt='secret' hidden></p>")]
    [InlineData("<p>Before. After. <textarea hidden>secret</textarea><input type=hidden value=secret></p>")]
    public async Task Text_that_a_browser_hides_in_a_wire_story_is_not_published(string html)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "wire.json"),
            $$"""{ "uri": "urn:example:1", "headline": "Story", "description_text": "D.", "body_html": {{JsonSerializer.Serialize(html)}} }"""
        );

        var summary = await ImportAsync();

        await using var db = await _database.OpenAsync();
        var body = await db.Editions.Select(e => e.Content!.Body).SingleAsync();
        Assert.Empty(summary.Refused);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Contains("Before. ", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p><a href=\"https://a.example/it's\">x</a></p>", "https://a.example/it's")]
    [InlineData("<p><a href='https://a.example/a b'>x</a></p>", "https://a.example/a%20b")]
    [InlineData("<p><a href='https://a.example/{id}'>x</a></p>", "https://a.example/%7Bid%7D")]
    [InlineData("<p><a href='https://a.example/?a=1&amp;copy;=2'>x</a></p>", "https://a.example/?a=1&copy;=2")]
    [InlineData("<p><a href='mailto:desk@example.com'>x</a></p>", "mailto:desk@example.com")]
    [InlineData("<p><code>a\n\nb &lt;!-- c</code> d</p>", "b <!-- c")]
    public async Task Links_and_code_in_a_wire_story_are_preserved(string html, string expected)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "wire.json"),
            $$"""{ "uri": "urn:example:1", "headline": "Story", "description_text": "D.", "body_html": {{JsonSerializer.Serialize(html)}} }"""
        );

        var summary = await ImportAsync();

        await using var db = await _database.OpenAsync();
        using var body = JsonDocument.Parse((await db.Editions.Select(e => e.Content!.Body).SingleAsync())!);
        Assert.Empty(summary.Refused);
        Assert.Contains(
            expected,
            Descend(body.RootElement).Select(text => text.Replace("a b", "b", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_comment_in_the_file_of_a_persona_is_not_published_in_the_biography()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "skeptic.md"),
            "---\ntype: persona\nname: The Skeptic\nlens: L.\n---\nShe doubts.\n\n<!-- secret\n\nsecret -->\n\nAlways.\n"
        );

        var summary = await ImportAsync();

        await using var db = await _database.OpenAsync();
        Assert.Empty(summary.Refused);
        Assert.Equal("She doubts.\n\n\n\nAlways.", (await db.Personas.SingleAsync()).Profile.Bio);
    }

    private static IEnumerable<string> Descend(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Descend(property.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Descend),
            JsonValueKind.String => [element.GetString()!],
            _ => [],
        };

    private async Task ScheduleAsync(ArticleId id) =>
        Newsroom.Value(
            await _database
                .Get<ScheduleArticle>()
                .Handle(new ScheduleArticleInput { Id = id, At = Now.AddDays(1) }, Newsroom.Erin, default)
        );

    private async Task<Article> ArticleAsync()
    {
        await using var db = await _database.OpenAsync();
        return await db.Articles.SingleAsync();
    }

    private void WriteStory(string keys) =>
        File.WriteAllText(
            Path.Combine(_folder.FullName, "story.md"),
            $"---\nheadline: Story\nsummary: S.\n{keys}\n---\nWords.\n"
        );

    private async Task<ImportSummary> ImportAsync(
        string story,
        string fields,
        string words = "Words.",
        bool dryRun = false
    )
    {
        var item = story.Replace("Words.", words, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "wire.json"),
            $$"""[{ "uri": "urn:example:1", {{item}}, {{fields}} }]"""
        );
        return await ImportAsync(dryRun);
    }

    private Task<ImportSummary> ImportAsync(bool dryRun = false) =>
        _database
            .Get<ImportNewsroom>()
            .Handle(_folder.FullName, new ImportOptions { DryRun = dryRun }, null, CancellationToken.None);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
