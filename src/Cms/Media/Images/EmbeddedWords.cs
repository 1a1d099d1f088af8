using System.Text;
using Cms.Media.Intake;
using Cms.Media.Rights;
using MetadataExtractor.Formats.Iptc;
using MetadataExtractor.Formats.Photoshop;
using MetadataExtractor.IO;
using NetVips;
using XmpCore;

namespace Cms.Media.Images;

/// <summary>
/// Reads the unverified metadata that a file contains as XMP and IPTC. Blocks that exceed a size limit are ignored.
/// </summary>
internal static class EmbeddedWords
{
    private const int MaxBytes = 256 * 1024;

    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string Photoshop = "http://ns.adobe.com/photoshop/1.0/";
    private const string XmpRights = "http://ns.adobe.com/xap/1.0/rights/";
    private const string IptcCore = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
    private const string IptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

    /// <param name="image">The open image.</param>
    /// <param name="xmp">The XMP, if it was removed from the image; null to read it from the image.</param>
    public static FileWords Read(Image image, byte[]? xmp)
    {
        var fromXmp = Xmp(xmp ?? Blob(image, "xmp-data"));
        var fromIptc = Iptc(Blob(image, "iptc-data"));
        return new FileWords
        {
            Creator = fromXmp.Creator ?? fromIptc.Creator,
            CreditLine = fromXmp.CreditLine ?? fromIptc.CreditLine,
            CopyrightNotice = fromXmp.CopyrightNotice ?? fromIptc.CopyrightNotice,
            LicenceUrl = fromXmp.LicenceUrl,
            UsageTerms = fromXmp.UsageTerms ?? fromIptc.UsageTerms,
            Caption = fromXmp.Caption ?? fromIptc.Caption,
            Alt = fromXmp.Alt,
            DigitalSourceType = fromXmp.DigitalSourceType,
        };
    }

    private static byte[]? Blob(Image image, string field) =>
        image.Contains(field) && image.Get(field) is byte[] { Length: > 0 and <= MaxBytes } blob ? blob : null;

    private static FileWords Xmp(byte[]? packet)
    {
        // Rejects declarations, because entities can expand to huge texts and XMP does not need them.
        if (packet is null || packet.AsSpan().IndexOf("<!"u8) >= 0)
        {
            return FileWords.None;
        }

        try
        {
            var meta = XmpMetaFactory.ParseFromBuffer(packet);
            return new FileWords
            {
                Creator = Joined(meta, DublinCore, "creator"),
                CreditLine = Property(meta, Photoshop, "Credit"),
                CopyrightNotice = Localised(meta, DublinCore, "rights"),
                LicenceUrl = Property(meta, XmpRights, "WebStatement"),
                UsageTerms = Localised(meta, XmpRights, "UsageTerms"),
                Caption = Localised(meta, DublinCore, "description"),
                Alt = Localised(meta, IptcCore, "AltTextAccessibility"),
                DigitalSourceType = DigitalSourceTypes.Parse(Property(meta, IptcExtension, "DigitalSourceType")),
            };
        }
        catch (XmpException)
        {
            // Unreadable metadata is ignored, because it is only a suggestion.
            return FileWords.None;
        }
    }

    private static FileWords Iptc(byte[]? block)
    {
        if (block is null)
        {
            return FileWords.None;
        }

        try
        {
            var directory = new PhotoshopReader()
                .Extract(new SequentialByteArrayReader(block, SkipName(block)), block.Length - SkipName(block))
                .OfType<IptcDirectory>()
                .FirstOrDefault();
            return directory is null
                ? FileWords.None
                : new FileWords
                {
                    Creator = Text(directory, IptcDirectory.TagByLine),
                    CreditLine = Text(directory, IptcDirectory.TagCredit),
                    CopyrightNotice = Text(directory, IptcDirectory.TagCopyrightNotice),
                    UsageTerms = Text(directory, IptcDirectory.TagSpecialInstructions),
                    Caption = Text(directory, IptcDirectory.TagCaption),
                };
        }
        catch (Exception unreadable) when (unreadable is IOException or MetadataExtractor.ImageProcessingException)
        {
            return FileWords.None;
        }
    }

    // In JPEG files, the block begins with its name.
    private static int SkipName(byte[] block) => block.AsSpan().StartsWith("Photoshop 3.0\0"u8) ? 14 : 0;

    private static string? Text(IptcDirectory directory, int tag) =>
        directory.GetObject(tag) switch
        {
            string text => Blank(text),
            string[] texts => Blank(string.Join(", ", texts)),
            MetadataExtractor.StringValue value => Blank(value.ToString(Encoding.UTF8)),
            MetadataExtractor.StringValue[] values => Blank(
                string.Join(", ", values.Select(value => value.ToString(Encoding.UTF8)))
            ),
            _ => null,
        };

    private static string? Property(IXmpMeta meta, string schema, string name) =>
        meta.DoesPropertyExist(schema, name) ? Blank(meta.GetPropertyString(schema, name)) : null;

    private static string? Joined(IXmpMeta meta, string schema, string name) =>
        Blank(
            string.Join(
                ", ",
                Enumerable
                    .Range(1, Math.Min(10, meta.CountArrayItems(schema, name)))
                    .Select(i => meta.GetArrayItem(schema, name, i).Value)
            )
        );

    private static string? Localised(IXmpMeta meta, string schema, string name) =>
        meta.DoesPropertyExist(schema, name)
            ? Blank(
                meta.GetLocalizedText(schema, name, genericLang: null, XmpConstants.XDefault)?.Value
                    ?? meta.GetPropertyString(schema, name)
            )
            : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
