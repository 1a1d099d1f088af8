using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Portal;

/// <summary>A partner, as its contacts see it.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Agreement">
/// The newest version of the agreement, also before it begins and after it has ended; null if there is none.
/// </param>
/// <param name="Refusal">
/// Why the partner's programs receive nothing now, in a sentence; null if they receive what the agreement includes.
/// </param>
public sealed record PartnerPortal([property: GraphQLIgnore] Partner Partner, OwnAgreement? Agreement, string? Refusal);

[QueryType]
public static class PartnerPortalQueries
{
    /// <summary>
    /// The partner for which you act: its agreement, keys and webhooks; null while the newsroom has not added you to a
    /// partner. You change keys and webhooks with the same mutations as admins of the newsroom.
    /// </summary>
    [Authorize(Policies.Contact)]
    public static Task<PartnerPortal?> GetPartnerPortalAsync(
        Viewer viewer,
        [Service] ReadPartnerPortal portal,
        CancellationToken cancellationToken
    ) => portal.Handle(viewer, cancellationToken);
}

/// <summary>Reads the partner of a contact.</summary>
public sealed class ReadPartnerPortal(ReadContexts contexts, TimeProvider clock)
{
    public async Task<PartnerPortal?> Handle(Viewer viewer, CancellationToken cancellationToken)
    {
        if (viewer.Contact is not { Partner: var id })
        {
            return null;
        }

        using var lease = await contexts.RentAsync(cancellationToken);
        return await ReadAsync(lease.Db, id, clock.Now(), cancellationToken);
    }

    private static async Task<PartnerPortal?> ReadAsync(
        CmsDbContext db,
        PartnerId id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var found = await (
            from partner in db.Partners.AsNoTracking()
            where partner.Id == id
            from agreement in db
                .Agreements.AsNoTracking()
                .Where(a => a.PartnerId == partner.Id && a.Number == partner.AgreementNumber)
                .DefaultIfEmpty()
            select new { Partner = partner, Agreement = agreement }
        ).SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new PartnerPortal(
                found.Partner,
                found.Agreement is { } terms
                    ? new OwnAgreement(found.Partner.Name, terms.Number, terms.CreatedAt, terms.Terms)
                    : null,
                found.Partner.RefusalUnder(found.Agreement, now)
            );
    }
}
