using System.Text.Json.Nodes;
using Cms.Articles;
using Cms.Articles.Comparing;
using Cms.Body;
using Cms.Testing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Articles;

/// <summary>Comparisons of two revisions: fields, blocks and words.</summary>
public sealed class ComparisonTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private readonly GraphQLClient _client = new(database.Services);

    private Newsroom Newsroom => field ??= new Newsroom(database.Services);

    [Fact]
    public async Task Changed_fields_are_listed_with_the_words_that_differ()
    {
        var id = await SavedAsync(
            Story("They began on Monday.") with
            {
                Headline = "A compiler in a week",
                Byline = "By Erin",
            },
            Story("They began on Monday.") with
            {
                Headline = "A compiler in two weeks",
                Language = "en-GB",
            }
        );

        Assert.Equal(
            """
            {"field":"headline","from":"A compiler in a week","to":"A compiler in two weeks","parts":[{"change":"KEPT","text":"A compiler in "},{"change":"REMOVED","text":"a"},{"change":"ADDED","text":"two"},{"change":"KEPT","text":" "},{"change":"REMOVED","text":"week"},{"change":"ADDED","text":"weeks"}]}
            {"field":"byline","from":"By Erin","to":null,"parts":[{"change":"REMOVED","text":"By Erin"}]}
            {"field":"language","from":"en","to":"en-GB","parts":[{"change":"REMOVED","text":"en"},{"change":"ADDED","text":"en-GB"}]}
            """.ReplaceLineEndings("\n"),
            string.Join(
                '\n',
                (await CompareAsync(id, "fields { field from to parts { change text } }"))["fields"]!
                    .AsArray()
                    .Select(field => field!.ToJsonString())
            )
        );
    }

    [Fact]
    public async Task Blocks_are_matched_by_their_ids()
    {
        var id = await SavedAsync(
            Story("One.", "Two.", "Three.", "Four."),
            Story("One.", "Two and a half.", "Four.", "Three.", "Five.")
        );

        var blocks = (await CompareAsync(id, "blocks { blockId change isFormattingOnly parts { change text } }"))[
            "blocks"
        ]!.AsArray();

        Assert.Equal(
            ["UNCHANGED One.", "CHANGED Two[ and a half].", "MOVED Four.", "UNCHANGED Three.", "ADDED [Five.]"],
            blocks.Where(b => (string?)b!["change"] != "REMOVED").Select(Shown)
        );
    }

    [Fact]
    public async Task A_body_that_is_sent_back_as_Markdown_is_compared_block_by_block()
    {
        var article = await Newsroom.DraftAsync(Story("One.", "The bridge opened in 1915.", "Three.", "Four."));
        await _client.DoAsync(
            GraphQLClient.Erin,
            "saveArticle",
            new
            {
                id = article.Id.ToString(),
                body = new { markdown = "Zero.\n\nOne.\n\nThe bridge opened in **1916**.\n\nFour.\n\nThree." },
            },
            "article { id }"
        );

        var blocks = (await CompareAsync(article.Id, "blocks { change parts { change text } }"))["blocks"]!.AsArray();

        Assert.Equal(
            [
                "ADDED [Zero.]",
                "UNCHANGED One.",
                "CHANGED The bridge opened in (1915)[1916].",
                "MOVED Four.",
                "UNCHANGED Three.",
            ],
            blocks.Select(Shown)
        );
    }

    [Fact]
    public async Task A_change_of_formatting_only_is_said_to_be_one()
    {
        var plain = """{"type":"paragraph","attrs":{"id":"p1"},"content":[{"type":"text","text":"Bold words."}]}""";
        var bold =
            """{"type":"paragraph","attrs":{"id":"p1"},"content":[{"type":"text","text":"Bold words.","marks":[{"type":"bold"}]}]}""";
        var id = await SavedAsync(OfBlocks(plain), OfBlocks(bold));

        var block = (await CompareAsync(id, "blocks { change isFormattingOnly }"))["blocks"]!;

        Assert.Equal("""[{"change":"CHANGED","isFormattingOnly":true}]""", block.ToJsonString());
    }

    [Fact]
    public async Task A_revision_of_another_article_cannot_be_compared()
    {
        var (mine, other) = (await Newsroom.DraftAsync(), await Newsroom.DraftAsync());

        var answer = await _client.AskAsync(
            GraphQLClient.Erin,
            $"{{ desk {{ article(id: \"{mine.Id}\") {{ compare(from: \"{mine.HeadId}\", to: \"{other.HeadId}\") {{ blocks {{ change }} }} }} }} }}"
        );

        Assert.Null(answer["data"]!["desk"]!["article"]!["compare"]);
    }

    [Fact]
    public async Task An_empty_body_can_be_compared_with_a_full_one()
    {
        var id = await SavedAsync(new ArticleContent { Headline = "Empty" }, Story("One.") with { Headline = "Empty" });

        Assert.Equal(
            """[{"change":"ADDED"}]""",
            (await CompareAsync(id, "blocks { change }"))["blocks"]!.ToJsonString()
        );
    }

    [Property]
    public Property The_parts_of_a_comparison_make_up_both_texts(NonNull<string> earlier, NonNull<string> later)
    {
        var parts = new TextComparer().Compare(earlier.Get, later.Get);
        return (
            string.Concat(parts.Where(p => p.Change is not TextChange.Added).Select(p => p.Text)) == earlier.Get
            && string.Concat(parts.Where(p => p.Change is not TextChange.Removed).Select(p => p.Text)) == later.Get
        ).ToProperty();
    }

    [Property]
    public Property The_blocks_that_count_as_moved_are_as_few_as_possible(PositiveInt count, int seed)
    {
        var numbers = Enumerable.Range(0, count.Get % 60).ToArray();
        new System.Random(seed).Shuffle(numbers);

        var rising = BlockComparer.LongestRising(numbers);

        // The length by dynamic programming, in O(n²).
        var lengths = new int[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            lengths[i] = 1 + Enumerable.Range(0, i).Where(j => numbers[j] < numbers[i]).Max(j => (int?)lengths[j]) ?? 1;
        }

        var inOrder = numbers.Where(rising.Contains).ToList();
        return (inOrder.SequenceEqual(inOrder.Order()) && inOrder.Count == lengths.DefaultIfEmpty().Max()).ToProperty();
    }

    private static string Shown(JsonNode? block) =>
        $"{block!["change"]} "
        + string.Concat(
            block["parts"]!
                .AsArray()
                .Select(part =>
                    (string?)part!["change"] switch
                    {
                        "ADDED" => $"[{part["text"]}]",
                        "REMOVED" => $"({part["text"]})",
                        _ => $"{part["text"]}",
                    }
                )
        );

    private static ArticleContent Story(params string[] paragraphs) =>
        OfBlocks(
            string.Join(
                ',',
                paragraphs.Select(text =>
                    $$"""{"type":"paragraph","attrs":{"id":"{{text[..3].ToLowerInvariant().Replace('.', 'x').Replace(' ', 'x')}}"},"content":[{"type":"text","text":"{{text}}"}]}"""
                )
            )
        );

    private static ArticleContent OfBlocks(string blocks) =>
        new ArticleContent { Headline = "A story", Summary = "In blocks." }.WithBody(
            Newsroom.Value(RichText.Parse($$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{{blocks}}]}"""))
        );

    private async Task<ArticleId> SavedAsync(ArticleContent earlier, ArticleContent later)
    {
        var article = await Newsroom.DraftAsync(earlier);
        await Newsroom.SaveAsync(article.Id, later);
        return article.Id;
    }

    private async Task<JsonNode> CompareAsync(ArticleId id, string fields)
    {
        var revisions = (
            await _client.AskAsync(
                GraphQLClient.Erin,
                $"{{ desk {{ article(id: \"{id}\") {{ revisions(first: 2) {{ nodes {{ id }} }} }} }} }}"
            )
        )["data"]!["desk"]!["article"]!["revisions"]!["nodes"]!;
        var answer = await _client.AskAsync(
            GraphQLClient.Erin,
            $"{{ desk {{ article(id: \"{id}\") {{ compare(from: \"{revisions[1]!["id"]}\", to: \"{revisions[0]!["id"]}\") {{ {fields} }} }} }} }}"
        );
        return answer["data"]!["desk"]!["article"]!["compare"]!;
    }
}
