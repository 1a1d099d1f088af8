using Cms.Pages;
using Cms.Site.Pages;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The pages that the site keeps in memory.</summary>
public sealed class KeptPageTests
{
    [Fact]
    public void The_answers_that_a_page_was_made_of_count_towards_its_size()
    {
        PageRead<string> read = new("SiteHome", Variables: null, new Answer<string>("data", ETag: null, "", 10_000));

        var (small, large) = (Keep(), Keep(read, read));

        Assert.Equal(40_000, large.Size - small.Size);
        Assert.True(small.Size > 0);
    }

    private static KeptPage Keep(params IPageRead[] reads) =>
        KeptPage.Of("<p>Page</p>", 200, location: null, reads, [], DateTimeOffset.UnixEpoch);
}
