using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

public sealed record CreateTermInput
{
    public required TermFields Fields { get; init; }

    /// <summary>The requested slug; null to make one from the name.</summary>
    public string? Slug { get; init; }
}

/// <summary>
/// Adds a category, tag, source or author. It becomes public with the first edition that shows it. If a term with this slug was
/// deleted, that term comes back: its old links work again.
/// </summary>
public sealed class CreateTerm<T, TId>(CmsDatabase database, TimeProvider clock)
    where T : Term<TId>, ITerm<T, TId>
    where TId : struct, IEntityId<TId>
{
    public Task<Result<T>> Handle(CreateTermInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<T>(
            actor,
            async (db, token) =>
            {
                if (input.Fields.Refusals() is [_, ..] refusals)
                {
                    return refusals;
                }

                var deleted = await DeletedAsync(db, input.Slug ?? Slug.From(input.Fields.Name), token);
                var claimed = await db.ClaimTermSlugAsync<T, TId>(input.Slug, input.Fields.Name, deleted?.Id, token);
                if (!claimed.Succeeded(out var slug, out var errors))
                {
                    return errors.ToList();
                }

                var term = deleted ?? T.Create(new TId { Value = Guid.CreateVersion7() }, slug, input.Fields.Name);
                if (deleted is null)
                {
                    db.Add(term);
                }

                term.Edit(input.Fields, actor.Contributor, clock.Now());
                term.Revive(actor.Contributor, clock.Now());
                return await db.RecordPictureAsync(term, clock.Now(), token) is [_, ..] unfit ? unfit : term;
            },
            cancellationToken
        );

    private static Task<T?> DeletedAsync(CmsDbContext db, string? slug, CancellationToken cancellationToken) =>
        db.Set<T>()
            .SingleOrDefaultAsync(
                term => term.Slug == slug && term.DeletedAt != null && term.MergedInto == null,
                cancellationToken
            );
}
