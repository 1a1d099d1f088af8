using System.Data.Common;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Changes;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Library;
using Cms.Media.Rights;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Tests.Articles;

public abstract class SchedulingTests(TestDatabase database) : DatabaseSuite(database)
{
    private DateTimeOffset Now => Database.Clock.GetUtcNow();

    // The tests share a database. Without this, a test would publish articles that another test scheduled.
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using var db = await OpenAsync();
        foreach (var article in await db.Articles.Where(a => a.ScheduledAt != null).ToListAsync())
        {
            article.Unschedule(Newsroom.Erin.Contributor, Now);
        }

        await db.SaveChangesAsync();
    }

    [SkippableFact]
    public void The_stored_reasons_for_a_failed_schedule_fit_the_limit_and_end_with_a_whole_sentence()
    {
        var article = new Article
        {
            Id = ArticleId.New(),
            Slug = "full-of-pictures",
            CreatedAt = Now,
        };
        var head = article.Save(Newsroom.Story(), Newsroom.Erin.Contributor, Now);
        article.Schedule(head, Now.AddHours(1), [], Newsroom.Erin.Contributor, Now);

        article.RefuseSchedule(
            Enumerable.Range(1, 100).Select(day => new ImageRightsExpired(MediaId.New(), Now.AddDays(-day)).Message),
            Now
        );

        Assert.InRange(article.ScheduleRefusal!.Length, 1_500, ArticleLimits.Note);
        Assert.EndsWith("renew its rights.", article.ScheduleRefusal, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_due_article_is_published_once_in_the_name_of_the_person_who_scheduled_it()
    {
        var draft = await Newsroom.DraftAsync();
        var at = Now.AddHours(1);
        Newsroom.Value(await ScheduleAsync(draft.Id, at, Newsroom.Person("Ines")));

        var early = await PublishDueAsync();
        Database.Clock.Advance(TimeSpan.FromMinutes(61));
        var due = await PublishDueAsync();
        var again = await PublishDueAsync();

        await using var db = await OpenAsync();
        var article = await db.Articles.SingleAsync(a => a.Id == draft.Id);
        var edition = await db.Editions.SingleAsync(e => e.ArticleId == draft.Id);
        var changes = await db.Changes.Where(c => c.SubjectId == SubjectId.Of(draft.Id)).ToListAsync();
        Assert.Equal((0, at), (early.Published.Count, early.Next));
        Assert.Equal([draft.Id], due.Published);
        Assert.Empty(again.Published);
        Assert.Equal((ArticleStatus.Published, "Ines"), (article.Status, article.UpdatedBy));
        Assert.Equal((null, null, null), (article.ScheduledAt, article.ScheduledRevisionId, article.ScheduledBy));
        Assert.Equal((Now, Now), (edition.LiveFrom, edition.PublishedAt));
        Assert.Equal(
            (ChangeKind.ArticlePublished, edition.Id),
            (Assert.Single(changes).Kind, Assert.Single(changes).EditionId)
        );
    }

    [SkippableFact]
    public async Task The_disclosure_names_the_person_who_approved_a_models_draft_as_its_reviewer()
    {
        var draft = await Newsroom.DraftAsync();
        var byModel = new SaveArticleInput { Id = draft.Id, Edit = _ => Newsroom.Story() };
        Newsroom.Value(await Database.Get<SaveArticle>().Handle(byModel, Newsroom.Model("Quill", "3"), default));
        await Newsroom.ApproveAsync(draft.Id, Newsroom.Person("Olu"));
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1), Newsroom.Person("Ines")));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        await PublishDueAsync();

        await using var db = await OpenAsync();
        var edition = await db.Editions.SingleAsync(e => e.ArticleId == draft.Id);
        Assert.Equal("Written by Quill, reviewed by Olu.", edition.Disclosure);
    }

    [SkippableFact]
    public async Task A_due_article_is_published_without_changes_made_after_it_was_scheduled()
    {
        var draft = await Newsroom.DraftAsync(Newsroom.Story("As checked"));
        var scheduled = Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1)));
        var saved = await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Half a thou"));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        await PublishDueAsync();

        await using var db = await OpenAsync();
        var edition = await db.Editions.SingleAsync(e => e.ArticleId == draft.Id);
        Assert.Equal((scheduled.ScheduledAt, draft.HeadId), (saved.ScheduledAt, saved.ScheduledRevisionId));
        Assert.Equal(("As checked", draft.HeadId), (edition.Content!.Headline, edition.RevisionId));
    }

    [SkippableFact]
    public async Task An_update_can_be_scheduled_and_is_logged_as_an_update()
    {
        var article = await Newsroom.PublishedAsync();
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Six days"));
        var scheduled = Newsroom.Value(await ScheduleAsync(article.Id, Now.AddHours(1)));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        await PublishDueAsync();

        await using var db = await OpenAsync();
        var live = await db.Editions.SingleAsync(e => e.ArticleId == article.Id && e.SupersededAt == null);
        var change = await db.Changes.SingleAsync(c => c.EditionId == live.Id);
        Assert.Equal((ArticleStatus.Published, article.LiveEditionId), (scheduled.Status, scheduled.LiveEditionId));
        Assert.Equal((EditionKind.Updated, "Six days"), (live.Kind, live.Content!.Headline));
        Assert.Equal(ChangeKind.ArticleUpdated, change.Kind);
    }

    [SkippableFact]
    public async Task Takes_approved_before_the_due_time_are_published_with_the_article()
    {
        var persona = await Newsroom.PersonaAsync("Late");
        var draft = await Newsroom.DraftAsync();
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1)));
        var take = await Newsroom.ApprovedTakeAsync(draft.Id, persona.Id);
        Database.Clock.Advance(TimeSpan.FromHours(1));
        await PublishDueAsync();

        await using var db = await OpenAsync();
        Assert.Equal(take.Id, (await db.EditionTakes.SingleAsync(t => t.ArticleId == draft.Id)).TakeId);
    }

    [SkippableFact]
    public async Task Two_servers_on_one_database_publish_each_due_article_once()
    {
        await using var other = await Database.BuildAsync();
        var drafts = new List<ArticleId>();
        for (var i = 0; i < 8; i++)
        {
            var draft = await Newsroom.DraftAsync();
            drafts.Add(draft.Id);
            Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddMinutes(1)));
        }

        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var done = await Task.WhenAll(
            Task.Run(PublishDueAsync),
            Task.Run(() =>
                other.GetRequiredService<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default)
            )
        );

        await using var db = await OpenAsync();
        Assert.All(done, one => Assert.Empty(one.Failed));
        Assert.Equal(drafts.Order(ById), done.SelectMany(one => one.Published).Order(ById));
        Assert.Equal(8, await db.Editions.CountAsync(e => drafts.Contains(e.ArticleId)));
        await Invariants.AssertAsync(Database.OpenAsync);
    }

    [SkippableFact]
    public async Task An_article_that_became_due_while_the_server_was_down_is_published_with_the_current_time()
    {
        var draft = await Newsroom.DraftAsync();
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1)));
        Database.Clock.Advance(TimeSpan.FromDays(2));

        await using var restarted = await Database.BuildAsync();
        var done = await restarted
            .GetRequiredService<PublishDueArticles>()
            .Handle(new PublishDueArticlesInput(), default);

        await using var db = await OpenAsync();
        Assert.Equal([draft.Id], done.Published);
        Assert.Equal(Now, (await db.Editions.SingleAsync(e => e.ArticleId == draft.Id)).LiveFrom);
    }

    [SkippableFact]
    public async Task A_due_article_that_fails_the_checks_is_unscheduled_with_a_reason_and_does_not_block_others()
    {
        var image = await Newsroom.ImageAsync();
        var barred = await Newsroom.DraftAsync(Newsroom.Story() with { HeroImageId = image.Id });
        var fine = await Newsroom.DraftAsync();
        Newsroom.Value(await ScheduleAsync(barred.Id, Now.AddHours(1)));
        Newsroom.Value(await ScheduleAsync(fine.Id, Now.AddHours(2)));
        var end = Now.AddMinutes(30);
        await Newsroom.LicenseAsync(image.Id, new ImageRights { CreditLine = "Rui Alves", ExpiresAt = end });
        Database.Clock.Advance(TimeSpan.FromHours(2));

        var done = await PublishDueAsync();
        var again = await PublishDueAsync();

        await using var db = await OpenAsync();
        var article = await db.Articles.SingleAsync(a => a.Id == barred.Id);
        Assert.Equal([fine.Id], done.Published);
        Assert.Equal((barred.Id, article.ScheduleRefusal), Assert.Single(done.Refused));
        Assert.Empty(again.Refused);
        Assert.Equal(
            $"The rights in an image end on {end.InWords()}. Choose another image, or renew its rights.",
            article.ScheduleRefusal
        );
        Assert.Equal((ArticleStatus.Draft, null), (article.Status, article.ScheduledAt));
        Assert.False(await db.Editions.AnyAsync(e => e.ArticleId == barred.Id));
        Assert.False(await db.MediaUses.AnyAsync(u => u.Kind == MediaUseKind.Schedule && u.MediaId == image.Id));
    }

    [SkippableFact]
    public async Task The_reason_for_a_failed_schedule_remains_until_the_article_is_scheduled_again()
    {
        var image = await Newsroom.ImageAsync();
        var draft = await Newsroom.DraftAsync(Newsroom.Story() with { HeroImageId = image.Id });
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1)));
        await Newsroom.LicenseAsync(image.Id, new ImageRights { CreditLine = "Rui", ExpiresAt = Now.AddMinutes(1) });
        Database.Clock.Advance(TimeSpan.FromHours(1));
        await PublishDueAsync();

        var saved = await Newsroom.SaveAsync(draft.Id, Newsroom.Story());
        var scheduled = Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1)));

        Assert.NotNull(saved.ScheduleRefusal);
        Assert.Null(scheduled.ScheduleRefusal);
    }

    [SkippableFact]
    public async Task Image_rights_are_checked_for_the_scheduled_time()
    {
        var image = await Newsroom.ImageAsync(
            rights: new ImageRights
            {
                CreditLine = "Rui Alves",
                ValidFrom = Now.AddHours(2),
                ExpiresAt = Now.AddHours(4),
            }
        );
        var draft = await Newsroom.DraftAsync(Newsroom.Story() with { HeroImageId = image.Id });

        var before = await ScheduleAsync(draft.Id, Now.AddHours(1));
        var after = await ScheduleAsync(draft.Id, Now.AddHours(4));
        var between = await ScheduleAsync(draft.Id, Now.AddHours(3));

        Assert.Equal(["ImageRightsNotBegun at heroImage"], Named(before.Errors));
        Assert.Equal(["ImageRightsExpired at heroImage"], Named(after.Errors));
        Assert.Empty(between.Errors);
    }

    [SkippableFact]
    public async Task An_image_that_only_the_scheduled_revision_uses_cannot_be_deleted()
    {
        var image = await Newsroom.ImageAsync();
        var draft = await Newsroom.DraftAsync(Newsroom.Story() with { HeroImageId = image.Id });
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1)));
        await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Without its picture"));

        var rejected = await DeleteAsync(image.Id);
        Newsroom.Value(await UnscheduleAsync(draft.Id));
        var deleted = await DeleteAsync(image.Id);

        Assert.Equal(["the scheduled article ‘Without its picture’"], Refusal<MediaInUse>(rejected.Errors).Uses);
        Assert.Empty(deleted.Errors);
    }

    [SkippableFact]
    public async Task An_article_unscheduled_at_the_last_moment_is_not_published()
    {
        var draft = await Newsroom.DraftAsync();
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1)));
        Database.Clock.Advance(TimeSpan.FromMinutes(59));

        var unscheduled = Newsroom.Value(await UnscheduleAsync(draft.Id));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        var done = await PublishDueAsync();

        Assert.Equal((ArticleStatus.Draft, null), (unscheduled.Status, unscheduled.ScheduledAt));
        Assert.DoesNotContain(draft.Id, done.Published);
    }

    [SkippableFact]
    public async Task A_schedule_can_be_moved_earlier_or_later_and_uses_the_latest_revision()
    {
        var draft = await Newsroom.DraftAsync();
        var start = Now;
        Newsroom.Value(await ScheduleAsync(draft.Id, start.AddHours(2)));
        Newsroom.Value(await ScheduleAsync(draft.Id, start.AddHours(3)));
        Database.Clock.Advance(TimeSpan.FromHours(2));
        var later = await PublishDueAsync();
        await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Newer"));
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddMinutes(10)));
        Database.Clock.Advance(TimeSpan.FromMinutes(10));
        var earlier = await PublishDueAsync();

        await using var db = await OpenAsync();
        Assert.DoesNotContain(draft.Id, later.Published);
        Assert.Contains(draft.Id, earlier.Published);
        Assert.Equal("Newer", (await db.Editions.SingleAsync(e => e.ArticleId == draft.Id)).Content!.Headline);
    }

    [SkippableTheory]
    [InlineData("publish")]
    [InlineData("correct")]
    [InlineData("withdraw")]
    public async Task Publishing_correcting_or_withdrawing_by_hand_cancels_the_schedule(string operation)
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = image.Id });
        Newsroom.Value(await ScheduleAsync(article.Id, Now.AddHours(1)));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Newer than what is scheduled"));

        var done = Newsroom.Value(
            operation switch
            {
                "publish" => await PublishAsync(article.Id),
                "correct" => await CorrectAsync(article.Id),
                _ => await WithdrawAsync(article.Id),
            }
        );
        Database.Clock.Advance(TimeSpan.FromHours(1));
        var due = await PublishDueAsync();

        await using var db = await OpenAsync();
        Assert.Equal((null, null, null), (done.ScheduledAt, done.ScheduledRevisionId, done.ScheduledBy));
        Assert.DoesNotContain(article.Id, due.Published);
        Assert.Equal(2, await db.Editions.CountAsync(e => e.ArticleId == article.Id));
        Assert.False(await db.MediaUses.AnyAsync(u => u.MediaId == image.Id && u.Kind == MediaUseKind.Schedule));
    }

    [SkippableFact]
    public async Task Scheduling_the_published_revision_creates_no_second_edition()
    {
        var due = await Newsroom.PublishedAsync();
        var byHand = await Newsroom.PublishedAsync();
        Newsroom.Value(await ScheduleAsync(due.Id, Now.AddHours(1)));
        Newsroom.Value(await ScheduleAsync(byHand.Id, Now.AddHours(1)));
        var published = Newsroom.Value(await PublishAsync(byHand.Id));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        var done = await PublishDueAsync();

        await using var db = await OpenAsync();
        Assert.Null(published.ScheduledAt);
        Assert.Empty(done.Published);
        Assert.Null((await db.Articles.SingleAsync(a => a.Id == due.Id)).ScheduledAt);
        Assert.Equal(2, await db.Editions.CountAsync(e => e.ArticleId == due.Id || e.ArticleId == byHand.Id));
    }

    [SkippableFact]
    public async Task A_withdrawn_article_can_be_scheduled_for_republication()
    {
        var article = await Newsroom.PublishedAsync();
        Newsroom.Value(await WithdrawAsync(article.Id));
        var scheduled = Newsroom.Value(await ScheduleAsync(article.Id, Now.AddHours(1)));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        await PublishDueAsync();

        await using var db = await OpenAsync();
        Assert.Equal(ArticleStatus.Withdrawn, scheduled.Status);
        Assert.Equal(ArticleStatus.Published, (await db.Articles.SingleAsync(a => a.Id == article.Id)).Status);
    }

    [SkippableFact]
    public async Task A_scheduled_time_is_saved_in_UTC_and_whole_milliseconds()
    {
        var draft = await Newsroom.DraftAsync();
        var at = new DateTimeOffset(2030, 1, 1, 10, 0, 0, TimeSpan.FromHours(2)).AddTicks(7);

        var scheduled = Newsroom.Value(await ScheduleAsync(draft.Id, at));

        Assert.Equal("2030-01-01T08:00:00.0000000+00:00", $"{scheduled.ScheduledAt:O}");
    }

    [SkippableFact]
    public async Task An_embargo_blocks_publishing_until_it_ends_and_publishes_nothing_when_it_ends()
    {
        var draft = await Newsroom.DraftAsync();
        var held = Newsroom.Value(await EmbargoAsync(draft.Id, Now.AddHours(1)));

        var refused = await PublishAsync(draft.Id);
        Database.Clock.Advance(TimeSpan.FromHours(1));
        var due = await PublishDueAsync();
        var published = Newsroom.Value(await PublishAsync(draft.Id));

        Assert.Equal(held.EmbargoUntil, Refusal<ArticleUnderEmbargo>(refused.Errors).Until);
        Assert.DoesNotContain(draft.Id, due.Published);
        Assert.Equal((ArticleStatus.Published, null), (published.Status, published.EmbargoUntil));
    }

    [SkippableFact]
    public async Task Lifting_an_embargo_allows_publishing_and_lifting_it_again_changes_nothing()
    {
        var draft = await Newsroom.DraftAsync();
        Newsroom.Value(await EmbargoAsync(draft.Id, Now.AddHours(1)));
        var lifted = Newsroom.Value(await EmbargoAsync(draft.Id, null));
        var again = Newsroom.Value(await EmbargoAsync(draft.Id, null));

        Assert.Equal((null, lifted.Version), (lifted.EmbargoUntil, again.Version));
        Newsroom.Value(await PublishAsync(draft.Id));
    }

    [SkippableFact]
    public async Task An_article_cannot_have_both_a_schedule_and_an_embargo()
    {
        var draft = await Newsroom.DraftAsync();
        Newsroom.Value(await EmbargoAsync(draft.Id, Now.AddHours(1)));
        var clash = await ScheduleAsync(draft.Id, Now.AddMinutes(30));
        var later = await ScheduleAsync(draft.Id, Now.AddHours(2));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        var over = Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(2)));
        var held = await EmbargoAsync(draft.Id, Now.AddHours(1));

        Refusal<ArticleUnderEmbargo>(clash.Errors);
        Refusal<ArticleUnderEmbargo>(later.Errors);
        Assert.Null(over.EmbargoUntil);
        Assert.Equal(over.ScheduledAt, Refusal<ArticleScheduled>(held.Errors).At);
    }

    [SkippableFact]
    public async Task A_withdrawn_article_can_be_embargoed_and_a_published_article_cannot()
    {
        var article = await Newsroom.PublishedAsync();

        var refused = await EmbargoAsync(article.Id, Now.AddHours(1));
        Newsroom.Value(await WithdrawAsync(article.Id));
        Newsroom.Value(await EmbargoAsync(article.Id, Now.AddHours(1)));

        Assert.Equal(article.Id, Refusal<ArticleAlreadyPublished>(refused.Errors).ArticleId);
        Refusal<ArticleUnderEmbargo>((await PublishAsync(article.Id)).Errors);
    }

    [SkippableFact]
    public async Task The_time_of_a_schedule_or_embargo_must_be_in_the_future()
    {
        var draft = await Newsroom.DraftAsync();
        foreach (var past in new[] { Now, Now.AddTicks(9), Now.AddDays(-1), DateTimeOffset.MinValue })
        {
            Assert.Equal(["at"], Refusal<TimeNotAhead>((await ScheduleAsync(draft.Id, past)).Errors).Path);
            Assert.Equal(["until"], Refusal<TimeNotAhead>((await EmbargoAsync(draft.Id, past)).Errors).Path);
        }
    }

    [SkippableFact]
    public async Task Incomplete_missing_unscheduled_and_stale_articles_are_rejected()
    {
        var bare = await Newsroom.DraftAsync(new ArticleContent { Headline = "Only a headline" });
        var draft = await Newsroom.DraftAsync();
        var none = ArticleId.New();
        var at = Now.AddHours(1);

        Assert.Equal(
            ["summary", "body"],
            Refusal<ArticleIncomplete>((await ScheduleAsync(bare.Id, at)).Errors).MissingFields
        );
        Assert.Equal(draft.Id, Refusal<ArticleNotScheduled>((await UnscheduleAsync(draft.Id)).Errors).ArticleId);
        Assert.Equal(["id"], Refusal<ArticleNotFound>((await ScheduleAsync(none, at)).Errors).Path);
        Assert.Equal(["id"], Refusal<ArticleNotFound>((await UnscheduleAsync(none)).Errors).Path);
        Assert.Equal(["id"], Refusal<ArticleNotFound>((await EmbargoAsync(none, at)).Errors).Path);
        Refusal<VersionConflict>((await ScheduleAsync(draft.Id, at, expectedVersion: 9)).Errors);
        Refusal<VersionConflict>((await UnscheduleAsync(draft.Id, expectedVersion: 9)).Errors);
        Refusal<VersionConflict>((await EmbargoAsync(draft.Id, at, expectedVersion: 9)).Errors);
    }

    private static Comparer<ArticleId> ById { get; } = Comparer<ArticleId>.Create((a, b) => a.Value.CompareTo(b.Value));

    private Task<Result<MediaAsset>> DeleteAsync(MediaId id) =>
        Database.Get<DeleteMedia>().Handle(new DeleteMediaInput { Id = id }, Newsroom.Erin, default);
}

