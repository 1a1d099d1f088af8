using Cms.Access;
using Cms.Articles;
using Cms.Articles.Comments;
using Cms.Articles.Gate;
using Cms.Articles.Workflow;
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

    /// <summary>
    /// Asks for a persona's take on an article. If there is one, this changes who writes it, when it is due and what is
    /// asked for.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("take")]
    [Errors<ArticleNotFound, PersonaNotFound, PersonaInactive, StaffNotFound, ArticleTrashed>]
    [Errors<VersionConflict, TextTooLong>]
    public static Task<Result<Take>> RequestTakeAsync(
        RequestTakeInput input,
        Viewer viewer,
        [Service] RequestTake operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Drafts a persona's take on an article, for an editor to approve. If the persona already has a take on the
    /// article, the text becomes a new revision of that take.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("take")]
    [Errors<ArticleNotFound, PersonaNotFound, PersonaInactive, TakeReplyElsewhere, TakeReplyNested>]
    [Errors<TakeIncomplete, ConfidenceOutOfRange, TextTooLong, ModelNameRequired, ModelIsRecorded>]
    public static Task<Result<Take>> DraftTakeAsync(
        NewTake input,
        Viewer viewer,
        [Service] DraftTake operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Saves a take as a new revision. Readers see the approved revision until a newer one is approved and published.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("take")]
    [Errors<TakeNotFound, VersionConflict, PersonaInactive, TakeReplyElsewhere, TakeReplyNested>]
    [Errors<TakeIncomplete, ConfidenceOutOfRange, TextTooLong, ModelNameRequired, ModelIsRecorded>]
    public static Task<Result<Take>> SaveTakeAsync(
        EditedTake input,
        Viewer viewer,
        [Service] SaveTake operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken);

    /// <summary>Submits the newest revision of a take for review.</summary>
    [Authorize(Policies.Author)]
    [Payload("take")]
    [Errors<TakeNotFound, VersionConflict, TakeNotWritten, TakeAlreadyApproved>]
    public static Task<Result<Take>> SubmitTakeAsync(
        SubmitTakeInput input,
        Viewer viewer,
        [Service] SubmitTake operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Asks the writer of a take for changes. The comment describes the changes.</summary>
    [Authorize(Policies.Editor)]
    [Payload("take")]
    [Errors<TakeNotFound, VersionConflict, TakeNotInReview>]
    [Errors<CommentRequired, TextTooLong, TooManyComments, StaffNotFound>]
    public static Task<Result<Take>> RequestTakeChangesAsync(
        RequestTakeChangesInput input,
        Viewer viewer,
        [Service] RequestTakeChanges operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Approves the newest revision of a take for the article's next edition. It replaces the revision that was approved
    /// before. If `publish` is true, it becomes public at once, as an update of the published article.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("take")]
    [Errors<TakeNotFound, VersionConflict, TakeNotWritten, TakeRevisionNotNewest, ArticleNotPublished, CheckFailed>]
    public static Task<Result<Take>> ApproveTakeAsync(
        ApproveTakeInput input,
        Viewer viewer,
        [Service] ApproveTake operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>
    /// Retracts a take, or cancels a request for one. If the take is published, it is removed from the published
    /// article at once.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("take")]
    [Errors<TakeNotFound, VersionConflict, RetractionReasonRequired, TextTooLong>]
    public static Task<Result<Take>> RetractTakeAsync(
        RetractTakeInput input,
        Viewer viewer,
        [Service] RetractTake operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Confirms that a published take is still right after a correction of its article.</summary>
    [Authorize(Policies.Editor)]
    [Payload("take")]
    [Errors<TakeNotFound, VersionConflict, TakeNotStale>]
    public static Task<Result<Take>> ConfirmTakeAsync(
        ConfirmTakeInput input,
        Viewer viewer,
        [Service] ConfirmTake operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
