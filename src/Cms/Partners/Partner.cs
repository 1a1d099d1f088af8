using System.Globalization;
using System.Net.Mail;
using Cms.Audit;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Partners;

/// <summary>Whether a partner receives anything.</summary>
public enum PartnerState
{
    /// <summary>The partner receives what its agreement allows.</summary>
    Active,

    /// <summary>The partner receives nothing until an admin resumes it.</summary>
    Suspended,
}

/// <summary>A person at a partner, whom the newsroom can write to.</summary>
public sealed record PartnerContact
{
    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>The person's email address.</summary>
    public required string Email { get; init; }
}

/// <summary>A person at a partner who may sign in and act for it.</summary>
public sealed record PartnerMember
{
    /// <summary>The person's name, for the newsroom.</summary>
    public required string Name { get; init; }

    /// <summary>The tenant id and the object id of the person in Entra ID.</summary>
    public required PersonKey Key { get; init; }
}

/// <summary>The fields of a partner that an admin sets.</summary>
public sealed record PartnerFields
{
    public required string Name
    {
        get;
        init => field = PlainLine.Of(value);
    }

    public IReadOnlyList<PartnerContact> Contacts { get; init; } = [];

    public IReadOnlyList<PersonKey> Applications { get; init; } = [];

    public IReadOnlyList<PartnerMember> People { get; init; } = [];

    public string? Notes { get; init; }

    internal List<UserError> Refusals()
    {
        List<UserError> refusals = [];
        if (string.IsNullOrWhiteSpace(Name))
        {
            refusals.Add(new PartnerNameRequired { Path = ["name"] });
        }

        if (Name?.Length > Partner.MaxName)
        {
            refusals.Add(new PartnerTextTooLong("name", Partner.MaxName) { Path = ["name"] });
        }

        if (Notes?.Length > Partner.MaxNotes)
        {
            refusals.Add(new PartnerTextTooLong("notes", Partner.MaxNotes) { Path = ["notes"] });
        }

        if (Contacts.Count > Partner.MaxContacts)
        {
            refusals.Add(new TooManyForPartner("contacts", Partner.MaxContacts) { Path = ["contacts"] });
        }

        if (Applications.Count > Partner.MaxApplications)
        {
            refusals.Add(new TooManyForPartner("applications", Partner.MaxApplications) { Path = ["applications"] });
        }

        if (People.Count > Partner.MaxPeople)
        {
            refusals.Add(new TooManyForPartner("people", Partner.MaxPeople) { Path = ["people"] });
        }

        refusals.AddRange(
            People
                .Index()
                .Where(at =>
                    string.IsNullOrWhiteSpace(at.Item.Name)
                    || at.Item.Name.Length > Partner.MaxName
                    || at.Item.Key == default
                )
                .Select(at => new PersonMalformed
                {
                    Path = ["people", at.Index.ToString(CultureInfo.InvariantCulture)],
                })
        );
        foreach (var (i, contact) in Contacts.Index())
        {
            if (
                string.IsNullOrWhiteSpace(contact.Name)
                || contact.Name.Length > Partner.MaxName
                || contact.Email.Length > Partner.MaxEmail
                || !MailAddress.TryCreate(contact.Email, out var address)
                || address.Address != contact.Email
            )
            {
                refusals.Add(new ContactMalformed { Path = ["contacts", i.ToString(CultureInfo.InvariantCulture)] });
            }
        }

        return refusals;
    }
}

/// <summary>A company that republishes or indexes articles under an agreement.</summary>
public sealed class Partner : ISlugged, IAudited
{
    public const int MaxName = 120;
    public const int MaxNotes = 2000;
    public const int MaxReason = 500;
    public const int MaxEmail = 254;
    public const int MaxContacts = 20;
    public const int MaxApplications = 10;
    public const int MaxPeople = 20;

    string IAudited.AuditSubject => Id.ToString();

    string? IAudited.AuditName => Name;

    /// <summary>The partner's id. It never changes.</summary>
    public required PartnerId Id { get; init; }

    /// <summary>The partner's name. No two partners have the same.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The name in lower-case letters without accents. It sorts the partners, and it follows the name.</summary>
    [NotAudited]
    public string Slug { get; private set; } = "";

    /// <summary>Whom to write to, in the order that the admin chose.</summary>
    public IReadOnlyList<PartnerContact> Contacts { get; private set; } = [];

    /// <summary>Notes for the newsroom. The partner never sees them.</summary>
    public string? Notes { get; private set; }

    /// <summary>Whether the partner receives anything.</summary>
    public PartnerState State { get; private set; }

    /// <summary>Why the partner is suspended; null if it is active.</summary>
    public string? SuspendedBecause { get; private set; }

    /// <summary>The number of the newest version of the agreement; 0 if there is none.</summary>
    [NotAudited]
    public int AgreementNumber { get; private set; }

