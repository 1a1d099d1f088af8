using Cms.Body;
using Snapshooter.Xunit;
using Xunit;

namespace Cms.Tests.Body;

public sealed class StoryTests
{
    [Fact]
    public void A_story_is_stored_as_prosemirror_json() => Snapshot.Match(Story().ToJson());

    [Fact]
    public void A_story_becomes_html() => Snapshot.Match(Story().Derive(BodyForms.Html, Samples.Targets).Html);

    [Fact]
    public void A_story_becomes_html_without_links_where_the_targets_are_gone() =>
        Snapshot.Match(Story().Derive(BodyForms.Html).Html);

    [Fact]
    public void A_story_becomes_markdown() => Snapshot.Match(Story().ToMarkdown(Samples.Targets));

    [Fact]
    public void A_story_becomes_plain_text() =>
        Snapshot.Match(Story().Derive(BodyForms.PlainText, Samples.Targets).PlainText);

    [Fact]
    public void A_story_tells_its_outline_its_length_and_what_it_refers_to()
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
    public void An_hour_of_reading_is_counted_in_minutes_and_a_word_is_a_minute()
    {
        Assert.Equal(0, RichText.Empty.Derive(BodyForms.Length).ReadingMinutes);
        Assert.Equal(1, Read("Word").ReadingMinutes);
        Assert.Equal(60, Read(string.Concat(Enumerable.Repeat("word ", 60 * 220))).ReadingMinutes);
    }

    [Fact]
    public void A_word_half_in_bold_is_one_word_and_code_is_no_prose() =>
        Assert.Equal(4, Read("un**believ**able — so *it* goes\n\n```\nnot prose at all\n```").WordCount);

    private static DerivedBody Read(string markdown) =>
        RichText.FromMarkdown(markdown, EmbedSlugs.None).Value!.Body.Derive(BodyForms.Length);

    private static RichText Story() => RichText.FromMarkdown(Samples.Story, Samples.Slugs).Value!.Body;
}
