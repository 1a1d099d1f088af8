using Cms.Data;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.People;
using Cms.References;

namespace Cms.Taxonomy;

public sealed record DeleteTermInput<TId>
{
    public required TId Id { get; init; }

    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Deletes a category, tag, source or author, unless something uses it. If readers saw it, its slug stays taken, because links
/// and copies elsewhere would otherwise lead to something else. Creating a term with that slug brings it back.
/// </summary>
public sealed class DeleteTerm<T, TId>(CmsDatabase database, TimeProvider clock)
    where T : Term<TId>, ITerm<T, TId>
    where TId : struct, IEntityId<TId>
{
    public Task<Result<T>> Handle(DeleteTermInput<TId> input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeTermAsync<T, TId>(
            actor,
            input.Id,
            "id",
            input.ExpectedVersion,
            async (db, term, token) =>
            {
                var usages = (await db.UsagesAsync([term.Id], Usages.Named, token))[term.Id];
                if (usages.TotalCount > 0)
                {
                    return T.InUse(term.Id, usages) with { Path = ["id"] };
                }

                if (term.Id is CategoryId category)
                {
                    await db.DeleteFrontAsync(category, token);
                }

                if (term.FirstPublishedAt is not null)
                {
                    await db.RecordSlugAsync<T, TId>(term, token);
                    db.Announce(T.Kind.Changed, term.Id);
                }

                term.Delete(actor.Contributor, clock.Now());
                await db.RecordPictureAsync(term, clock.Now(), token);
                return term;
            },
            cancellationToken
        );
}
