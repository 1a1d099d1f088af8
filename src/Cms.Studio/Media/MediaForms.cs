using System.Globalization;
using Cms.Studio.Layout;

namespace Cms.Studio.Media;

/// <summary>The description of an image, as its form holds it.</summary>
public sealed class DescribeForm
{
    private const double Whole = 100;

    public string? Alt { get; set; }

    public bool IsDecorative { get; set; }

    public string? Caption { get; set; }

    public string? Folder { get; set; }

    public IReadOnlyList<string>? Tags { get; set; }

    /// <summary>The horizontal position of the focal point, in per cent.</summary>
    public string? X { get; set; }

    /// <summary>The vertical position of the focal point, in per cent.</summary>
    public string? Y { get; set; }

    public int? Version { get; set; }

    /// <summary>The focal point as fractions; null if one of the numbers cannot be read.</summary>
    internal MediaFocus? Focus => Fraction(X) is { } x && Fraction(Y) is { } y ? new(x, y) : null;

    internal static DescribeForm Of(MediaItem item) =>
        new()
        {
            Alt = item.Alt,
            IsDecorative = item.IsDecorative,
            Caption = item.Caption,
            Folder = item.Folder,
            Tags = [.. item.Tags.Select(tag => tag.Id)],
            X = Percent(item.FocalPoint.X),
            Y = Percent(item.FocalPoint.Y),
            Version = item.Version,
        };

    /// <summary>Returns the input of the mutation.</summary>
    internal object ToInput(MediaItem item) =>
        new
        {
            id = item.Id,
            alt = Given(Alt),
            isDecorative = IsDecorative,
            caption = Given(Caption),
            folder = Given(Folder),
            tags = Tags ?? [],

            // The numbers of the form are rounded, so a point that was not moved stays exactly as it is.
            focalPoint = X == Percent(item.FocalPoint.X) && Y == Percent(item.FocalPoint.Y) ? item.FocalPoint : Focus,
            expectedVersion = Version,
        };

    /// <summary>Returns what the form holds and what is saved, for the fields in which they differ.</summary>
    internal IEnumerable<Difference> DifferencesFrom(MediaItem item, IReadOnlyList<TagChoice> tags)
    {
        var saved = Of(item);
        return Difference.Of(
            ("The alternative text", Alt, saved.Alt),
            Difference.Box("Decorative", IsDecorative, saved.IsDecorative),
            ("The caption", Caption, saved.Caption),
            ("The folder", Folder, saved.Folder),
            ("The list of tags", TagChoices.NamesOf(Tags, tags), TagChoices.NamesOf(saved.Tags, tags)),
            ("The focal point", $"{X} %, {Y} %", $"{saved.X} %, {saved.Y} %")
        );
    }

    private static string Percent(double fraction) => (fraction * Whole).ToString("0.#", CultureInfo.InvariantCulture);

    private static double? Fraction(string? percent) =>
        double.TryParse(percent, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number / Whole
            : null;
}

/// <summary>The rights in an image, as their form holds them.</summary>
public sealed class RightsForm
{
    public string? Creator { get; set; }

    public string? CreditLine { get; set; }

    public bool MustCredit { get; set; }

    public string? CopyrightNotice { get; set; }

    public string? Source { get; set; }

    public string? LicenceName { get; set; }

    public string? LicenceUrl { get; set; }

    public string? AcquireLicenceUrl { get; set; }

    public string? UsageTerms { get; set; }

    /// <summary>The countries, separated by commas or spaces.</summary>
    public string? Territories { get; set; }

    public string? From { get; set; }

    public string? Until { get; set; }

    public bool AllowSyndication { get; set; }

    public bool NoCrop { get; set; }

    public ImageForm? Substitute { get; set; }

    public int? Version { get; set; }

