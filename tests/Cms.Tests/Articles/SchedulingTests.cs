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

    // Tests share a database, and what is due is due for all of them.
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
    public void However_much_stands_in_its_way_what_is_told_of_it_has_room()
    {
        var article = new Article
        {
            Id = ArticleId.New(),
            Slug = "full-of-pictures",
            CreatedAt = Now,
        };
        var head = article.Save(Newsroom.Story(), Newsroom.Erin.Contributor, Now);
        Newsroom.Value(article.Schedule(head, Now.AddHours(1), Newsroom.Erin.Contributor, Now));

        article.RefuseSchedule(
            Enumerable.Range(1, 100).Select(day => new ImageRightsExpired(MediaId.New(), Now.AddDays(-day))),
            Now
        );

        Assert.InRange(article.ScheduleRefusal!.Length, 1_500, ArticleLimits.Note);
        Assert.EndsWith("renew its rights.", article.ScheduleRefusal, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_is_scheduled_goes_before_readers_once_when_its_time_has_come_in_the_name_of_who_scheduled_it()
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
    public async Task The_disclosure_names_whoever_scheduled_what_a_model_drafted()
    {
        var draft = await Newsroom.DraftAsync();
        var byModel = new SaveArticleInput { Id = draft.Id, Content = Newsroom.Story() };
        Newsroom.Value(await Database.Get<SaveArticle>().Handle(byModel, Newsroom.Model("Quill", "3"), default));
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1), Newsroom.Person("Ines")));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        await PublishDueAsync();

        await using var db = await OpenAsync();
        var edition = await db.Editions.SingleAsync(e => e.ArticleId == draft.Id);
        Assert.Equal("AI-assisted: drafted with Quill, reviewed by Ines.", edition.Disclosure);
    }

    [SkippableFact]
    public async Task What_was_checked_goes_out_and_not_what_was_saved_since()
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
    public async Task An_update_of_what_is_published_is_scheduled_and_announced_as_one()
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
    public async Task Takes_approved_by_then_go_out_with_it()
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
    public async Task Two_servers_on_one_database_publish_what_is_due_once()
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
    public async Task A_time_that_was_missed_is_made_up_for_with_the_time_of_doing_so()
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
    public async Task What_the_gate_refuses_when_its_time_comes_is_off_the_schedule_with_the_reason_and_holds_up_nothing()
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
            $"The rights in an image reach no further than {end.InWords()}. Choose another image, or renew its rights.",
            article.ScheduleRefusal
        );
        Assert.Equal((ArticleStatus.Draft, null), (article.Status, article.ScheduledAt));
        Assert.False(await db.Editions.AnyAsync(e => e.ArticleId == barred.Id));
        Assert.False(await db.MediaUses.AnyAsync(u => u.Kind == MediaUseKind.Schedule && u.MediaId == image.Id));
    }

    [SkippableFact]
    public async Task A_refusal_is_told_until_the_article_is_scheduled_or_published()
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
    public async Task Rights_are_judged_at_the_time_of_going_out()
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
    public async Task An_image_that_is_scheduled_is_not_deleted_though_the_working_copy_shows_it_no_more()
    {
        var image = await Newsroom.ImageAsync();
        var draft = await Newsroom.DraftAsync(Newsroom.Story() with { HeroImageId = image.Id });
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1)));
        await Newsroom.SaveAsync(draft.Id, Newsroom.Story("Without its picture"));

        var kept = await DeleteAsync(image.Id);
        Newsroom.Value(await UnscheduleAsync(draft.Id));
        var gone = await DeleteAsync(image.Id);

        Assert.Equal(["the scheduled article ‘Without its picture’"], Refusal<MediaInUse>(kept.Errors).Uses);
        Assert.Empty(gone.Errors);
    }

    [SkippableFact]
    public async Task What_is_taken_off_the_schedule_in_the_last_moment_stays_where_it_is()
    {
        var draft = await Newsroom.DraftAsync();
        Newsroom.Value(await ScheduleAsync(draft.Id, Now.AddHours(1)));
        Database.Clock.Advance(TimeSpan.FromMinutes(59));

        var taken = Newsroom.Value(await UnscheduleAsync(draft.Id));
        Database.Clock.Advance(TimeSpan.FromHours(1));
        var done = await PublishDueAsync();

        Assert.Equal((ArticleStatus.Draft, null), (taken.Status, taken.ScheduledAt));
        Assert.DoesNotContain(draft.Id, done.Published);
    }

    [SkippableFact]
    public async Task Scheduling_again_moves_the_time_both_ways_and_takes_in_what_was_saved_since()
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
    public async Task Whoever_is_faster_by_hand_ends_the_schedule(string act)
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.PublishedAsync(Newsroom.Story() with { HeroImageId = image.Id });
        Newsroom.Value(await ScheduleAsync(article.Id, Now.AddHours(1)));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Newer than what is scheduled"));

        var done = Newsroom.Value(
            act switch
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
    public async Task What_readers_see_already_makes_no_second_edition_when_it_is_due_or_published_by_hand()
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
    public async Task A_withdrawn_article_can_be_scheduled_to_come_back()
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
    public async Task A_time_is_kept_in_utc_and_whole_milliseconds()
    {
        var draft = await Newsroom.DraftAsync();
        var at = new DateTimeOffset(2030, 1, 1, 10, 0, 0, TimeSpan.FromHours(2)).AddTicks(7);

        var scheduled = Newsroom.Value(await ScheduleAsync(draft.Id, at));

        Assert.Equal("2030-01-01T08:00:00.0000000+00:00", $"{scheduled.ScheduledAt:O}");
    }

    [SkippableFact]
    public async Task Under_embargo_nothing_is_published_before_its_end_nor_by_its_end()
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
    public async Task A_lifted_embargo_holds_nothing_back_and_lifting_none_changes_nothing()
    {
        var draft = await Newsroom.DraftAsync();
        Newsroom.Value(await EmbargoAsync(draft.Id, Now.AddHours(1)));
        var lifted = Newsroom.Value(await EmbargoAsync(draft.Id, null));
        var again = Newsroom.Value(await EmbargoAsync(draft.Id, null));

        Assert.Equal((null, lifted.Version), (lifted.EmbargoUntil, again.Version));
        Newsroom.Value(await PublishAsync(draft.Id));
    }

    [SkippableFact]
    public async Task A_schedule_and_an_embargo_never_stand_beside_each_other()
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
    public async Task What_readers_see_is_put_under_no_embargo_and_what_they_see_no_more_is()
    {
        var article = await Newsroom.PublishedAsync();

        var refused = await EmbargoAsync(article.Id, Now.AddHours(1));
        Newsroom.Value(await WithdrawAsync(article.Id));
        Newsroom.Value(await EmbargoAsync(article.Id, Now.AddHours(1)));

        Assert.Equal(article.Id, Refusal<ArticleAlreadyPublished>(refused.Errors).ArticleId);
        Refusal<ArticleUnderEmbargo>((await PublishAsync(article.Id)).Errors);
    }

    [SkippableFact]
    public async Task Only_times_to_come_are_taken()
    {
        var draft = await Newsroom.DraftAsync();
        foreach (var past in new[] { Now, Now.AddTicks(9), Now.AddDays(-1), DateTimeOffset.MinValue })
        {
            Assert.Equal(["at"], Refusal<TimeNotAhead>((await ScheduleAsync(draft.Id, past)).Errors).Path);
            Assert.Equal(["until"], Refusal<TimeNotAhead>((await EmbargoAsync(draft.Id, past)).Errors).Path);
        }
    }

    [SkippableFact]
    public async Task What_is_unfinished_not_there_not_scheduled_or_changed_by_a_colleague_is_refused()
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
        Database.Get<DeleteMedia>().Handle(new DeleteMediaInput { Id = id }, GraphQLClient.Erin.ToActor(), default);
}

public sealed class SchedulingTests_Sqlite(SqliteTestDatabase database)
    : SchedulingTests(database),
        IClassFixture<SqliteTestDatabase>
{
    [Fact]
    public async Task Whoever_loses_the_race_for_what_is_due_finds_it_done()
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
    public async Task What_cannot_be_published_for_a_fault_of_ours_holds_up_nothing_and_is_tried_again()
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

    // SQLite has one writer at a time: the first save is lost by decree, and before the second try another was there.
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
