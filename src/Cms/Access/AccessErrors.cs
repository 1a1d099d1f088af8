using Cms.Results;

namespace Cms.Access;

public sealed record PersonKeyMalformed()
    : UserError("Give the person as tenant and object id: two GUIDs with a slash between them.");

public sealed record BlockReasonRequired() : UserError("Give a reason, so that others can tell why.");

public sealed record BlockTextTooLong(string Field, int Most)
    : UserError($"Shorten the {Field} to {Most} characters at most.");

public sealed record CannotBlockYourself() : UserError("Choose somebody else: nobody can block themselves.");

public sealed record PersonNotBlocked() : UserError("This person is not blocked. Choose one who is.");