    internal static RightsForm Of(MediaItem item, Times times) =>
        new()
        {
            Creator = item.Rights.Creator,
            CreditLine = item.Rights.CreditLine,
            MustCredit = item.Rights.MustCredit,
            CopyrightNotice = item.Rights.CopyrightNotice,
            Source = item.Rights.DigitalSourceType,
            LicenceName = item.Rights.LicenceName,
            LicenceUrl = item.Rights.LicenceUrl,
            AcquireLicenceUrl = item.Rights.AcquireLicenceUrl,
            UsageTerms = item.Rights.UsageTerms,
            Territories = string.Join(", ", item.Rights.Territories),
            From = item.Rights.ValidFrom is { } from ? times.Local(from) : null,
            Until = item.Rights.ExpiresAt is { } until ? times.Local(until) : null,
            AllowSyndication = item.Rights.AllowSyndication,
            NoCrop = item.Rights.NoCrop,
            Substitute = new ImageForm { Chosen = item.SubstituteId },
            Version = item.Version,
        };

    /// <summary>Returns the input of the mutation.</summary>
    internal object ToInput(MediaItem item, Times times) =>
        new
        {
            id = item.Id,
            creator = Given(Creator),
            creditLine = Given(CreditLine),
            mustCredit = MustCredit,
            copyrightNotice = Given(CopyrightNotice),
            digitalSourceType = Given(Source),
            licenceName = Given(LicenceName),
            licenceUrl = Given(LicenceUrl),
            acquireLicenceUrl = Given(AcquireLicenceUrl),
            usageTerms = Given(UsageTerms),
            territories = (Territories ?? "").Split(
                [',', ';', ' '],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            ),
            validFrom = Time(From, item.Rights.ValidFrom, times),
            expiresAt = Time(Until, item.Rights.ExpiresAt, times),
            allowSyndication = AllowSyndication,
            noCrop = NoCrop,
            substitute = Substitute?.Id,
            expectedVersion = Version,
        };

    /// <summary>Returns what the form holds and what is saved, for the fields in which they differ.</summary>
    internal IEnumerable<Difference> DifferencesFrom(MediaItem item, Times times)
    {
        var saved = Of(item, times);
        return Difference.Of(
            ("The creator", Creator, saved.Creator),
            ("The credit line", CreditLine, saved.CreditLine),
            Difference.Box("The credit must be shown with the image", MustCredit, saved.MustCredit),
            ("The copyright notice", CopyrightNotice, saved.CopyrightNotice),
            ("The way in which it was made", SourceName(Source), SourceName(saved.Source)),
            ("The licence", LicenceName, saved.LicenceName),
            ("The address of the licence", LicenceUrl, saved.LicenceUrl),
            ("The address where others can buy a licence", AcquireLicenceUrl, saved.AcquireLicenceUrl),
            ("The text of the terms of use", UsageTerms, saved.UsageTerms),
            ("The list of countries", Territories, saved.Territories),
            ("The time at which the rights begin", From, saved.From),
            ("The time at which the rights end", Until, saved.Until),
            Difference.Box("Partners may show the image", AllowSyndication, saved.AllowSyndication),
            Difference.Box("The image must not be cropped", NoCrop, saved.NoCrop),
            ("The substitute", Substitute?.Id, saved.Substitute?.Id)
        );
    }

    /// <summary>Returns the name of the input whose time cannot be read; null if all can be.</summary>
    internal string? Unreadable(Times times) =>
        !times.TryRead(From, out _) ? "validFrom"
        : !times.TryRead(Until, out _) ? "expiresAt"
        : null;

    // The field holds minutes, so a time that was not changed stays as it is to the second.
    private static DateTimeOffset? Time(string? local, DateTimeOffset? saved, Times times) =>
        saved is { } same && local == times.Local(same) ? same
        : times.TryRead(local, out var time) ? time
        : null;

    private static string? SourceName(string? source) =>
        MediaRights.SourceTypes.FirstOrDefault(type => type.Value == source).Text ?? source;
}
