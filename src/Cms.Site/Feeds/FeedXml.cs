using System.Xml.Linq;
using Cms.Site.Parts;
using Cms.Site.Terms;

namespace Cms.Site.Feeds;

/// <summary>
/// Writes feeds as RSS 2.0 (https://www.rssboard.org/rss-specification) and as Atom (RFC 4287), both with the links of
/// RFC 5005 to the archive, and Atom with the tombstones of RFC 6721.
/// </summary>
/// <remarks>
/// System.ServiceModel.Syndication is not used: in RSS it writes elements of Atom that validators and readers do not
/// expect, and it declares the namespaces of extensions again in every entry.
/// </remarks>
internal static class FeedXml
{
    private const string Generator = "Cms";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace DublinTerms = "http://purl.org/dc/terms/";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";
    private static readonly XNamespace Tombstones = "http://purl.org/atompub/tombstones/1.0";
    private static readonly XNamespace History = "http://purl.org/syndication/history/1.0";

    /// <summary>Returns a feed as RSS.</summary>
    public static string Rss(FeedDocument feed) =>
        XmlWords.Document(
            new XElement(
                "rss",
                new XAttribute("version", "2.0"),
                Prefix("atom", Atom),
                Prefix("content", Content),
                Prefix("dc", Dublin),
                Prefix("media", Media),
                Prefix("fh", History),
                new XElement(
                    "channel",
                    Text("title", feed.Title),
                    Text("link", feed.Page),
                    Text("description", feed.Description),
                    Text("language", feed.Language),
                    feed.Rights is { } rights ? Text("copyright", rights) : null,
                    Text("lastBuildDate", Rfc822(feed.UpdatedAt)),
                    Text("generator", Generator),
                    Links(feed),
                    feed.Entries.Select(entry => Item(entry, feed))
                )
            )
        );

    /// <summary>Returns a feed as Atom.</summary>
    public static string AtomOf(FeedDocument feed) =>
        XmlWords.Document(
            new XElement(
                Atom + "feed",
                new XAttribute(XNamespace.Xml + "lang", feed.Language),
                Prefix("media", Media),
                Prefix("fh", History),
                feed.Withdrawn.Count > 0 ? Prefix("at", Tombstones) : null,
                // An archive is a part of the feed, so it has the same id (RFC 5005, section 4).
                Text(Atom + "id", feed.Id ?? feed.UrlOf(feed.Current)),
                Text(Atom + "title", feed.Title),
                Text(Atom + "subtitle", feed.Description),
                Text(Atom + "updated", Words.Iso(feed.UpdatedAt)),
                new XElement(Atom + "author", Text(Atom + "name", feed.Publication)),
                Text(Atom + "generator", Generator),
                feed.Rights is { } rights ? Text(Atom + "rights", rights) : null,
                new XElement(
                    Atom + "link",
                    new XAttribute("rel", "alternate"),
                    new XAttribute("type", "text/html"),
                    new XAttribute("href", feed.Page)
                ),
                Links(feed),
                feed.Withdrawn.Select(Tombstone),
                feed.Entries.Select(entry => Entry(entry, feed))
            )
        );

    // RFC 6721, section 3.
    private static XElement Tombstone(WithdrawnEntry entry) =>
        new(
            Tombstones + "deleted-entry",
            new XAttribute("ref", FeedEntries.UrnOf(entry.Id)),
            new XAttribute("when", Words.Iso(entry.WithdrawnAt)),
            entry.Reason is { Length: > 0 } ? Text(Tombstones + "comment", entry.Reason) : null
        );

    private static XElement Item(FeedEntry entry, FeedDocument feed) =>
        new(
            "item",
            entry.Language == feed.Language ? null : new XAttribute(XNamespace.Xml + "lang", entry.Language),
            Text("title", entry.Title),
            Text("link", entry.Url),
            new XElement("guid", new XAttribute("isPermaLink", "false"), entry.Id),
            Text("pubDate", Rfc822(entry.PublishedAt)),
            Text(Atom + "updated", Words.Iso(entry.UpdatedAt)),
            Embargo(entry),
            entry.Authors.Select(author => Text(Dublin + "creator", author.Name)),
            entry.Categories.Select(name => Text("category", name)),
            Text("description", entry.Summary),
            Text(Content + "encoded", entry.Html),
            Picture(entry.Picture)
        );

