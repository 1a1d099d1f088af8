using System.Globalization;
using System.Text;
using Cms.Search;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Search;

public sealed class SearchTermsTests
{
    [Property]
    public void Terms_contain_only_letters_digits_and_combining_marks(NonNull<string> text)
    {
        var terms = SearchTerms.Parse(text.Get);

        Assert.True(terms.All.Count <= SearchTerms.MaxTerms);
        Assert.All(terms.All, term => Assert.InRange(term.Words.Count, 1, SearchTerms.MaxWords));
        foreach (var word in terms.All.SelectMany(term => term.Words))
        {
            Assert.InRange(word.Length, 1, SearchTerms.MaxWordLength);
            Assert.All(
                word.EnumerateRunes(),
                rune =>
                    Assert.True(
                        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark,
                        rune.ToString()
                    )
            );
        }
    }

    [Theory]
    [InlineData("fast database", "fast | database")]
    [InlineData("\"fast database\" news", "fast database | news")]
    [InlineData("\"never closed", "never closed")]
    [InlineData("data* da* HTTP/3*", "data* | da | HTTP 3")]
    [InlineData("\"data*\"", "data")]
    [InlineData(
        "cat AND (dog OR NEAR/2) -bird ^x {y z}: col:val",
        "cat | AND | dog | OR | NEAR 2 | bird | x | y | z | col val"
    )]
    [InlineData("'; DROP TABLE \"Articles\"; --", "DROP | TABLE | Articles")]
    [InlineData("C# F# .NET", "C | F | NET")]
    [InlineData("naïve café", "naïve | café")]
    [InlineData("cafe\u0301", "cafe\u0301")]
    public void Words_phrases_and_prefixes_are_recognised(string text, string terms) =>
        Assert.Equal(terms, Written(SearchTerms.Parse(text)));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("*** \"\" -- ()")]
    public void Punctuation_and_spaces_yield_no_terms(string text) => Assert.True(SearchTerms.Parse(text).IsEmpty);

    [Fact]
    public void The_number_of_terms_words_and_letters_is_limited()
    {
        var many = string.Join(' ', Enumerable.Range(10, 40));

        Assert.Equal(16, SearchTerms.Parse(many).All.Count);
        Assert.Equal(16, Assert.Single(SearchTerms.Parse($"\"{many}\"").All).Words.Count);
        Assert.Equal(new string('a', 64), Written(SearchTerms.Parse(new string('a', 100))));
    }

    [Fact]
    public void A_long_word_is_not_cut_inside_a_surrogate_pair()
    {
        var word = new string('a', 63) + "\ud840\udc00";

        Assert.Equal(new string('a', 63), Written(SearchTerms.Parse(word)));
    }

    private static string Written(SearchTerms terms) =>
        string.Join(" | ", terms.All.Select(term => string.Join(' ', term.Words) + (term.IsPrefix ? "*" : "")));
}
