using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel.Drafting;

/// <summary>The take to confirm.</summary>
public sealed record ConfirmTakeInput : MutationInput
{
    /// <summary>The id of the take.</summary>
    public required TakeId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Confirms that a published take is still right after a correction of its article.</summary>
public sealed class ConfirmTake(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Take>> Handle(ConfirmTakeInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeTakeAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, take, _) => Task.FromResult(take.Confirm(actor.Contributor, clock.Now())),
            cancellationToken
        );
}
