using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Taxonomy;

public sealed record RenameTermInput<TId>
{
    public required TId Id { get; init; }

    public required string Slug { get; init; }

    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Changes the slug of a category, tag, source or author. If it is public, the old slug redirects. Imports find it by its old
/// slug in any case.
/// </summary>
public sealed class RenameTerm<T, TId>(CmsDatabase database, TimeProvider clock)
    where T : Term<TId>, ITerm<T, TId>
    where TId : struct, IEntityId<TId>
{
    public Task<Result<T>> Handle(RenameTermInput<TId> input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeTermAsync<T, TId>(
            actor,
            input.Id,
            "id",
            input.ExpectedVersion,
            async (db, term, token) =>
            {
                if (input.Slug == term.Slug)
                {
                    return term;
                }

                var claimed = await db.ClaimTermSlugAsync<T, TId>(input.Slug, term.Name, term.Id, token);
                if (!claimed.Succeeded(out var slug, out _))
                {
                    return claimed.Then(term);
                }

                await db.RecordSlugAsync<T, TId>(term, token);
                term.Rename(slug, actor.Contributor, clock.Now());
                if (term.FirstPublishedAt is not null)
                {
                    db.Announce(T.Kind.Changed, term.Id);
                }

                return term;
            },
            cancellationToken
        );
}
