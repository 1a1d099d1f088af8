using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Partners.Usage;
using Cms.People;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

/// <summary>
/// Reads the agreement of a partner each time that one of its programs or contacts sends an operation, so that a
/// suspension, a new version and the dates of an agreement take effect at once, and so does the removal of a contact. An
/// application that belongs to no partner sees what readers see.
/// </summary>
internal sealed class AdmitPartners(
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability,
    DatabaseErrors errors,
    PartnerLimits limits,
    TimeProvider clock
) : IAdmission
{
    public ValueTask<ICaller> AdmitAsync(ICaller caller, CancellationToken cancellationToken) =>
        caller switch
        {
            Viewer { Kind: ViewerKind.Partner } viewer => AdmitAsync(
                async token => viewer with { Entitlement = await ReadAsync(viewer, token) },
                cancellationToken
            ),
            Viewer { IsContact: true, Key: { } key } viewer => AdmitAsync(
                token => ReadContactAsync(viewer, key, token),
                cancellationToken
            ),
            _ => new(caller),
        };

    private async ValueTask<ICaller> AdmitAsync(
        Func<CancellationToken, Task<Viewer>> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var admitted = await availability.RunAsync(read, cancellationToken);
            if (admitted is { Turn: { } turn, Entitlement: { } entitlement })
            {
                await limits.EnterAsync(turn, entitlement, cancellationToken);
            }

            return admitted;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && errors.Concerns(fault))
        {
            throw errors.Of(fault)!;
        }
    }

    private async Task<Entitlement?> ReadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var partner = await (
            viewer.Partner is { } id ? db.Partners.Where(p => p.Id == id)
            : viewer.FeedKey is { } feedKey ? OfKey(db, feedKey)
            : OfApplication(db, viewer.Key)
        ).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (partner is null)
        {
            return viewer is { FeedKey: null, Partner: null }
                ? null
                : throw new RequestError(
                    ErrorCodes.NotAuthenticated,
                    "Your feed key was revoked. Ask your contact in the newsroom for a new one."
                );
        }

        var now = clock.Now();
        var agreement = await AgreementAsync(db, partner, cancellationToken);
        return partner.RefusalUnder(agreement, now) is { } refusal
            ? throw new RequestError(ErrorCodes.NotAuthorized, refusal)
            : await EntitlementAsync(db, agreement!, now, cancellationToken);
    }

    // A contact sees what the partner's programs receive. If they receive nothing, the contact sees what readers see, and
    // the portal says why.
    private async Task<Viewer> ReadContactAsync(Viewer viewer, PersonKey key, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var partner = await db
            .Partners.Where(p => db.PartnerPeople.Any(x => x.PartnerId == p.Id && x.Key == key))
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (partner is null)
        {
            return viewer;
        }

        var now = clock.Now();
        var agreement = await AgreementAsync(db, partner, cancellationToken);
        return viewer with
        {
            Contact = new ContactRights(partner.Id, partner.State is PartnerState.Active),
            Entitlement = partner.RefusalUnder(agreement, now) is null
                ? await EntitlementAsync(db, agreement!, now, cancellationToken)
                : null,
        };
    }

    private static Task<Agreement?> AgreementAsync(
        CmsDbContext db,
        Partner partner,
        CancellationToken cancellationToken
    ) =>
        db
            .Agreements.AsNoTracking()
            .SingleOrDefaultAsync(
                a => a.PartnerId == partner.Id && a.Number == partner.AgreementNumber,
                cancellationToken
            );

    private static IQueryable<Partner> OfKey(CmsDbContext db, FeedKeyId id) =>
        db.Partners.Where(p => db.FeedKeys.Any(k => k.Id == id && k.PartnerId == p.Id && k.RevokedAt == null));

    private static IQueryable<Partner> OfApplication(CmsDbContext db, PersonKey? key) =>
        db.Partners.Where(p => db.PartnerApplications.Any(a => a.PartnerId == p.Id && a.Key == key));

    private static async Task<Entitlement> EntitlementAsync(
        CmsDbContext db,
        Agreement agreement,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var terms = agreement.Terms;
        var (categories, tags) = (terms.Categories.ToList(), terms.Tags.Concat(terms.ExcludedTags).ToList());
        var liveCategories = await LiveAsync(db.Categories, categories, cancellationToken);
        var liveTags = await LiveAsync(db.Tags, tags, cancellationToken);
        var shown = terms.Personas.ToList();
        var hidden = terms switch
        {
            { HasTakes: true, Personas: [] } => [],
            { HasTakes: true } => await db
                .Personas.Where(p => !shown.Contains(p.Id))
                .Select(p => p.Id)
                .ToListAsync(cancellationToken),
            _ => await db.Personas.Select(p => p.Id).ToListAsync(cancellationToken),
        };
        return new Entitlement
        {
            Partner = agreement.PartnerId,
            Agreement = agreement.Number,
            Categories = [.. terms.Categories.Select(id => liveCategories.GetValueOrDefault(id, id)).Distinct()],
            Tags = [.. terms.Tags.Select(id => liveTags.GetValueOrDefault(id, id)).Distinct()],
            ExcludedTags = [.. terms.ExcludedTags.Select(id => liveTags.GetValueOrDefault(id, id)).Distinct()],
            Tools = terms.Tools,
            Languages = [.. terms.Languages.Select(range => range.ToLowerInvariant())],
            HiddenPersonas = hidden,
            HasFullText = terms.Text is SyndicatedText.Full,
            SummaryWords = terms.SummaryWords,
            HasImages = terms.Images is not SyndicatedImages.None,
            Territories = terms.Territories,
            HasOnlyClearedImages = terms.Images is SyndicatedImages.Cleared,
            SeesUntil = terms.EmbargoLead > 0 ? now.AddMinutes(terms.EmbargoLead) : null,
            RequestsPerMinute = terms.RequestsPerMinute,
            MonthlyQuota = terms.MonthlyQuota,
        };
    }

    // Editions contain the terms that merged ones became, but an agreement keeps the ids with which it was saved.
    private static async Task<Dictionary<TId, TId>> LiveAsync<T, TId>(
        IQueryable<T> terms,
        List<TId> ids,
        CancellationToken cancellationToken
    )
        where T : Term<TId>
        where TId : struct, IEntityId<TId> =>
        ids.Count == 0
            ? []
            : await terms
                .Where(term => ids.Contains(term.Id))
                .Select(term => new { term.Id, term.MergedInto })
                .ToDictionaryAsync(term => term.Id, term => term.MergedInto ?? term.Id, cancellationToken);
}
