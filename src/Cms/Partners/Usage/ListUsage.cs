using System.Globalization;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Usage;

/// <summary>The length of the time that a row of a partner's use is about.</summary>
public enum UsagePeriod
{
    /// <summary>A day (UTC).</summary>
    Day,

    /// <summary>A calendar month (UTC).</summary>
    Month,
}

/// <summary>What a partner has used in a day or a month, by one channel.</summary>
/// <param name="From">The day, or the first day of the month (UTC).</param>
/// <param name="Channel">How the partner received it.</param>
/// <param name="Counts">The counts.</param>
public sealed record UsageSum(DateOnly From, UsageChannel Channel, [property: GraphQLIgnore] UsageCounts Counts);

/// <summary>Which rows of a partner's use to list.</summary>
/// <param name="From">The first day (UTC); null for 30 days before the last one.</param>
/// <param name="To">The last day (UTC); null for today.</param>
/// <param name="By">The length of the time of each row.</param>
/// <param name="Channel">Only this channel; null for all.</param>
public sealed record UsageRange(DateOnly? From, DateOnly? To, UsagePeriod By, UsageChannel? Channel);

/// <summary>
/// Lists what a partner has used, newest first. What this server has counted is saved first, so that its own counts are
/// complete. Those of other servers can be missing for some seconds.
/// </summary>
public sealed class ListUsage(ReadContexts contexts, SaveUsage save, TimeProvider clock)
{
    private const int DefaultDays = 30;

    /// <exception cref="RequestError">The range is empty or too long.</exception>
    public async Task<Connection<UsageSum>> Handle(
        PartnerId partner,
        UsageRange range,
        PageArguments page,
        CancellationToken cancellationToken
    )
    {
        var to = range.To ?? DateOnly.FromDateTime(clock.Now().UtcDateTime);
        var from = range.From ?? to.AddDays(-DefaultDays);
        if (from > to || from.AddMonths(ForgetUsage.KeptMonths) < to)
        {
            throw new RequestError(
                ErrorCodes.BadUserInput,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Set from to a day before to, at most {ForgetUsage.KeptMonths} months before it."
                )
            );
        }

        await save.Handle(cancellationToken);
        var sums = await ReadAsync(partner, from, to, range, cancellationToken);
        var list = ListHash.Of("usage").With(partner.Value).With(range);
        var (after, before) = (PlaceOf(list, page.Cursor), PlaceOf(list, page.Until));
        var rows = (page.Backward ? sums.AsEnumerable().Reverse() : sums).Where(sum =>
            after is not { } place || (page.Backward ? OrderOf(sum) < place : OrderOf(sum) > place)
        );
        return Connection.Page(
            [.. rows.Take(page.Size + 1)],
            page,
            sum => Cursor.Write(list, Guid.Empty, OrderOf(sum)),
            () => LoaderResults.Ready(sums.Count),
            before is { } end ? sum => page.Backward ? OrderOf(sum) > end : OrderOf(sum) < end : null
        );
    }

    // At most 25 months of days with one row for each channel.
    private async Task<List<UsageSum>> ReadAsync(
        PartnerId partner,
        DateOnly from,
        DateOnly to,
        UsageRange range,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var days = lease.Db.PartnerUsageDays.Where(u => u.PartnerId == partner && u.Day >= from && u.Day <= to);
        if (range.Channel is { } only)
        {
            days = days.Where(u => u.Channel == only);
        }

        var rows = await days.AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. rows.GroupBy(row => (From: range.By is UsagePeriod.Day ? row.Day : FirstOf(row.Day), row.Channel))
                .Select(group => new UsageSum(
                    group.Key.From,
                    group.Key.Channel,
                    group.Select(CountsOf).Aggregate(UsageCounts.Add)
                ))
                .OrderBy(OrderOf),
        ];
    }

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static UsageCounts CountsOf(PartnerUsageDay day) =>
        new()
        {
            Hits = day.Hits,
            NotModified = day.NotModified,
            Refused = day.Refused,
            Bytes = day.Bytes,
            Items = day.Items,
            Delivered = day.Delivered,
            Failed = day.Failed,
        };

    // Newest first, then in the order of the channels.
    private static long OrderOf(UsageSum sum) => (-(long)sum.From.DayNumber * 100) + (int)sum.Channel;

    private static long? PlaceOf(ListHash list, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var keys = new CursorKey[1];
        Cursor.Read(list, cursor, keys);
        return keys[0].Bits;
    }
}
