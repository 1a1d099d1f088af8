using Cms.Audit;
using Xunit;

namespace Cms.Tests.Audit;

public sealed class CanonicalJsonTests
{
    // Appendix B of RFC 8785.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(unchecked((long)0x8000000000000000), "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(unchecked((long)0x8000000000000001), "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(unchecked((long)0xc340000000000000), "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    // Rounded to as many digits as it needs, it would be the number before it.
    [InlineData(0x3d30000000000000, "5.684341886080802e-14")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(unchecked((long)0xbecbf647612f3696), "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_written_as_RFC_8785_says(long bits, string expected) =>
        Assert.Equal(expected, CanonicalJson.Write(BitConverter.Int64BitsToDouble(bits)));

    // The example in section 3.2.3 of RFC 8785.
    [Fact]
    public void Names_are_sorted_by_their_UTF_16_code_units() =>
        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\u007f\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            CanonicalJson.Write(
                new Dictionary<string, object?>
                {
                    ["€"] = "Euro Sign",
                    ["\r"] = "Carriage Return",
                    ["\ufb33"] = "Hebrew Letter Dalet With Dagesh",
                    ["1"] = "One",
                    ["😀"] = "Emoji: Grinning Face",
                    ["\u0080"] = "Control\u007f",
                    ["ö"] = "Latin Small Letter O With Diaeresis",
                }
            )
        );

    [Fact]
    public void Only_the_characters_that_JSON_requires_are_escaped() =>
        Assert.Equal(
            """["€$\u000f\nA'B\"\\\\\"/",true,null,[],{}]""",
            CanonicalJson.Write(
                new List<object?>
                {
                    "€$\u000f\nA'B\"\\\\\"/",
                    true,
                    null,
                    new List<object?>(),
                    new Dictionary<string, object?>(),
                }
            )
        );

    [Fact]
    public void What_has_no_canonical_form_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(double.NaN));
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write("\ud800"));
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(long.MaxValue));
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(new object()));
    }
}
