using System.Text.Json.Nodes;
using Cms.Access;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Assignment, review and the trash, through the API.</summary>
public sealed class ReviewTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private const string Fields =
        "article { review approvedRevisionId dueAt trashedAt status assignee { name } reviewer { name } }";

    private static readonly Viewer Erin = GraphQLClient.Erin;
    private static readonly Viewer Ada = GraphQLClient.Ada;

    private readonly GraphQLClient _client = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Fact]
    public async Task An_article_goes_from_draft_through_review_to_approval_and_publication()
    {
        var (arlo, _) = await AuthorAsync("Arlo");
        var (_, erinId) = await StaffAsync(Erin);
        var id = await DraftedAsync(arlo);

        var submitted = await ReviewAsync(arlo, "submitForReview", new { id, reviewer = erinId });
        var requested = await ReviewAsync(Erin, "requestChanges", new { id, comment = "Name the source." });
        await ReviewAsync(arlo, "saveArticle", new { id, summary = "According to the maker." });
        var again = await ReviewAsync(arlo, "submitForReview", new { id, reviewer = erinId });
        var approved = await ReviewAsync(Erin, "approveArticle", new { id });
        var published = await ReviewAsync(Erin, "publishArticle", new { id });

        Assert.Equal(
            ["IN_REVIEW", "CHANGES_REQUESTED", "IN_REVIEW", "APPROVED", "DRAFTING"],
            new[] { submitted, requested, again, approved, published }.Select(article => (string)article["review"]!)
        );
        Assert.Equal("Erin", (string?)submitted["reviewer"]!["name"]);
        Assert.NotNull(approved["approvedRevisionId"]);
        Assert.Null(published["approvedRevisionId"]);
        Assert.Equal("PUBLISHED", (string?)published["status"]);
    }

    [Fact]
    public async Task An_author_who_lost_access_cannot_read_the_article_by_repeating_a_mutation()
    {
        var (arlo, arloId) = await AuthorAsync("Arlo");
        var id = await DraftedAsync(Erin);
        await DoAsync(Erin, "assignArticle", new { id, assignee = arloId });
        var input = new { id, clientMutationId = "submit-1" };
        var first = await DoAsync(arlo, "submitForReview", input);
        var again = await DoAsync(arlo, "submitForReview", input);
        await DoAsync(Erin, "assignArticle", new { id, assignee = (string?)null });

        var late = await DoAsync(arlo, "submitForReview", input);

        Assert.Empty(GraphQLClient.Refusals(first));
        Assert.Empty(GraphQLClient.Refusals(again));
        Assert.Equal(["ArticleNotFoundError at id"], GraphQLClient.Refusals(late));
        Assert.Null(late["article"]);
    }

    [Fact]
    public async Task An_article_in_the_trash_is_not_reviewed_assigned_or_put_under_embargo()
    {
        var (_, erinId) = await StaffAsync(Erin);
        var id = await DraftedAsync(Erin);
        await DoAsync(Erin, "submitForReview", new { id });
        await DoAsync(Erin, "trashArticle", new { id });

        var refusals = new[]
        {
            await DoAsync(Ada, "approveArticle", new { id }),
            await DoAsync(Ada, "requestChanges", new { id, comment = "Why?" }),
            await DoAsync(Ada, "assignArticle", new { id, assignee = erinId }),
            await DoAsync(Ada, "setEmbargo", new { id, until = database.Clock.GetUtcNow().AddDays(1) }),
        };

        Assert.Equal(
            Enumerable.Repeat("ArticleTrashedError at id", 4),
            refusals.SelectMany(refused => GraphQLClient.Refusals(refused))
        );
    }

    [Fact]
    public async Task A_save_after_approval_puts_the_article_in_review_again()
    {
        var id = await DraftedAsync(Erin);
        await ReviewAsync(Erin, "submitForReview", new { id });
        await ReviewAsync(Ada, "approveArticle", new { id });

        var saved = await ReviewAsync(Erin, "saveArticle", new { id, summary = "One more word." });

        Assert.Equal("IN_REVIEW", (string?)saved["review"]);
        Assert.Null(saved["approvedRevisionId"]);
    }

    [Fact]
    public async Task A_save_while_changes_are_requested_does_not_submit_the_article()
    {
        var id = await DraftedAsync(Erin);
        await ReviewAsync(Erin, "submitForReview", new { id });
        await ReviewAsync(Ada, "requestChanges", new { id, comment = "Shorter." });

        var saved = await ReviewAsync(Erin, "saveArticle", new { id, summary = "Short." });

        Assert.Equal("CHANGES_REQUESTED", (string?)saved["review"]);
    }

    [Fact]
    public async Task Only_the_newest_revision_can_be_approved()
    {
        var id = await DraftedAsync(Erin);
        await ReviewAsync(Erin, "submitForReview", new { id });
        var read = await RevisionAsync(id);
        await ReviewAsync(Erin, "saveArticle", new { id, summary = "Newer." });

        var refused = await DoAsync(Ada, "approveArticle", new { id, revision = read });
        var approved = await ReviewAsync(Ada, "approveArticle", new { id, revision = await RevisionAsync(id) });

        Assert.Equal(["RevisionNotNewestError at revision"], GraphQLClient.Refusals(refused));
        Assert.Equal("APPROVED", (string?)approved["review"]);
    }

    [Fact]
    public async Task A_move_that_the_review_does_not_allow_is_rejected()
    {
        var id = await DraftedAsync(Erin);

        var withdrawn = await DoAsync(Erin, "withdrawFromReview", new { id });
        var approved = await DoAsync(Ada, "approveArticle", new { id });
        var requested = await DoAsync(Ada, "requestChanges", new { id, comment = "Why?" });
        await ReviewAsync(Erin, "submitForReview", new { id });
        var silent = await DoAsync(Ada, "requestChanges", new { id, comment = " " });
        await ReviewAsync(Ada, "approveArticle", new { id });
        var submitted = await DoAsync(Erin, "submitForReview", new { id });

        Assert.Equal(
            [
                "ArticleNotInReviewError at id",
                "ArticleNotInReviewError at id",
                "ArticleNotInReviewError at id",
                "CommentRequiredError at comment",
                "ArticleAlreadyApprovedError at id",
            ],
            new[] { withdrawn, approved, requested, silent, submitted }.SelectMany(GraphQLClient.Refusals)
        );
        Assert.Empty(await CommentsAsync(id));
    }

    [Fact]
    public async Task Requested_changes_begin_a_thread_of_comments()
    {
        var id = await DraftedAsync(Erin);
        await ReviewAsync(Erin, "submitForReview", new { id });

        await ReviewAsync(Ada, "requestChanges", new { id, comment = "Name the source." });

        Assert.Equal(["Ada: Name the source."], await CommentsAsync(id));
    }

    [Fact]
    public async Task Submitting_again_without_a_reviewer_keeps_the_reviewer_and_null_removes_them()
    {
        var (_, erinId) = await StaffAsync(Erin);
        var id = await DraftedAsync(Erin);
        await ReviewAsync(Erin, "submitForReview", new { id, reviewer = erinId });
        await ReviewAsync(Ada, "requestChanges", new { id, comment = "Shorter." });

        var kept = await ReviewAsync(Erin, "submitForReview", new { id });
        var removed = await ReviewAsync(Erin, "submitForReview", new { id, reviewer = (string?)null });

        Assert.Equal("Erin", (string?)kept["reviewer"]!["name"]);
        Assert.Null(removed["reviewer"]);
    }

    [Fact]
    public async Task Submitting_twice_is_the_same_as_submitting_once()
    {
        var id = await DraftedAsync(Erin);
        await DoAsync(Erin, "submitForReview", new { id });
        var before = await VersionAsync(id);

        var again = await DoAsync(Erin, "submitForReview", new { id });

        Assert.Empty(GraphQLClient.Refusals(again));
        Assert.Equal(before, await VersionAsync(id));
    }

    [Fact]
    public async Task An_assigned_author_can_work_on_the_article_until_somebody_else_is_assigned()
    {
        var (bea, beaId) = await AuthorAsync("Bea");
        var (_, calId) = await AuthorAsync("Cal");
        var id = await DraftedAsync(Erin);
        var before = await DoAsync(bea, "submitForReview", new { id });

        var assigned = await ReviewAsync(
            Erin,
            "assignArticle",
            new
            {
                id,
                assignee = beaId,
                dueAt = "2026-05-01T10:00:00Z",
            }
        );
        var mine = await DoAsync(bea, "submitForReview", new { id });
        var reassigned = await ReviewAsync(Erin, "assignArticle", new { id, assignee = calId });
        var after = await DoAsync(bea, "withdrawFromReview", new { id });

        Assert.Equal(["ArticleNotFoundError at id"], GraphQLClient.Refusals(before));
        Assert.Equal(
            ("Bea", "2026-05-01T10:00:00.000Z"),
            ((string?)assigned["assignee"]!["name"], (string?)assigned["dueAt"])
        );
        Assert.Empty(GraphQLClient.Refusals(mine));
        Assert.Equal(
            ("Cal", "2026-05-01T10:00:00.000Z"),
            ((string?)reassigned["assignee"]!["name"], (string?)reassigned["dueAt"])
        );
        Assert.Equal(["ArticleNotFoundError at id"], GraphQLClient.Refusals(after));
    }

    [Fact]
    public async Task Assigning_nobody_and_no_date_empties_both()
    {
        var (_, erinId) = await StaffAsync(Erin);
        var id = await DraftedAsync(Erin);
        await ReviewAsync(
            Erin,
            "assignArticle",
            new
            {
                id,
                assignee = erinId,
                dueAt = "2026-05-01T10:00:00Z",
            }
        );

        var emptied = await ReviewAsync(
            Erin,
            "assignArticle",
            new
            {
                id,
                assignee = (string?)null,
                dueAt = (string?)null,
            }
        );

        Assert.Null(emptied["assignee"]);
        Assert.Null(emptied["dueAt"]);
    }

    [Fact]
    public async Task Somebody_who_has_never_signed_in_cannot_be_assigned()
    {
        var id = await DraftedAsync(Erin);
        var nobody = GraphQL.EntityId.New<StaffId>().ToString();

        var assigned = await DoAsync(Erin, "assignArticle", new { id, assignee = nobody });
        var submitted = await DoAsync(Erin, "submitForReview", new { id, reviewer = nobody });

        Assert.Equal(["StaffNotFoundError at assignee"], GraphQLClient.Refusals(assigned));
        Assert.Equal(["StaffNotFoundError at reviewer"], GraphQLClient.Refusals(submitted));
    }

    [Fact]
    public async Task A_trashed_article_can_be_saved_but_not_published_until_it_is_restored()
    {
        var id = await DraftedAsync(Erin);
        await DoAsync(Erin, "scheduleArticle", new { id, at = "2026-05-01T10:00:00Z" });

        var trashed = await ReviewAsync(Erin, "trashArticle", new { id });
        var saved = await DoAsync(Erin, "saveArticle", new { id, summary = "Typed meanwhile." });
        var published = await DoAsync(Erin, "publishArticle", new { id });
        var scheduled = await DoAsync(Erin, "scheduleArticle", new { id, at = "2026-05-01T10:00:00Z" });
        var submitted = await DoAsync(Erin, "submitForReview", new { id });
        var restored = await ReviewAsync(Erin, "restoreArticle", new { id });
        var now = await DoAsync(Erin, "publishArticle", new { id });

        Assert.NotNull(trashed["trashedAt"]);
        Assert.Empty(GraphQLClient.Refusals(saved));
        Assert.Equal(
            ["ArticleTrashedError at id", "ArticleTrashedError at id", "ArticleTrashedError at id"],
            new[] { published, scheduled, submitted }.SelectMany(GraphQLClient.Refusals)
        );
        Assert.Null(restored["trashedAt"]);
        Assert.Empty(GraphQLClient.Refusals(now));
    }

    [Fact]
    public async Task An_embargo_survives_the_trash()
    {
        var id = await DraftedAsync(Erin);
        await DoAsync(Erin, "setEmbargo", new { id, until = "2026-05-01T10:00:00Z" });
        await DoAsync(Erin, "trashArticle", new { id });
        await DoAsync(Erin, "restoreArticle", new { id });

        var published = await DoAsync(Erin, "publishArticle", new { id });

        Assert.Equal(["ArticleUnderEmbargoError at id"], GraphQLClient.Refusals(published));
    }

    [Fact]
    public async Task Publishing_what_is_already_public_ends_its_review()
    {
        var id = await DraftedAsync(Erin);
        await DoAsync(Erin, "publishArticle", new { id });
        await DoAsync(Erin, "submitForReview", new { id });

        var published = await ReviewAsync(Erin, "publishArticle", new { id });

        Assert.Equal("DRAFTING", (string?)published["review"]);
    }

    [Fact]
    public async Task A_published_article_must_be_withdrawn_before_it_is_trashed()
    {
        var id = await DraftedAsync(Erin);
        await DoAsync(Erin, "publishArticle", new { id });

        var refused = await DoAsync(Erin, "trashArticle", new { id });
        await DoAsync(Erin, "withdrawArticle", new { id, reason = "The maker denies it." });
        var trashed = await DoAsync(Erin, "trashArticle", new { id });
        var deleted = await DeleteAsync(Ada, id);

        Assert.Equal(["ArticleStillPublishedError at id"], GraphQLClient.Refusals(refused));
        Assert.Empty(GraphQLClient.Refusals(trashed));
        Assert.Equal(["ArticleWasPublishedError at id"], GraphQLClient.Refusals(deleted));
    }

    [Fact]
    public async Task An_administrator_can_delete_a_trashed_article_for_good_and_its_slug_is_free_again()
    {
        var id = await DraftedAsync(Erin, "for-the-bin");
        await DoAsync(Erin, "submitForReview", new { id });
        await DoAsync(Ada, "requestChanges", new { id, comment = "No." });

        var early = await DeleteAsync(Ada, id);
        await DoAsync(Erin, "trashArticle", new { id });
        var deleted = await DeleteAsync(Ada, id);
        var again = await DeleteAsync(Ada, id);
        var reused = await DraftedAsync(Erin, "for-the-bin");

        Assert.Equal(["ArticleNotTrashedError at id"], GraphQLClient.Refusals(early));
        Assert.Equal(
            (id, "for-the-bin"),
            ((string?)deleted["article"]!["articleId"], (string?)deleted["article"]!["slug"])
        );
        Assert.Equal(["ArticleNotFoundError at id"], GraphQLClient.Refusals(again));
        Assert.NotEqual(id, reused);
    }

    private Task<JsonNode> DeleteAsync(Viewer viewer, string id) =>
        _client.DoAsync(viewer, "deleteArticle", new { id }, "article { articleId slug }");

    private Task<JsonNode> DoAsync(Viewer viewer, string mutation, object input) =>
        _client.DoAsync(viewer, mutation, input, Fields);

    // Runs a mutation that must succeed.
    private async Task<JsonNode> ReviewAsync(Viewer viewer, string mutation, object input)
    {
        var payload = await DoAsync(viewer, mutation, input);
        Assert.Empty(GraphQLClient.Refusals(payload));
        return payload["article"]!;
    }

    private async Task<string> DraftedAsync(Viewer viewer, string? slug = null)
    {
        var created = await _client.DoAsync(
            viewer,
            "createArticle",
            new
            {
                headline = "In review",
                summary = "A story that people review.",
                slug = slug ?? $"story-{Guid.CreateVersion7():n}",
                body = new { markdown = "They began on Monday." },
            },
            "article { id }"
        );
        return (string)created["article"]!["id"]!;
    }

    private async Task<string> RevisionAsync(string id) =>
        (string)
            (
                await _client.AskAsync(
                    Erin,
                    $"{{ desk {{ article(id: \"{id}\") {{ revisions(first: 1) {{ nodes {{ id }} }} }} }} }}"
                )
            )["data"]!["desk"]!["article"]!["revisions"]!["nodes"]![0]!["id"]!;

    private async Task<int> VersionAsync(string id) =>
        (int)
            (await _client.AskAsync(Erin, $"{{ desk {{ article(id: \"{id}\") {{ version }} }} }}"))["data"]!["desk"]![
                "article"
            ]!["version"]!;

    private async Task<List<string>> CommentsAsync(string id) =>
        [
            .. (
                await _client.AskAsync(
                    Erin,
                    $"{{ desk {{ article(id: \"{id}\") {{ comments {{ nodes {{ author text }} }} }} }} }}"
                )
            )["data"]!["desk"]!["article"]!["comments"]!["nodes"]!
                .AsArray()
                .Select(comment => $"{comment!["author"]}: {comment["text"]}"),
        ];

    private Task<(Viewer Viewer, string Id)> AuthorAsync(string name) =>
        StaffAsync(GraphQLClient.Person(name, Role.Author));

    private async Task<(Viewer Viewer, string Id)> StaffAsync(Viewer viewer)
    {
        var member = await Newsroom.StaffAsync(viewer);
        return (viewer, member.Id.ToString());
    }
}
