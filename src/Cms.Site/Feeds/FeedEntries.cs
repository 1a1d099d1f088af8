using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Cms.Site.Pages;
using Cms.Site.Partners;
using Cms.Site.Parts;

namespace Cms.Site.Feeds;

/// <summary>Makes entries of articles and takes. Readers of feeds see the same as readers of the page, in its order.</summary>
/// <param name="feed">The address of the feed, which has the address of the site.</param>
/// <param name="attribution">The attribution that partners must show; null for readers.</param>
internal sealed class FeedEntries(PageAddress feed, Attribution? attribution = null)
{
    private static readonly HtmlParser Parser = new();

    /// <summary>Returns the entry of an article: its picture, corrections, text, panel and disclosure.</summary>
    public FeedEntry Of(FeedArticle article)
    {
        StringBuilder html = new();
        var embargo = article.EmbargoedUntil is { } until ? $"Under embargo until {Words.Moment(until)}" : null;
        if (embargo is not null)
        {
            html.Append("<p><strong>").Append(embargo).Append(".</strong> Do not publish it earlier.</p>");
        }

        AppendPicture(html, article.HeroImage);
        foreach (var correction in article.Corrections)
        {
            html.Append("<p><strong>Corrected on ")
                .Append(Words.FullDate(correction.At))
                .Append(":</strong> ")
                .Append(Encode(correction.Note))
                .Append("</p>");
        }

        // A partner whose agreement does not include the text gets the summary.
        html.Append(TextOf(article) ?? $"<p>{Encode(article.Summary)}</p>");
        AppendPanel(html, article);
        AppendNote(html, article.Disclosure);
        attribution?.AppendTo(html, article, feed.UrlOf("articles", article.Slug));
        return new FeedEntry
        {
            Id = UrnOf(article.Id),
            Url = feed.UrlOf("articles", article.Slug),
            // Also readers who see only titles must know it.
            Title = embargo is null ? article.Headline : $"{embargo}: {article.Headline}",
            Summary = article.Summary,
            EmbargoedUntil = article.EmbargoedUntil,
            Html = html.ToString(),
            Language = article.Language,
            PublishedAt = article.PublishedAt,
            UpdatedAt = article.UpdatedAt,
            Authors = AuthorsOf(article),
            Categories =
            [
                .. article
                    .Tags.Concat(article.About)
                    .Select(term => term.Name)
                    .Prepend(article.Category?.Name)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal),
            ],
            Picture = article.HeroImage is { } image ? new(Absolute(image.Url), image.Alt, image.Credit) : null,
            Source = article.Source?.Url,
        };
    }

    /// <summary>Returns the entry of a take.</summary>
    public FeedEntry Of(FeedTake take)
    {
        var article = feed.UrlOf("articles", take.Article.Slug);
        StringBuilder html = new();
        html.Append("<p>On <a href=\"")
            .Append(Encode(article))
            .Append("\">")
            .Append(Encode(take.Article.Headline))
            .Append("</a></p>");
        AppendTake(html, take.Verdict, take.Text);
        AppendNote(html, take.Disclosure);
        return new FeedEntry
        {
            Id = UrnOf(take.Id),
            Url = $"{article}#{take.Id}",
            Title = $"{take.WrittenAs.Name} on “{take.Article.Headline}”: {Words.Of(take.Stance)}",
            Summary = take.Verdict ?? Words.Beginning(take.Text, 200),
            Html = html.ToString(),
            Language = take.Article.Language,
            PublishedAt = take.PublishedAt,
            UpdatedAt = take.UpdatedAt,
            Authors = [new(take.WrittenAs.Name, feed.UrlOf("panel", take.Persona.Slug))],
        };
    }

    /// <summary>Returns the text of an article for other sites; null if the reader of the feed does not receive it.</summary>
    public string? TextOf(FeedArticle article) =>
        article.Body is { } body ? Outside(body.Html, feed.UrlOf("articles", article.Slug)) : null;

    /// <summary>Returns the absolute URL of an image.</summary>
    public string UrlOf(FeedImage image) => Absolute(image.Url);

    // The byline is what the editor wants readers to see. It can name people who have no page.
    private List<FeedAuthor> AuthorsOf(FeedArticle article)
    {
        List<FeedAuthor> authors =
        [
            .. article.Authors.Select(author => new FeedAuthor(author.Name, feed.UrlOf("authors", author.Slug))),
        ];
        return article.Byline is { } byline && byline != string.Join(", ", authors.Select(author => author.Name))
            ? [new(byline)]
            : authors;
    }

    private void AppendPicture(StringBuilder html, FeedImage? image)
    {
        if (image is null)
        {
            return;
        }

        html.Append("<figure><img src=\"")
            .Append(Encode(Absolute(image.Url)))
            .Append("\" alt=\"")
            .Append(Encode(image.Alt))
            .Append("\">");
        var caption = string.Join(' ', new[] { image.Caption, image.Credit }.Where(text => text is { Length: > 0 }));
        if (caption.Length > 0)
        {
            html.Append("<figcaption>").Append(Encode(caption)).Append("</figcaption>");
        }

        html.Append("</figure>");
    }

    private static void AppendPanel(StringBuilder html, FeedArticle article)
    {
        if (article.Takes.Count == 0)
        {
            return;
        }

        html.Append("<h2>The panel</h2>");
        foreach (var take in article.Takes)
        {
            html.Append("<h3>")
                .Append(Encode(take.WrittenAs.Name))
                .Append(": ")
                .Append(Words.Of(take.Stance))
                .Append("</h3>");
            AppendTake(html, take.Verdict, take.Text);
            AppendNote(html, take.Disclosure);
        }
    }

    private static void AppendTake(StringBuilder html, string? verdict, string text)
    {
        if (verdict is not null)
        {
            html.Append("<p><strong>").Append(Encode(verdict)).Append("</strong></p>");
        }

        foreach (var paragraph in Words.Paragraphs(text))
        {
            html.Append("<p>").Append(Encode(paragraph)).Append("</p>");
        }
    }

    private static void AppendNote(StringBuilder html, string? note)
    {
        if (note is not null)
        {
            html.Append("<p><em>").Append(Encode(note)).Append("</em></p>");
        }
    }

    // Readers of feeds show the text outside the site, so addresses must be whole. What only the site's own scripts and
    // styles use is left out.
    private static string Outside(string body, string article)
    {
        Uri page = new(article);
        var root = Parser.ParseDocument("").Body!;
        root.AppendNodes([.. Parser.ParseFragment(body, root)]);
        foreach (var element in root.QuerySelectorAll("*"))
        {
            foreach (var attribute in element.Attributes.ToList())
            {
                if (attribute.Name is "href" or "src")
                {
                    attribute.Value = Uri.TryCreate(page, attribute.Value, out var whole)
                        ? whole.AbsoluteUri
                        : attribute.Value;
                }
                else if (
                    attribute.Name is "srcset" or "sizes" or "loading"
                    || attribute.Name.StartsWith("data-", StringComparison.Ordinal)
                )
                {
                    element.RemoveAttribute(attribute.Name);
                }
            }
        }

        return root.InnerHtml;
    }

    private string Absolute(string url) => url.StartsWith('/') ? feed.Origin + url : url;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    // An id is a prefix, an underscore and the UUID without hyphens.
    public static string UrnOf(string id) => $"urn:uuid:{Guid.ParseExact(id.Split('_')[^1], "N")}";
}
