using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

[ObjectType<DeskRoot>]
public static class PartnerDesk
{
    /// <summary>All partners, in order of name.</summary>
    [Authorize(Policies.Admin)]
    public static Task<Connection<Partner>?> GetPartnersAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "desk partners",
            page,
            db => db.Partners.AsNoTracking(),
            partner => partner,
            partner => partner.Id,
            subject: null,
            cancellationToken
        )!;

    /// <summary>A partner; null if none has this id.</summary>
    /// <param name="id">The partner's id.</param>
    [Authorize(Policies.Admin)]
    public static Task<Partner?> GetPartnerAsync(
        PartnerId id,
        [Service] ReadDeskPartner partner,
        CancellationToken cancellationToken
    ) => partner.Handle(id, cancellationToken);
}

/// <summary>Reads a partner.</summary>
public sealed class ReadDeskPartner(ReadContexts contexts)
{
    public async Task<Partner?> Handle(PartnerId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.Partners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
    }
}
