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

    [Fact]
    public void A_question_mark_in_a_path_and_one_before_a_query_belong_to_different_pages()
    {
        var search = PageAddress.Of(
            "/search",
            "",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["q"] = "x" }
        );

        Assert.Equal("/search?q=x", search.PathAndQuery);
        Assert.Equal("/search%3Fq=x", PageAddress.Of("/search?q=x", "").PathAndQuery);
    }

    private static KeptPage Keep(params IPageRead[] reads) =>
        KeptPage.Of("<p>Page</p>", 200, location: null, reads, [], DateTimeOffset.UnixEpoch);
}
