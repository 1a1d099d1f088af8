using System.Text.RegularExpressions;
using Cms.Browser.Tests.Support;
using Cms.Testing;
using Xunit;

namespace Cms.Browser.Tests;

/// <summary>What the site allows browsers to do.</summary>
[Needs("process")]
[Collection(OneSite.Name)]
public sealed partial class HeaderTests(BrowsedSite site)
{
    [Fact]
    public async Task Every_page_allows_only_scripts_and_styles_of_the_site_and_has_none_inside()
    {
        foreach (var page in TestedPages.All)
        {
            using var answer = await site.GetAsync(page.Path);
            var policy = answer
                .Headers.GetValues("Content-Security-Policy")
                .Single()
                .Split(';', StringSplitOptions.TrimEntries);
            var html = await answer.Content.ReadAsStringAsync();

            Assert.Equal(page.Status, (int)answer.StatusCode);
            Assert.Superset(
                new HashSet<string>(StringComparer.Ordinal)
                {
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "base-uri 'none'",
                    "require-trusted-types-for 'script'",
                    "trusted-types site-worker",
                    "frame-ancestors 'none'",
                },
                policy.ToHashSet(StringComparer.Ordinal)
            );
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Findings.AssertNone(Inline().Matches(html).Select(match => $"{page.Name}: {match.Value}"));
        }
    }

    [Theory]
    [InlineData("<script>go()</script>")]
    [InlineData("<script type=module>go()</script>")]
    [InlineData("<style>p{}</style>")]
    [InlineData("""<p class="a" style="color:red">""")]
    [InlineData("""<img src="a" onerror="go()">""")]
    [InlineData("""<a href="javascript:go()">""")]
    public void Code_inside_a_page_is_found(string html) => Assert.Matches(Inline(), html);

    [SkippableFact]
    [Needs("Chromium")]
    public async Task The_browser_refuses_to_turn_text_into_scripts()
    {
        await using var window = await site.OpenAsync(Look.Desktop);
        await window.GoAsync("/");

        var refused = await window.Page.EvaluateAsync<string>(
            """
            () => {
              try { document.body.innerHTML = '<img src=x onerror=alert(1)>'; return 'allowed'; }
              catch (error) { return error.name; }
            }
            """
        );

        Assert.Equal("TypeError", refused);
    }

    // Data blocks are not scripts. A script of the site has only an address.
    [GeneratedRegex(
        """<script(?![^>]*\bsrc=)(?![^>]*type="application/ld\+json")[^>]*>|<style|<[^>]*\s(style|on[a-z]+)="|="javascript:"""
    )]
    private static partial Regex Inline();
}