    private static XElement Entry(FeedEntry entry, FeedDocument feed) =>
        new(
            Atom + "entry",
            entry.Language == feed.Language ? null : new XAttribute(XNamespace.Xml + "lang", entry.Language),
            Text(Atom + "id", entry.Id),
            Text(Atom + "title", entry.Title),
            new XElement(
                Atom + "link",
                new XAttribute("rel", "alternate"),
                new XAttribute("type", "text/html"),
                new XAttribute("href", entry.Url)
            ),
            entry.Source is { } source
                ? new XElement(Atom + "link", new XAttribute("rel", "via"), new XAttribute("href", source))
                : null,
            Text(Atom + "published", Words.Iso(entry.PublishedAt)),
            Text(Atom + "updated", Words.Iso(entry.UpdatedAt)),
            Embargo(entry),
            entry.Authors.Select(author => new XElement(
                Atom + "author",
                Text(Atom + "name", author.Name),
                author.Url is { } url ? Text(Atom + "uri", url) : null
            )),
            entry.Categories.Select(name => new XElement(
                Atom + "category",
                new XAttribute("term", XmlWords.Clean(name))
            )),
            Text(Atom + "summary", entry.Summary),
            new XElement(Atom + "content", new XAttribute("type", "html"), XmlWords.Clean(entry.Html)),
            Picture(entry.Picture)
        );

    // Few entries have it, so they declare the namespace themselves.
    private static XElement? Embargo(FeedEntry entry) =>
        entry.EmbargoedUntil is { } until
            ? new XElement(DublinTerms + "available", Prefix("dcterms", DublinTerms), Words.Iso(until))
            : null;

    // The same elements in both formats.
    private static IEnumerable<XElement?> Links(FeedDocument feed) =>
        [
            Link("self", feed.Address, feed),
            feed.Hub is { } hub
                ? new XElement(Atom + "link", new XAttribute("rel", "hub"), new XAttribute("href", hub.AbsoluteUri))
                : null,
            new XElement(
                Atom + "link",
                new XAttribute("rel", "license"),
                new XAttribute("type", Licence.MediaType),
                new XAttribute("href", feed.Licence)
            ),
            feed.Address.Day is null ? null : new XElement(History + "archive"),
            feed.Address.Day is null ? null : Link("current", feed.Current, feed),
            feed.PreviousArchive is { } older ? Link("prev-archive", older, feed) : null,
        ];

    private static XElement Link(string relation, FeedAddress to, FeedDocument feed) =>
        new(
            Atom + "link",
            new XAttribute("rel", relation),
            new XAttribute("type", to.MediaType),
            new XAttribute("href", feed.UrlOf(to))
        );

    private static XElement? Picture(FeedPicture? picture) =>
        picture is null
            ? null
            : new XElement(
                Media + "content",
                new XAttribute("url", picture.Url),
                new XAttribute("medium", "image"),
                new XAttribute("type", "image/jpeg"),
                picture.Alt.Length > 0
                    ? new XElement(Media + "description", new XAttribute("type", "plain"), XmlWords.Clean(picture.Alt))
                    : null,
                picture.Credit is { Length: > 0 } credit
                    ? new XElement(
                        Media + "credit",
                        new XAttribute("role", "photographer"),
                        new XAttribute("scheme", "urn:ebu"),
                        XmlWords.Clean(credit)
                    )
                    : null
            );

    private static XAttribute Prefix(string prefix, XNamespace name) =>
        new(XNamespace.Xmlns + prefix, name.NamespaceName);

    private static XElement Text(XName name, string text) => new(name, XmlWords.Clean(text));

    private static string Rfc822(DateTimeOffset at) =>
        at.ToString("r", System.Globalization.CultureInfo.InvariantCulture);
}
