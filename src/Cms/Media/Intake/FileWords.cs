using Cms.Foundation;
using Cms.Media.Rights;

namespace Cms.Media.Intake;

/// <summary>
/// Metadata embedded in a file (IPTC, XMP). It is not verified. Editors see it as suggestions, and the import uses it
/// for values that are missing from the imported data.
/// </summary>
public sealed record FileWords
{
    public static FileWords None { get; } = new();

    /// <summary>The creator; null if the file does not name one.</summary>
    public string? Creator { get; init; }

    /// <summary>The credit that the supplier requires; null if the file has none.</summary>
    public string? CreditLine { get; init; }

    /// <summary>The copyright notice; null if the file has none.</summary>
    public string? CopyrightNotice { get; init; }

    /// <summary>The URL of the licence; null if the file has none.</summary>
    public string? LicenceUrl { get; init; }

    /// <summary>The terms of the licence, as text; null if the file has none.</summary>
    public string? UsageTerms { get; init; }

    /// <summary>The caption; null if the file has none.</summary>
    public string? Caption { get; init; }

    /// <summary>The alternative text, for readers who cannot see the image; null if the file has none.</summary>
    public string? Alt { get; init; }

    /// <summary>How the image was created; null if the file does not say.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    /// <summary>
    /// Returns a copy with texts truncated to the lengths that can be stored, and without a malformed URL.
    /// </summary>
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
        string.IsNullOrWhiteSpace(text) ? null : PlainLine.Cut(text, max).Trim();
}
