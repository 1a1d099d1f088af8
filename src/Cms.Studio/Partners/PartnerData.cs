using System.Globalization;
using Cms.Studio.Api;
using Cms.Studio.Layout;

namespace Cms.Studio.Partners;

/// <summary>A page of the partners.</summary>
public sealed record PartnerListData(PartnerListDesk? Desk);

/// <summary>The partners, in order of name.</summary>
public sealed record PartnerListDesk(PartnerRows? Partners);

/// <summary>Some partners.</summary>
public sealed record PartnerRows(IReadOnlyList<PartnerRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>A partner in the list.</summary>
public sealed record PartnerRow(
    string Id,
    string Name,
    PartnerState State,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    AgreementItem? Agreement
);

/// <summary>One partner.</summary>
public sealed record PartnerData(PartnerDesk? Desk);

/// <summary>The partner; null if there is none.</summary>
public sealed record PartnerDesk(PartnerItem? Partner);

/// <summary>Whether a partner receives anything.</summary>
public enum PartnerState
{
    Active,
    Suspended,
}

/// <summary>A partner with all that administrators know about it.</summary>
public sealed record PartnerItem(
    string Id,
    int Version,
    string Name,
    string? Notes,
    PartnerState State,
    string? SuspendedBecause,
    IReadOnlyList<PartnerContact> Contacts,
    IReadOnlyList<string> Applications,
    IReadOnlyList<PartnerPerson> People,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    int RequestsThisMonth,
    AgreementItem? Agreement,
    IReadOnlyList<AgreementVersion> Agreements,
    IReadOnlyList<FeedKeyItem> Working,
    IReadOnlyList<FeedKeyItem> Revoked
);

/// <summary>A person at a partner.</summary>
public sealed record PartnerContact(string Name, string Email);

/// <summary>A person at a partner who may use the portal.</summary>
public sealed record PartnerPerson(string Name, string Key);

/// <summary>A version of an agreement in the list of versions.</summary>
public sealed record AgreementVersion(
    int Number,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    AcceptanceItem? Acceptance
);

/// <summary>A feed key, without its secret.</summary>
public sealed record FeedKeyItem(
    string Id,
    string Ending,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? RevokedAt,
    string? RevokedBy,
    DateOnly? LastUsedOn
);

/// <summary>The answer to a new partner.</summary>
public sealed record CreatedPartner(CreatedPartnerOutcome CreatePartner);

/// <summary>The new partner; null if it was refused.</summary>
public sealed record CreatedPartnerOutcome(Key? Partner, IReadOnlyList<Refusal> Errors);

/// <summary>The answer to an edited partner.</summary>
public sealed record EditedPartner(Outcome EditPartner);

/// <summary>The answer to a suspended partner.</summary>
public sealed record SuspendedPartner(Outcome SuspendPartner);

/// <summary>The answer to a resumed partner.</summary>
public sealed record ResumedPartner(Outcome ResumePartner);

/// <summary>The answer to a new feed key.</summary>
public sealed record CreatedFeedKey(CreatedFeedKeyOutcome CreateFeedKey);

/// <summary>The new feed key; null if it was refused.</summary>
public sealed record CreatedFeedKeyOutcome(NewFeedKey? FeedKey, IReadOnlyList<Refusal> Errors);

/// <summary>A feed key that was just created. Its secret is null if the form was sent twice.</summary>
public sealed record NewFeedKey(string Id, string? Key, string Ending);

/// <summary>The answer to a revoked feed key.</summary>
public sealed record RevokedFeedKey(Outcome RevokeFeedKey);

/// <summary>A partner, as its form holds it.</summary>
public sealed class PartnerForm
{
    public string? Name { get; set; }

    /// <summary>A contact on each line: the name, and the email address in angle brackets.</summary>
    public string? Contacts { get; set; }

    /// <summary>An application on each line.</summary>
    public string? Applications { get; set; }

    /// <summary>A person on each line: the name, and the key in angle brackets.</summary>
    public string? People { get; set; }

    public string? Notes { get; set; }

    public string? Reason { get; set; }

    /// <summary>The feed key to revoke.</summary>
    public string? Key { get; set; }

    public int? Version { get; set; }

    internal static PartnerForm Of(PartnerItem partner) =>
        new()
        {
            Name = partner.Name,
            Contacts = string.Join('\n', partner.Contacts.Select(contact => $"{contact.Name} <{contact.Email}>")),
            Applications = string.Join('\n', partner.Applications),
            People = string.Join('\n', partner.People.Select(person => $"{person.Name} <{person.Key}>")),
            Notes = partner.Notes,
            Version = partner.Version,
        };

    /// <summary>Returns the input of the mutation.</summary>
    /// <param name="id">The id of the partner; null for a new one.</param>
    internal IReadOnlyDictionary<string, object?> ToInput(string? id)
    {
        Dictionary<string, object?> input = new(StringComparer.Ordinal)
        {
            ["name"] = Name?.Trim() ?? "",
            ["contacts"] = Lines(Contacts)
                .Select(Split)
                .Select(line => new PartnerContact(line.Name, line.InBrackets))
                .ToList(),
            ["applications"] = Lines(Applications),
            ["people"] = Lines(People)
                .Select(Split)
                .Select(line => new PartnerPerson(line.Name, line.InBrackets))
                .ToList(),
            ["notes"] = string.IsNullOrWhiteSpace(Notes) ? null : Notes.Trim().ReplaceLineEndings("\n"),
        };
        if (id is not null)
        {
            input["id"] = id;
            input["expectedVersion"] = Version;
        }

        return input;
    }

    /// <summary>Returns what the form holds and what is saved, for the fields in which they differ.</summary>
    internal IEnumerable<Difference> DifferencesFrom(PartnerItem partner)
    {
        var saved = Of(partner);
        return Difference.Of(
            ("The name", Name, saved.Name),
            ("The list of contacts", Joined(Contacts), Joined(saved.Contacts)),
            ("The note", Notes, saved.Notes),
            ("The list of applications", Joined(Applications), Joined(saved.Applications)),
            ("The list of people", Joined(People), Joined(saved.People))
        );
    }

    /// <summary>Returns the line of a field that a refusal is about; null if it is about the whole field.</summary>
    /// <param name="path">The field, then the number of the line, without empty ones.</param>
    internal string? LineOf(IReadOnlyList<string> path) =>
        path is [var field, var number] && NumberOf(number) is { } at
            ? Lines(
                    field switch
                    {
                        "contacts" => Contacts,
                        "people" => People,
                        _ => Applications,
                    }
                )
                .ElementAtOrDefault(at)
            : null;

    private static string Joined(string? lines) => string.Join(", ", Lines(lines));

    private static List<string> Lines(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    // The server refuses a line without brackets, and names it.
    private static (string Name, string InBrackets) Split(string line) =>
        line.LastIndexOf('<') is var at and >= 0 && line.EndsWith('>')
            ? (line[..at].Trim(), line[(at + 1)..^1].Trim())
            : (line, line);
}

/// <summary>Describes partners in words.</summary>
internal static class PartnerWords
{
    /// <summary>The address of the list.</summary>
    public const string Path = "/studio/partners";

    /// <summary>How many feed keys of a partner can work at the same time.</summary>
    public const int MaxKeys = 2;

    /// <summary>Returns the address of a partner.</summary>
    public static string PathOf(string id) => $"{Path}/{id}";

    /// <summary>Returns the address of the agreement of a partner.</summary>
    public static string AgreementOf(string id) => $"{Path}/{id}/agreement";

    /// <summary>How many versions or revoked keys a page shows.</summary>
    public const int Shown = 10;

    /// <summary>Returns the address of what a partner has used.</summary>
    public static string UsageOf(string id) => $"{Path}/{id}/usage";

    /// <summary>Returns how many requests an agreement allows, in words; null if it does not limit them.</summary>
    public static string? LimitsOf(int? perMinute, int? perMonth) =>
        (perMinute, perMonth) switch
        {
            (null, null) => null,
            ({ } rate, null) => $"{Number(rate)} requests in a minute",
            (null, { } quota) => $"{Number(quota)} requests in a month",
            ({ } rate, { } quota) => $"{Number(rate)} requests in a minute and {Number(quota)} requests in a month",
        };

    /// <summary>Returns how many requests of this month count towards the quota, as a sentence without its end.</summary>
    public static string RequestsOf(int thisMonth, int? quota) =>
        $"{Number(thisMonth)} {(thisMonth == 1 ? "request" : "requests")} in this month"
        + (quota is { } most ? $", of {Number(most)} in the agreement" : "");

    /// <summary>Returns the state of a partner for lists, and its kind.</summary>
    public static (string Text, string Status) StateOf(
        PartnerState state,
        AgreementItem? agreement,
        DateTimeOffset now
    ) =>
        state is PartnerState.Suspended ? ("Suspended", "refused")
        : agreement is null ? ("No agreement yet", "draft")
        : agreement.BeginsAt > now ? ("Not in force yet", "scheduled")
        : agreement.EndsAt <= now ? ("Ended", "withdrawn")
        : ("Receives articles", "published");

    /// <summary>Returns a number with separators.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
