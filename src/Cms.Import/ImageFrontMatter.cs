using Cms.Media;
using Cms.Media.Rights;

namespace Cms.Import;

/// <summary>Reads an image's description and rights from front matter.</summary>
internal static class ImageFrontMatter
{
    private static readonly string[] Known =
    [
        "type",
        "file",
        "alt",
        "decorative",
        "caption",
        "focus",
        "folder",
        "tags",
        "creator",
        "credit",
        "copyright",
        "licence",
        "mustCredit",
        "territories",
        "from",
        "until",
        "substitute",
        "syndication",
        "noCrop",
        "made",
    ];

    public static ImageItem Read(string origin, string name, FrontMatterKeys keys)
    {
        keys.Allow(Known);
        var licence = keys.Map("licence")?.Allow(["name", "url", "acquire", "terms"]);
        var focus = keys.Parts("focus");
        return new ImageItem
        {
            Origin = origin,
            File = keys.Text("file") ?? name,
            Description = new MediaDescription
            {
                Alt = keys.Text("alt"),
                IsDecorative = keys.Flag("decorative", false),
                Caption = keys.Text("caption"),
                Focus = focus is [var x, var y] ? new FocalPoint { X = x, Y = y } : FocalPoint.Centre,
                Folder = keys.Text("folder") ?? "",
            },
            Tags = keys.Texts("tags"),
            Substitute = keys.Text("substitute"),
            Rights = new ImageRights
            {
                Creator = keys.Text("creator"),
                CreditLine = keys.Text("credit"),
                CopyrightNotice = keys.Text("copyright"),
                LicenceName = licence?.Text("name"),
                LicenceUrl = licence?.Text("url"),
                AcquireLicenceUrl = licence?.Text("acquire"),
                UsageTerms = licence?.Text("terms"),
                MustCredit = keys.Flag("mustCredit", false),
                Territories = keys.Texts("territories"),
                ValidFrom = keys.Time("from"),
                ExpiresAt = keys.Time("until"),
                AllowSyndication = keys.Flag("syndication", false),
                NoCrop = keys.Flag("noCrop", false),
                DigitalSourceType = keys.Text("made") is null
                    ? null
                    : keys.Choice("made", Media.Rights.DigitalSourceType.DigitalCapture),
            },
        };
    }
}
