using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel.Drafting;

/// <summary>The take to submit.</summary>
public sealed record SubmitTakeInput : MutationInput
{
    /// <summary>The id of the take.</summary>
    public required TakeId Id { get; init; }

    /// <summary>The version that the writer last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Submits the newest revision of a take for review.</summary>
public sealed class SubmitTake(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Take>> Handle(SubmitTakeInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeTakeAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, take, _) => Task.FromResult(take.Submit(actor.Contributor, clock.Now())),
            cancellationToken
        );
}
