using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Taxonomy;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Reading;

/// <summary>The number of takes with one stance in one group.</summary>
internal sealed class StanceCount<TGroup>
{
    public required TGroup Group { get; init; }

    public required Stance Stance { get; init; }

    public required int Count { get; init; }
}

/// <summary>Counts published takes by stance, for several groups in one statement for each start of a period.</summary>
public abstract class StancesBy<TGroup>(ReadContexts contexts)
    : BatchLoader<(TGroup Group, DateTimeOffset? Since), StanceTotals>
    where TGroup : struct
{
    /// <summary>Returns the counts of the groups, from a time on.</summary>
    private protected abstract IQueryable<StanceCount<TGroup>> Query(
        CmsDbContext db,
        List<TGroup> groups,
        DateTimeOffset since
    );

    private protected abstract IListRead ReadOf(TGroup group, DateTimeOffset since);

    protected sealed override async Task<Dictionary<(TGroup Group, DateTimeOffset? Since), StanceTotals>> ReadAsync(
        List<(TGroup Group, DateTimeOffset? Since)> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var totals = new Dictionary<(TGroup Group, DateTimeOffset? Since), StanceTotals>(keys.Count);
        using var lease = await contexts.RentAsync(contexts.Reads.AsItGoes, cancellationToken);
        foreach (var period in keys.GroupBy(key => key.Since, key => key.Group))
        {
            var since = period.Key ?? DateTimeOffset.MinValue;
            List<TGroup> groups = [.. period];
            groups.ForEach(group => contexts.Reads.List(ReadOf(group, since)));
            var found = (await Query(lease.Db, groups, since).ToListAsync(cancellationToken)).ToLookup(row =>
                row.Group
            );
            foreach (var group in groups)
            {
                totals[(group, period.Key)] = found[group]
                    .Aggregate(StanceTotals.None, (all, row) => all.With(row.Stance, row.Count));
            }
        }

        return totals;
    }
}

/// <summary>Counts the published takes of personas by stance.</summary>
public sealed class StancesByPersona(ReadContexts contexts) : StancesBy<PersonaId>(contexts)
{
    private protected override IQueryable<StanceCount<PersonaId>> Query(
        CmsDbContext db,
        List<PersonaId> groups,
        DateTimeOffset since
    ) =>
        db
            .VisibleTakes.Where(take => groups.Contains(take.PersonaId) && take.PublishedAt >= since)
            .GroupBy(take => new { take.PersonaId, take.Stance })
            .Select(group => new StanceCount<PersonaId>
            {
                Group = group.Key.PersonaId,
                Stance = group.Key.Stance,
                Count = group.Count(),
            });

    private protected override IListRead ReadOf(PersonaId group, DateTimeOffset since) =>
        new PersonaStancesRead(group, since);
}

/// <summary>Counts the takes on published articles by stance, for lists of articles such as categories.</summary>
public sealed class StancesByFacet(ReadContexts contexts) : StancesBy<FacetId>(contexts)
{
    private protected override IQueryable<StanceCount<FacetId>> Query(
        CmsDbContext db,
        List<FacetId> groups,
        DateTimeOffset since
    ) =>
        db
            .VisibleArticles.Where(listing => groups.Contains(listing.FacetId) && listing.PublishedAt >= since)
            .Join(
                db.VisibleTakes,
                listing => listing.EditionId,
                take => take.EditionId,
                (listing, take) => new { listing.FacetId, take.Stance }
            )
            .GroupBy(take => take)
            .Select(group => new StanceCount<FacetId>
            {
                Group = group.Key.FacetId,
                Stance = group.Key.Stance,
                Count = group.Count(),
            });

    private protected override IListRead ReadOf(FacetId group, DateTimeOffset since) =>
        new FacetStancesRead(group, since);
}

/// <summary>Records that a response contains the number of a persona's takes for each stance.</summary>
internal sealed record PersonaStancesRead(PersonaId Persona, DateTimeOffset Since) : IListRead
{
    public bool IsChangedBy(ArticleState? before, ArticleState? after) => Count(before) != Count(after);

    private StanceTotals Count(ArticleState? state) =>
        StanceTotals.Of(
            (state?.Takes ?? new HashSet<TakeState>())
                .Where(take => take.Persona == Persona && take.PublishedAt >= Since)
                .Select(take => take.Stance)
        );
}

/// <summary>Records that a response contains the number of takes for each stance in a list of articles.</summary>
internal sealed record FacetStancesRead(FacetId Facet, DateTimeOffset Since) : IListRead
{
    public bool IsChangedBy(ArticleState? before, ArticleState? after) => Count(before) != Count(after);

    private StanceTotals Count(ArticleState? state) =>
        state is not null && state.PublishedAt >= Since && state.Facets.Contains(Facet)
            ? StanceTotals.Of(state.Takes.Select(take => take.Stance))
            : StanceTotals.None;
}

[ObjectType<PublicPersona>]
public static class PersonaStances
{
    /// <summary>The number of the persona's published takes for each stance.</summary>
    /// <param name="since">Count only takes that were published at this time or later; default: all takes.</param>
    [Cost(10)]
    public static IDataLoaderResult<StanceTotals> GetStancesAsync(
        [Parent(nameof(PublicPersona.Id))] PublicPersona persona,
        [Service] StancesByPersona stances,
        DateTimeOffset? since = null
    ) => stances.Load((persona.Id, since));
}

[ObjectType<Category>]
public static class CategoryStances
{
    /// <summary>The number of takes on the published articles in this category for each stance.</summary>
    /// <param name="since">
    /// Count only takes on articles that were published at this time or later; default: on all articles.
    /// </param>
    [Cost(10)]
    public static IDataLoaderResult<StanceTotals> GetStancesAsync(
        [Parent(nameof(Category.Id))] Category category,
        [Service] StancesByFacet stances,
        DateTimeOffset? since = null
    ) => stances.Load((FacetId.Of(category.Id), since));
}
