using Cms.Body;
using Cms.Media;

namespace Cms.Articles;

/// <summary>The images and the articles that a story shows.</summary>
internal static class ArticleMedia
{
    extension(ArticleContent content)
    {
        /// <summary>Returns the places where the story shows images: the hero image, then those in the body.</summary>
        public IReadOnlyList<MediaPlace> Images()
        {
            List<MediaPlace> places = [];
            if (content.HeroImageId is { } hero)
            {
                places.Add(new(hero, content.HeroAlt, IsDecorative: false, "heroImage"));
            }

            // Most bodies contain no image; this test avoids parsing them.
            if (content.Body is { } json && json.Contains("\"mediaId\"", StringComparison.Ordinal))
            {
                places.AddRange(
                    RichText
                        .OfStored(json)
                        .Blocks.SelectMany(block => block.SelfAndDescendants())
                        .OfType<Image>()
                        .Select(image => new MediaPlace(image.Media, image.Alt, image.Decorative, "body")
                        {
                            BlockId = image.Id,
                        })
                );
            }

            return places;
        }

        /// <summary>Returns the articles that the body embeds.</summary>
        public IReadOnlyList<ArticleId> EmbeddedArticles() =>
            content.Body is { } json && json.Contains("\"kind\":\"article\"", StringComparison.Ordinal)
                ? RichText.OfStored(json).Derive(BodyForms.References).References.Articles
                : [];
    }
}
