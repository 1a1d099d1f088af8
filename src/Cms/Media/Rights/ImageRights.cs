using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;

namespace Cms.Media.Rights;

/// <summary>Who made an image, who is to be named, and what may be done with it where and when.</summary>
public sealed record ImageRights
{
    public const int NameLength = 300;
    public const int TextLength = 2_000;
    public const int MaxTerritories = 250;

    /// <summary>Who made it; null when that is not known.</summary>
    public string? Creator { get; init; }

    /// <summary>How the supplier wants to be named; null when the creator's name will do.</summary>
    public string? CreditLine { get; init; }

    /// <summary>Who owns the copyright, as it is to be written; null when nothing is claimed.</summary>
    public string? CopyrightNotice { get; init; }

    /// <summary>What the licence is called.</summary>
    public string? LicenceName { get; init; }

    /// <summary>Where the licence can be read.</summary>
    public string? LicenceUrl { get; init; }

    /// <summary>Where others can get a licence of their own.</summary>
    public string? AcquireLicenceUrl { get; init; }

    /// <summary>What the licence says in words of its own.</summary>
    public string? UsageTerms { get; init; }

    /// <summary>Front ends have to show the credit.</summary>
    public bool MustCredit { get; init; }

    /// <summary>Where it may be shown (ISO 3166-1 alpha-2); everywhere when empty.</summary>
    public IReadOnlyList<string> Territories { get; init; } = [];

    /// <summary>Not before; null when it may be shown already.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Not from then on; null when it may be shown for good.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Partners may show it too.</summary>
    public bool AllowSyndication { get; init; }

    /// <summary>It is shown whole or not at all.</summary>
    public bool NoCrop { get; init; }

    /// <summary>How it came to be; null when that is not known.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    /// <summary>Who is to be named beside it; null when nobody is known.</summary>
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