public sealed class SchedulingTests_Sqlite(SqliteTestDatabase database)
    : SchedulingTests(database),
        IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task A_server_that_loses_the_race_to_publish_a_due_article_publishes_nothing()
    {
        var draft = await Newsroom.DraftAsync();
        Newsroom.Value(await ScheduleAsync(draft.Id, Database.Clock.GetUtcNow().AddHours(1)));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        DueArticles? winner = null;
        var overtaking = new Overtaking(async () => winner = await PublishDueAsync());
        await using var other = await Database.BuildAsync(services => services.AddInterceptor(overtaking));

        var loser = await other.GetRequiredService<PublishDueArticles>().Handle(new PublishDueArticlesInput(), default);

        await using var db = await OpenAsync();
        Assert.Equal([draft.Id], winner!.Published);
        Assert.Equal((0, 0, 0), (loser.Published.Count, loser.Refused.Count, loser.Failed.Count));
        Assert.Equal(1, await db.Editions.CountAsync(e => e.ArticleId == draft.Id));
        Assert.Equal(1, await db.Changes.CountAsync(c => c.SubjectId == SubjectId.Of(draft.Id)));
    }

    [Fact]
    public async Task An_article_that_fails_to_publish_does_not_block_others_and_is_retried()
    {
        var (broken, fine) = (await Newsroom.DraftAsync(), await Newsroom.DraftAsync());
        Newsroom.Value(await ScheduleAsync(broken.Id, Database.Clock.GetUtcNow().AddHours(1)));
        Newsroom.Value(await ScheduleAsync(fine.Id, Database.Clock.GetUtcNow().AddHours(2)));
        await using var db = await OpenAsync();
        var body = await db.Revisions.Where(r => r.Id == broken.HeadId).Select(r => r.Content.Body).SingleAsync();
        await SetBodyAsync("broken");
        Database.Clock.Advance(TimeSpan.FromHours(2));

        var done = await PublishDueAsync();
        await SetBodyAsync(body!);
        var again = await PublishDueAsync();

        Assert.Equal(broken.Id, Assert.Single(done.Failed).Id);
        Assert.Equal([fine.Id], done.Published);
        Assert.Equal([broken.Id], again.Published);

        Task SetBodyAsync(string text) =>
            db
                .Revisions.Where(r => r.Id == broken.HeadId)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Content.Body, text));
    }

    // Simulates a lost race, because SQLite allows one writer at a time. The first save fails, and the other server
    // publishes before the second attempt.
    private sealed class Overtaking(Func<Task> another) : SaveChangesInterceptor, IDbTransactionInterceptor
    {
        private int _begun;
        private bool _isLost;

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            if (_isLost)
            {
                return ValueTask.FromResult(result);
            }

            _isLost = true;
            throw new DbUpdateConcurrencyException("Lost.");
        }

        public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection,
            TransactionStartingEventData eventData,
            InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default
        )
        {
            if (++_begun == 2)
            {
                await another();
            }

            return result;
        }
    }
}

public sealed class SchedulingTests_SqlServer(SqlServerTestDatabase database)
    : SchedulingTests(database),
        IClassFixture<SqlServerTestDatabase>;
