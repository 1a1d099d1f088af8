using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Deliveries;

/// <summary>Saves when partners last received what they had received before.</summary>
public sealed class SaveLastDeliveries(DeliveryMemory memory, CmsDatabase database)
{
    /// <summary>The maximum number of rows that one statement changes.</summary>
    internal const int Batch = 500;

    public async Task Handle(CancellationToken cancellationToken)
    {
        var times = memory.Take();
        if (times.Count == 0)
        {
            return;
        }

        try
        {
            // The editions of one answer have the same time, so a statement saves most of an answer.
            await database.WriteAsync<int>(
                Actor.Server.For("saveLastDeliveries"),
                async (db, token) =>
                {
                    foreach (
                        var same in times.GroupBy(time => (time.Key.Partner, At: time.Value), time => time.Key.Edition)
                    )
                    {
                        var (partner, at) = same.Key;
                        foreach (var some in same.Chunk(Batch))
                        {
                            var ids = some.ToList();
                            await db
                                .PartnerDeliveries.Where(d =>
                                    d.PartnerId == partner && ids.Contains(d.EditionId) && d.LastAt < at
                                )
                                .ExecuteUpdateAsync(set => set.SetProperty(d => d.LastAt, at), token);
                        }
                    }

                    return times.Count;
                },
                cancellationToken
            );
        }
        catch
        {
            memory.Return(times);
            throw;
        }
    }
}
