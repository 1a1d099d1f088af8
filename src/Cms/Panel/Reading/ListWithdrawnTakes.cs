using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Reading;

/// <summary>A take that readers do not see any more. Delete every copy of it.</summary>
/// <param name="TakeId">The take's id.</param>
/// <param name="WithdrawnAt">When readers saw it last.</param>
/// <param name="Reason">If its article was withdrawn, the reason for readers; null if only the take was retracted.</param>
public sealed record WithdrawnTake(TakeId TakeId, DateTimeOffset WithdrawnAt, string? Reason);

/// <summary>
/// Lists takes that readers saw and do not see any more: they were retracted, or their article was withdrawn.
/// </summary>
public sealed class ListWithdrawnTakes(ReadContexts contexts)
{
    /// <summary>The maximum number of takes in one response.</summary>
    public const int MaxSize = 100;

    /// <param name="since">Only takes that were withdrawn at or after this time.</param>
    /// <param name="persona">Only takes of this persona; null for all.</param>
    /// <param name="cancellationToken">Cancelled when the request ends.</param>
    public async Task<List<WithdrawnTake>> Handle(
        DateTimeOffset since,
        PersonaId? persona,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(
            contexts.Reads.List(new WithdrawnTakesRead(persona)),
            cancellationToken
        );
        var db = lease.Db;
        var (past, shown) = (db.PastArticles, db.VisibleTakes);

        // A take disappears with the first edition that does not have it. A partner sees only the past listings that its
        // agreement includes, so it learns of no other take.
        var withdrawn =
            from edition in db.Editions
            where edition.LiveFrom >= since && edition.Number > 1
            join before in db.Editions
                on new { edition.ArticleId, Number = edition.Number - 1 } equals new { before.ArticleId, before.Number }
            join take in db.EditionTakes on before.Id equals take.EditionId
            where
                !db.EditionTakes.Any(same => same.EditionId == edition.Id && same.TakeId == take.TakeId)
                && !shown.Any(listing => listing.TakeId == take.TakeId)
                && past.Any(listing => listing.EditionId == before.Id && listing.FacetId == FacetId.All)
            select new
            {
                take.TakeId,
                take.PersonaId,
                edition.LiveFrom,
                edition.WithdrawalReason,
            };
        if (persona is { } only)
        {
            withdrawn = withdrawn.Where(take => take.PersonaId == only);
        }

        var found = await withdrawn
            .OrderByDescending(take => take.LiveFrom)
            .ThenByDescending(take => take.TakeId)
            .Take(MaxSize)
            .Select(take => new WithdrawnTake(take.TakeId, take.LiveFrom, take.WithdrawalReason))
            .ToListAsync(cancellationToken);

        // A take can be withdrawn, published again and withdrawn again.
        return [.. found.DistinctBy(take => take.TakeId)];
    }

    /// <summary>Records the read. Only a take that appears or disappears can change the list.</summary>
    private sealed record WithdrawnTakesRead(PersonaId? Persona) : IListRead
    {
        public bool IsChangedBy(ArticleState? before, ArticleState? after)
        {
            var was = IdsIn(before);
            return !was.SetEquals(IdsIn(after));
        }

        private HashSet<TakeId> IdsIn(ArticleState? state) =>
            state is null
                ? []
                : [.. state.Takes.Where(take => Persona is null || take.Persona == Persona).Select(take => take.Id)];
    }
}
