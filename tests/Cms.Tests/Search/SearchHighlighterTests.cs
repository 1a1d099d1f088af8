using Cms.Search;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Search;

public sealed class SearchHighlighterTests
{
    [Theory]
    [InlineData(
        "ship",
        "It ships. Shipping was slow; they shipped a shipment.",
        "It <mark>ships</mark>. <mark>Shipping</mark> was slow; they <mark>shipped</mark> a shipment."
    )]
    [InlineData("cafe", "Das Café am Eck", "Das <mark>Café</mark> am Eck")]
    [InlineData("\"build cache\"", "A cache, a build, a build cache.", "A cache, a build, a <mark>build cache</mark>.")]
    [InlineData("revoc*", "Revoke; revocation; revoked", "Revoke; <mark>revocation</mark>; revoked")]
    [InlineData("HTTP/3", "On HTTP/3 & <QUIC>", "On <mark>HTTP/3</mark> &amp; &lt;QUIC&gt;")]
    [InlineData("city", "Cities and cites", "<mark>Cities</mark> and cites")]
    public void Words_are_highlighted_in_all_their_forms(string query, string headline, string html) =>
        Assert.Equal(html, Assert.Single(Highlights(query, new SearchText { Headline = headline })).Html);

    [Fact]
    public void A_long_text_yields_the_passage_with_the_most_matching_words()
    {
        var filler = string.Join(' ', Enumerable.Repeat("lorem ipsum", 60));
        var text = $"One cache here. {filler} A runner with a cache of builds. {filler}";

        var html = Assert.Single(Highlights("cache runner", new SearchText { Text = text })).Html;

        Assert.StartsWith("… ", html, StringComparison.Ordinal);
        Assert.EndsWith(" …", html, StringComparison.Ordinal);
        Assert.Contains("A <mark>runner</mark> with a <mark>cache</mark> of", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 100, 320);
    }

    [Fact]
    public void A_passage_keeps_headings_and_table_cells_apart_from_what_follows() =>
        Assert.Equal(
            "What happened · Time · <mark>Event</mark> · Fri 09:10 · The disk said yes. It lied!",
            Assert
                .Single(
                    Highlights(
                        "event",
                        new SearchText
                        {
                            Text = "What happened\n\nTime\tEvent\nFri 09:10\tThe disk said yes.\n\nIt lied!",
                        }
                    )
                )
                .Html
        );

    [Fact]
    public void Nothing_is_highlighted_if_nothing_matches() =>
        Assert.Empty(Highlights("cache", new SearchText { Headline = "Cast", Text = "ca che" }));

    [Property]
    public void A_highlight_contains_no_markup_except_mark_elements(NonNull<string> query, NonNull<string> text)
    {
        foreach (
            var highlight in Highlights(
                query.Get + " a",
                new SearchText { Headline = text.Get, Text = text.Get + " a <b> " + text.Get }
            )
        )
        {
            var rest = highlight
                .Html.Replace("<mark>", "", StringComparison.Ordinal)
                .Replace("</mark>", "", StringComparison.Ordinal);
            Assert.DoesNotContain('<', rest);
            Assert.DoesNotContain('>', rest);
            Assert.Equal(Count(highlight.Html, "<mark>"), Count(highlight.Html, "</mark>"));
        }
    }

    private static List<SearchHighlight> Highlights(string query, SearchText text) =>
        new SearchHighlighter(SearchTerms.Parse(query)).Of(text);

    private static int Count(string text, string part) => text.Split(part).Length;
}
