using Cms.GraphQL;

namespace Cms.Access;

/// <summary>What names a person is not an id of one.</summary>
public sealed record PersonKeyMalformed()
    : UserError("Give the person as tenant and object id: two GUIDs with a slash between them.");

/// <summary>A block says why.</summary>
public sealed record BlockReasonRequired() : UserError("Give a reason, so that others can tell why.");

/// <summary>A text is longer than is kept.</summary>
/// <param name="Field">Which.</param>
/// <param name="Most">How many characters are kept.</param>
public sealed record BlockTextTooLong(string Field, int Most)
    : UserError($"Shorten the {Field} to {Most} characters at most.");

/// <summary>Who blocks themselves could not undo it.</summary>
public sealed record CannotBlockYourself() : UserError("Choose somebody else: nobody can block themselves.");

/// <summary>There is no such block.</summary>
public sealed record PersonNotBlocked() : UserError("This person is not blocked. Choose one who is.");
