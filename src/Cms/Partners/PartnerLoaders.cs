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

/// <summary>Loads the newest versions of partners' agreements.</summary>
public sealed class CurrentAgreement(ReadContexts contexts) : BatchLoader<PartnerId, Agreement?>
{
    protected override async Task<Dictionary<PartnerId, Agreement?>> ReadAsync(
        List<PartnerId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Agreements.AsNoTracking()
            .Where(a => keys.Contains(a.PartnerId))
            .Where(a => lease.Db.Partners.Any(p => p.Id == a.PartnerId && p.AgreementNumber == a.Number))
            .ToDictionaryAsync(a => a.PartnerId, Agreement? (a) => a, cancellationToken);
    }
}

/// <summary>Loads some versions of partners' agreements, newest first. They are numbered without gaps.</summary>
public sealed class AgreementsByPartner(ReadContexts contexts)
    : BatchLoader<(PartnerId Partner, int First, int? Before), List<Agreement>>
{
    protected override List<Agreement> Missing((PartnerId Partner, int First, int? Before) key) => [];

    protected override async Task<Dictionary<(PartnerId Partner, int First, int? Before), List<Agreement>>> ReadAsync(
        List<(PartnerId Partner, int First, int? Before)> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        Dictionary<(PartnerId, int, int?), List<Agreement>> pages = [];
        using var lease = await contexts.RentAsync(cancellationToken);
        foreach (var same in keys.GroupBy(key => (key.First, key.Before), key => key.Partner))
        {
            var ((first, before), partners) = (same.Key, same.ToList());
            var all = lease.Db.Agreements.AsNoTracking().Where(a => partners.Contains(a.PartnerId));
            var rows = await (
                before is { } end
                    ? all.Where(a => a.Number < end && a.Number >= end - first)
                    : all.Where(a =>
                        lease.Db.Partners.Any(p => p.Id == a.PartnerId && a.Number > p.AgreementNumber - first)
                    )
            )
                .OrderBy(a => a.PartnerId)
                .ThenByDescending(a => a.Number)
                .ToListAsync(cancellationToken);
            foreach (var versions in rows.GroupBy(a => a.PartnerId))
            {
                pages.Add((versions.Key, first, before), [.. versions]);
            }
        }

        return pages;
    }
}

/// <summary>Loads which versions of their agreements partners have accepted.</summary>
public sealed class AcceptancesByPartner(ReadContexts contexts) : GroupLoader<PartnerId, AgreementAcceptance>
{
    protected override PartnerId KeyOf(AgreementAcceptance row) => row.PartnerId;

    protected override async Task<List<AgreementAcceptance>> ReadRowsAsync(
        List<PartnerId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.AgreementAcceptances.AsNoTracking()
            .Where(a => keys.Contains(a.PartnerId))
            .OrderBy(a => a.PartnerId)
            .ThenByDescending(a => a.Number)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Which feed keys of a partner to list.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="First">The most keys.</param>
/// <param name="Before">Only keys that are older than this one; null for all.</param>
/// <param name="IsRevoked">Only keys that are revoked, or only those that are not; null for all.</param>
public readonly record struct FeedKeyPage(PartnerId Partner, int First, FeedKeyId? Before, bool? IsRevoked);

/// <summary>Loads feed keys of partners, newest first.</summary>
public sealed class FeedKeysByPartner(ReadContexts contexts) : BatchLoader<FeedKeyPage, List<FeedKey>>
{
    protected override List<FeedKey> Missing(FeedKeyPage key) => [];

    protected override async Task<Dictionary<FeedKeyPage, List<FeedKey>>> ReadAsync(
        List<FeedKeyPage> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        Dictionary<FeedKeyPage, List<FeedKey>> pages = [];
        using var lease = await contexts.RentAsync(cancellationToken);
        foreach (var same in keys.GroupBy(key => key with { Partner = default }, key => key.Partner))
        {
            var ((_, first, before, isRevoked), partners) = (same.Key, same.ToList());
            var all = lease.Db.FeedKeys.AsQueryable();
            if (before is { } end)
            {
                all = all.Where(k => k.Id < end);
            }

            if (isRevoked is { } revoked)
            {
                all = all.Where(k => k.RevokedAt != null == revoked);
            }

            var rows = await lease
                .Db.Partners.Where(p => partners.Contains(p.Id))
                .SelectMany(p => all.Where(k => k.PartnerId == p.Id).OrderByDescending(k => k.Id).Take(first))
                .AsNoTracking()
                .ToListAsync(cancellationToken);
            foreach (var found in rows.GroupBy(k => k.PartnerId))
            {
                pages.Add(same.Key with { Partner = found.Key }, [.. found.OrderByDescending(k => k.Id.Value)]);
            }
        }

        return pages;
    }
}