    /// <summary>When the partner was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the partner, its agreement or its keys were last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who made the last change.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>Returns a conflict if the caller started from an older version; null otherwise.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy, UpdatedAt);

    public static Result<Partner> Create(PartnerId id, PartnerFields fields, Contributor by, DateTimeOffset now)
    {
        if (fields.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        var partner = new Partner { Id = id, CreatedAt = now };
        partner.Take(fields);
        partner.Touch(by, now);
        return partner;
    }

    /// <summary>Replaces the partner's fields. Returns true if any of them changed.</summary>
    public Result<bool> Edit(PartnerFields fields, Contributor by, DateTimeOffset now)
    {
        if (fields.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        var isChanged = fields.Name != Name || fields.Notes != Notes || !fields.Contacts.SequenceEqual(Contacts);
        if (isChanged)
        {
            Take(fields);
            Touch(by, now);
        }

        return isChanged;
    }

    /// <summary>Records that the partner's applications, agreement or keys were changed.</summary>
    internal void Touch(Contributor by, DateTimeOffset now) => (UpdatedAt, UpdatedBy) = (now, by.Name);

    /// <summary>Makes the partner receive nothing. Returns false if it is already suspended for this reason.</summary>
    public Result<bool> Suspend(string reason, Contributor by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new SuspensionReasonRequired { Path = ["reason"] };
        }

        if (reason.Length > MaxReason)
        {
            return new PartnerTextTooLong("reason", MaxReason) { Path = ["reason"] };
        }

        if (State is PartnerState.Suspended && SuspendedBecause == reason)
        {
            return false;
        }

        (State, SuspendedBecause) = (PartnerState.Suspended, reason);
        Touch(by, now);
        return true;
    }

    /// <summary>Lets the partner receive what its agreement allows. Returns false if it already does.</summary>
    public bool Resume(Contributor by, DateTimeOffset now)
    {
        if (State is PartnerState.Active)
        {
            return false;
        }

        (State, SuspendedBecause) = (PartnerState.Active, null);
        Touch(by, now);
        return true;
    }

    /// <summary>Returns why the partner receives nothing, for the partner; null if it receives what the agreement includes.</summary>
    /// <param name="agreement">The newest version of the agreement; null if there is none.</param>
    /// <param name="now">The time.</param>
    public string? RefusalUnder(Agreement? agreement, DateTimeOffset now) =>
        (State, agreement) switch
        {
            (PartnerState.Suspended, _) => "The newsroom has suspended your access. Ask your contact there.",
            (_, null) => "You have no agreement yet. Ask your contact in the newsroom.",
            (_, { Terms.BeginsAt: var begin }) when now < begin =>
                $"Your agreement begins at {begin.InWords()}. Send requests from then on.",
            (_, { Terms.EndsAt: { } end }) when end <= now =>
                $"Your agreement ended at {end.InWords()}. Ask your contact in the newsroom to renew it.",
            _ => null,
        };

    /// <summary>Adds the next version of the agreement, which replaces the one before.</summary>
    internal Agreement Agree(AgreementTerms terms, Contributor by, DateTimeOffset now)
    {
        AgreementNumber++;
        Touch(by, now);
        return new Agreement
        {
            PartnerId = Id,
            Number = AgreementNumber,
            Terms = terms,
            CreatedAt = now,
            CreatedBy = by.Name,
        };
    }

    private void Take(PartnerFields fields) =>
        (Name, Slug, Notes, Contacts) = (
            fields.Name,
            Foundation.Slug.From(fields.Name) ?? $"{Id.Value:n}",
            fields.Notes,
            [.. fields.Contacts]
        );
}

/// <summary>
/// A person at a partner who may sign in and act for it. Only the key identifies them. A person acts for one partner at
/// most.
/// </summary>
public sealed class PartnerPerson : IAudited
{
    string IAudited.AuditSubject => PartnerId.ToString();

    string? IAudited.AuditPart => "person";

    /// <summary>The tenant id and the object id of the person.</summary>
    public required PersonKey Key { get; init; }

    public required PartnerId PartnerId { get; init; }

    /// <summary>The person's name, for the newsroom.</summary>
    public required string Name { get; init; }

    public required int Ordinal { get; init; }
}

/// <summary>
/// An application of a partner in Entra ID. Its requests are answered as the partner's agreement says. An application
/// belongs to one partner at most.
/// </summary>
public sealed class PartnerApplication : IAudited
{
    string IAudited.AuditSubject => PartnerId.ToString();

    string? IAudited.AuditPart => "application";

    /// <summary>The tenant id and the object id of the application's service principal.</summary>
    public required PersonKey Key { get; init; }

    public required PartnerId PartnerId { get; init; }

    public required int Ordinal { get; init; }
}
