using Cms.Articles;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Panel;

public abstract class TakeTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task A_take_records_the_current_profile_of_its_persona()
    {
        var persona = await Newsroom.PersonaAsync("Pinned");
        var article = await Newsroom.DraftAsync();
        var before = Newsroom.Value(await DraftAsync(article.Id, persona.Id));
        await RenameAsync(persona, "Renamed");

        var after = Newsroom.Value(await DraftAsync(article.Id, persona.Id));

        Assert.Equal((1, 2), (before.ProfileNumber, after.ProfileNumber));
        Assert.Equal((1, 2), (before.Number, after.Number));
        Assert.Equal((TakeStatus.Drafted, TakeStatus.Drafted), (before.Status, after.Status));
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
    public async Task Approving_a_take_replaces_only_the_earlier_take_of_the_same_persona()
    {
        var (builder, skeptic) = (await Newsroom.PersonaAsync("Builder"), await Newsroom.PersonaAsync("Skeptic"));
        var (article, other) = (await Newsroom.DraftAsync(), await Newsroom.DraftAsync());
        var elsewhere = await Newsroom.ApprovedTakeAsync(other.Id, builder.Id);
        var neighbour = await Newsroom.ApprovedTakeAsync(article.Id, skeptic.Id);
        var earlier = await Newsroom.ApprovedTakeAsync(article.Id, builder.Id, "First thought.");

        var later = await Newsroom.ApprovedTakeAsync(article.Id, builder.Id, "Second thought.");

        Assert.Equal(
            [TakeStatus.Approved, TakeStatus.Approved, TakeStatus.Replaced, TakeStatus.Approved],
            [
                await StatusAsync(elsewhere.Id),
                await StatusAsync(neighbour.Id),
                await StatusAsync(earlier.Id),
                await StatusAsync(later.Id),
            ]
        );
    }

    [SkippableFact]
    public async Task A_replaced_take_is_removed_from_the_article_with_the_next_edition()
    {
        var persona = await Newsroom.PersonaAsync("Changed mind");
        var article = await Newsroom.DraftAsync();
        var earlier = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id, "First thought.");
        await Newsroom.PublishAsync(article.Id);
        var later = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id, "Second thought.");

        await using var db = await OpenAsync();
        var listed = db.TakeListings.Where(l => l.PersonaId == persona.Id).Select(l => l.TakeId);
        Assert.Equal([earlier.Id], await listed.ToListAsync());
        await Newsroom.PublishAsync(article.Id);
        Assert.Equal([later.Id], await listed.ToListAsync());
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

        Assert.Equal(
            (Newsroom.Erin.Contributor, Database.Clock.GetUtcNow().AddMinutes(-1)),
            (again.Reviewer, again.ApprovedAt)
        );
        Assert.Equal(first.Version, again.Version);
    }

    [SkippableFact]
    public async Task A_replaced_take_cannot_be_approved_again()
    {
        var persona = await Newsroom.PersonaAsync("Replaced");
        var article = await Newsroom.DraftAsync();
        var earlier = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);
        await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);

        var refusal = Refusal<TakeNotDrafted>((await ApproveAsync(earlier.Id)).Errors);

        Assert.Equal((earlier.Id, TakeStatus.Replaced), (refusal.TakeId, refusal.Status));
        Assert.Equal(["id"], Refusal<TakeNotFound>((await ApproveAsync(TakeId.New())).Errors).Path);
    }

    [SkippableFact]
    public async Task A_take_can_reply_only_to_a_take_on_the_same_article()
    {
        var persona = await Newsroom.PersonaAsync("Answering");
        var (article, other) = (await Newsroom.DraftAsync(), await Newsroom.DraftAsync());
        var here = await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);
        var elsewhere = await Newsroom.ApprovedTakeAsync(other.Id, persona.Id);

        var answer = Newsroom.Value(await DraftAsync(article.Id, persona.Id, reply: here.Id));
        var astray = Refusal<TakeReplyElsewhere>(
            (await DraftAsync(article.Id, persona.Id, reply: elsewhere.Id)).Errors
        );

        Assert.Equal(here.Id, answer.InReplyTo);
        Assert.Equal(elsewhere.Id, astray.TakeId);
        Assert.Equal(["inReplyTo"], astray.Path);
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
            "Automaton is an AI persona, reviewed by Erin.",
            (await db.EditionTakes.SingleAsync(t => t.EditionId == live)).Disclosure
        );
    }

    private Task<Result<Take>> DraftAsync(
        ArticleId article,
        PersonaId persona,
        TakeContent? content = null,
        TakeAnchor? anchor = null,
        TakeId? reply = null
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
                },
                Newsroom.Erin,
                default
            );

    private Task<Result<Take>> ApproveAsync(TakeId id) =>
        Database.Get<ApproveTake>().Handle(new ApproveTakeInput { Id = id }, Newsroom.Erin, default);

    private Task<Persona> RenameAsync(Persona persona, string name) =>
        EditAsync(persona, new PersonaFields { Profile = persona.Profile with { Name = name, Lens = "Another" } });

    private async Task<Persona> EditAsync(Persona persona, PersonaFields fields) =>
        Newsroom.Value(
            await Database
                .Get<EditPersona>()
                .Handle(new EditPersonaInput { Id = persona.Id, Edit = _ => fields }, Newsroom.Erin, default)
        );

    private async Task<TakeStatus> StatusAsync(TakeId id)
    {
        await using var db = await OpenAsync();
        return (await db.Takes.SingleAsync(t => t.Id == id)).Status;
    }
}

public sealed class TakeTests_Sqlite(SqliteTestDatabase database)
    : TakeTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class TakeTests_SqlServer(SqlServerTestDatabase database)
    : TakeTests(database),
        IClassFixture<SqlServerTestDatabase>;
