using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners;

/// <summary>
/// What decides what the programs with a feed key receive: as long as it is equal, a file that was made for the key is
/// still right.
/// </summary>
public sealed record PartnerStanding
{
    /// <summary>The feed key.</summary>
    public required FeedKeyId Key { get; init; }

    public required PartnerId Partner { get; init; }

    /// <summary>The partner's name, which feeds contain.</summary>
    public required string Name { get; init; }

    /// <summary>The number of the agreement's version, which never changes.</summary>
    public required int Agreement { get; init; }

    /// <summary>The most requests in a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The most requests in a month that are answered with content; null for no limit.</summary>
    public int? MonthlyQuota { get; init; }

    /// <summary>The end of the change log.</summary>
    public required (Guid Epoch, long Seq) End { get; init; }

    /// <summary>
    /// Everything that is under embargo and that the partner's lead includes now, because time alone changes it; empty for
    /// partners without a lead.
    /// </summary>
    public string Advances { get; init; } = "";

    /// <summary>Returns the caller that is counted for a request.</summary>
    public Viewer ViewerOf(PartnerTurn turn) =>
        new()
        {
            Kind = ViewerKind.Partner,
            FeedKey = Key,
            MaySyndicate = true,
            Turn = turn,
            Entitlement = new Entitlement
            {
                Partner = Partner,
                Agreement = Agreement,
                RequestsPerMinute = RequestsPerMinute,
                MonthlyQuota = MonthlyQuota,
            },
        };
}

/// <summary>
/// Reads the standing of the partner of a feed key with one statement, so that asking for a file that has not changed costs
/// little. It is read from the database each time, so the revocation of a key, a suspension, a new version of the
/// agreement and a change of an article take effect at once, on every server.
/// </summary>
public sealed class ReadPartnerStanding(
    ReadPool pool,
    DatabaseAvailability availability,
    DatabaseErrors errors,
    FindFeedKey keys,
    TimeProvider clock
)
{
    private readonly Func<CmsDbContext, byte[], IAsyncEnumerable<Found>> _find = EF.CompileAsyncQuery(
        (CmsDbContext db, byte[] hash) =>
            from key in db.FeedKeys
            join partner in db.Partners on key.PartnerId equals partner.Id
            join agreement in db.Agreements
                on new { Partner = partner.Id, Number = partner.AgreementNumber } equals new
                {
                    Partner = agreement.PartnerId,
                    agreement.Number,
                }
            from counter in db.ChangeCounters
            where key.Hash == hash && key.RevokedAt == null && partner.State == PartnerState.Active
            select new Found(
                key.Id,
                key.LastUsedOn,
                partner.Id,
                partner.Name,
                agreement.Number,
                agreement.Terms.BeginsAt,
                agreement.Terms.EndsAt,
                agreement.Terms.EmbargoLead,
                agreement.Terms.RequestsPerMinute,
                agreement.Terms.MonthlyQuota,
                counter.Epoch,
                counter.Seq
            )
    );

    private readonly Func<CmsDbContext, DateTimeOffset, IAsyncEnumerable<Advance>> _advances = EF.CompileAsyncQuery(
        (CmsDbContext db, DateTimeOffset until) =>
            db
                .AdvanceListings.Where(l => l.FacetId == FacetId.All && l.PublishedAt <= until)
                .OrderBy(l => l.EditionId)
                .Select(l => new Advance(
                    l.EditionId,
                    l.PublishedAt,
                    l.UpdatedAt,
                    db.EditionTakes.Count(t => t.EditionId == l.EditionId)
                ))
    );

    /// <summary>
    /// Returns the standing; null if there is none, or if the partner receives nothing now. Then the request is made in the
    /// usual way, which says why.
    /// </summary>
    /// <param name="key">The key as the partner sends it.</param>
    /// <param name="cancellationToken">Cancelled when the request ends.</param>
    public async Task<PartnerStanding?> Handle(string key, CancellationToken cancellationToken)
    {
        if (!FeedKey.TryHash(key, out var hash))
        {
            return null;
        }

        try
        {
            var (standing, lastUsedOn) = await availability.RunAsync(
                token => ReadAsync(hash, token),
                cancellationToken
            );
            if (standing is not null && lastUsedOn != DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
            {
                // Records the day.
                await keys.Handle(key, cancellationToken);
            }

            return standing;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && errors.Concerns(fault))
        {
            return null;
        }
    }

    private async Task<(PartnerStanding? Standing, DateOnly? LastUsedOn)> ReadAsync(
        byte[] hash,
        CancellationToken cancellationToken
    )
    {
        var reader = await pool.TakeAsync(entitlement: null, cancellationToken);
        var turn = reader.Begin();
        try
        {
            return await ReadAsync(reader.Of(turn), hash, cancellationToken);
        }
        finally
        {
            if (reader.TryEnd(turn) && reader.TryReset())
            {
                pool.Return(reader);
            }
            else
            {
                reader.Dispose();
            }
        }
    }

    private async Task<(PartnerStanding? Standing, DateOnly? LastUsedOn)> ReadAsync(
        CmsDbContext db,
        byte[] hash,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        var found = await _find(db, hash).SingleOrDefaultAsync(cancellationToken);
        if (found is null || now < found.BeginsAt || found.EndsAt <= now)
        {
            return default;
        }

        var advances = "";
        if (found.EmbargoLead > 0)
        {
            var shown = await _advances(db, now.AddMinutes(found.EmbargoLead)).ToListAsync(cancellationToken);
            advances = string.Join(' ', shown.Select(s => $"{s.Id} {s.PublishedAt:O} {s.UpdatedAt:O} {s.Takes}"));
        }

        PartnerStanding standing = new()
        {
            Key = found.Key,
            Partner = found.Partner,
            Name = found.Name,
            Agreement = found.Number,
            RequestsPerMinute = found.RequestsPerMinute,
            MonthlyQuota = found.MonthlyQuota,
            End = (found.Epoch, found.Seq),
            Advances = advances,
        };
        return (standing, found.LastUsedOn);
    }

    private sealed record Advance(EditionId Id, DateTimeOffset PublishedAt, DateTimeOffset UpdatedAt, int Takes);

    private sealed record Found(
        FeedKeyId Key,
        DateOnly? LastUsedOn,
        PartnerId Partner,
        string Name,
        int Number,
        DateTimeOffset BeginsAt,
        DateTimeOffset? EndsAt,
        int EmbargoLead,
        int? RequestsPerMinute,
        int? MonthlyQuota,
        Guid Epoch,
        long Seq
    );
}
