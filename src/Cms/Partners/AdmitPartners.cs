using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Partners.Usage;
using Cms.People;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

/// <summary>
/// Reads the agreement of a partner each time that one of its programs sends an operation, so that a suspension, a new
/// version and the dates of an agreement take effect at once. An application that belongs to no partner sees what readers
/// see.
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
        caller is Viewer { Kind: ViewerKind.Partner } viewer ? AdmitAsync(viewer, cancellationToken) : new(caller);

    private async ValueTask<ICaller> AdmitAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        try
        {
            var admitted = await availability.RunAsync(
                async token => viewer with { Entitlement = await ReadAsync(viewer, token) },
                cancellationToken
            );
            if (admitted is { Entitlement: { } entitlement, Turn: { } turn })
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

        if (partner.State is PartnerState.Suspended)
        {
            throw Refused("The newsroom has suspended your access. Ask your contact there.");
        }

        var agreement = await db
            .Agreements.AsNoTracking()
            .SingleOrDefaultAsync(
                a => a.PartnerId == partner.Id && a.Number == partner.AgreementNumber,
                cancellationToken
            );
        var now = clock.Now();
        return agreement switch
        {
            null => throw Refused("You have no agreement yet. Ask your contact in the newsroom."),
            { Terms.BeginsAt: var begin } when now < begin => throw Refused(
                $"Your agreement begins at {begin.InWords()}. Send requests from then on."
            ),
            { Terms.EndsAt: { } end } when end <= now => throw Refused(
                $"Your agreement ended at {end.InWords()}. Ask your contact in the newsroom to renew it."
            ),
            _ => await EntitlementAsync(db, agreement, now, cancellationToken),
        };
    }

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

    private static RequestError Refused(string message) => new(ErrorCodes.NotAuthorized, message);
}
