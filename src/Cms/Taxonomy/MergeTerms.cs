using Cms.Articles.Desk;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.People;
using Cms.References;
using Microsoft.EntityFrameworkCore;

namespace Cms.Taxonomy;

public sealed record MergeTermsInput<TId>
{
    /// <summary>The term to merge into the other one.</summary>
    public required TId From { get; init; }

    /// <summary>The term that it becomes.</summary>
    public required TId Into { get; init; }

    /// <summary>The version of the term to merge into the other one; null skips the check.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Merges a category, tag, source or author into another one of its kind. Editions and public lists move in the same
/// transaction, each table in a few statements, whatever the number of articles. Revisions never change: they find
/// the term through its alias.
/// </summary>
public sealed class MergeTerms<T, TId>(CmsDatabase database, TimeProvider clock)
    where T : Term<TId>, ITerm<T, TId>
    where TId : struct, IEntityId<TId>
{
    public Task<Result<T>> Handle(MergeTermsInput<TId> input, Actor actor, CancellationToken cancellationToken) =>
        input.From.Equals(input.Into)
            ? Task.FromResult<Result<T>>(new TermMergedIntoItself { Path = ["into"] })
            : database.ChangeTermAsync<T, TId>(
                actor,
                input.From,
                "from",
                input.ExpectedVersion,
                async (db, from, token) =>
                {
                    var found = await db.TermAsync<T, TId>(input.Into, "into", token);
                    if (!found.Succeeded(out var into, out _))
                    {
                        return found;
                    }

                    await db.MoveEditionsAsync(T.Kind, from.Id, into.Id, token);
                    if (from.Id is CategoryId category)
                    {
                        await db.DeleteFrontAsync(category, token);
                    }

                    await db.MoveReferencesAsync(from.Id, into.Id, token);
                    await db.MoveOnDeskAsync(from.Id, into.Id, token);
                    List<TId> gone = [from.Id];
                    TId? target = into.Id;
                    await db.Set<T>()
                        .Where(term => term.MergedInto != null && gone.Contains(term.MergedInto!.Value))
                        .ExecuteUpdateAsync(set => set.SetProperty(x => x.MergedInto, target), token);
                    if (from.FirstPublishedAt is not null)
                    {
                        await db.RecordSlugAsync<T, TId>(from, token);
                        db.Announce(T.Kind.Changed, from.Id);
                    }

                    db.Audit.About(from);
                    from.MergeInto(into, actor.Contributor, clock.Now());
                    await db.RecordPictureAsync(from, clock.Now(), token);
                    if (into.FirstPublishedAt is not null)
                    {
                        db.Announce(T.Kind.Changed, into.Id);
                    }

                    return into;
                },
                cancellationToken
            );
}
