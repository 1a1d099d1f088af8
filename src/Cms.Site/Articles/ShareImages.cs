using Cms.Site.Articles.Share;
using Cms.Site.Pages;
using Cms.Site.Parts;

namespace Cms.Site.Articles;

/// <summary>The images that links to an article show on other sites.</summary>
internal static class ShareImages
{
    // The size of the ratio SOCIAL.
    private const int PictureWidth = 1200;
    private const int PictureHeight = 628;

    /// <summary>Returns the images, best first.</summary>
    public static IEnumerable<ShareImage> Of(ArticleData article, PageContext page)
    {
        if (article.HeroImage is { Rights.NoCrop: false } hero)
        {
            yield return new(page.Absolute(hero.Social), PictureWidth, PictureHeight, hero.Alt);
        }

        if (SharePicture.CanShow(article.Headline))
        {
            var panel =
                article.Takes.Count == 0
                    ? ""
                    : $" {Words.Title(article.Consensus)}. {Words.Sentence(article.Consensus)}";
            yield return new(
                page.Absolute(SharePages.PathOf(article, page)),
                SharePicture.Width,
                SharePicture.Height,
                $"{article.Headline}.{panel}"
            );
        }
    }
}

/// <summary>An image for links on other sites.</summary>
internal sealed record ShareImage(string Url, int Width, int Height, string Alt);
