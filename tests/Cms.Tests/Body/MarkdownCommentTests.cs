using Cms.Body;
using Xunit;

namespace Cms.Tests.Body;

/// <summary>A comment is never published, wherever it is and however many empty lines it contains.</summary>
public sealed class MarkdownCommentTests
{
    [Theory]
    [InlineData("Before.\n\n<!-- editors only:\n\nsecret\n-->\n\nAfter.", "Before.|After.")]
    [InlineData("Before.\n\n<!--\n\n\n\nsecret\n\n\n\nsecret\n\n\n-->\n\nAfter.", "Before.|After.")]
    [InlineData("<!--\nsecret\n\nsecret\n-->\nAfter.", "After.")]
    [InlineData("Before.\n<!-- secret\n\nsecret -->\nAfter.", "Before.|After.")]
    [InlineData("Before.\n\n<!-- secret\n\nsecret -->", "Before.")]
    [InlineData("Before.\r\n\r\n<!-- secret\r\n\r\nsecret -->\r\n\r\nAfter.", "Before.|After.")]
    [InlineData("Before.\n\n<!-- secret\n   \nsecret -->\n\nAfter.", "Before.|After.")]
    [InlineData("Before.\n\n  <!-- secret\n\nsecret -->     After.", "Before.|After.")]
    [InlineData("Before <!-- secret\n\nsecret --> after.", "Before after.")]
    [InlineData("**Before <!-- secret\n\nsecret --> after**.", "Before after.")]
    [InlineData("[Before <!-- secret\n\nsecret --> after](https://a.example).", "Before after.")]
    [InlineData("Before <!-- secret --> after <!-- secret\n\nsecret --> the end.", "Before  after the end.")]
    [InlineData("Before.\n\n<!-- secret\n\n-->\n\nBetween.\n\n<!-- secret\n\n-->\n\nAfter.", "Before.|Between.|After.")]
    [InlineData("# Before <!-- secret\n\nsecret -->\n\nAfter.", "Before|After.")]
    [InlineData("# Before <!-- secret\nsecret -->\n\nAfter.", "Before|After.")]
    [InlineData("Before<!-- secret\nsecret -->\n===\n\nAfter.", "Before|After.")]
    [InlineData("- Before.\n\n  <!-- secret\n\n  secret -->\n\n  Between.\n- After.", "Before.|Between.|After.")]
    [InlineData("- Before <!-- secret\n\n  secret --> between.\n- After.", "Before between.|After.")]
    [InlineData("- Before. <!-- secret\n- secret\n- secret -->\n- After.", "Before.|After.")]
    [InlineData("> Before <!-- secret\n>\n> secret --> after.", "Before after.")]
    [InlineData("> Before.\n>\n> <!-- secret\n\nsecret -->\n\nAfter.", "Before.|After.")]
    [InlineData(
        "Before.\n\n<!-- secret\n\n- secret\n- secret\n\n# secret\n\n> secret\n\n-->\n\nAfter.",
        "Before.|After."
    )]
    [InlineData("Before.\n\n<!-- secret\n\n```\nsecret\n```\n\n-->\n\nAfter.", "Before.|After.")]
    [InlineData("Before.\n\n<!-- secret\n\n```\nsecret\n\n-->\n\nAfter.", "Before.|After.")]
    [InlineData("Before.\n\n<!-- secret ` secret\n\nsecret ` -->\n\nAfter.", "Before.|After.")]
    [InlineData("Before ` <!-- secret\n\nsecret ` --> after.", "Before ` after.")]
    [InlineData("Before.\n\n<!-- secret\n***\nsecret -->\n\nAfter.", "Before.|After.")]
    [InlineData("Before.\n\n<!--- secret\n\nsecret --->\n\nAfter.", "Before.|After.")]
    [InlineData("Before <!-- secret -- secret --> after.", "Before  after.")]
    [InlineData("Before.\n\n<!-- secret -->\n\nAfter.", "Before.|After.")]
    [InlineData("Before <!--> after <!---> the end.", "Before  after  the end.")]
    [InlineData("Before ![A<!-- secret -->](https://a.example/a.png) after.", "Before A after.")]
    [InlineData("Before.\n\n<![CDATA[ secret\n\nsecret ]]>\n\nAfter.", "Before.|After.")]
    [InlineData("Before <![CDATA[ secret ]]> after.", "Before  after.")]
    [InlineData("Before.\n\n<?note secret\n\nsecret ?>\n\nAfter.", "Before.|After.")]
    [InlineData("Before <?note secret ?> after.", "Before  after.")]
    [InlineData("::tool{<!-- secret -->}", "::tool{}")]
    [InlineData("::tool{<!-- secret\n\nsecret -->}", "::tool{}")]
    [InlineData("| a |\n|---|\n| b <!-- secret | secret --> |", "a|b ")]
    public void A_comment_is_left_out_and_the_other_text_is_imported(string markdown, string expected)
    {
        var read = RichText.FromMarkdown(markdown, Samples.Slugs);

        var text = read.Value!.Body.Derive(BodyForms.PlainText).PlainText;
        Assert.Equal(expected, string.Join('|', text.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.DoesNotContain("secret", read.Value!.Body.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("```html\n<!-- shown\n\nshown -->\n```")]
    [InlineData("    <!-- shown\n\n    shown -->")]
    [InlineData("- a\n\n  ~~~\n  <!-- shown\n\n  shown -->\n  ~~~")]
    [InlineData("`<!-- shown` and `shown -->`")]
    [InlineData("\\<!-- shown\n\nshown --\\>")]
    [InlineData("&lt;!-- shown\n\nshown -->")]
    [InlineData("Arrows: a --> shown\n\nshown --> b")]
    [InlineData("<!-- gone\n\ngone -->\n\n```\n<!-- shown -->\n```\n\nshown")]
    [InlineData("List<?> and Map<?, ?> shown, shown")]
    public void Comment_syntax_in_code_or_escaped_text_is_not_a_comment(string markdown)
    {
        var text = RichText.FromMarkdown(markdown, EmbedSlugs.None).Value!.Body.Derive(BodyForms.PlainText).PlainText;

        Assert.Equal(2, text.Split("shown").Length - 1);
        Assert.DoesNotContain("gone", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Before.\n\n<!-- secret\n\nsecret", "line 3 is not closed")]
    [InlineData("Before <!-- secret", "line 1 is not closed")]
    [InlineData("<!-- gone\n\n-->\n\nBefore.\n\n<!-- secret", "line 7 is not closed")]
    [InlineData("- a\n\n  <!-- secret\n\n- secret", "line 3 is not closed")]
    [InlineData("<!-- secret\n\n```\nsecret", "line 1 is not closed")]
    [InlineData("Before.\n\n<![CDATA[ secret\n\nsecret", "line 3 is not closed")]
    [InlineData("<!-- a <!-- b --> secret -->", "-->")]
    [InlineData("<!-- a\n\n<!-- b -->\n\nsecret\n\n-->", "-->")]
    [InlineData("<!-- a --> secret -->", "-->")]
    [InlineData("<!-- a --> b\n\nsecret -->", "-->")]
    [InlineData("<!--> secret -->", "-->")]
    [InlineData("<!-- a\n\n```\nb --> c\n```\n\nsecret -->", "-->")]
    [InlineData("<p hidden>secret</p>", "hidden")]
    [InlineData("<div class=\"x\" HIDDEN=\"until-found\">\n\nsecret\n\n</div>", "hidden")]
    [InlineData("<span style='display: none'>secret</span>", "hidden")]
    [InlineData("<template>secret</template>", "hidden")]
    public void Ambiguous_comments_and_hidden_elements_are_rejected_with_a_reason(string markdown, string sentence)
    {
        var error = Assert.IsType<BodyInvalid>(Assert.Single(RichText.FromMarkdown(markdown, EmbedSlugs.None).Errors));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Visible_HTML_is_imported_as_text() =>
        Assert.Equal(
            "<p title=\"the hidden door\">shown</p>",
            RichText
                .FromMarkdown("<p title=\"the hidden door\">shown</p>", EmbedSlugs.None)
                .Value!.Body.Derive(BodyForms.PlainText)
                .PlainText.Trim()
        );

    [Fact]
    public void A_warning_names_the_correct_line_even_after_comments() =>
        Assert.Equal(
            [8, 10, 15],
            RichText
                .FromMarkdown(
                    "a\n\n<!-- b\n\nc\n-->\n\n[d](/e)\n\nf <!-- g\n\nh\n--> [i](/j)\n\n[k](/l)",
                    EmbedSlugs.None
                )
                .Value!.Warnings.Select(warning => warning.Line)
        );

    [Fact]
    public void A_comment_between_two_paragraphs_leaves_no_empty_paragraph() =>
        Assert.Equal(2, RichText.FromMarkdown("a\n\n<!-- b -->\n\nc", EmbedSlugs.None).Value!.Body.Blocks.Length);

    [Fact]
    public void Many_overlapping_comments_are_removed_or_rejected()
    {
        var markdown = string.Concat(Enumerable.Repeat("<!-- secret\n\n```\n\n-->\n\n", 2_000));

        var read = RichText.FromMarkdown(markdown, EmbedSlugs.None);

        Assert.True(read.IsRefused || !read.Value!.Body.ToJson().Contains("secret", StringComparison.Ordinal));
    }
}
