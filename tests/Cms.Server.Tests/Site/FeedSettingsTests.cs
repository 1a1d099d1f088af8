using Cms.GraphQL;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>Settings of feeds that cannot work.</summary>
public sealed class FeedSettingsTests
{
    private const string Origin = "https://panel.example";

    [Theory]
    [InlineData("http://hub.example/", Origin, "https address")]
    [InlineData("http://127.0.0.1:9000/", Origin, "https address")]
    [InlineData("hub.example", Origin, "https address")]
    [InlineData("https://hub.example/", "", "Cms__Site__Origin")]
    public void A_hub_that_cannot_work_is_rejected_at_the_start(string hub, string origin, string expected)
    {
        var problem = Assert.Throws<CannotStartException>(() =>
            CmsHost.Build([$"--Cms:WebSub:Hub={hub}", $"--Cms:Site:Origin={origin}", "--environment=Production"])
        );

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contact_that_is_no_address_is_rejected_at_the_start()
    {
        var problem = Assert.Throws<CannotStartException>(() => CmsHost.Build(["--Cms:Site:Terms:Contact=our desk"]));

        Assert.Contains("Cms__Site__Terms__Contact", problem.Message, StringComparison.Ordinal);
    }
}
