using Cms.GraphQL;

namespace Cms.Panel;

/// <summary>The persona does not exist.</summary>
/// <param name="PersonaId">The id from the request.</param>
public sealed record PersonaNotFound(PersonaId PersonaId)
    : UserError("There is no such persona. Choose one from the panel.");

/// <summary>The persona's name or lens is missing.</summary>
public sealed record PersonaIncomplete() : UserError("Give the persona a name and a lens.");

/// <summary>A persona's slug cannot be changed.</summary>
public sealed record PersonaSlugFixed()
    : UserError("The slug of a persona cannot be changed, because links use it. Leave the slug out.");

/// <summary>Another persona already uses the slug.</summary>
/// <param name="Slug">The slug that is taken.</param>
public sealed record PersonaSlugTaken(string Slug)
    : UserError($"The slug ‘{Slug}’ is already in use. Choose a different slug.");

/// <summary>The persona is no longer active.</summary>
/// <param name="PersonaId">The id of the persona.</param>
public sealed record PersonaInactive(PersonaId PersonaId)
    : UserError("This persona has left the panel. Make it active again before it adds a take.");

/// <summary>The take does not exist.</summary>
/// <param name="TakeId">The id from the request.</param>
public sealed record TakeNotFound(TakeId TakeId) : UserError("There is no such take. Check the id.");

/// <summary>The take's text is missing.</summary>
public sealed record TakeIncomplete() : UserError("The take has no text. Write one.");

/// <summary>The confidence is not between 0 and 100.</summary>
/// <param name="Confidence">The value from the request.</param>
public sealed record ConfidenceOutOfRange(int Confidence)
    : UserError("Give confidence as a whole number from 0 to 100.");

/// <summary>The take to reply to does not exist or is on a different article.</summary>
/// <param name="TakeId">The id from the request.</param>
public sealed record TakeReplyElsewhere(TakeId TakeId)
    : UserError("A take can only answer another take on the same article. Choose one of those.");

/// <summary>The take to reply to is a reply itself, or the replying take has replies.</summary>
/// <param name="TakeId">The id from the request.</param>
public sealed record TakeReplyNested(TakeId TakeId)
    : UserError(
        "A take cannot answer a reply, and a take with replies cannot be one. Choose a take that is not a reply."
    );

/// <summary>The take has no text that can be submitted or approved.</summary>
/// <param name="TakeId">The id of the take.</param>
/// <param name="Status">The status of the take.</param>
public sealed record TakeNotWritten(TakeId TakeId, TakeStatus Status)
    : UserError($"This take is {Status.ToString().ToUpperInvariant()}. Write it with saveTake first.");

/// <summary>The take is not in review.</summary>
/// <param name="TakeId">The id of the take.</param>
public sealed record TakeNotInReview(TakeId TakeId)
    : UserError("This take is not in review. Ask its writer to submit it.");

/// <summary>The newest revision of the take is approved.</summary>
/// <param name="TakeId">The id of the take.</param>
public sealed record TakeAlreadyApproved(TakeId TakeId)
    : UserError("The newest revision of this take is approved. Save a new revision before you submit it.");

/// <summary>The revision to approve is not the newest one.</summary>
/// <param name="NewestRevisionId">The id of the newest revision.</param>
public sealed record TakeRevisionNotNewest(TakeRevisionId NewestRevisionId)
    : UserError("The take has a newer revision. Read it, and approve that one.");

/// <summary>The take is not stale.</summary>
/// <param name="TakeId">The id of the take.</param>
public sealed record TakeNotStale(TakeId TakeId)
    : UserError("No correction has made this take stale. Leave it as it is.");

/// <summary>The reason is missing.</summary>
public sealed record RetractionReasonRequired() : UserError("The reason is missing. Write why you retract the take.");
