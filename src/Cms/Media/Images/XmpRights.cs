using System.Xml.Linq;
using Cms.Media.Rights;

namespace Cms.Media.Images;

/// <summary>
/// Writes the metadata that every served image contains: who made it, and how it may be used (IPTC Photo Metadata).
/// </summary>
internal static class XmpRights
{
    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Photoshop = "http://ns.adobe.com/photoshop/1.0/";
    private static readonly XNamespace Rights = "http://ns.adobe.com/xap/1.0/rights/";
    private static readonly XNamespace Plus = "http://ns.useplus.org/ldf/xmp/1.0/";
    private static readonly XNamespace Iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

    /// <summary>Returns an XMP packet.</summary>
    public static string Write(ImageRights rights)
    {
        var about = new XElement(
            Rdf + "Description",
            new XAttribute(Rdf + "about", ""),
            Names(),
            Blank(rights.CopyrightNotice) is null ? null : new XElement(Rights + "Marked", "True"),
            Text(Photoshop + "Credit", rights.Credit),
            Text(Rights + "WebStatement", rights.LicenceUrl),
            Text(Iptc + "DigitalSourceType", rights.DigitalSourceType?.ToUri()),
            Blank(rights.Creator) is { } creator
                ? new XElement(DublinCore + "creator", new XElement(Rdf + "Seq", new XElement(Rdf + "li", creator)))
                : null,
            Localised(DublinCore + "rights", rights.CopyrightNotice),
            Localised(Rights + "UsageTerms", rights.UsageTerms ?? rights.LicenceName),
            Blank(rights.AcquireLicenceUrl) is { } acquire
                ? new XElement(
                    Plus + "Licensor",
                    new XElement(
                        Rdf + "Seq",
                        new XElement(
                            Rdf + "li",
                            new XAttribute(Rdf + "parseType", "Resource"),
                            new XElement(Plus + "LicensorURL", acquire)
                        )
                    )
                )
                : null
        );
        var packet = new XElement(
            Meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", Meta.NamespaceName),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf.NamespaceName), about)
        );
        return "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
            + packet.ToString(SaveOptions.DisableFormatting)
            + "<?xpacket end=\"r\"?>";
    }

    private static IEnumerable<XAttribute> Names() =>
        [
            new(XNamespace.Xmlns + "dc", DublinCore.NamespaceName),
            new(XNamespace.Xmlns + "photoshop", Photoshop.NamespaceName),
            new(XNamespace.Xmlns + "xmpRights", Rights.NamespaceName),
            new(XNamespace.Xmlns + "plus", Plus.NamespaceName),
            new(XNamespace.Xmlns + "Iptc4xmpExt", Iptc.NamespaceName),
        ];

    private static XElement? Text(XName name, string? value) =>
        Blank(value) is { } text ? new XElement(name, text) : null;

    private static XElement? Localised(XName name, string? value) =>
        Blank(value) is { } text
            ? new XElement(
                name,
                new XElement(
                    Rdf + "Alt",
                    new XElement(Rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), text)
                )
            )
            : null;

    // XML cannot represent most control characters, and no text here needs them.
    private static string? Blank(string? text)
    {
        var clean = text is null ? "" : new string([.. text.Where(System.Xml.XmlConvert.IsXmlChar)]).Trim();
        return clean.Length == 0 ? null : clean;
    }
}
