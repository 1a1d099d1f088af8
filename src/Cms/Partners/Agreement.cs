using Cms.Audit;

namespace Cms.Partners;

/// <summary>
/// A version of a partner's agreement. A version never changes: an edit adds the next one, which replaces it at once.
/// </summary>
public sealed class Agreement : IAudited
{
    string IAudited.AuditSubject => PartnerId.ToString();

    string? IAudited.AuditPart => "agreement";

    public required PartnerId PartnerId { get; init; }

    /// <summary>The number of the version: 1 for the first.</summary>
    public required int Number { get; init; }

    /// <summary>What the partner receives, and what it may do with it.</summary>
    public required AgreementTerms Terms { get; init; }

    /// <summary>When this version was saved.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who saved this version.</summary>
    public required string CreatedBy { get; init; }
}
