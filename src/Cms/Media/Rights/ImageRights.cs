using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;

namespace Cms.Media.Rights;

/// <summary>The rights in an image: who made it, whom to credit, and how, where and when it may be used.</summary>
public sealed record ImageRights
{
    public const int NameLength = 300;
    public const int TextLength = 2_000;
    public const int MaxTerritories = 250;

    /// <summary>The creator; null if unknown.</summary>
    public string? Creator { get; init; }

    /// <summary>The credit that the supplier requires; null to credit the creator.</summary>
    public string? CreditLine { get; init; }

    /// <summary>The copyright notice; null if there is none.</summary>
    public string? CopyrightNotice { get; init; }

    /// <summary>The name of the licence; null if none is given.</summary>
    public string? LicenceName { get; init; }

    /// <summary>The URL of the licence; null if none is given.</summary>
    public string? LicenceUrl { get; init; }

    /// <summary>The URL of a page where others can acquire a licence; null if none is given.</summary>
    public string? AcquireLicenceUrl { get; init; }

    /// <summary>The terms of the licence, as text; null if none are given.</summary>
    public string? UsageTerms { get; init; }

    /// <summary>Whether the credit must be shown with the image.</summary>
    public bool MustCredit { get; init; }

    /// <summary>The countries in which the image may be shown (ISO 3166-1 alpha-2); empty for all countries.</summary>
    public IReadOnlyList<string> Territories { get; init; } = [];

    /// <summary>When the rights begin; null if they have no start date.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>When the rights end; null if they do not end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether partners are allowed to show the image.</summary>
    public bool AllowSyndication { get; init; }

    /// <summary>Whether the image must not be cropped.</summary>
    public bool NoCrop { get; init; }

    /// <summary>How the image was created; null if unknown.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    /// <summary>
    /// The credit to show with the image: the credit line, or else the creator; null if both are missing.
    /// </summary>
    public string? Credit =>
        string.IsNullOrWhiteSpace(CreditLine) ? (string.IsNullOrWhiteSpace(Creator) ? null : Creator) : CreditLine;

    public bool Equals(ImageRights? other) =>
        other is not null
        && (Creator, CreditLine, CopyrightNotice, MustCredit, AllowSyndication, NoCrop)
            == (
                other.Creator,
                other.CreditLine,
                other.CopyrightNotice,
                other.MustCredit,
                other.AllowSyndication,
                other.NoCrop
            )
        && (LicenceName, LicenceUrl, AcquireLicenceUrl, UsageTerms)
            == (other.LicenceName, other.LicenceUrl, other.AcquireLicenceUrl, other.UsageTerms)
        && (ValidFrom, ExpiresAt, DigitalSourceType) == (other.ValidFrom, other.ExpiresAt, other.DigitalSourceType)
        && Territories.SequenceEqual(other.Territories, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Creator, CreditLine, LicenceUrl, ValidFrom, ExpiresAt);

    internal List<UserError> Refusals()
    {
        List<UserError> refusals = [];
        Bound(Creator, "creator", NameLength);
        Bound(CreditLine, "creditLine", NameLength);
        Bound(CopyrightNotice, "copyrightNotice", NameLength);
        Bound(LicenceName, "licenceName", NameLength);
        Bound(UsageTerms, "usageTerms", TextLength);
        Address(LicenceUrl, "licenceUrl");
        Address(AcquireLicenceUrl, "acquireLicenceUrl");

        if (
            Territories.Count > MaxTerritories
            || Territories.FirstOrDefault(code => code is not { Length: 2 } || !code.All(char.IsAsciiLetterUpper))
                is not null
        )
        {
            refusals.Add(new TerritoryMalformed() { Path = ["territories"] });
        }

        if (ValidFrom >= ExpiresAt)
        {
            refusals.Add(new RightsEndTooEarly() { Path = ["expiresAt"] });
        }

        return refusals;

        void Address(string? url, string field)
        {
            if (url is not null && !WebAddress.IsWellFormed(url))
            {
                refusals.Add(new UrlMalformed(field) { Path = [field] });
            }
        }

        void Bound(string? text, string field, int max)
        {
            if (text?.Length > max)
            {
                refusals.Add(new TextTooLong(field, max) { Path = [field] });
            }
        }
    }
}
