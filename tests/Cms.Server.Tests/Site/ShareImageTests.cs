using Cms.Site;
using Cms.Site.Articles;
using Cms.Site.Articles.Share;
using Cms.Site.Layout;
using Cms.Site.Pages;
using Xunit;

namespace Cms.Server.Tests.Site;

/// <summary>The images that links to articles show on other sites.</summary>
public sealed class ShareImageTests
{
    [Fact]
    public void A_section_that_the_fonts_cannot_show_is_left_out()
    {
        SharePicture picture = new(new SiteSettings());
        ShareArticle article = new("A headline", "en", Category: null, []);

        var without = picture.Draw(article);

        Assert.Equal(without, picture.Draw(article with { Category = new SectionData("s", "AI 安全") }));
        Assert.NotEqual(without, picture.Draw(article with { Category = new SectionData("s", "Security") }));
    }

    [Fact]
    public void The_path_of_an_image_changes_with_what_it_shows()
    {
        var article = Article("A headline", new SectionData("s", "Security"), 80);
        var page = Page(new SiteSettings(), "#336699");
        string[] paths =
        [
            SharePages.PathOf(article, page),
            SharePages.PathOf(Article("Another headline", new SectionData("s", "Security"), 80), page),
            SharePages.PathOf(Article("A headline", new SectionData("s", "Policy"), 80), page),
            SharePages.PathOf(Article("A headline", category: null, 80), page),
            SharePages.PathOf(Article("A headline", new SectionData("s", "Security"), 81), page),
            SharePages.PathOf(article, Page(new SiteSettings { Name = "The Harbour" }, "#336699")),
            SharePages.PathOf(article, Page(new SiteSettings { Accent = "#0a7d55" }, "#336699")),
            SharePages.PathOf(article, Page(new SiteSettings(), "#993366")),
        ];

        Assert.All(paths, path => Assert.StartsWith("/share/slug.png?v=", path, StringComparison.Ordinal));
        Assert.Equal(paths.Length, paths.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(paths[0], SharePages.PathOf(article with { Summary = "Other" }, page));
    }

    private static PageContext Page(SiteSettings settings, string accent) =>
        new()
        {
            Settings = settings,
            Shell = new(new([]), new([new("tester", "The Tester", "Lens", accent, IsActive: true, Avatar: null)])),
            Address = new(
                "/",
                new Dictionary<string, string>(),
                new Dictionary<string, string>(),
                "https://panel.example"
            ),
            Assets = new("/site.css", "/assets"),
        };

    private static ArticleData Article(string headline, SectionData? category, int confidence) =>
        ArticleBodyTests.Article("") with
        {
            Headline = headline,
            Category = category,
            Takes =
            [
                ArticleBodyTests.Take("t1", "b1", "words") with
                {
                    Confidence = confidence,
                    Persona = new("tester", "The Tester", Avatar: null),
                },
            ],
        };
}
