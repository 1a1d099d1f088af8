using Cms.Articles;
using Cms.Articles.Reading;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.People;
using Cms.Search;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Deliveries;

/// <summary>
/// Records which editions the answer to a partner contains, before the answer is sent. All ways in for partners execute
/// GraphQL operations, so nothing reaches a partner past this. If a first delivery cannot be recorded, the answer is not
/// sent. The articles of the answer also count as use of the partner.
/// </summary>
public sealed class RecordDeliveries(
    DeliveryMemory memory,
    SaveLastDeliveries save,
    CmsDatabase database,
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability,
    DatabaseErrors errors,
    TimeProvider clock
)
{
    /// <param name="caller">The caller. Readers, staff and applications without a partner cost nothing.</param>
    /// <param name="operation">The name of the operation.</param>
    /// <param name="rows">The objects in the answer.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <exception cref="RequestError">The database is busy or does not respond.</exception>
    public async Task Handle(
        ICaller caller,
        string? operation,
        IEnumerable<object> rows,
        CancellationToken cancellationToken
    )
    {
        if (caller is not Viewer { Entitlement.Partner: var partner } viewer)
        {
            return;
        }

        var now = clock.Now();
        List<(ArticleId Article, EditionId Edition)> editions =
        [
            .. rows.Select(EditionOf).OfType<(ArticleId, EditionId)>().Distinct(),
        ];
        viewer.Turn?.Deliver(editions.Select(one => new ReceivedEdition(one.Article, one.Edition)));
        if (memory.Note(partner, editions, now) is not [_, ..] unknown)
        {
            return;
        }

        try
        {
            await availability.RunAsync(
                async token =>
                {
                    await RecordAsync(partner, unknown, DeliveryChannels.Of(viewer, operation), now, token);
                    return true;
                },
                cancellationToken
            );
            if (memory.IsFull)
            {
                await save.Handle(cancellationToken);
            }
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && errors.Concerns(fault))
        {
            throw errors.Of(fault)!;
        }
    }

    // A preview shows an edition that does not exist yet.
    private static (ArticleId Article, EditionId Edition)? EditionOf(object row) =>
        row switch
        {
            EditionView { IsPreview: false } edition => (edition.Id, edition.EditionId),
            TakeView take => (take.ArticleId, take.EditionId),
            SearchResult { Article: { } found } => (found.Id, found.EditionId),
            _ => null,
        };

    private async Task RecordAsync(
        PartnerId partner,
        List<(ArticleId Article, EditionId Edition)> unknown,
        DeliveryChannel channel,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        HashSet<EditionId> known;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            known = await KnownAsync(db, partner, unknown, cancellationToken);
        }

        if (unknown.FindAll(one => !known.Contains(one.Edition)) is [_, ..] fresh)
        {
            await database.WriteAsync<int>(
                Actor.Server.For("recordDeliveries"),
                async (db, token) =>
                {
                    // Another request may have recorded some of them since.
                    var recorded = await KnownAsync(db, partner, fresh, token);
                    db.AddRange(
                        fresh
                            .Where(one => !recorded.Contains(one.Edition))
                            .Select(one => new PartnerDelivery
                            {
                                PartnerId = partner,
                                ArticleId = one.Article,
                                EditionId = one.Edition,
                                FirstAt = now,
                                Channel = channel,
                                LastAt = now,
                            })
                    );
                    return fresh.Count;
                },
                cancellationToken
            );
        }

        foreach (var (_, edition) in unknown)
        {
            memory.Remember(partner, edition, known.Contains(edition) ? now : null);
        }
    }

    private static async Task<HashSet<EditionId>> KnownAsync(
        CmsDbContext db,
        PartnerId partner,
        List<(ArticleId Article, EditionId Edition)> editions,
        CancellationToken cancellationToken
    )
    {
        HashSet<EditionId> known = [];
        foreach (var some in editions.Select(one => one.Edition).Chunk(SaveLastDeliveries.Batch))
        {
            var ids = some.ToList();
            known.UnionWith(
                await db
                    .PartnerDeliveries.Where(d => d.PartnerId == partner && ids.Contains(d.EditionId))
                    .Select(d => d.EditionId)
                    .ToListAsync(cancellationToken)
            );
        }

        return known;
    }
}
