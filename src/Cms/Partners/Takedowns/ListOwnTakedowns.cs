using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Takedowns;

/// <summary>Lists the takedowns of articles that a partner received, newest first.</summary>
public sealed class ListOwnTakedowns(ReadContexts contexts, TimeProvider clock)
{
    private static readonly Keyset<Takedown, EditionId> Newest = new(t => t.WithdrawnAt, t => t.Id);

    public async Task<Connection<OwnTakedown>> Handle(
        PartnerId? actsFor,
        TakedownState state,
        PageArguments page,
        CancellationToken cancellationToken
    )
    {
        if (actsFor is not { } partner)
        {
            return Connection.Empty<OwnTakedown>(page);
        }

        var now = clock.Now();
        var list = ListHash.Of("own takedowns").With(partner.Value).With(state.ToString());
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await Newest
            .Slice(Of(lease.Db).AsNoTracking(), page, Keyset<Takedown, EditionId>.Read(list, page))
            .Select(OwnTakedown.Of(lease.Db, partner))
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            takedown => Cursor.Write(list, takedown.Id, takedown.WithdrawnAt),
            contexts.Counting(Of, () => contexts.Reads.AsItGoes),
            Keyset<Takedown, EditionId>.Within<OwnTakedown>(list, page, t => (t.WithdrawnAt, t.Id))
        );

        IQueryable<Takedown> Of(CmsDbContext db) =>
            db.ReceivedTakedowns(partner).In(state, db.Owed.Where(r => r.PartnerId == partner), now);
    }
}
