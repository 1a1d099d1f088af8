using System.Collections.Concurrent;
using System.Globalization;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Usage;

/// <summary>Counts a request of a partner in a minute, for all servers together.</summary>
/// <param name="partner">The partner.</param>
/// <param name="minute">When the minute began.</param>
/// <returns>The number of its requests in that minute, with this one; null if the servers cannot count together now.</returns>
public delegate ValueTask<long?> CountTogether(PartnerId partner, DateTimeOffset minute);

/// <summary>
/// Limits the requests of each partner as its agreement says, whichever key or application they come from. The requests in
/// a minute are counted by all servers together if they can, and otherwise by each server for itself. The requests in a
/// month are counted by all servers together, but a server knows those of the others only after they are saved.
/// </summary>
public sealed class PartnerLimits(
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability,
    UsageBuffer buffer,
    TimeProvider clock,
    CountTogether? together = null
)
{
    /// <summary>How often what was counted is saved, and how long a server can know less than all.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<PartnerId, Minute> _minutes = new();
    private readonly ConcurrentDictionary<PartnerId, Month> _months = new();

    /// <summary>Counts a request towards the limits.</summary>
    /// <exception cref="RequestError">The partner has sent too many requests.</exception>
    public async ValueTask EnterAsync(PartnerTurn turn, Entitlement entitlement, CancellationToken cancellationToken)
    {
        if (!turn.TryBegin(entitlement.Partner))
        {
            return;
        }

        var now = clock.Now();
        var (rate, isOverRate) = entitlement.RequestsPerMinute is { } perMinute
            ? await CountAsync(entitlement.Partner, perMinute, now)
            : default;

        // What is not counted as use needs no quota, so that a partner can always see what it has used.
        var (quota, isOverQuota) =
            turn.Channel is not null && entitlement.MonthlyQuota is { } perMonth
                ? await MonthAsync(entitlement.Partner, perMonth, now, cancellationToken)
                : default;
        turn.Limits = [.. new[] { rate, quota }.OfType<PartnerLimit>()];
        if (isOverRate)
        {
            turn.IsRefused = true;
            throw new RequestError(
                ErrorCodes.RateLimited,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Your agreement allows {rate!.Quota} requests in a minute. Wait until the next minute begins."
                )
            )
            {
                RetryAfter = rate.Reset,
            };
        }

        if (isOverQuota)
        {
            turn.IsRefused = true;
            throw new RequestError(
                ErrorCodes.QuotaExceeded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Your agreement allows {quota!.Quota} requests in a month, and they are used up. Wait until the next month begins, or ask your contact in the newsroom."
                )
            )
            {
                RetryAfter = quota.Reset,
            };
        }
    }

    /// <summary>Returns how many requests of a partner in this month count towards its quota.</summary>
    public Task<long> UsedAsync(PartnerId partner, CancellationToken cancellationToken) =>
        UsedAsync(partner, clock.Now(), cancellationToken);

    private async Task<long> UsedAsync(PartnerId partner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateOnly month = new(now.Year, now.Month, 1);
        var (saves, pending) = buffer.PendingOf(partner, month);
        if (
            !_months.TryGetValue(partner, out var known)
            || known.Of != month
            || known.Saves != saves
            || now - known.ReadAt >= Delay
        )
        {
            var stored = await availability.RunAsync(token => ReadAsync(partner, month, token), cancellationToken);
            _months[partner] = known = new Month(month, saves, now, stored);
        }

        return known.Stored + pending;
    }

    private async Task<long> ReadAsync(PartnerId partner, DateOnly month, CancellationToken cancellationToken)
    {
        var next = month.AddMonths(1);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .PartnerUsageDays.Where(u => u.PartnerId == partner && u.Day >= month && u.Day < next)
            .SumAsync(u => u.Hits - u.NotModified, cancellationToken);
    }

    private async Task<(PartnerLimit Limit, bool IsOver)> MonthAsync(
        PartnerId partner,
        long quota,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var used = await UsedAsync(partner, now, cancellationToken);
        DateTimeOffset begin = new(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var end = begin.AddMonths(1);

        // This request is one of them.
        return (new PartnerLimit("month", quota, Math.Max(0, quota - used - 1), end - begin, end - now), used >= quota);
    }

    private async ValueTask<(PartnerLimit Limit, bool IsOver)> CountAsync(
        PartnerId partner,
        int perMinute,
        DateTimeOffset now
    )
    {
        var begin = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var minute = _minutes.AddOrUpdate(
            partner,
            _ => new Minute(begin, 1),
            (_, last) => last.Begin == begin ? last with { Requests = last.Requests + 1 } : new Minute(begin, 1)
        );

        // What this server has counted itself still counts if the common count was lost.
        var requests = Math.Max(
            minute.Requests,
            together is not null && await together(partner, begin) is { } all ? all : 0
        );
        return (
            new PartnerLimit(
                "minute",
                perMinute,
                Math.Max(0, perMinute - requests),
                TimeSpan.FromMinutes(1),
                begin.AddMinutes(1) - now
            ),
            requests > perMinute
        );
    }

    private sealed record Minute(DateTimeOffset Begin, long Requests);

    private sealed record Month(DateOnly Of, long Saves, DateTimeOffset ReadAt, long Stored);
}
