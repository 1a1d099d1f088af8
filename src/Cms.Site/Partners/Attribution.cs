using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Cms.Site.Feeds;

namespace Cms.Site.Partners;

/// <summary>The attribution that a partner must show with each article.</summary>
/// <param name="template">The text of the agreement, with {author}, {headline}, {newsroom} and {url}.</param>
/// <param name="newsroom">The name of the publication.</param>
internal sealed partial class Attribution(string template, string newsroom)
{
    /// <summary>Appends the attribution of an article as a paragraph.</summary>
    public void AppendTo(StringBuilder html, FeedArticle article, string url)
    {
        var author = article.Byline ?? string.Join(", ", article.Authors.Select(one => one.Name));
        html.Append("<p><small>")
            .Append(
                Placeholder()
                    .Replace(
                        WebUtility.HtmlEncode(template),
                        match =>
                            match.Value switch
                            {
                                "{author}" => WebUtility.HtmlEncode(author.Length > 0 ? author : newsroom),
                                "{headline}" => WebUtility.HtmlEncode(article.Headline),
                                "{newsroom}" => WebUtility.HtmlEncode(newsroom),
                                _ => $"<a href=\"{WebUtility.HtmlEncode(url)}\">{WebUtility.HtmlEncode(url)}</a>",
                            }
                    )
            )
            .Append("</small></p>");
    }

    [GeneratedRegex(
        @"\{(author|headline|newsroom|url)\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Placeholder();
}
