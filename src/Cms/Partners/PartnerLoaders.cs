using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

/// <summary>Loads the applications of partners.</summary>
public sealed class ApplicationsByPartner(ReadContexts contexts) : GroupLoader<PartnerId, PartnerApplication>
{
    protected override PartnerId KeyOf(PartnerApplication row) => row.PartnerId;

    protected override async Task<List<PartnerApplication>> ReadRowsAsync(
        List<PartnerId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.PartnerApplications.AsNoTracking()
            .Where(a => keys.Contains(a.PartnerId))
            .OrderBy(a => a.PartnerId)
            .ThenBy(a => a.Ordinal)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Loads the people who act for partners.</summary>
public sealed class PeopleByPartner(ReadContexts contexts) : GroupLoader<PartnerId, PartnerPerson>
{
    protected override PartnerId KeyOf(PartnerPerson row) => row.PartnerId;

    protected override async Task<List<PartnerPerson>> ReadRowsAsync(
        List<PartnerId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.PartnerPeople.AsNoTracking()
            .Where(p => keys.Contains(p.PartnerId))
            .OrderBy(p => p.PartnerId)
            .ThenBy(p => p.Ordinal)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Loads the versions of partners' agreements, newest first.</summary>
public sealed class AgreementsByPartner(ReadContexts contexts) : GroupLoader<PartnerId, Agreement>
{
    protected override PartnerId KeyOf(Agreement row) => row.PartnerId;

    protected override async Task<List<Agreement>> ReadRowsAsync(
        List<PartnerId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Agreements.AsNoTracking()
            .Where(a => keys.Contains(a.PartnerId))
            .OrderBy(a => a.PartnerId)
            .ThenByDescending(a => a.Number)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Loads the feed keys of partners, newest first.</summary>
public sealed class FeedKeysByPartner(ReadContexts contexts) : GroupLoader<PartnerId, FeedKey>
{
    protected override PartnerId KeyOf(FeedKey row) => row.PartnerId;

    protected override async Task<List<FeedKey>> ReadRowsAsync(
        List<PartnerId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.FeedKeys.AsNoTracking()
            .Where(k => keys.Contains(k.PartnerId))
            .OrderBy(k => k.PartnerId)
            .ThenByDescending(k => k.Id)
            .ToListAsync(cancellationToken);
    }
}
