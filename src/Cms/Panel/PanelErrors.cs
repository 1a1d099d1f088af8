using Cms.Results;

namespace Cms.Panel;

public sealed record PersonaNotFound(PersonaId Id) : UserError("There is no such persona. Choose one from the panel.");

public sealed record PersonaIncomplete() : UserError("Give the persona a name and a lens.");

public sealed record PersonaSlugFixed()
    : UserError("A persona keeps its slug for life, so that links to it hold. Leave the slug out.");

public sealed record PersonaSlugTaken(string Slug)
    : UserError($"Another persona is called ‘{Slug}’. Choose another slug.");

public sealed record PersonaInactive(PersonaId Id)
    : UserError("This persona has left the panel. Make it active again before it adds a take.");

public sealed record ColourMalformed(string Colour)
    : UserError("Write the accent colour as # and six hexadecimal digits.");

public sealed record TakeNotFound(TakeId Id) : UserError("There is no such take. Check the id.");

public sealed record TakeIncomplete() : UserError("Write the take: it needs a text.");

public sealed record ConfidenceOutOfRange(int Confidence)
    : UserError("Give confidence as a whole number from 0 to 100.");

public sealed record TakeReplyElsewhere(TakeId Id)
    : UserError("A take can only answer another take on the same article. Choose one of those.");

public sealed record TakeNotDrafted(TakeId Id, TakeStatus Status)
    : UserError(
        $"This take is {Status.ToString().ToUpperInvariant()}; only a drafted one can be approved. Draft a new take."
    );
