using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel.Drafting;

public sealed record SaveTakeInput
{
    public required TakeId Id { get; init; }

    /// <summary>
    /// Returns the new words, given the current ones. It is called in the transaction, once for each attempt.
    /// </summary>
    public required Func<TakeDraft, TakeDraft> Edit { get; init; }

    public Optional<DraftedWith?> DraftedWith { get; init; }

    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Saves a take as a new revision. Readers see the approved revision until a newer one is approved and published.
/// </summary>
public sealed class SaveTake(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Take>> Handle(SaveTakeInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeTakeAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (db, take, token) => db.SaveTakeAsync(take, input.Edit, input.DraftedWith, actor, clock.Now(), token),
            cancellationToken
        );
}
