using System.Text.Json.Nodes;
using Cms.Access;
using Cms.Articles.Comments;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Articles;

public sealed class CommentTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private const string Fields =
        "comment { id articleId threadId text author blockId isBlockGone isMine resolvedBy deletedAt mentions { name } replies { text } }";

    private static readonly Viewer Erin = GraphQLClient.Erin;
    private static readonly Viewer Ada = GraphQLClient.Ada;

    private readonly GraphQLClient _client = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Fact]
    public async Task A_comment_does_not_change_the_version_of_the_article()
    {
        var id = await DraftedAsync(Erin);

        await AddAsync(Ada, new { article = id, text = "Who says so?" });
        var saved = await _client.DoAsync(
            Erin,
            "saveArticle",
            new
            {
                id,
                summary = "Typed meanwhile.",
                expectedVersion = 1,
            },
            "article { version }"
        );

        Assert.Empty(GraphQLClient.Refusals(saved));
    }

    [Fact]
    public async Task Replies_belong_to_the_thread_and_open_it_again()
    {
        var id = await DraftedAsync(Erin);
        var first = await AddAsync(Ada, new { article = id, text = "Who says so?" });
        var resolved = await DoAsync(Erin, "resolveComment", new { id = (string)first["id"]! });

        var reply = await AddAsync(
            Erin,
            new
            {
                article = id,
                text = "The maker.",
                inReplyTo = (string)first["id"]!,
            }
        );
        var nested = await AddAsync(
            Ada,
            new
            {
                article = id,
                text = "Then say so.",
                inReplyTo = (string)reply["id"]!,
            }
        );

        Assert.Equal("Erin", (string?)resolved["comment"]!["resolvedBy"]);
        Assert.Equal((string?)first["id"], (string?)reply["threadId"]);
        Assert.Equal((string?)first["id"], (string?)nested["threadId"]);
        Assert.Equal(
            """[{"text":"Who says so?","resolvedAt":null,"replies":[{"text":"The maker."},{"text":"Then say so."}]}]""",
            await ThreadsAsync(id, "isResolved: false", "text resolvedAt replies { text }")
        );
        Assert.Equal("[]", await ThreadsAsync(id, "isResolved: true", "text"));
    }

    [Fact]
    public async Task A_comment_on_a_block_says_when_the_block_is_gone()
    {
        var id = await DraftedAsync(Erin);
        var comment = await AddAsync(
            Ada,
            new
            {
                article = id,
                text = "When?",
                blockId = "b1",
            }
        );
        var unknown = await DoAsync(
            Ada,
            "addComment",
            new
            {
                article = id,
                text = "When?",
                blockId = "b9",
            }
        );

        await _client.DoAsync(
            Erin,
            "saveArticle",
            new { id, body = new { markdown = "A different text." } },
            "article { id }"
        );

        Assert.False((bool)comment["isBlockGone"]!);
        Assert.Equal(["BlockNotFoundError at blockId"], GraphQLClient.Refusals(unknown));
        Assert.Equal(
            """[{"blockId":"b1","isBlockGone":true}]""",
            await ThreadsAsync(id, "first: 10", "blockId isBlockGone")
        );
    }

    [Fact]
    public async Task Mentioned_people_are_listed_with_the_comment()
    {
        var id = await DraftedAsync(Erin);
        var ada = (await Newsroom.StaffAsync(Ada)).Id.ToString();

        var comment = await AddAsync(
            Erin,
            new
            {
                article = id,
                text = "Ada, is this right?",
                mentions = new[] { ada, ada },
            }
        );
        var unknown = await DoAsync(
            Erin,
            "addComment",
            new
            {
                article = id,
                text = "Anybody?",
                mentions = new[] { GraphQL.EntityId.New<StaffId>().ToString() },
            }
        );

        Assert.Equal("""[{"name":"Ada"}]""", comment["mentions"]!.ToJsonString());
        Assert.Equal(["StaffNotFoundError at mentions"], GraphQLClient.Refusals(unknown));
    }

    [Fact]
    public async Task Only_the_author_of_a_comment_can_delete_it_and_its_replies_stay()
    {
        var id = await DraftedAsync(Erin);
        var first = (string)(await AddAsync(Ada, new { article = id, text = "Who says so?" }))["id"]!;
        await AddAsync(
            Erin,
            new
            {
                article = id,
                text = "The maker.",
                inReplyTo = first,
            }
        );

        var refused = await DoAsync(Erin, "deleteComment", new { id = first });
        var deleted = await DoAsync(Ada, "deleteComment", new { id = first });

        Assert.Equal(["CommentNotYoursError at id"], GraphQLClient.Refusals(refused));
        Assert.NotNull(deleted["comment"]!["deletedAt"]);
        Assert.Equal(
            """[{"text":"","replies":[{"text":"The maker."}]}]""",
            await ThreadsAsync(id, "first: 10", "text replies { text }")
        );
    }

    [Fact]
    public async Task An_author_cannot_read_or_write_comments_on_articles_of_others()
    {
        var id = await DraftedAsync(Erin);
        var comment = (string)(await AddAsync(Ada, new { article = id, text = "Between us." }))["id"]!;
        var bea = GraphQLClient.Person("Bea", Role.Author);

        var added = await DoAsync(bea, "addComment", new { article = id, text = "Hello?" });
        var resolved = await DoAsync(bea, "resolveComment", new { id = comment });
        var deleted = await DoAsync(bea, "deleteComment", new { id = comment });

        Assert.Equal(
            ["ArticleNotFoundError at article", "CommentNotFoundError at id", "CommentNotFoundError at id"],
            new[] { added, resolved, deleted }.SelectMany(GraphQLClient.Refusals)
        );
    }

    [Theory]
    [InlineData("", "CommentRequiredError at text")]
    [InlineData(" \n", "CommentRequiredError at text")]
    [InlineData(null, "TextTooLongError at text")]
    public async Task A_comment_without_text_or_with_too_much_is_rejected(string? text, string refusal)
    {
        var id = await DraftedAsync(Erin);

        var added = await DoAsync(
            Erin,
            "addComment",
            new { article = id, text = text ?? new string('a', Comment.MaxLength + 1) }
        );

        Assert.Equal([refusal], GraphQLClient.Refusals(added));
    }

    [Fact]
    public async Task Threads_can_be_paged_newest_first()
    {
        var id = await DraftedAsync(Erin);
        foreach (var text in new[] { "One", "Two", "Three" })
        {
            await AddAsync(Erin, new { article = id, text });
        }

        var page = await PageAsync(id, "first: 2");
        var next = await PageAsync(id, $"first: 2, after: \"{page["pageInfo"]!["endCursor"]}\"");

        Assert.Equal(["Three", "Two"], page["nodes"]!.AsArray().Select(c => (string)c!["text"]!));
        Assert.Equal(["One"], next["nodes"]!.AsArray().Select(c => (string)c!["text"]!));
        Assert.Equal(3, (int)page["totalCount"]!);
    }

    private async Task<JsonNode> PageAsync(string id, string arguments) =>
        (
            await _client.AskAsync(
                Erin,
                $"{{ desk {{ article(id: \"{id}\") {{ comments({arguments}) {{ totalCount nodes {{ text }} pageInfo {{ endCursor }} }} }} }} }}"
            )
        )["data"]!["desk"]!["article"]!["comments"]!;

    private async Task<string> ThreadsAsync(string id, string arguments, string fields) =>
        (
            await _client.AskAsync(
                Erin,
                $"{{ desk {{ article(id: \"{id}\") {{ comments({arguments}) {{ nodes {{ {fields} }} }} }} }} }}"
            )
        )["data"]!["desk"]!["article"]!["comments"]!["nodes"]!.ToJsonString();

    private async Task<JsonNode> AddAsync(Viewer viewer, object input)
    {
        var payload = await DoAsync(viewer, "addComment", input);
        Assert.Empty(GraphQLClient.Refusals(payload));
        return payload["comment"]!;
    }

    private Task<JsonNode> DoAsync(Viewer viewer, string mutation, object input) =>
        _client.DoAsync(viewer, mutation, input, Fields);

    private async Task<string> DraftedAsync(Viewer viewer)
    {
        var created = await _client.DoAsync(
            viewer,
            "createArticle",
            new
            {
                headline = "Discussed",
                body = new { json = JsonNode.Parse(Newsroom.BodyOf("They began on Monday.")) },
            },
            "article { id }"
        );
        return (string)created["article"]!["id"]!;
    }
}
