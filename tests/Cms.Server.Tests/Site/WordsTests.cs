using Cms.Site.Articles;
using Cms.Site.Parts;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The words for what the panel thinks follow the API's rule for a split.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData(2, 0, 2, "Split 2–2", "The panel is split")]
    [InlineData(2, 1, 1, "Split 2–1", "The panel is split")]
    [InlineData(2, 0, 1, "Leans for", "The panel leans in favour")]
    [InlineData(1, 0, 3, "Leans against", "The panel leans against")]
    [InlineData(1, 3, 0, "Leans for", "The panel leans in favour")]
    [InlineData(0, 3, 1, "Leans against", "The panel leans against")]
    [InlineData(3, 0, 0, "All for", "The panel agrees")]
    [InlineData(0, 0, 2, "All against", "The panel agrees")]
    [InlineData(0, 2, 0, "All mixed", "The panel is mixed")]
    [InlineData(1, 0, 0, "One take: supportive", "The panel has one take")]
    [InlineData(0, 1, 0, "One take: mixed", "The panel has one take")]
    [InlineData(0, 0, 1, "One take: skeptical", "The panel has one take")]
    public void The_panel_is_split_if_no_stance_has_a_majority(
        int supportive,
        int mixed,
        int skeptical,
        string label,
        string title
    )
    {
        var panel = Words.Count([
            .. Enumerable.Repeat(TakeOf(Stance.Supportive), supportive),
            .. Enumerable.Repeat(TakeOf(Stance.Mixed), mixed),
            .. Enumerable.Repeat(TakeOf(Stance.Skeptical), skeptical),
        ]);

        Assert.Equal((supportive, mixed, skeptical), (panel.Supportive, panel.Mixed, panel.Skeptical));
        Assert.Equal(label.StartsWith("Split", StringComparison.Ordinal), panel.Split);
        Assert.Equal((label, title), (Words.Label(panel), Words.Title(panel)));
    }

    [Theory]
    [InlineData("Short enough", 20, "Short enough")]
    [InlineData("Cut between two words", 12, "Cut between …")]
    [InlineData("Cut after, a comma", 11, "Cut after …")]
    [InlineData("Unbreakable", 5, "Unbre…")]
    [InlineData("abcd😀fgh", 5, "abcd…")]
    public void A_long_text_is_cut_between_words_and_never_in_a_character(string text, int length, string expected) =>
        Assert.Equal(expected, Words.Beginning(text, length));

    private static CardTake TakeOf(Stance stance) => new("tak_1", "Verdict", stance, 50, new("tester", "The Tester"));
}
