using Cms.GraphQL;

namespace Cms.Panel;

/// <summary>There is no such persona.</summary>
/// <param name="PersonaId">The id asked for.</param>
public sealed record PersonaNotFound(PersonaId PersonaId)
    : UserError("There is no such persona. Choose one from the panel.");

/// <summary>A persona has a name and a lens.</summary>
public sealed record PersonaIncomplete() : UserError("Give the persona a name and a lens.");

/// <summary>A persona keeps its slug.</summary>
public sealed record PersonaSlugFixed()
    : UserError("A persona keeps its slug for life, so that links to it hold. Leave the slug out.");

/// <summary>Another persona has the slug.</summary>
/// <param name="Slug">The slug asked for.</param>
public sealed record PersonaSlugTaken(string Slug)
    : UserError($"Another persona is called ‘{Slug}’. Choose another slug.");

/// <summary>The persona has left the panel.</summary>
/// <param name="PersonaId">The persona.</param>
public sealed record PersonaInactive(PersonaId PersonaId)
    : UserError("This persona has left the panel. Make it active again before it adds a take.");

/// <summary>The colour is not written as #rrggbb.</summary>
/// <param name="Colour">What was written.</param>
public sealed record ColourMalformed(string Colour)
    : UserError("Write the accent colour as # and six hexadecimal digits.");

/// <summary>There is no such take.</summary>
/// <param name="TakeId">The id asked for.</param>
public sealed record TakeNotFound(TakeId TakeId) : UserError("There is no such take. Check the id.");

/// <summary>A take has a text.</summary>
public sealed record TakeIncomplete() : UserError("Write the take: it needs a text.");

/// <summary>Confidence lies between 0 and 100.</summary>
/// <param name="Confidence">What was given.</param>
public sealed record ConfidenceOutOfRange(int Confidence)
    : UserError("Give confidence as a whole number from 0 to 100.");

/// <summary>The take to answer is on another article, or nowhere.</summary>
/// <param name="TakeId">The id asked for.</param>
public sealed record TakeReplyElsewhere(TakeId TakeId)
    : UserError("A take can only answer another take on the same article. Choose one of those.");

/// <summary>Only a drafted take can be approved.</summary>
/// <param name="TakeId">The take.</param>
/// <param name="Status">Where it stands.</param>
public sealed record TakeNotDrafted(TakeId TakeId, TakeStatus Status)
    : UserError(
        $"This take is {Status.ToString().ToUpperInvariant()}; only a drafted one can be approved. Draft a new take."
    );
