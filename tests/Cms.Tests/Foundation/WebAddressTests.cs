using Cms.Foundation;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Foundation;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://venturebeat.example/ai/a-story?utm=1#top")]
    [InlineData("http://localhost:8080")]
    [InlineData("HTTPS://A.EXAMPLE/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://münchen.example/straße")]
    [InlineData("https://a.example/\ud83d\ude80")]
    public void A_complete_web_address_is_well_formed(string text) => Assert.True(WebAddress.IsWellFormed(text));

    [Theory]
    [InlineData("")]
    [InlineData("a.example")]
    [InlineData("//a.example/")]
    [InlineData("/path")]
    [InlineData("https:")]
    [InlineData("https://")]
    [InlineData("http:a.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://a.example/")]
    [InlineData(" https://a.example/")]
    [InlineData("https://a.example/a b")]
    [InlineData("https://a.example/\n")]
    [InlineData("https://a.example/\u00a0")]
    [InlineData("https://a.example/\u2028")]
    [InlineData("https://a.example/\u202egpj.exe")]
    [InlineData("https://a.example/\u007f")]
    [InlineData("https://a.example/\"onclick=\"")]
    [InlineData("https://a.example/<b>")]
    [InlineData("https:\\\\a.example\\")]
    [InlineData("https://bank.example@evil.example/")]
    [InlineData("https://a.example/\ud83d")]
    public void Any_other_text_is_not_well_formed(string text) => Assert.False(WebAddress.IsWellFormed(text));

    [Fact]
    public void A_web_address_has_at_most_2000_characters()
    {
        var longest = "https://a.example/".PadRight(WebAddress.MaxLength, 'x');

        Assert.True(WebAddress.IsWellFormed(longest));
        Assert.False(WebAddress.IsWellFormed(longest + "x"));
    }

    [Property]
    public void A_well_formed_address_begins_with_http_or_https(NonNull<string> rest)
    {
        foreach (
            var text in new[] { rest.Get, "https:" + rest.Get, "https://" + rest.Get, "https://a.example/" + rest.Get }
        )
        {
            Assert.True(
                !WebAddress.IsWellFormed(text)
                    || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                    || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            );
        }
    }
}
