using Cms.Site.Pages;

namespace Cms.Site.Articles;

/// <summary>The images that links to an article show on other sites.</summary>
internal static class ShareImages
{
    public const int Width = 1200;
    public const int Height = 630;

    // The height that the ratio SOCIAL gives to this width.
    private const int PictureHeight = 628;

    /// <summary>Returns the images, best first.</summary>
    public static IEnumerable<ShareImage> Of(ArticleData article, PageContext page)
    {
        if (article.HeroImage is { Rights.NoCrop: false } hero)
        {
            yield return new(page.Absolute(hero.Social), Width, PictureHeight, hero.Alt);
        }
    }
}

/// <summary>An image for links on other sites.</summary>
internal sealed record ShareImage(string Url, int Width, int Height, string Alt);
