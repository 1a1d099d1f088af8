using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;

namespace Cms.Articles;

/// <summary>The limits of an article's content; lengths are in characters.</summary>
public static class ArticleLimits
{
    public const int Headline = 300;
    public const int Summary = 2000;
    public const int Byline = 300;
    public const int Note = 2000;
    public const int Label = 120;
    public const int Tags = 50;
    public const int Tools = 50;
    public const int Authors = 20;

    extension(ArticleContent content)
    {
        /// <summary>
        /// Returns an error for each reason why the content cannot be saved. Each error names the field.
        /// </summary>
        public List<UserError> Refusals()
        {
            List<UserError> refusals = [];
            if (string.IsNullOrWhiteSpace(content.Headline))
            {
                refusals.Add(new HeadlineRequired() { Path = ["headline"] });
            }

            Bound(content.Headline, "headline", Headline);
            Bound(content.Summary, "summary", Summary);
            Bound(content.Byline, "byline", Byline);
            Bound(content.HeroAlt, "heroImage.alt", MediaAsset.AltLength);
            Bound(content.HeroCaption, "heroImage.caption", MediaAsset.CaptionLength);
            Bound(content.Seo.Title, "seo.title", Headline);
            Bound(content.Seo.Description, "seo.description", Summary);
            Address(content.SourceUrl, "sourceUrl");
            Address(content.Seo.CanonicalUrl, "seo.canonicalUrl");
            if (!IsLanguage(content.Language))
            {
                refusals.Add(new LanguageMalformed(content.Language) { Path = ["language"] });
            }

            if (content.Tags.Count > Tags)
            {
                refusals.Add(new TooMany("tags", Tags) { Path = ["tags"] });
            }

            if (content.Authors.Count > Authors)
            {
                refusals.Add(new TooMany("authors", Authors) { Path = ["authors"] });
            }

            if (content.Tools.Count > Tools)
            {
                refusals.Add(new TooMany("tools", Tools) { Path = ["about"] });
            }

            return refusals;

            void Bound(string? text, string field, int max)
            {
                if (text?.Length > max)
                {
                    refusals.Add(new TextTooLong(field, max) { Path = field.Split('.') });
                }
            }

            void Address(string? url, string field)
            {
                if (url is not null && !WebAddress.IsWellFormed(url))
                {
                    refusals.Add(new UrlMalformed(field) { Path = field.Split('.') });
                }
            }
        }
    }

    // A BCP 47 tag consists of subtags of 1 to 8 letters or digits. The first subtag has 2 to 8 letters.
    /// <summary>Returns whether a text has the form of a language tag (BCP 47).</summary>
    internal static bool IsLanguage(string tag) =>
        tag.Length is >= 2 and <= 35
        && tag.Split('-') is [{ Length: >= 2 and <= 8 } first, .. var rest]
        && first.All(char.IsAsciiLetter)
        && rest.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}
