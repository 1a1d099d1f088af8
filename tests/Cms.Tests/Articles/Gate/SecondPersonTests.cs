using Cms.Articles.Gate;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Articles.Gate;

/// <summary>The rules about people: a second person, and an approval.</summary>
public sealed class SecondPersonTests(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private static readonly GateSettings SecondPerson = QuietGate.Settings with { SecondPerson = GateServer.Error };
    private static readonly GateSettings Approved = QuietGate.Settings with { Approved = GateServer.Error };
    private static readonly Viewer Ada = GraphQLClient.Ada;

    [Fact]
    public async Task A_drafter_cannot_publish_alone_but_a_different_editor_can_publish()
    {
        await using var server = await GateServer.StartAsync(database, SecondPerson);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();

        var refused = await server.DoAsync("publishArticle", new { id });
        var scheduled = await server.DoAsync("scheduleArticle", new { id, at = database.Clock.GetUtcNow().AddDays(1) });
        var published = await server.SucceedAsync("publishArticle", new { id }, Ada);

        Assert.Equal(["SecondPersonRequiredError at review"], GraphQLClient.Refusals(refused));
        Assert.Equal(
            "You drafted this revision, so a second person must approve or publish it. Ask another editor.",
            (string?)refused["errors"]![0]!["message"]
        );
        Assert.Equal(["SecondPersonRequiredError at review"], GraphQLClient.Refusals(scheduled));
        Assert.Equal("PUBLISHED", (string?)published["status"]);
    }

    [Fact]
    public async Task The_desk_shows_the_rule_to_the_drafter_only()
    {
        await using var server = await GateServer.StartAsync(database, SecondPerson);
        var id = (await server.Newsroom.DraftAsync()).Id;

        Assert.Equal(["ERROR SECOND_PERSON at review"], await server.ChecksAsync(id));
        Assert.Empty(await server.ChecksAsync(id, Ada));
    }

    [Fact]
    public async Task A_drafter_can_publish_what_a_different_editor_approved_until_the_next_save()
    {
        await using var server = await GateServer.StartAsync(database, SecondPerson);
        var id = (await server.Newsroom.DraftAsync()).Id.ToString();
        await server.SucceedAsync("submitForReview", new { id });

        var own = await server.DoAsync("approveArticle", new { id });
        await server.SucceedAsync("approveArticle", new { id }, Ada);
        await server.SucceedAsync("publishArticle", new { id });
        await server.SucceedAsync("saveArticle", new { id, summary = "Six days." });
        var updated = await server.DoAsync("updateArticle", new { id });
        var corrected = await server.DoAsync("correctArticle", new { id, note = "It took six days." });

        Assert.Equal(["SecondPersonRequiredError at id"], GraphQLClient.Refusals(own));
        Assert.Equal(["SecondPersonRequiredError at review"], GraphQLClient.Refusals(updated));
        Assert.Equal(["SecondPersonRequiredError at review"], GraphQLClient.Refusals(corrected));
    }

    [Fact]
    public async Task An_approval_by_the_drafter_from_before_the_rule_does_not_count()
    {
        await using var before = await GateServer.StartAsync(database, QuietGate.Settings);
        await using var after = await GateServer.StartAsync(database, SecondPerson);
        var id = (await before.Newsroom.DraftAsync()).Id.ToString();
        await before.SucceedAsync("submitForReview", new { id });
        await before.SucceedAsync("approveArticle", new { id });

        var refused = await after.DoAsync("publishArticle", new { id });
        await after.SucceedAsync("approveArticle", new { id }, Ada);

        Assert.Equal(["SecondPersonRequiredError at review"], GraphQLClient.Refusals(refused));
        await after.SucceedAsync("publishArticle", new { id });
    }

    [Fact]
    public async Task A_drafter_can_approve_an_own_revision_when_the_rule_is_off()
    {
        await using var server = await GateServer.StartAsync(database);
        var id = (await server.Newsroom.DraftAsync()).Id.ToString();
        await server.SucceedAsync("submitForReview", new { id });

        var approved = await server.SucceedAsync("approveArticle", new { id });

        Assert.Equal("APPROVED", (string?)approved["review"]);
    }

    [Fact]
    public async Task A_revision_must_be_approved_before_it_is_published()
    {
        await using var server = await GateServer.StartAsync(database, Approved);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        var refused = await server.DoAsync("publishArticle", new { id });
        var checks = await server.ChecksAsync(draft.Id);
        await ApproveAsync(server, id);

        var published = await server.SucceedAsync("publishArticle", new { id });

        Assert.Equal(["CheckFailedError at review"], GraphQLClient.Refusals(refused));
        Assert.Equal(["ERROR APPROVED at review"], checks);
        Assert.Equal("PUBLISHED", (string?)published["status"]);
    }

    [Fact]
    public async Task New_takes_of_an_approved_article_are_published_without_a_second_approval()
    {
        await using var server = await GateServer.StartAsync(database, Approved);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        await ApproveAsync(server, id);
        await server.SucceedAsync("publishArticle", new { id });
        var persona = await server.Newsroom.PersonaAsync("Late to the panel");
        await server.Newsroom.ApprovedTakeAsync(draft.Id, persona.Id);

        var updated = await server.SucceedAsync("updateArticle", new { id });

        Assert.Equal(2, (int?)updated["publishedEdition"]);
    }

    [Fact]
    public async Task An_approved_revision_goes_out_on_schedule_even_if_a_newer_one_is_not_approved()
    {
        await using var server = await GateServer.StartAsync(database, Approved);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        await ApproveAsync(server, id);
        await server.SucceedAsync("scheduleArticle", new { id, at = database.Clock.GetUtcNow().AddHours(1) });
        await server.SucceedAsync("saveArticle", new { id, summary = "Not approved." });

        database.Clock.Advance(TimeSpan.FromHours(1));
        var due = await server.PublishDueAsync();

        Assert.Equal([draft.Id], due.Published);
    }

    [Fact]
    public async Task Requested_changes_take_the_approval_back_from_a_scheduled_revision()
    {
        await using var server = await GateServer.StartAsync(database, Approved);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        await ApproveAsync(server, id);
        await server.SucceedAsync("scheduleArticle", new { id, at = database.Clock.GetUtcNow().AddHours(1) });
        await server.SucceedAsync("requestChanges", new { id, comment = "Wait." }, Ada);
        await server.SucceedAsync("saveArticle", new { id, summary = "Not approved." });

        database.Clock.Advance(TimeSpan.FromHours(1));
        var due = await server.PublishDueAsync();

        Assert.Equal(
            [(draft.Id, "This revision is not approved. Submit it for review, and ask an editor to approve it.")],
            due.Refused
        );
    }

    [Fact]
    public async Task Requested_changes_take_back_an_approval_from_an_earlier_review()
    {
        await using var server = await GateServer.StartAsync(database, Approved);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        await ApproveAsync(server, id);
        await server.SucceedAsync("publishArticle", new { id });
        await server.SucceedAsync("withdrawArticle", new { id, reason = "The maker denies it." });
        await server.SucceedAsync("submitForReview", new { id });
        await server.SucceedAsync("requestChanges", new { id, comment = "Ask the maker." }, Ada);

        var refused = await server.DoAsync("publishArticle", new { id });

        Assert.Equal(["CheckFailedError at review"], GraphQLClient.Refusals(refused));
    }

    [Fact]
    public async Task A_restored_revision_needs_its_own_approval()
    {
        await using var server = await GateServer.StartAsync(database, Approved);
        var draft = await server.Newsroom.DraftAsync();
        var id = draft.Id.ToString();
        await ApproveAsync(server, id);
        await server.SucceedAsync("saveArticle", new { id, summary = "Not approved." });
        await server.SucceedAsync("restoreRevision", new { id, revision = draft.HeadId.ToString() });

        Assert.Equal(["ERROR APPROVED at review"], await server.ChecksAsync(draft.Id));
    }

    private static async Task ApproveAsync(GateServer server, string id)
    {
        await server.SucceedAsync("submitForReview", new { id });
        await server.SucceedAsync("approveArticle", new { id }, Ada);
    }
}
