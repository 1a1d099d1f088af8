using Cms.GraphQL;

namespace Cms.Access;

/// <summary>The identifier is not a tenant id and an object id, separated by a slash.</summary>
public sealed record PersonKeyMalformed()
    : UserError("Give the person as tenant id and object id: two GUIDs separated by a slash.");

/// <summary>A reason is required to block a person or an application.</summary>
public sealed record BlockReasonRequired() : UserError("Give a reason, so that others know why.");

/// <summary>The text in a field is too long.</summary>
/// <param name="Field">The name of the field whose text is too long.</param>
/// <param name="Most">The maximum length in characters.</param>
public sealed record BlockTextTooLong(string Field, int Most)
    : UserError($"Shorten the {Field} to at most {Most} characters.");

/// <summary>You cannot block yourself, because you could not undo it.</summary>
public sealed record CannotBlockYourself() : UserError("You cannot block yourself. Choose someone else.");

/// <summary>The person is not blocked.</summary>
public sealed record PersonNotBlocked() : UserError("This person is not blocked. Choose someone who is blocked.");

/// <summary>There is no such member of staff.</summary>
/// <param name="StaffId">The id from the request.</param>
public sealed record StaffNotFound(StaffId StaffId)
    : UserError("There is no such member of staff. Choose one from desk.people: it lists everybody who has signed in.");
