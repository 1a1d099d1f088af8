using Cms.GraphQL;

namespace Cms.Partners;

/// <summary>The partner does not exist.</summary>
/// <param name="PartnerId">The id from the request.</param>
public sealed record PartnerNotFound(PartnerId PartnerId)
    : UserError("There is no such partner. Choose one from the list of partners.");

/// <summary>The partner's name is missing.</summary>
public sealed record PartnerNameRequired() : UserError("Give the partner a name.");

/// <summary>Another partner already has the name, or one that differs only in case, accents or punctuation.</summary>
/// <param name="Name">The name of that partner.</param>
public sealed record PartnerNameTaken(string Name)
    : UserError($"There is already a partner called ‘{Name}’. Choose a different name.");

/// <summary>The text in a field is too long.</summary>
/// <param name="Field">The name of the field whose text is too long.</param>
/// <param name="Most">The maximum length in characters.</param>
public sealed record PartnerTextTooLong(string Field, int Most)
    : UserError($"Shorten the {Field} to at most {Most} characters.");

/// <summary>A list has too many items.</summary>
/// <param name="Field">The name of the list.</param>
/// <param name="Most">The maximum number of items.</param>
public sealed record TooManyForPartner(string Field, int Most) : UserError($"Enter at most {Most} {Field}.");

/// <summary>A contact has no name or no valid email address, or one of them is too long.</summary>
public sealed record ContactMalformed()
    : UserError("Give each contact a name and an email address such as ‘desk@example.com’.");

/// <summary>An application is not given as a tenant id and an object id, separated by a slash.</summary>
public sealed record ApplicationMalformed()
    : UserError(
        "Give each application as tenant id and object id: two GUIDs separated by a slash, as viewer { subject } returns them to the application."
    );

/// <summary>An application belongs to a different partner.</summary>
/// <param name="Partner">The name of that partner.</param>
public sealed record ApplicationTaken(string Partner)
    : UserError($"This application belongs to the partner {Partner}. Remove it there first.");

/// <summary>A person has no name, or no tenant id and object id, separated by a slash.</summary>
public sealed record PersonMalformed()
    : UserError(
        "Give each person a name, and as key the tenant id and the object id: two GUIDs separated by a slash, as the portal shows them to the person."
    );

/// <summary>A person acts for a different partner.</summary>
/// <param name="Partner">The name of that partner.</param>
public sealed record PersonTaken(string Partner)
    : UserError($"This person acts for the partner {Partner}. Remove the person there first.");

/// <summary>A reason is required to suspend a partner.</summary>
public sealed record SuspensionReasonRequired() : UserError("Give a reason, so that others know why.");

/// <summary>The agreement ends before it begins, or at the same time.</summary>
public sealed record AgreementEndsBeforeItBegins()
    : UserError("The agreement must end after it begins. Change one of the two times, or leave out the end.");

/// <summary>A tag is both required and excluded, so no article could match.</summary>
public sealed record TagAlsoExcluded()
    : UserError("A tag cannot be both included and excluded. Remove it from one list.");

/// <summary>A country is unknown.</summary>
/// <param name="Territory">The value from the request.</param>
public sealed record TerritoryUnknown(string Territory)
    : UserError(
        $"‘{Territory}’ is not a country. Write each one as its two letters in ISO 3166-1, such as ‘DE’ or ‘BR’."
    );

/// <summary>A number is too small or too large.</summary>
/// <param name="Field">The field that contains the number.</param>
/// <param name="Least">The smallest number that is allowed.</param>
/// <param name="Most">The largest number that is allowed.</param>
public sealed record NumberOutOfRange(string Field, int Least, int Most)
    : UserError($"Enter a whole number from {Least} to {Most}.");

/// <summary>The attribution contains a placeholder that does not exist.</summary>
/// <param name="Placeholder">The unknown placeholder.</param>
public sealed record PlaceholderUnknown(string Placeholder)
    : UserError(
        $"Use only {{author}}, {{headline}}, {{newsroom}} and {{url}} in the attribution. It contains {Placeholder}."
    );

/// <summary>Somebody saved a newer version of the agreement. Nothing was saved.</summary>
/// <param name="CurrentNumber">The number of the newest version.</param>
public sealed record AgreementChanged(int CurrentNumber)
    : UserError("Somebody saved a newer version of the agreement. Reload, compare and save again.");

/// <summary>The partner already has two feed keys that work.</summary>
public sealed record TooManyFeedKeys()
    : UserError(
        "The partner has two feed keys that work. Revoke the one that it no longer uses, and then create a new one."
    );

/// <summary>The feed key does not exist.</summary>
/// <param name="FeedKeyId">The id from the request.</param>
public sealed record FeedKeyNotFound(FeedKeyId FeedKeyId)
    : UserError("There is no such feed key. Choose one from the partner’s keys.");
