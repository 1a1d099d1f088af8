using System.Xml.Linq;
using Cms.Site.Parts;

namespace Cms.Site.Feeds;

/// <summary>Writes the list of all feeds as OPML 2.0 (http://opml.org/spec2.opml), which feed readers import.</summary>
internal static class Opml
{
    /// <summary>Returns the list.</summary>
    /// <param name="origin">The public address of the site, without a trailing slash.</param>
    public static string Of(IEnumerable<FeedGroup> groups, string origin, SiteSettings settings) =>
        XmlWords.Document(
            new XElement(
                "opml",
                new XAttribute("version", "2.0"),
                new XElement("head", new XElement("title", XmlWords.Clean($"Feeds of {settings.Name}"))),
                new XElement("body", groups.Select(group => Group(group, origin, settings)))
            )
        );

    private static XElement Group(FeedGroup group, string origin, SiteSettings settings) =>
        new(
            "outline",
            new XAttribute("text", group.Name),
            group.Feeds.Select(feed => new XElement(
                "outline",
                new XAttribute("type", "rss"),
                new XAttribute("text", XmlWords.Clean($"{feed.Name} — {settings.Name}")),
                new XAttribute("xmlUrl", origin + feed.Feed.Path),
                new XAttribute("htmlUrl", origin + FeedGroup.PageOf(feed.Feed))
            ))
        );
}
