using Cms.Foundation;
using Cms.Media.Rights;

namespace Cms.Media.Intake;

/// <summary>What a file says of itself (IPTC, XMP): suggestions for whoever describes it, believed of nobody's accord.</summary>
public sealed record FileWords
{
    public static FileWords None { get; } = new();

    /// <summary>Who made it; null when the file does not say.</summary>
    public string? Creator { get; init; }

    /// <summary>How the supplier wants to be named; null when the file does not say.</summary>
    public string? CreditLine { get; init; }

    /// <summary>Who owns the copyright; null when the file does not say.</summary>
    public string? CopyrightNotice { get; init; }

    /// <summary>Where the licence can be read; null when the file does not say.</summary>
    public string? LicenceUrl { get; init; }

    /// <summary>What may be done with it; null when the file does not say.</summary>
    public string? UsageTerms { get; init; }

    /// <summary>What it shows, for those who see it; null when the file does not say.</summary>
    public string? Caption { get; init; }

    /// <summary>What it shows, for those who do not; null when the file does not say.</summary>
    public string? Alt { get; init; }

    /// <summary>How it came to be; null when the file does not say.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    /// <summary>The same, none of it longer than is kept.</summary>
    internal FileWords Bounded() =>
        this with
        {
            Creator = Cut(Creator, ImageRights.NameLength),
            CreditLine = Cut(CreditLine, ImageRights.NameLength),
            CopyrightNotice = Cut(CopyrightNotice, ImageRights.NameLength),
            LicenceUrl = WebAddress.IsWellFormed(LicenceUrl ?? "") ? LicenceUrl : null,
            UsageTerms = Cut(UsageTerms, ImageRights.TextLength),
            Caption = Cut(Caption, MediaAsset.CaptionLength),
            Alt = Cut(Alt, MediaAsset.AltLength),
        };

    private static string? Cut(string? text, int max) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Length <= max ? text.Trim()
        : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)].Trim();
}
