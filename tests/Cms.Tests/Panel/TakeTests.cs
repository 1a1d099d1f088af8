using Cms.Articles;
using Cms.Articles.Gate;
using Cms.Articles.Publishing;
using Cms.Body;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Panel;

public abstract class TakeTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task Each_revision_records_the_current_profile_of_its_persona()
    {
        var persona = await Newsroom.PersonaAsync("Pinned");
        var article = await Newsroom.DraftAsync();
        var before = Newsroom.Value(await DraftAsync(article.Id, persona.Id));
        await RenameAsync(persona, "Renamed");

        var after = Newsroom.Value(
            await DraftAsync(article.Id, persona.Id, new TakeContent { Text = "I would not wait." })
        );

        await using var db = await OpenAsync();
        Assert.Equal((before.Id, TakeStatus.Drafted, 2), (after.Id, after.Status, after.RevisionCount));
        Assert.Equal(
            [(1, 1), (2, 2)],
            await db
                .TakeRevisions.Where(r => r.TakeId == after.Id)
                .OrderBy(r => r.Number)
                .Select(r => new ValueTuple<int, int>(r.Number, r.ProfileNumber))
                .ToListAsync()
        );
    }

    [SkippableFact]
    public async Task An_edition_shows_the_persona_name_and_lens_from_when_the_take_was_written()
    {
        var persona = await Newsroom.PersonaAsync("Before", "Developer Perspective");
        var article = await Newsroom.DraftAsync();
        await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);
        var first = await Newsroom.PublishAsync(article.Id);
        await RenameAsync(persona, "After");
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Newer"));

        var second = await Newsroom.PublishAsync(article.Id);

        await using var db = await OpenAsync();
        var takes = await db.EditionTakes.Where(t => t.ArticleId == article.Id).ToListAsync();
        Assert.Equal(
            new[] { first.LiveEditionId!.Value, second.LiveEditionId!.Value }.ToHashSet(),
            takes.Select(t => t.EditionId).ToHashSet()
        );
        Assert.All(takes, t => Assert.Equal(("Before", "Developer Perspective"), (t.PersonaName, t.PersonaLens)));
    }

    [SkippableFact]
    public async Task Approving_a_revision_replaces_only_the_approved_revision_of_the_same_take()
    {
        var (builder, skeptic) = (await Newsroom.PersonaAsync("Builder"), await Newsroom.PersonaAsync("Skeptic"));
        var (article, other) = (await Newsroom.DraftAsync(), await Newsroom.DraftAsync());
        var elsewhere = await Newsroom.ApprovedTakeAsync(other.Id, builder.Id);
        var neighbour = await Newsroom.ApprovedTakeAsync(article.Id, skeptic.Id);
        var earlier = await Newsroom.ApprovedTakeAsync(article.Id, builder.Id, "First thought.");

        var later = await Newsroom.ApprovedTakeAsync(article.Id, builder.Id, "Second thought.");

        Assert.Equal(earlier.Id, later.Id);
        Assert.NotEqual(earlier.ApprovedRevisionId, later.ApprovedRevisionId);
        await using var db = await OpenAsync();
        var approved = await db
            .Takes.Where(t => t.ArticleId == article.Id || t.ArticleId == other.Id)
            .Select(t => t.ApprovedRevisionId)
            .ToListAsync();
        Assert.Equal(new[] { elsewhere.HeadId, neighbour.HeadId, later.HeadId }.ToHashSet(), approved.ToHashSet());
    }

    [SkippableFact]
    public async Task The_approved_revision_stays_in_the_next_edition_until_a_newer_one_is_approved()
    {
        var persona = await Newsroom.PersonaAsync("Rethinking");
        var article = await Newsroom.DraftAsync();
        await Newsroom.ApprovedTakeAsync(article.Id, persona.Id, "First thought.");
        var take = Newsroom.Value(
            await DraftAsync(article.Id, persona.Id, new TakeContent { Text = "Second thought." })
        );

        var published = await Newsroom.PublishAsync(article.Id);

        await using var db = await OpenAsync();
        Assert.Equal(TakeStatus.InReview, take.Status);
        Assert.Equal(
            "First thought.",
            (await db.EditionTakes.SingleAsync(t => t.EditionId == published.LiveEditionId)).Text
        );
    }

    [SkippableFact]
    public async Task A_revised_take_keeps_its_id_and_its_place_in_the_lists_and_says_when_it_was_updated()
    {
        var persona = await Newsroom.PersonaAsync("Changed mind");
        var article = await Newsroom.DraftAsync();
        var earlier = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id, "First thought.");
        await Newsroom.PublishAsync(article.Id);
        var first = Database.Clock.GetUtcNow();
        Database.Clock.Advance(TimeSpan.FromHours(1));
        await Newsroom.ApprovedTakeAsync(article.Id, persona.Id, "Second thought.");

        var live = (await Newsroom.PublishAsync(article.Id)).LiveEditionId;

        await using var db = await OpenAsync();
        var shown = await db.EditionTakes.SingleAsync(t => t.EditionId == live);
        Assert.Equal(
            (earlier.Id, "Second thought.", first, first.AddHours(1)),
            (shown.TakeId, shown.Text, shown.PublishedAt, shown.UpdatedAt)
        );
        Assert.Equal(first, (await db.TakeListings.SingleAsync(l => l.PersonaId == persona.Id)).PublishedAt);
    }

    [SkippableFact]
    public async Task A_reply_keeps_its_target_when_the_target_is_revised_and_not_when_it_is_retracted()
    {
        var (asked, answering) = (await Newsroom.PersonaAsync("Asked"), await Newsroom.PersonaAsync("Answering"));
        var article = await Newsroom.DraftAsync();
        var target = await Newsroom.ApprovedTakeAsync(article.Id, asked.Id, "First thought.");
        var reply = Newsroom.Value(await DraftAsync(article.Id, answering.Id, reply: target.Id));
        Newsroom.Value(await ApproveAsync(reply.Id));
        await Newsroom.PublishAsync(article.Id);
        await Newsroom.ApprovedTakeAsync(article.Id, asked.Id, "Second thought.");
        await Newsroom.PublishAsync(article.Id);
        var query = $"{{ take(id: \"{reply.Id}\") {{ inReplyTo {{ text }} }} }}";

        var before = (await new GraphQLClient(Database.Services).AskAsync(Viewer.Anonymous, query)).ToJsonString();
        Newsroom.Value(await RetractAsync(target.Id));
        var after = (await new GraphQLClient(Database.Services).AskAsync(Viewer.Anonymous, query)).ToJsonString();

        Assert.Contains("Second thought.", before, StringComparison.Ordinal);
        Assert.Contains("\"inReplyTo\":null", after, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_retracted_take_leaves_the_published_article_at_once_and_no_draft_becomes_public()
    {
        var (leaving, staying) = (await Newsroom.PersonaAsync("Leaving"), await Newsroom.PersonaAsync("Staying"));
        var article = await Newsroom.DraftAsync(Newsroom.Story("Published words"));
        var take = await Newsroom.ApprovedTakeAsync(article.Id, leaving.Id);
        var other = await Newsroom.ApprovedTakeAsync(article.Id, staying.Id);
        await Newsroom.PublishAsync(article.Id);
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Unpublished words"));

        var retracted = Newsroom.Value(await RetractAsync(take.Id));

        await using var db = await OpenAsync();
        var live = await db.Editions.SingleAsync(e => e.ArticleId == article.Id && e.SupersededAt == null);
        Assert.Equal((2, EditionKind.Updated, "Published words"), (live.Number, live.Kind, live.Content!.Headline));
        Assert.Equal(other.Id, (await db.EditionTakes.SingleAsync(t => t.EditionId == live.Id)).TakeId);
        Assert.Empty(await db.TakeListings.Where(l => l.TakeId == take.Id).ToListAsync());
        Assert.Equal((TakeStatus.Retracted, null), (retracted.Status, retracted.ApprovedRevisionId));
    }

    [SkippableFact]
    public async Task A_late_take_is_published_at_once_only_if_asked_and_no_draft_becomes_public()
    {
        var (late, later) = (await Newsroom.PersonaAsync("Late"), await Newsroom.PersonaAsync("Later"));
        var article = await Newsroom.PublishedAsync(Newsroom.Story("Published words"));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Unpublished words"));
        await Newsroom.ApprovedTakeAsync(article.Id, later.Id);
        var take = Newsroom.Value(await DraftAsync(article.Id, late.Id));

        Newsroom.Value(await ApproveAsync(take.Id, publish: true));
        Newsroom.Value(await ApproveAsync(take.Id, publish: true));

        await using var db = await OpenAsync();
        var live = await db.Editions.SingleAsync(e => e.ArticleId == article.Id && e.SupersededAt == null);
        Assert.Equal((2, EditionKind.Updated, "Published words"), (live.Number, live.Kind, live.Content!.Headline));
        Assert.Equal(take.Id, (await db.EditionTakes.SingleAsync(t => t.EditionId == live.Id)).TakeId);
        await Invariants.AssertAsync(Database.OpenAsync);
    }

    [SkippableFact]
    public async Task A_take_on_an_article_that_is_not_published_cannot_be_published_at_once()
    {
        var persona = await Newsroom.PersonaAsync("Early");
        var article = await Newsroom.DraftAsync();
        var take = Newsroom.Value(await DraftAsync(article.Id, persona.Id));

        Refusal<ArticleNotPublished>((await ApproveAsync(take.Id, publish: true)).Errors);

        await using var db = await OpenAsync();
        Assert.Equal(TakeStatus.Drafted, (await db.Takes.SingleAsync(t => t.Id == take.Id)).Status);
    }

    [SkippableFact]
    public async Task A_correction_makes_published_takes_stale_until_they_are_confirmed_or_revised()
    {
        var (one, two) = (await Newsroom.PersonaAsync("One"), await Newsroom.PersonaAsync("Two"));
        var article = await Newsroom.DraftAsync();
        var confirmed = await Newsroom.ApprovedTakeAsync(article.Id, one.Id);
        var revised = await Newsroom.ApprovedTakeAsync(article.Id, two.Id);
        await Newsroom.PublishAsync(article.Id);
        await Newsroom.SaveAsync(article.Id, Newsroom.Story("Corrected"));
        Newsroom.Value(
            await Database
                .Get<CorrectArticle>()
                .Handle(
                    new CorrectArticleInput { Id = article.Id, Note = "A figure was wrong." },
                    Newsroom.Erin,
                    default
                )
        );
        Assert.Equal(2, await StaleAsync());

        Newsroom.Value(await ConfirmAsync(confirmed.Id));
        Assert.Equal(1, await StaleAsync());
        await Newsroom.ApprovedTakeAsync(article.Id, two.Id, "After the correction.");

        Assert.Equal(0, await StaleAsync());
        Refusal<TakeNotStale>((await ConfirmAsync(revised.Id)).Errors);

        async Task<int> StaleAsync()
        {
            await using var db = await OpenAsync();
            return await db.Takes.CountAsync(t => t.ArticleId == article.Id && t.StaleAt != null);
        }
    }

    [SkippableFact]
    public async Task Readers_see_an_anchor_only_while_the_text_has_the_passage()
    {
        var persona = await Newsroom.PersonaAsync("Anchored");
        var article = await Newsroom.DraftAsync();
        var anchor = new TakeAnchor { BlockId = "b1", Quote = "on Monday" };
        var take = Newsroom.Value(await DraftAsync(article.Id, persona.Id, anchor: anchor));
        Newsroom.Value(await ApproveAsync(take.Id));
        var first = (await Newsroom.PublishAsync(article.Id)).LiveEditionId;
        var body = Newsroom.Value(RichText.Parse(Newsroom.BodyOf("They began on Tuesday.")));
        await Newsroom.SaveAsync(article.Id, Newsroom.Story().WithBody(body));
        var second = (await Newsroom.PublishAsync(article.Id)).LiveEditionId;

        await using var db = await OpenAsync();
        Assert.Equal("b1", (await db.EditionTakes.SingleAsync(t => t.EditionId == first)).Anchor?.BlockId);
        Assert.Null((await db.EditionTakes.SingleAsync(t => t.EditionId == second)).Anchor);
    }

    [SkippableFact]
    public async Task A_take_goes_from_request_to_review_to_approval()
    {
        var persona = await Newsroom.PersonaAsync("Asked for");
        var article = await Newsroom.DraftAsync();
        var author = GraphQLClient.Person("Ada Writer", Role.Author);
        var staff = await Newsroom.StaffAsync(author);
        var requested = Newsroom.Value(
            await Database
                .Get<RequestTake>()
                .Handle(
                    new RequestTakeInput
                    {
                        Article = article.Id,
                        Persona = persona.Id,
                        Assignee = staff.Id,
                        DueAt = Database.Clock.GetUtcNow().AddDays(1),
                        Brief = "What does it cost?",
                    },
                    Newsroom.Erin,
                    default
                )
        );
        Assert.Equal(
            (TakeStatus.Requested, "What does it cost?", "Erin"),
            (requested.Status, requested.Brief, requested.RequestedBy)
        );
        Refusal<TakeNotWritten>((await ApproveAsync(requested.Id)).Errors);

        var written = Newsroom.Value(
            await Database
                .Get<SaveTake>()
                .Handle(
                    new SaveTakeInput
                    {
                        Id = requested.Id,
                        Edit = draft => draft with { Content = draft.Content with { Text = "Little." } },
                        ExpectedVersion = requested.Version,
                    },
                    author.ToActor(),
                    default
                )
        );
        Assert.Equal(TakeStatus.Drafted, written.Status);
        var submitted = Newsroom.Value(await SubmitAsync(requested.Id, author.ToActor()));
        Assert.Equal(TakeStatus.InReview, submitted.Status);
        var returned = Newsroom.Value(
            await Database
                .Get<RequestTakeChanges>()
                .Handle(
                    new RequestTakeChangesInput { Id = requested.Id, Comment = "How much?" },
                    Newsroom.Erin,
                    default
                )
        );
        Assert.Equal(TakeStatus.ChangesRequested, returned.Status);
        Refusal<TakeNotInReview>(
            (
                await Database
                    .Get<RequestTakeChanges>()
                    .Handle(
                        new RequestTakeChangesInput { Id = requested.Id, Comment = "Again" },
                        Newsroom.Erin,
                        default
                    )
            ).Errors
        );
        Newsroom.Value(await SubmitAsync(requested.Id, author.ToActor()));
        Refusal<TakeRevisionNotNewest>((await ApproveAsync(requested.Id, revision: TakeRevisionId.New())).Errors);
        Assert.Equal(TakeStatus.Approved, Newsroom.Value(await ApproveAsync(requested.Id)).Status);
        Refusal<TakeAlreadyApproved>((await SubmitAsync(requested.Id, author.ToActor())).Errors);
        Refusal<TakeNotFound>((await SubmitAsync(requested.Id, Newsroom.Person("Nosy Author", Role.Author))).Errors);
    }

    [SkippableFact]
    public async Task A_save_with_an_old_version_of_the_take_is_refused()
    {
        var persona = await Newsroom.PersonaAsync("Contended");
        var article = await Newsroom.DraftAsync();
        var take = Newsroom.Value(await DraftAsync(article.Id, persona.Id));
        Newsroom.Value(await SaveAsync("One.", take.Version));

        var refused = await SaveAsync("Two.", take.Version);

        Assert.Equal("Erin", Refusal<VersionConflict>(refused.Errors).ChangedBy);

        Task<Result<Take>> SaveAsync(string text, int version) =>
            Database
                .Get<SaveTake>()
                .Handle(
                    new SaveTakeInput
                    {
                        Id = take.Id,
                        Edit = draft => draft with { Content = draft.Content with { Text = text } },
                        ExpectedVersion = version,
                    },
                    Newsroom.Erin,
                    default
                );
    }

    [SkippableFact]
    public async Task A_models_take_is_disclosed_and_inherited_and_only_editors_remove_the_record()
    {
        var persona = await Newsroom.PersonaAsync("Assisted");
        var article = await Newsroom.DraftAsync();
        var author = GraphQLClient.Person("Ada Writer", Role.Author);
        await Newsroom.StaffAsync(author);
        var model = new DraftedWith { Model = "Quill", Version = "4" };
        var take = Newsroom.Value(
            await DraftAsync(article.Id, persona.Id, new TakeContent { Text = "By a model." }, model: model)
        );
        Newsroom.Value(await ApproveAsync(take.Id));
        var first = (await Newsroom.PublishAsync(article.Id)).LiveEditionId;
        await Newsroom.ApprovedTakeAsync(article.Id, persona.Id, "Edited by a person.");
        var second = (await Newsroom.PublishAsync(article.Id)).LiveEditionId;

        await using var db = await OpenAsync();
        var written = await db.EditionTakes.SingleAsync(t => t.EditionId == first);
        var edited = await db.EditionTakes.SingleAsync(t => t.EditionId == second);
        Assert.Equal(
            ("Written by Quill, reviewed by Erin.", DigitalSourceType.TrainedAlgorithmicMedia),
            (written.Disclosure, written.DigitalSourceType)
        );
        Assert.Equal(
            (
                "Drafted with Quill, edited and reviewed by Erin.",
                DigitalSourceType.CompositeWithTrainedAlgorithmicMedia
            ),
            (edited.Disclosure, edited.DigitalSourceType)
        );
        Newsroom.Value(
            await Database
                .Get<RequestTake>()
                .Handle(
                    new RequestTakeInput
                    {
                        Article = article.Id,
                        Persona = persona.Id,
                        Assignee = (await db.Staff.SingleAsync(s => s.Key == author.Key)).Id,
                    },
                    Newsroom.Erin,
                    default
                )
        );
        Refusal<ModelIsRecorded>((await RemoveAsync(author.ToActor())).Errors);
        var removed = Newsroom.Value(await RemoveAsync(Newsroom.Erin));
        Assert.Null((await db.TakeRevisions.SingleAsync(r => r.Id == removed.HeadId)).DraftedWith);

        Task<Result<Take>> RemoveAsync(Actor by) =>
            Database
                .Get<SaveTake>()
                .Handle(
                    new SaveTakeInput
                    {
                        Id = take.Id,
                        Edit = draft => draft,
                        DraftedWith = new Optional<DraftedWith?>(null),
                    },
                    by,
                    default
                );
    }

    [SkippableFact]
    public async Task A_disclosure_names_the_person_who_changed_the_words_and_not_who_saved_last()
    {
        var persona = await Newsroom.PersonaAsync("Edited");
        var article = await Newsroom.DraftAsync();
        var model = new DraftedWith { Model = "Quill", Version = "4" };
        var target = await Newsroom.ApprovedTakeAsync(article.Id, (await Newsroom.PersonaAsync("Target")).Id);
        var take = Newsroom.Value(
            await DraftAsync(article.Id, persona.Id, new TakeContent { Text = "By a model." }, model: model)
        );
        await SaveAsync(draft => draft with { Content = draft.Content with { Text = "Edited." } }, "Olu");
        await SaveAsync(draft => draft with { InReplyTo = target.Id }, "Kim");
        Newsroom.Value(await ApproveAsync(take.Id));

        var live = (await Newsroom.PublishAsync(article.Id)).LiveEditionId;

        await using var db = await OpenAsync();
        Assert.Equal(
            "Drafted with Quill, edited by Olu and reviewed by Erin.",
            (await db.EditionTakes.SingleAsync(t => t.EditionId == live && t.TakeId == take.Id)).Disclosure
        );

        async Task SaveAsync(Func<TakeDraft, TakeDraft> edit, string by) =>
            Newsroom.Value(
                await Database
                    .Get<SaveTake>()
                    .Handle(new SaveTakeInput { Id = take.Id, Edit = edit }, Newsroom.Person(by), default)
            );
    }

    [SkippableFact]
    public async Task A_take_of_a_model_without_a_version_cannot_be_approved()
    {
        var persona = await Newsroom.PersonaAsync("Versionless");
        var article = await Newsroom.DraftAsync();
        var take = Newsroom.Value(await DraftAsync(article.Id, persona.Id, model: new DraftedWith { Model = "Quill" }));

        var refused = Refusal<CheckFailed>((await ApproveAsync(take.Id)).Errors);

        Assert.Equal(CheckRule.Disclosure, refused.Rule);
        Assert.Equal(["draftedWith"], refused.Path);
        await using var db = await OpenAsync();
        Assert.Null((await db.Takes.SingleAsync(t => t.Id == take.Id)).ApprovedRevisionId);
    }

    [SkippableFact]
    public async Task A_take_cannot_reply_to_a_take_whose_published_revision_is_a_reply()
    {
        var (one, two, three) = (
            await Newsroom.PersonaAsync("First of three"),
            await Newsroom.PersonaAsync("Second of three"),
            await Newsroom.PersonaAsync("Third of three")
        );
        var article = await Newsroom.DraftAsync();
        var target = await Newsroom.ApprovedTakeAsync(article.Id, one.Id);
        var answer = Newsroom.Value(await DraftAsync(article.Id, two.Id, reply: target.Id));
        Newsroom.Value(await ApproveAsync(answer.Id));
        await Newsroom.PublishAsync(article.Id);
        Newsroom.Value(await DraftAsync(article.Id, two.Id, new TakeContent { Text = "No reply any more." }));

        var nested = Refusal<TakeReplyNested>((await DraftAsync(article.Id, three.Id, reply: answer.Id)).Errors);
        var third = Newsroom.Value(await DraftAsync(article.Id, three.Id));
        var back = Refusal<TakeReplyNested>(
            (await DraftAsync(article.Id, one.Id, new TakeContent { Text = "Hm." }, reply: third.Id)).Errors
        );
        Newsroom.Value(await ApproveAsync(answer.Id));
        Refusal<TakeReplyNested>((await DraftAsync(article.Id, three.Id, reply: answer.Id)).Errors);
        await Newsroom.PublishAsync(article.Id);
        Newsroom.Value(await DraftAsync(article.Id, three.Id, reply: answer.Id));

        Assert.All<UserError>([nested, back], error => Assert.Equal(["inReplyTo"], error.Path));
    }

    [SkippableFact]
    public async Task Approval_records_the_reviewer_and_the_time_and_a_second_approval_changes_nothing()
    {
        var persona = await Newsroom.PersonaAsync("Approved");
        var article = await Newsroom.DraftAsync();
        var draft = Newsroom.Value(await DraftAsync(article.Id, persona.Id));
        var first = Newsroom.Value(await ApproveAsync(draft.Id));
        Database.Clock.Advance(TimeSpan.FromMinutes(1));

        var again = Newsroom.Value(await ApproveAsync(draft.Id));

        await using var db = await OpenAsync();
        var approved = await db.TakeRevisions.SingleAsync(r => r.Id == again.ApprovedRevisionId);
        Assert.Equal(
            (Newsroom.Erin.Contributor, Database.Clock.GetUtcNow().AddMinutes(-1)),
            (approved.Reviewer, approved.ApprovedAt)
        );
        Assert.Equal(first.Version, again.Version);
    }

    [SkippableFact]
    public async Task A_retracted_take_can_be_approved_only_after_it_is_written_again()
    {
        var persona = await Newsroom.PersonaAsync("Returning");
        var article = await Newsroom.DraftAsync();
        var take = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);
        Newsroom.Value(await RetractAsync(take.Id));

        var refusal = Refusal<TakeNotWritten>((await ApproveAsync(take.Id)).Errors);
        var written = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id, "Once more.");

        Assert.Equal((take.Id, TakeStatus.Retracted), (refusal.TakeId, refusal.Status));
        Assert.Equal((take.Id, TakeStatus.Approved), (written.Id, written.Status));
        Assert.Equal(["id"], Refusal<TakeNotFound>((await ApproveAsync(TakeId.New())).Errors).Path);
        Assert.Equal(["reason"], Refusal<RetractionReasonRequired>((await RetractAsync(take.Id, " ")).Errors).Path);
    }

    [SkippableFact]
    public async Task A_take_can_reply_only_to_another_take_on_the_same_article_and_not_to_a_reply()
    {
        var (one, two, three) = (
            await Newsroom.PersonaAsync("First"),
            await Newsroom.PersonaAsync("Second"),
            await Newsroom.PersonaAsync("Third")
        );
        var (article, other) = (await Newsroom.DraftAsync(), await Newsroom.DraftAsync());
        var here = await Newsroom.ApprovedTakeAsync(article.Id, one.Id);
        var elsewhere = await Newsroom.ApprovedTakeAsync(other.Id, one.Id);

        var answer = Newsroom.Value(await DraftAsync(article.Id, two.Id, reply: here.Id));
        var astray = Refusal<TakeReplyElsewhere>((await DraftAsync(article.Id, three.Id, reply: elsewhere.Id)).Errors);
        var nested = Refusal<TakeReplyNested>((await DraftAsync(article.Id, three.Id, reply: answer.Id)).Errors);
        var back = Refusal<TakeReplyNested>(
            (await DraftAsync(article.Id, one.Id, new TakeContent { Text = "Hm." }, reply: answer.Id)).Errors
        );
        var self = Refusal<TakeReplyElsewhere>(
            (await DraftAsync(article.Id, one.Id, new TakeContent { Text = "Hm." }, reply: here.Id)).Errors
        );

        await using var db = await OpenAsync();
        Assert.Equal(here.Id, (await db.TakeRevisions.SingleAsync(r => r.Id == answer.HeadId)).InReplyTo);
        Assert.Equal(elsewhere.Id, astray.TakeId);
        Assert.All<UserError>([astray, nested, back, self], error => Assert.Equal(["inReplyTo"], error.Path));
    }

    [SkippableFact]
    public async Task An_inactive_persona_cannot_add_takes()
    {
        var persona = await Newsroom.PersonaAsync("Leaver");
        var article = await Newsroom.DraftAsync();
        await EditAsync(persona, new PersonaFields { Profile = persona.Profile, IsActive = false });

        var refusal = Refusal<PersonaInactive>((await DraftAsync(article.Id, persona.Id)).Errors);

        Assert.Equal(persona.Id, refusal.PersonaId);
        Assert.Equal(["persona"], refusal.Path);
    }

    [SkippableFact]
    public async Task A_take_requires_an_existing_article_and_persona()
    {
        var persona = await Newsroom.PersonaAsync("Lost");
        var article = await Newsroom.DraftAsync();

        var nowhere = await DraftAsync(ArticleId.New(), persona.Id);
        var nobody = await DraftAsync(article.Id, PersonaId.New());

        Assert.Equal(["article"], Refusal<ArticleNotFound>(nowhere.Errors).Path);
        Assert.Equal(["persona"], Refusal<PersonaNotFound>(nobody.Errors).Path);
    }

    [SkippableFact]
    public async Task All_invalid_fields_of_a_take_are_reported_together()
    {
        var persona = await Newsroom.PersonaAsync("Sloppy");
        var article = await Newsroom.DraftAsync();
        var content = new TakeContent
        {
            Text = new string(' ', 8001),
            Verdict = new string('v', 201),
            Confidence = 101,
        };
        var anchor = new TakeAnchor { BlockId = new string('b', 41), Quote = new string('q', 1001) };

        var refused = await DraftAsync(article.Id, persona.Id, content, anchor);
        var unsure = await DraftAsync(article.Id, persona.Id, new TakeContent { Text = "Hm.", Confidence = -1 });

        Assert.Equal(
            [
                "TakeIncomplete at text",
                "ConfidenceOutOfRange at confidence",
                "TextTooLong at text",
                "TextTooLong at verdict",
                "TextTooLong at anchor.blockId",
                "TextTooLong at anchor.quote",
            ],
            Named(refused.Errors)
        );
        Assert.Equal(-1, Refusal<ConfidenceOutOfRange>(unsure.Errors).Confidence);
    }

    [SkippableFact]
    public async Task An_AI_persona_is_disclosed_even_if_a_person_wrote_its_take()
    {
        var persona = await Newsroom.PersonaAsync("Automaton");
        await EditAsync(persona, new PersonaFields { Profile = persona.Profile, IsAi = true });
        var article = await Newsroom.DraftAsync();
        await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);

        var live = (await Newsroom.PublishAsync(article.Id)).LiveEditionId;

        await using var db = await OpenAsync();
        Assert.Equal(
            "Automaton is an AI persona. Reviewed by Erin.",
            (await db.EditionTakes.SingleAsync(t => t.EditionId == live)).Disclosure
        );
    }

    private Task<Result<Take>> DraftAsync(
        ArticleId article,
        PersonaId persona,
        TakeContent? content = null,
        TakeAnchor? anchor = null,
        TakeId? reply = null,
        DraftedWith? model = null
    ) =>
        Database
            .Get<DraftTake>()
            .Handle(
                new DraftTakeInput
                {
                    Article = article,
                    Persona = persona,
                    Content = content ?? new TakeContent { Text = "I would wait." },
                    Anchor = anchor,
                    InReplyTo = reply,
                    DraftedWith = model is null ? default(Optional<DraftedWith?>) : model,
                },
                Newsroom.Erin,
                default
            );

    private Task<Result<Take>> ApproveAsync(TakeId id, bool publish = false, TakeRevisionId? revision = null) =>
        Database
            .Get<ApproveTake>()
            .Handle(
                new ApproveTakeInput
                {
                    Id = id,
                    Publish = publish,
                    Revision = revision,
                },
                Newsroom.Erin,
                default
            );

    private Task<Result<Take>> RetractAsync(TakeId id, string reason = "Its author asked for it.") =>
        Database.Get<RetractTake>().Handle(new RetractTakeInput { Id = id, Reason = reason }, Newsroom.Erin, default);

    private Task<Result<Take>> ConfirmAsync(TakeId id) =>
        Database.Get<ConfirmTake>().Handle(new ConfirmTakeInput { Id = id }, Newsroom.Erin, default);

    private Task<Result<Take>> SubmitAsync(TakeId id, Actor by) =>
        Database.Get<SubmitTake>().Handle(new SubmitTakeInput { Id = id }, by, default);

    private Task<Persona> RenameAsync(Persona persona, string name) =>
        EditAsync(persona, new PersonaFields { Profile = persona.Profile with { Name = name, Lens = "Another" } });

    private async Task<Persona> EditAsync(Persona persona, PersonaFields fields) =>
        Newsroom.Value(
            await Database
                .Get<EditPersona>()
                .Handle(new EditPersonaInput { Id = persona.Id, Edit = _ => fields }, Newsroom.Erin, default)
        );
}

public sealed class TakeTests_Sqlite(SqliteTestDatabase database)
    : TakeTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class TakeTests_SqlServer(SqlServerTestDatabase database)
    : TakeTests(database),
        IClassFixture<SqlServerTestDatabase>;
