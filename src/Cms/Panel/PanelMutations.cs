using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel.Drafting;
using Cms.People;

namespace Cms.Panel;

[MutationType]
public static class PanelMutations
{
    /// <summary>Adds a persona to the panel.</summary>
    [Authorize(Policies.Admin)]
    [Payload("persona")]
    [Errors<PersonaIncomplete, SlugMalformed, PersonaSlugTaken, ColourMalformed, TextTooLong>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    public static Task<Result<Persona>> CreatePersonaAsync(
        NewPersona input,
        Viewer viewer,
        [Service] CreatePersona operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>Changes a persona. Existing takes keep the name and lens that they were written under.</summary>
    [Authorize(Policies.Admin)]
    [Payload("persona")]
    [Errors<PersonaNotFound, VersionConflict, PersonaSlugFixed>]
    [Errors<PersonaIncomplete, SlugMalformed, ColourMalformed, TextTooLong>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    public static Task<Result<Persona>> EditPersonaAsync(
        EditedPersona input,
        Viewer viewer,
        [Service] EditPersona operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>Drafts a persona's take on an article, for an editor to approve.</summary>
    [Authorize(Policies.Author)]
    [Payload("take")]
    [Errors<ArticleNotFound, PersonaNotFound, PersonaInactive, TakeReplyElsewhere>]
    [Errors<TakeIncomplete, ConfidenceOutOfRange, TextTooLong>]
    public static Task<Result<Take>> DraftTakeAsync(
        NewTake input,
        Viewer viewer,
        [Service] DraftTake operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Approves a take for the article's next edition. It replaces the persona's earlier approved take on the article.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("take")]
    [Errors<TakeNotFound, TakeNotDrafted>]
    public static Task<Result<Take>> ApproveTakeAsync(
        ApproveTakeInput input,
        Viewer viewer,
        [Service] ApproveTake operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
