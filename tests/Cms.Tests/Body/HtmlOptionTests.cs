using System.Text.Json.Nodes;
using Cms.Body;
using Cms.People;
using Cms.Testing;
using Xunit;

namespace Cms.Tests.Body;

/// <summary>What a front end can choose about the HTML of a body.</summary>
public sealed class HtmlOptionTests(AnyTestDatabase database) : IClassFixture<AnyTestDatabase>
{
    private readonly GraphQLClient _client = new(database.Services);
    private readonly Newsroom _newsroom = new(database.Services);

    [Fact]
    public async Task Callouts_get_labels_only_if_they_are_requested()
    {
        var body = await BodyAsync(
            "> [!NOTE]\n> One.\n\n> [!WARNING]\n> Two.",
            "html labelled: html(calloutLabels: {}) german: html(calloutLabels: { note: \"<Hinweis>\" })"
        );

        Assert.DoesNotContain("callout-label", (string?)body["html"], StringComparison.Ordinal);
        Assert.Contains("<p class=\"callout-label\">Note</p>", (string?)body["labelled"], StringComparison.Ordinal);
        Assert.Contains("<p class=\"callout-label\">Warning</p>", (string?)body["labelled"], StringComparison.Ordinal);
        Assert.Contains(
            "<p class=\"callout-label\">&lt;Hinweis&gt;</p>",
            (string?)body["german"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Images_get_the_requested_sizes_escaped()
    {
        var image = await _newsroom.ImageAsync();

        var body = await BodyAsync(
            $"A picture.\n\n![A cloud](media:{image.Id})",
            "html sized: html(imageSizes: \"(width > 1px) 2px\\\"\")"
        );

        Assert.Contains(" sizes=\"100vw\"", (string?)body["html"], StringComparison.Ordinal);
        Assert.Contains(" sizes=\"(width &gt; 1px) 2px&quot;\"", (string?)body["sized"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imageSizes: \"TEXT\"", 300)]
    [InlineData("calloutLabels: { tip: \"TEXT\" }", 60)]
    public async Task A_text_that_is_too_long_is_rejected(string argument, int most)
    {
        var article = await _newsroom.PublishedAsync();

        foreach (var (length, isRejected) in new[] { (most, false), (most + 1, true) })
        {
            var text = argument.Replace("TEXT", new string('x', length), StringComparison.Ordinal);
            var answer = await _client.AskAsync(
                Viewer.Anonymous,
                $$"""{ article(id: "{{article.Id}}") { body { html({{text}}) } } }"""
            );
            Assert.Equal(isRejected ? "BAD_USER_INPUT" : null, (string?)answer["errors"]?[0]?["extensions"]?["code"]);
        }
    }

    [Theory]
    [InlineData("th", "th", "<thead>H</thead><tbody>HC</tbody>")]
    [InlineData("td", "th", "<tbody>CHC</tbody>")]
    public void The_first_rows_of_header_cells_are_the_head_of_a_table(string first, string second, string expected)
    {
        var html = Table($"{Cell(first)}", $"{Cell(second)},{Cell("td")}");

        Assert.Equal(expected, Shape(html));
    }

    [Fact]
    public void A_table_of_header_cells_has_no_body_and_a_cell_that_spans_out_of_the_head_prevents_it()
    {
        Assert.Equal("<thead>HH</thead>", Shape(Table(Cell("th"), Cell("th"))));
        Assert.Equal("<tbody>HC</tbody>", Shape(Table(Cell("th", rowspan: 2), Cell("td"))));
    }

    [Fact]
    public void Cells_are_aligned_with_classes_and_keep_that_in_Markdown_and_JSON()
    {
        const string markdown =
            "| Card | Cuts | Note | Left |\n| --- | ---: | :---: | :--- |\n| B | 2,000 | _yes_ | no |\n";
        var body = Newsroom.Value(RichText.FromMarkdown(markdown, EmbedSlugs.None)).Body;
        var derived = Newsroom.Value(RichText.Parse(body.ToJson())).Derive(BodyForms.All);

        Assert.Contains(" scope=\"col\" class=\"align-right\"><p", derived.Html, StringComparison.Ordinal);
        Assert.Equal(["right", "center", "left"], Classes(derived.Html).Take(3));
        Assert.Equal(["right", "center", "left"], Classes(derived.Html).Skip(3));
        Assert.DoesNotContain("style", derived.Html, StringComparison.Ordinal);
        Assert.Equal(markdown, derived.Markdown);

        static IEnumerable<string> Classes(string html) =>
            html.Split("class=\"align-").Skip(1).Select(part => part.Split('"')[0]);
    }

    private static string Shape(string html)
    {
        var shape = new System.Text.StringBuilder();
        foreach (var part in html.Split('<'))
        {
            shape.Append(
                part.Split(' ', '>')[0] switch
                {
                    "thead" => "<thead>",
                    "tbody" => "<tbody>",
                    "/thead" => "</thead>",
                    "/tbody" => "</tbody>",
                    "th" => "H",
                    "td" => "C",
                    _ => "",
                }
            );
        }

        return shape.ToString();
    }

    private static string Table(params string[] rows) =>
        Newsroom
            .Value(
                RichText.Parse(
                    $$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{"type":"table","content":[{{string.Join(',', rows.Select(row => $$"""{"type":"tableRow","content":[{{row}}]}"""))}}]}]}"""
                )
            )
            .Derive(BodyForms.Html)
            .Html;

    private static string Cell(string tag, int rowspan = 1) =>
        $$"""{"type":"{{(tag == "th" ? "tableHeader" : "tableCell")}}","attrs":{"rowspan":{{rowspan}}},"content":[{"type":"paragraph"}]}""";

    private async Task<JsonNode> BodyAsync(string markdown, string fields)
    {
        var body = Newsroom.Value(RichText.FromMarkdown(markdown, EmbedSlugs.None)).Body;
        var article = await _newsroom.PublishedAsync(Newsroom.Story().WithBody(body));
        var answer = await _client.AskAsync(
            Viewer.Anonymous,
            $$"""{ article(id: "{{article.Id}}") { body { {{fields}} } } }"""
        );
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer["data"]!["article"]!["body"]!;
    }
}
