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

/// <summary>Changes the fields of a category, tag or source.</summary>
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
            (db, term, _) =>
            {
                var edited = term.Edit(input.Edit(term.ToFields()), actor.Contributor, clock.Now());
                if (edited.Value && term.FirstPublishedAt is not null)
                {
                    db.Announce(T.Kind.Changed, term.Id);
                }

                return Task.FromResult(edited.Then(term));
            },
            cancellationToken
        );
}
