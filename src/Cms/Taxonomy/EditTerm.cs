using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Taxonomy;

public sealed record EditTermInput<TId>
{
    public required TId Id { get; init; }

    /// <summary>
    /// Returns the new fields, given the current ones. It is called in the transaction, once for each attempt.
    /// </summary>
    public required Func<TermFields, TermFields> Edit { get; init; }

    public int? ExpectedVersion { get; init; }
}

/// <summary>Changes the fields of a category, tag, source or author.</summary>
public sealed class EditTerm<T, TId>(CmsDatabase database, TimeProvider clock)
    where T : Term<TId>, ITerm<T, TId>
    where TId : struct, IEntityId<TId>
{
    public Task<Result<T>> Handle(EditTermInput<TId> input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeTermAsync<T, TId>(
            actor,
            input.Id,
            "id",
            input.ExpectedVersion,
            async (db, term, token) =>
            {
                var before = term.ToFields();
                var edited = term.Edit(input.Edit(before), actor.Contributor, clock.Now());
                if (!edited.Value)
                {
                    return edited.Then(term);
                }

                // The rights in the current picture can have ended. That does not prevent other changes.
                if (
                    term.ToFields().Avatar != before.Avatar
                    && await db.RecordPictureAsync(term, clock.Now(), token) is [_, ..] unfit
                )
                {
                    return unfit;
                }

                if (term.FirstPublishedAt is not null)
                {
                    db.Announce(T.Kind.Changed, term.Id);
                }

                return term;
            },
            cancellationToken
        );
}
