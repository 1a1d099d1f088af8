using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cms.Changes;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

/// <summary>The agreement of a partner, as the partner sees it.</summary>
/// <param name="Partner">The partner's name.</param>
/// <param name="Number">The number of the version.</param>
/// <param name="SavedAt">When this version was saved.</param>
/// <param name="Terms">The terms.</param>
public sealed record OwnAgreement(
    string Partner,
    int Number,
    DateTimeOffset SavedAt,
    [property: GraphQLIgnore] AgreementTerms Terms
);

[QueryType]
public static class AgreementQueries
{
    /// <summary>
    /// What you receive as a partner, and what you may do with it; null if your application belongs to no partner. Every
    /// other field shows you only what this agreement includes.
    /// </summary>
    [Authorize(Policies.Partner)]
    public static Task<OwnAgreement?> GetAgreementAsync(
        Viewer viewer,
        [Service] ReadOwnAgreement agreement,
        CancellationToken cancellationToken
    ) => agreement.Handle(viewer, cancellationToken);
}

/// <summary>Reads the agreement of the partner who sent the request.</summary>
public sealed class ReadOwnAgreement(ReadContexts contexts)
{
    public async Task<OwnAgreement?> Handle(Viewer viewer, CancellationToken cancellationToken)
    {
        if (viewer.Entitlement is not { Partner: var partner, Agreement: var number })
        {
            return null;
        }

        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Agreements.AsNoTracking()
            .Where(a => a.PartnerId == partner && a.Number == number)
            .Join(
                lease.Db.Partners,
                a => a.PartnerId,
                p => p.Id,
                (a, p) => new OwnAgreement(p.Name, a.Number, a.CreatedAt, a.Terms)
            )
            .SingleAsync(cancellationToken);
    }
}

/// <summary>
/// Returns a text that is different whenever a partner can receive something different. It is a hash, so that it does not
/// tell how much the newsroom publishes.
/// </summary>
public sealed class ReadContentVersion(ReadContexts contexts, CurrentViewer viewer)
{
    public async Task<string> Handle(OwnAgreement agreement, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var end = await ListChanges.EndAsync(lease.Db, cancellationToken);
        var text = string.Create(CultureInfo.InvariantCulture, $"{end.Write()} {agreement.Number} {agreement.Partner}");
        if (viewer.Value.Entitlement is { SeesUntil: not null } entitlement)
        {
            // Time alone changes which articles under embargo the partner sees, and a take on them is retracted silently.
            var takes = lease.Db.EditionTakes;
            var advances = await lease
                .Db.AdvancesFor(entitlement)
                .Select(id => new { Id = id, Takes = takes.Count(t => t.EditionId == id) })
                .ToListAsync(cancellationToken);
            text += " " + string.Join(' ', advances);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
