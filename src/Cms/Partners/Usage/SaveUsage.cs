using System.Linq.Expressions;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Usage;

/// <summary>
/// Adds what was counted in memory to the database. Rows are added up there, so that the counts of several servers add up.
/// </summary>
public sealed class SaveUsage(UsageBuffer buffer, CmsDatabase database)
{
    // A short transaction does not block other writers for long.
    private const int Batch = 200;

    private static readonly Actor Server = Actor.Server.For("saveUsage");

    public async Task Handle(CancellationToken cancellationToken)
    {
        await buffer.Saving.WaitAsync(cancellationToken);
        try
        {
            while (buffer.Take(Batch) is { Count: > 0 } rows)
            {
                try
                {
                    await SaveAsync(rows, cancellationToken);
                    buffer.Saved();
                }
                catch
                {
                    buffer.NotSaved();
                    throw;
                }
            }
        }
        finally
        {
            buffer.Saving.Release();
        }
    }

    private Task<Result<bool>> SaveAsync(
        IReadOnlyDictionary<UsageKey, UsageCounts> rows,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<bool>(
            Server,
            async (db, token) =>
            {
                // If another server adds the same row meanwhile, the whole operation runs again and finds it.
                foreach (var (key, counts) in rows)
                {
                    var (partner, day, channel, article) = key;
                    await AddAsync(
                        db,
                        u => u.PartnerId == partner && u.Day == day && u.Channel == channel && u.ArticleId == article,
                        counts,
                        () => RowOf(key, counts),
                        token
                    );
                }

                foreach (var group in rows.GroupBy(row => row.Key with { Article = default }))
                {
                    var (partner, day, channel, _) = group.Key;
                    var counts = group.Select(row => row.Value).Aggregate(UsageCounts.Add);
                    await AddAsync(
                        db,
                        u => u.PartnerId == partner && u.Day == day && u.Channel == channel,
                        counts,
                        () => DayOf(group.Key, counts),
                        token
                    );
                }

                return true;
            },
            cancellationToken
        );

    private static async Task AddAsync<TRow>(
        CmsDbContext db,
        Expression<Func<TRow, bool>> isSame,
        UsageCounts more,
        Func<TRow> create,
        CancellationToken cancellationToken
    )
        where TRow : class, IUsageRow
    {
        var (hits, same, refused, bytes) = (more.Hits, more.NotModified, more.Refused, more.Bytes);
        var (items, delivered, failed) = (more.Items, more.Delivered, more.Failed);
        var updated = await db.Set<TRow>()
            .Where(isSame)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(u => u.Hits, u => u.Hits + hits)
                        .SetProperty(u => u.NotModified, u => u.NotModified + same)
                        .SetProperty(u => u.Refused, u => u.Refused + refused)
                        .SetProperty(u => u.Bytes, u => u.Bytes + bytes)
                        .SetProperty(u => u.Items, u => u.Items + items)
                        .SetProperty(u => u.Delivered, u => u.Delivered + delivered)
                        .SetProperty(u => u.Failed, u => u.Failed + failed),
                cancellationToken
            );
        if (updated == 0)
        {
            db.Add(create());
        }
    }

    private static PartnerUsage RowOf(UsageKey key, UsageCounts counts) =>
        new()
        {
            PartnerId = key.Partner,
            Day = key.Day,
            Channel = key.Channel,
            ArticleId = key.Article,
            Hits = counts.Hits,
            NotModified = counts.NotModified,
            Refused = counts.Refused,
            Bytes = counts.Bytes,
            Items = counts.Items,
            Delivered = counts.Delivered,
            Failed = counts.Failed,
        };

    private static PartnerUsageDay DayOf(UsageKey key, UsageCounts counts) =>
        new()
        {
            PartnerId = key.Partner,
            Day = key.Day,
            Channel = key.Channel,
            Hits = counts.Hits,
            NotModified = counts.NotModified,
            Refused = counts.Refused,
            Bytes = counts.Bytes,
            Items = counts.Items,
            Delivered = counts.Delivered,
            Failed = counts.Failed,
        };
}
