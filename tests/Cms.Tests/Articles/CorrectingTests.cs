using Cms.Articles;
using Cms.Changes;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Articles;

public abstract class CorrectingTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task A_correction_creates_an_edition_with_its_note_severity_and_number()
    {
        var article = await Newsroom.PublishedAsync();
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("A compiler in two weeks"));
        Newsroom.Value(await CorrectAsync(article.Id, "It took two weeks.", CorrectionSeverity.Major));
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var corrected = Newsroom.Value(await CorrectAsync(article.Id, "There were three of them."));

        await using var db = await OpenAsync();
        var editions = await db.Editions.Where(e => e.ArticleId == article.Id).OrderBy(e => e.Number).ToListAsync();
        Assert.Equal(
            [EditionKind.Published, EditionKind.Corrected, EditionKind.Corrected],
            editions.Select(e => e.Kind)
        );
        Assert.Equal([0, 1, 2], editions.Select(e => e.CorrectionSequence));
        Assert.Equal([null, "It took two weeks.", "There were three of them."], editions.Select(e => e.CorrectionNote));
        Assert.Equal(
            [null, CorrectionSeverity.Major, CorrectionSeverity.Minor],
            editions.Select(e => e.CorrectionSeverity)
        );
        Assert.Equal("A compiler in two weeks", editions[1].Content!.Headline);
        Assert.Equal((2, editions[2].Id), (corrected.CorrectionCount, corrected.LiveEditionId));
        Assert.Equal(article.PublishedAt, corrected.PublishedAt);
    }

    [SkippableFact]
    public async Task A_correction_is_logged_as_a_correction()
    {
        var article = await Newsroom.PublishedAsync();

        var corrected = Newsroom.Value(await CorrectAsync(article.Id));

        await using var db = await OpenAsync();
        var change = await db.Changes.OrderByDescending(c => c.Seq).FirstAsync();
        Assert.Equal(
            (ChangeKind.ArticleCorrected, SubjectId.Of(article.Id), corrected.LiveEditionId),
            (change.Kind, change.SubjectId, change.EditionId)
        );
    }

    [SkippableFact]
    public async Task An_update_after_a_correction_does_not_change_the_number_of_corrections()
    {
        var article = await Newsroom.PublishedAsync();
        await CorrectAsync(article.Id);
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("More of it"));

        var updated = await Newsroom.PublishAsync(article.Id);

        await using var db = await OpenAsync();
        var edition = await db.Editions.SingleAsync(e => e.Id == updated.LiveEditionId);
        Assert.Equal(
            (EditionKind.Updated, 1, null),
            (edition.Kind, edition.CorrectionSequence, edition.CorrectionNote)
        );
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task A_correction_without_a_note_is_rejected(string note)
    {
        var article = await Newsroom.PublishedAsync();

        Assert.Equal(["note"], Refusal<NoteRequired>((await CorrectAsync(article.Id, note)).Errors).Path);
    }

    [SkippableFact]
    public async Task A_correction_note_has_at_most_2000_characters()
    {
        var article = await Newsroom.PublishedAsync();

        var refusal = Refusal<TextTooLong>((await CorrectAsync(article.Id, new string('n', 2001))).Errors);

        Assert.Equal(("note", 2000), (refusal.Field, refusal.MaxLength));
        Newsroom.Value(await CorrectAsync(article.Id, new string('n', 2000)));
    }

    [SkippableFact]
    public async Task Only_a_published_article_can_be_corrected()
    {
        var draft = await Newsroom.DraftAsync();
        var withdrawn = await Newsroom.PublishedAsync();
        Newsroom.Value(await WithdrawAsync(withdrawn.Id));

        Assert.Equal(draft.Id, Refusal<ArticleNotPublished>((await CorrectAsync(draft.Id)).Errors).ArticleId);
        Assert.Equal(withdrawn.Id, Refusal<ArticleNotPublished>((await CorrectAsync(withdrawn.Id)).Errors).ArticleId);
        Assert.Equal(["id"], Refusal<ArticleNotFound>((await CorrectAsync(ArticleId.New())).Errors).Path);
    }

    [SkippableFact]
    public async Task Correcting_with_an_incomplete_working_copy_reports_the_missing_fields()
    {
        var article = await Newsroom.PublishedAsync();
        await Newsroom.SaveAsync(article.Id, Newsroom.Story() with { Summary = null });

        var refused = await CorrectAsync(article.Id);

        await using var db = await OpenAsync();
        Assert.Equal(["summary"], Refusal<ArticleIncomplete>(refused.Errors).MissingFields);
        Assert.Equal(0, (await db.Articles.SingleAsync(a => a.Id == article.Id)).CorrectionCount);
    }

    [SkippableFact]
    public async Task Correcting_a_stale_version_is_rejected()
    {
        var article = await Newsroom.PublishedAsync();
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Newer"));

        var refused = await CorrectAsync(article.Id, expectedVersion: article.Version);

        Assert.Equal(article.Version + 1, Refusal<VersionConflict>(refused.Errors).CurrentVersion);
    }
}

public sealed class CorrectingTests_Sqlite(SqliteTestDatabase database)
    : CorrectingTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class CorrectingTests_SqlServer(SqlServerTestDatabase database)
    : CorrectingTests(database),
        IClassFixture<SqlServerTestDatabase>;
