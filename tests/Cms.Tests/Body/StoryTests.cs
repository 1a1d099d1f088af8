using Cms.Body;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Tests.Body;

public sealed class StoryTests
{
    [Fact]
    public void A_story_is_stored_as_ProseMirror_JSON() => Snapshot.Match(Story().ToJson());

    [Fact]
    public void A_story_is_rendered_as_HTML() => Snapshot.Match(Story().Derive(BodyForms.Html, Samples.Targets).Html);

    [Fact]
    public void A_story_with_missing_targets_is_rendered_as_HTML_without_links() =>
        Snapshot.Match(Story().Derive(BodyForms.Html).Html);

    [Fact]
    public void A_story_is_rendered_as_Markdown() => Snapshot.Match(Story().ToMarkdown(Samples.Targets));

    [Fact]
    public void A_story_is_rendered_as_plain_text() =>
        Snapshot.Match(Story().Derive(BodyForms.PlainText, Samples.Targets).PlainText);

    [Fact]
    public void A_story_reports_its_outline_length_and_references()
    {
        var derived = Story().Derive(BodyForms.Toc | BodyForms.Length | BodyForms.References);
        Snapshot.Match(
            new
            {
                derived.Toc,
                derived.WordCount,
                derived.ReadingMinutes,
                References = derived.References.All,
            }
        );
    }

    [Fact]
    public void An_unchanged_paragraph_keeps_its_id_when_the_story_is_imported_again()
    {
        var again = RichText.FromMarkdown("A new first paragraph.\n\n" + Samples.Story, Samples.Slugs).Value!.Body;
        Assert.Equal(Story().Blocks.Select(block => block.Id), again.Blocks.Skip(1).Select(block => block.Id));
    }

    [Fact]
    public void The_reading_time_assumes_220_words_a_minute_and_is_rounded_up()
    {
        Assert.Equal(0, RichText.Empty.Derive(BodyForms.Length).ReadingMinutes);
        Assert.Equal(1, Read("Word").ReadingMinutes);
        Assert.Equal(60, Read(string.Concat(Enumerable.Repeat("word ", 60 * 220))).ReadingMinutes);
    }

    [Fact]
    public void A_partly_bold_word_counts_once_and_code_does_not_count() =>
        Assert.Equal(4, Read("un**believ**able — so *it* goes\n\n```\nnot prose at all\n```").WordCount);

    private static DerivedBody Read(string markdown) =>
        RichText.FromMarkdown(markdown, EmbedSlugs.None).Value!.Body.Derive(BodyForms.Length);

    private static RichText Story() => RichText.FromMarkdown(Samples.Story, Samples.Slugs).Value!.Body;
}
