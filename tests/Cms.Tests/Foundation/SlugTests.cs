using Cms.Foundation;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Foundation;

public sealed class SlugTests
{
    [Property]
    public void A_slug_from_any_text_is_well_formed_or_null(string? text)
    {
        var slug = Slug.From(text ?? "");

        Assert.True(slug is null || Slug.IsWellFormed(slug), slug);
    }

    [Property]
    public void A_slug_from_a_slug_is_the_same_slug(NonNull<string> text)
    {
        if (Slug.From(text.Get) is { } slug)
        {
            Assert.Equal(slug, Slug.From(slug));
        }
    }

    [Property]
    public void A_numbered_slug_is_well_formed_and_different_for_each_number(NonNull<string> text, PositiveInt number)
    {
        var slug = Slug.From(text.Get + new string('x', 118)) ?? "x";

        var numbered = Slug.Numbered(slug, number.Get);

        Assert.True(Slug.IsWellFormed(numbered), numbered);
        Assert.NotEqual(numbered, Slug.Numbered(slug, number.Get + 1));
    }

    [Theory]
    [InlineData("Crème brûlée & Ærø’s straße", "creme-brulee-and-aeros-strasse")]
    [InlineData("Creme bru\u0302le\u0301e", "creme-brulee")]
    [InlineData("Łódź, İstanbul, Țara, Việt Nam", "lodz-istanbul-tara-viet-nam")]
    [InlineData("  --GPT-5.2?!  ", "gpt-5-2")]
    [InlineData("rocket \ud83d\ude80 launch", "rocket-launch")]
    [InlineData("half a pair \ud83d", "half-a-pair")]
    [InlineData("…", null)]
    [InlineData("", null)]
    public void A_slug_transliterates_text_to_ASCII(string text, string? slug) => Assert.Equal(slug, Slug.From(text));

    [Fact]
    public void A_slug_has_at_most_120_characters()
    {
        Assert.Equal(120, Slug.From(new string('a', 200))!.Length);
        Assert.Equal(new string('a', 119), Slug.From(new string('a', 119) + " and more"));
        Assert.True(Slug.IsWellFormed(new string('a', 120)));
        Assert.False(Slug.IsWellFormed(new string('a', 121)));
        Assert.False(Slug.IsWellFormed(null));
    }
}
