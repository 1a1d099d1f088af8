using Cms.Articles;
using Cms.Body;
using Cms.GraphQL;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.References;

/// <summary>Nothing that is used disappears before an editor has seen its uses.</summary>
public sealed class UsageTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private const string Uses =
        "uses: errors { ... on ArticleInUseError { message counts { kind count } users { kind usedById title } } }";

    private readonly GraphQLClient _client = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Fact]
    public async Task The_desk_shows_what_uses_an_article()
    {
        var article = await Newsroom.PublishedAsync();
        var persona = await Newsroom.PersonaAsync($"P{Guid.CreateVersion7():n}");
        await Newsroom.ApprovedTakeAsync(article.Id, persona.Id);
        var published = await Newsroom.PublishedAsync(Embedding(article.Id, "Published"));
        var draft = await Newsroom.DraftAsync(Embedding(article.Id, "Draft"));
        await _client.DoAsync(
            GraphQLClient.Viewers["reader"],
            "addBookmark",
            new { targetId = article.Id.ToString() },
            "bookmark { id }"
        );

        var used = await UsedByAsync(article.Id);

        Assert.Equal(
            """{"totalCount":5,"counts":[{"kind":"ARTICLE","count":1},{"kind":"WORKING_COPY","count":2},{"kind":"TAKE","count":1},{"kind":"BOOKMARK","count":1}]}""",
            used.Counts
        );
        Assert.Equal(
            [
                $"ARTICLE {published.Id} Published",
                $"WORKING_COPY {published.Id} Published",
                $"WORKING_COPY {draft.Id} Draft",
            ],
            used.Users
        );
    }

    [Fact]
    public async Task The_uses_follow_each_save_schedule_and_edition()
    {
        var article = await Newsroom.PublishedAsync();
        var user = await Newsroom.DraftAsync(Embedding(article.Id, "User"));
        await _client.DoAsync(
            GraphQLClient.Erin,
            "scheduleArticle",
            new { id = user.Id.ToString(), at = database.Clock.GetUtcNow().AddHours(1) },
            "article { id }"
        );
        Assert.Equal(
            [$"SCHEDULE {user.Id} User", $"WORKING_COPY {user.Id} User"],
            (await UsedByAsync(article.Id)).Users
        );

        await _client.DoAsync(
            GraphQLClient.Erin,
            "unscheduleArticle",
            new { id = user.Id.ToString() },
            "article { id }"
        );
        await Newsroom.PublishAsync(user.Id);
        await Newsroom.SaveAsync(user.Id, Newsroom.Story("User"));
        Assert.Equal([$"ARTICLE {user.Id} User"], (await UsedByAsync(article.Id)).Users);

        await Newsroom.PublishAsync(user.Id);
        Assert.Empty((await UsedByAsync(article.Id)).Users);
    }

    [Fact]
    public async Task An_article_that_published_articles_embed_is_withdrawn_only_when_the_editor_acknowledges_it()
    {
        var article = await Newsroom.PublishedAsync();
        var user = await Newsroom.PublishedAsync(Embedding(article.Id, "It links"));

        var refused = await WithdrawAsync(article.Id);
        var acknowledged = await WithdrawAsync(article.Id, acknowledge: true);

        Assert.Equal(["ArticleInUseError at id"], GraphQLClient.Refusals(refused));
        Assert.Equal(
            $$"""{"message":"The article is still used by 1 published article, such as ‘It links’. Remove it there first, or send acknowledgeUse: true.","counts":[{"kind":"ARTICLE","count":1}],"users":[{"kind":"ARTICLE","usedById":"{{user.Id}}","title":"It links"}]}""",
            System.Text.RegularExpressions.Regex.Unescape(refused["uses"]![0]!.ToJsonString())
        );
        Assert.Empty(GraphQLClient.Refusals(acknowledged));
    }

    [Fact]
    public async Task An_article_that_a_notice_names_is_withdrawn_only_when_the_editor_acknowledges_it()
    {
        var (gone, successor) = (await Newsroom.PublishedAsync(), await Newsroom.PublishedAsync());
        await WithdrawAsync(gone.Id, successor: successor.Id);

        var refused = await WithdrawAsync(successor.Id);

        Assert.Equal(["ArticleInUseError at id"], GraphQLClient.Refusals(refused));
        Assert.Equal("""[{"kind":"NOTICE","count":1}]""", refused["uses"]![0]!["counts"]!.ToJsonString());
    }

    [Fact]
    public async Task A_withdrawn_or_draft_article_that_is_embedded_goes_to_the_trash_only_when_acknowledged()
    {
        var draft = await Newsroom.DraftAsync();
        await Newsroom.PublishedAsync(Embedding(draft.Id, "It links"));

        var refused = await _client.DoAsync(
            GraphQLClient.Erin,
            "trashArticle",
            new { id = draft.Id.ToString() },
            $"article {{ id }} {Uses}"
        );
        var trashed = await _client.DoAsync(
            GraphQLClient.Erin,
            "trashArticle",
            new { id = draft.Id.ToString(), acknowledgeUse = true },
            "article { trashedAt }"
        );
        var kept = await _client.DoAsync(
            GraphQLClient.Ada,
            "deleteArticle",
            new { id = draft.Id.ToString() },
            "article { articleId }"
        );
        var deleted = await _client.DoAsync(
            GraphQLClient.Ada,
            "deleteArticle",
            new { id = draft.Id.ToString(), acknowledgeUse = true },
            "article { articleId }"
        );

        Assert.Equal(["ArticleInUseError at id"], GraphQLClient.Refusals(refused));
        Assert.Empty(GraphQLClient.Refusals(trashed));
        Assert.Equal(["ArticleInUseError at id"], GraphQLClient.Refusals(kept));
        Assert.Empty(GraphQLClient.Refusals(deleted));
    }

    [Fact]
    public async Task Working_copies_that_embed_an_article_do_not_prevent_its_withdrawal()
    {
        var article = await Newsroom.PublishedAsync();
        await Newsroom.DraftAsync(Embedding(article.Id, "Draft"));

        Assert.Empty(GraphQLClient.Refusals(await WithdrawAsync(article.Id)));
    }

    [Fact]
    public async Task An_article_that_embeds_itself_does_not_use_itself()
    {
        var article = await Newsroom.DraftAsync();
        await Newsroom.SaveAsync(article.Id, Embedding(article.Id, "Itself"));
        await Newsroom.PublishAsync(article.Id);

        Assert.Empty(GraphQLClient.Refusals(await WithdrawAsync(article.Id)));
    }

    [Fact]
    public async Task Authors_cannot_see_uses_and_no_more_than_100_can_be_listed()
    {
        var article = await Newsroom.PublishedAsync();
        var query = $"{{ desk {{ article(id: \"{article.Id}\") {{ usedBy(first: 101) {{ totalCount }} }} }} }}";

        Assert.Equal(ErrorCodes.PageSize, GraphQLClient.Code(await _client.AskAsync(GraphQLClient.Erin, query)));
        Assert.Equal(ErrorCodes.NotAuthorized, GraphQLClient.Code(await _client.AskAsync(GraphQLClient.Arlo, query)));
    }

    [Fact]
    public async Task A_used_image_cannot_be_deleted_and_the_error_has_the_ids_of_its_users()
    {
        var image = await Newsroom.ImageAsync();
        var article = await Newsroom.DraftAsync(Newsroom.Story("With an image") with { HeroImageId = image.Id });

        var refused = await _client.DoAsync(
            GraphQLClient.Erin,
            "deleteMedia",
            new { id = image.Id.ToString() },
            "media { id } uses: errors { ... on MediaInUseError { users { kind usedById } } }"
        );

        Assert.Equal(
            $$"""[{"kind":"WORKING_COPY","usedById":"{{article.Id}}"}]""",
            refused["uses"]![0]!["users"]!.ToJsonString()
        );
    }

    private static ArticleContent Embedding(ArticleId article, string headline) =>
        Newsroom
            .Story(headline)
            .WithBody(
                Newsroom.Value(
                    RichText.Parse(
                        $$$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{"type":"paragraph","attrs":{"id":"b0"},"content":[{"type":"text","text":"Read about it."}]},{"type":"embed","attrs":{"id":"b1","kind":"article","target":"{{{article}}}"}}]}"""
                    )
                )
            );

    private async Task<System.Text.Json.Nodes.JsonNode> WithdrawAsync(
        ArticleId id,
        bool acknowledge = false,
        ArticleId? successor = null
    ) =>
        await _client.DoAsync(
            GraphQLClient.Erin,
            "withdrawArticle",
            new
            {
                id = id.ToString(),
                reason = "It was wrong.",
                acknowledgeUse = acknowledge,
                successor = successor?.ToString(),
            },
            $"article {{ id }} {Uses}"
        );

    private async Task<(string Counts, IEnumerable<string> Users)> UsedByAsync(ArticleId id)
    {
        var answer = await _client.AskAsync(
            GraphQLClient.Erin,
            $"{{ desk {{ article(id: \"{id}\") {{ usedBy {{ totalCount counts {{ kind count }} users {{ kind usedById title }} }} }} }} }}"
        );
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        var used = answer["data"]!["desk"]!["article"]!["usedBy"]!.AsObject();
        var users = used["users"]!.AsArray().Select(use => $"{use!["kind"]} {use["usedById"]} {use["title"]}").ToList();
        used.Remove("users");
        return (used.ToJsonString(), users);
    }
}
