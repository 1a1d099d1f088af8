using System.Xml.Linq;
using Cms.Site.Parts;

namespace Cms.Site.Terms;

/// <summary>
/// What programs may do with articles, as a document of Really Simple Licensing 1.0 (https://rslstandard.org/rsl).
/// </summary>
internal sealed record Licence
{
    /// <summary>The media type of the document.</summary>
    public const string MediaType = "application/rsl+xml";

    /// <summary>The name of the language of the document.</summary>
    public const string Language = "https://rslstandard.org/rsl";

    private static readonly XNamespace Rsl = Language;

    /// <summary>
    /// The path that the licence is for; empty for what links to the document, such as the articles of a feed.
    /// </summary>
    public required string Scope { get; init; }

    /// <summary>The name of the publication.</summary>
    public required string Holder { get; init; }

    public required bool AllowsSearch { get; init; }

    public required bool AllowsAiTraining { get; init; }

    public required bool AllowsAiSummaries { get; init; }

    /// <summary>Where to ask for other terms; null if there is none.</summary>
    public Uri? Contact { get; init; }

    /// <summary>Returns the licence for everybody.</summary>
    public static Licence Public(SiteSettings settings) =>
        new()
        {
            Scope = "/",
            Holder = settings.Name,
            AllowsSearch = settings.Terms.AllowsSearch,
            AllowsAiTraining = settings.Terms.AllowsAiTraining,
            AllowsAiSummaries = settings.Terms.AllowsAiSummaries,
            Contact = settings.Terms.Contact,
        };

    /// <summary>Returns the document.</summary>
    public string ToXml()
    {
        // An AI system that answers from the texts must also find them.
        (string Name, bool IsAllowed)[] all =
        [
            ("search", AllowsSearch),
            ("ai-train", AllowsAiTraining),
            ("ai-input", AllowsAiSummaries),
            ("ai-index", AllowsAiSummaries),
        ];
        var uses = all.ToLookup(use => use.IsAllowed, use => use.Name);
        return XmlWords.Document(
            new XElement(
                Rsl + "rsl",
                // In days. Programs would otherwise use old terms for a month.
                new XAttribute("max-age", "1"),
                new XElement(
                    Rsl + "content",
                    new XAttribute("url", Scope),
                    new XElement(
                        Rsl + "license",
                        Usage("permits", uses[true]),
                        Usage("prohibits", uses[false]),
                        // Every use must name the publication and link to the article.
                        new XElement(Rsl + "payment", new XAttribute("type", "attribution")),
                        Contact is { } contact
                            ? new XElement(Rsl + "legal", new XAttribute("type", "contact"), contact.AbsoluteUri)
                            : null
                    ),
                    new XElement(Rsl + "copyright", new XAttribute("type", "organization"), XmlWords.Clean(Holder))
                )
            )
        );
    }

    /// <summary>Returns what the licence says of AI models, in words.</summary>
    public static string InWords(bool allowsAiTraining, bool allowsAiSummaries) =>
        (allowsAiTraining ? "AI models may be trained on it. " : "AI models must not be trained on it. ")
        + (allowsAiSummaries ? "AI systems may summarise it." : "AI systems must not summarise it.");

    private static XElement? Usage(string element, IEnumerable<string> uses) =>
        string.Join(' ', uses) is { Length: > 0 } names
            ? new XElement(Rsl + element, new XAttribute("type", "usage"), names)
            : null;
}
