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
        var link = WebUtility.HtmlEncode(url);
        html.Append("<p><small>")
            .Append(
                Fill(WebUtility.HtmlEncode(template), article, WebUtility.HtmlEncode, $"<a href=\"{link}\">{link}</a>")
            )
            .Append("</small></p>");
    }

    /// <summary>Returns the attribution of an article as plain text.</summary>
    public string Of(FeedArticle article, string url) => Fill(template, article, text => text, url);

    private string Fill(string text, FeedArticle article, Func<string, string> written, string url)
    {
        var author = article.Byline ?? string.Join(", ", article.Authors.Select(one => one.Name));
        return Placeholder()
            .Replace(
                text,
                match =>
                    match.Value switch
                    {
                        "{author}" => written(author.Length > 0 ? author : newsroom),
                        "{headline}" => written(article.Headline),
                        "{newsroom}" => written(newsroom),
                        _ => url,
                    }
            );
    }

    [GeneratedRegex(
        @"\{(author|headline|newsroom|url)\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Placeholder();
}
