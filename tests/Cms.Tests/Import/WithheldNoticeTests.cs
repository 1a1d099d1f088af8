using Cms.Articles;
using Cms.Articles.Publishing;
using Cms.Import;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Import;

/// <summary>A notice that a story is withheld withdraws the story, whatever else the notice contains.</summary>
public sealed class WithheldNoticeTests : IAsyncLifetime
{
    private const string Usable =
        """{ "uri": "urn:example:1", "headline": "Story", "description_text": "D.", "body_text": "Words." }""";

    private readonly AnyTestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cms-notices-");

    private Newsroom Newsroom => field ??= new Newsroom(_database.Services);

    public Task InitializeAsync()
    {
        _database.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        return _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", \"headline\": \"Story\"")]
    [InlineData(", \"headline\": \"Story\", \"versioncreated\": \"yesterday\"")]
    [InlineData(", \"headline\": \"Story\", \"genre\": [{ \"name\": \"!\" }]")]
    [InlineData(
        ", \"headline\": \"Story\", \"associations\": [{ \"type\": \"picture\", \"renditions\": [{ \"href\": \"none.png\" }] }]"
    )]
    [InlineData(", \"headline\": \"Story\", \"associations\": [{ \"type\": \"picture\", \"pubStatus\": \"unknown\" }]")]
    public async Task A_notice_withdraws_a_published_story_even_if_the_notice_itself_cannot_be_imported(string rest)
    {
        await ImportAsync(Usable);

        var summary = await ImportAsync($$"""{ "uri": "urn:example:1", "pubStatus": "withheld"{{rest}} }""");
        var again = await ImportAsync($$"""{ "uri": "urn:example:1", "pubStatus": "withheld"{{rest}} }""");

        Assert.Empty(summary.Refused.Concat(again.Refused));
        Assert.Contains("was withdrawn", Assert.Single(summary.Warnings), StringComparison.Ordinal);
        Assert.Equal((1, 1), (summary.Imported, again.Unchanged));
        Assert.Equal(ArticleStatus.Withdrawn, (await ArticleAsync()).Status);
    }

    [Fact]
    public async Task A_notice_about_an_unknown_story_is_rejected_as_an_incomplete_story()
    {
        var summary = await ImportAsync("""{ "uri": "urn:example:1", "pubStatus": "withheld" }""");

        Assert.Equal("Add the key ‘headline’.", Assert.Single(summary.Refused).Reason);
    }

    [Fact]
    public async Task A_notice_does_not_withdraw_a_story_that_an_editor_published_and_the_error_says_what_to_do()
    {
        await ImportAsync(Withheld);
        await Newsroom.PublishAsync((await ArticleAsync()).Id);

        var summary = await ImportAsync(Withheld);

        Assert.Contains("withdrawArticle", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(ArticleStatus.Published, (await ArticleAsync()).Status);
    }

    [Fact]
    public async Task A_notice_about_a_story_that_an_editor_scheduled_is_rejected_with_advice()
    {
        await ImportAsync(Withheld);
        Newsroom.Value(
            await _database
                .Get<ScheduleArticle>()
                .Handle(
                    new ScheduleArticleInput
                    {
                        Id = (await ArticleAsync()).Id,
                        At = _database.Clock.GetUtcNow().AddDays(1),
                    },
                    Newsroom.Erin,
                    default
                )
        );

        var summary = await ImportAsync(Withheld);

        Assert.Contains("unscheduleArticle", Assert.Single(summary.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_without_content_unschedules_a_story_that_the_import_scheduled()
    {
        var story = Path.Combine(_folder.FullName, "story.md");
        await File.WriteAllTextAsync(
            story,
            "---\nid: urn:example:1\nheadline: Story\nsummary: S.\nstatus: draft\nscheduledAt: 2026-12-02T09:00:00Z\n---\nWords.\n"
        );
        await ImportAsync();
        File.Delete(story);

        var summary = await ImportAsync("""{ "uri": "urn:example:1", "pubStatus": "withheld" }""");

        Assert.Empty(summary.Refused);
        Assert.Contains("no longer scheduled", Assert.Single(summary.Warnings), StringComparison.Ordinal);
        Assert.Null((await ArticleAsync()).ScheduledAt);
    }

    private static string Withheld { get; } =
        Usable.Replace("{ ", "{ \"pubStatus\": \"withheld\", ", StringComparison.Ordinal);

    private async Task<Article> ArticleAsync()
    {
        await using var db = await _database.OpenAsync();
        return await db.Articles.SingleAsync();
    }

    private async Task<ImportSummary> ImportAsync(string item)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "wire.json"), $"[{item}]");
        return await ImportAsync();
    }

    private Task<ImportSummary> ImportAsync() =>
        _database.Get<ImportNewsroom>().Handle(_folder.FullName, new ImportOptions(), null, CancellationToken.None);
}
