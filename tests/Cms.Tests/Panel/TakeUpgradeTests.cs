using Cms.Articles.Comments;
using Cms.Bookmarks;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Cms.Tests.Panel;

/// <summary>Upgrades a database from a version in which each text of a take was a take of its own.</summary>
public sealed class TakeUpgradeTests(SqliteTestDatabase database)
    : DatabaseSuite(database),
        IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task An_upgrade_makes_one_take_of_replaced_takes_and_moves_what_refers_to_them()
    {
        var (asked, answering) = (await Newsroom.PersonaAsync("Asked"), await Newsroom.PersonaAsync("Answering"));
        var article = await Newsroom.DraftAsync();
        var current = await Newsroom.ApprovedTakeAsync(article.Id, asked.Id, "Second thought.");
        var reply = await Newsroom.ApprovedTakeAsync(article.Id, answering.Id, "An answer.");
        await Newsroom.PublishAsync(article.Id);
        var comment = Newsroom.Value(
            await Database
                .Get<AddComment>()
                .Handle(
                    new AddCommentInput
                    {
                        Article = article.Id,
                        Take = current.Id,
                        Text = "Hm.",
                    },
                    Newsroom.Erin,
                    default
                )
        );
        var (both, one) = (
            new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
            new PersonKey(Guid.CreateVersion7(), Guid.CreateVersion7())
        );
        var (replaced, drafted) = (TakeId.New(), TakeId.New());
        await AddAsync(
            Bookmark.Of(both, BookmarkTarget.Of(current.Id), Database.Clock.GetUtcNow(), "A longer note", 2),
            Bookmark.Of(both, BookmarkTarget.Of(replaced), Database.Clock.GetUtcNow().AddDays(-1), "Short", 1),
            Bookmark.Of(one, BookmarkTarget.Of(replaced), Database.Clock.GetUtcNow(), null, 1)
        );

        await using (var db = await OpenAsync())
        {
            var migrator = db.GetService<IMigrator>();
            var all = db.Database.GetMigrations().ToList();
            var here = all.FindIndex(id => id.EndsWith("_Panel", StringComparison.Ordinal));
            await migrator.MigrateAsync(all[here - 1]);

            // The old shape: a replaced take before the current one, and a draft after it.
            var (now, old, draft) = (Bytes(current.Id), Bytes(replaced), Bytes(drafted));
            await db.Database.ExecuteSqlAsync($"""UPDATE "Takes" SET "Number" = 2 WHERE "Id" = {now}""");
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Takes" (
                    "Id", "ArticleId", "PersonaId", "Number", "ProfileNumber", "InReplyTo", "Status", "CreatedAt",
                    "ApprovedAt", "Version", "AnchorBlockId", "AnchorQuote", "Confidence", "Stance", "Text", "Verdict",
                    "DrafterKey", "DrafterKind", "DrafterName", "ReviewerKey", "ReviewerKind", "ReviewerName"
                )
                SELECT {old}, "ArticleId", "PersonaId", 1, "ProfileNumber", "InReplyTo", 'Replaced', "CreatedAt",
                    "ApprovedAt", "Version", "AnchorBlockId", "AnchorQuote", "Confidence", "Stance", 'First thought.',
                    "Verdict", '4', 'Model', 'Quill', "ReviewerKey", "ReviewerKind", "ReviewerName"
                FROM "Takes" WHERE "Id" = {now}
                UNION ALL
                SELECT {draft}, "ArticleId", "PersonaId", 3, "ProfileNumber", "InReplyTo", 'Drafted', "CreatedAt",
                    NULL, "Version", "AnchorBlockId", "AnchorQuote", "Confidence", "Stance", 'Third thought.',
                    "Verdict", "DrafterKey", "DrafterKind", "DrafterName", NULL, NULL, NULL
                FROM "Takes" WHERE "Id" = {now}
                """
            );
            var answer = Bytes(reply.Id);
            await db.Database.ExecuteSqlAsync($"""UPDATE "Takes" SET "InReplyTo" = {old} WHERE "Id" = {answer}""");
            await db.Database.ExecuteSqlAsync(
                $"""UPDATE "EditionTakes" SET "InReplyTo" = {old} WHERE "TakeId" = {answer}"""
            );
            await db.Database.ExecuteSqlAsync($"""UPDATE "Comments" SET "TakeId" = {old}""");
            await migrator.MigrateAsync();
        }

        await using var after = await OpenAsync();
        var take = await after.Takes.SingleAsync(t => t.PersonaId == asked.Id);
        var revisions = await after
            .TakeRevisions.Where(r => r.TakeId == current.Id)
            .OrderBy(r => r.Number)
            .ToListAsync();
        Assert.Equal(
            (
                current.Id,
                TakeStatus.Drafted,
                3,
                new TakeRevisionId(drafted.Value),
                new TakeRevisionId(current.Id.Value)
            ),
            (take.Id, take.Status, take.RevisionCount, take.HeadId, take.ApprovedRevisionId)
        );
        Assert.Equal(["First thought.", "Second thought.", "Third thought."], revisions.Select(r => r.Content.Text));
        Assert.Equal(new DraftedWith { Model = "Quill", Version = "4" }, revisions[0].DraftedWith);
        Assert.Null(revisions[1].DraftedWith);
        var answered = await after.Takes.SingleAsync(t => t.Id == reply.Id);
        Assert.Equal(current.Id, (await after.TakeRevisions.SingleAsync(r => r.Id == answered.HeadId)).InReplyTo);
        var shown = await after.EditionTakes.Where(t => t.ArticleId == article.Id).ToDictionaryAsync(t => t.TakeId);
        Assert.Equal(current.Id, shown[reply.Id].InReplyTo);
        Assert.Equal(new TakeRevisionId(current.Id.Value), shown[current.Id].RevisionId);
        Assert.Equal(shown[current.Id].PublishedAt, shown[current.Id].UpdatedAt);
        Assert.Equal(current.Id, (await after.Comments.SingleAsync(c => c.Id == comment.Id)).TakeId);
        var bookmarks = await after.Bookmarks.Where(b => b.TargetKind == BookmarkKind.Take).ToListAsync();
        Assert.Equal(2, bookmarks.Count);
        Assert.All(bookmarks, b => Assert.Equal(BookmarkTarget.Of(current.Id), b.Target));
        var merged = bookmarks.Single(b => b.ReaderId == both);
        Assert.Equal(
            (Database.Clock.GetUtcNow().AddDays(-1), "A longer note", 1),
            (merged.SavedAt, merged.Note, merged.TargetVersion)
        );
        await Invariants.AssertAsync(Database.OpenAsync);
        Assert.Equal(
            (await DeskRows.ExpectedAsync(after)).Order(StringComparer.Ordinal),
            (await DeskRows.StoredAsync(after)).Order(StringComparer.Ordinal)
        );

        static byte[] Bytes(TakeId id) => id.Value.ToByteArray(bigEndian: true);
    }
}
