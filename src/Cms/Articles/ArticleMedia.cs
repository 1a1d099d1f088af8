using System.Collections.Immutable;
using Cms.Body;
using Cms.Media;

namespace Cms.Articles;

/// <summary>The images that a story shows.</summary>
internal static class ArticleMedia
{
    extension(ArticleContent content)
    {
        /// <summary>Where it shows images: at its head first, then through its body.</summary>
        public IReadOnlyList<MediaPlace> Images()
        {
            List<MediaPlace> places = [];
            if (content.HeroImageId is { } hero)
            {
                places.Add(new(hero, content.HeroAlt, IsDecorative: false, "heroImage"));
            }

            // Most bodies show none, and need not be read to know it.
            if (content.Body is { } json && json.Contains("\"mediaId\"", StringComparison.Ordinal))
            {
                places.AddRange(
                    Pictures(RichText.OfStored(json).Blocks)
                        .Select(image => new MediaPlace(image.Media, image.Alt, image.Decorative, "body"))
                );
            }

            return places;
        }
    }

    private static IEnumerable<Image> Pictures(ImmutableArray<Block> blocks) =>
        blocks.SelectMany(block => block is Image image ? [image] : Pictures(block.Children));
}
