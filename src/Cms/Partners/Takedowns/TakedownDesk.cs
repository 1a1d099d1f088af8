using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Partners.Takedowns;

[ObjectType<DeskRoot>]
public static class TakedownDesk
{
    /// <summary>
    /// The withdrawals of the kind LEGAL or KILL, and those with a deadline, which each partner has to confirm that received
    /// the article. Newest first.
    /// </summary>
    /// <param name="state">Which takedowns to list: by default those that not all partners have confirmed.</param>
    [Authorize(Policies.Editor)]
    public static Task<Connection<Takedown>?> GetTakedownsAsync(
        PageArguments page,
        [Service] ListTakedowns takedowns,
        CancellationToken cancellationToken,
        TakedownState state = TakedownState.Open
    ) => takedowns.Handle(state, page, cancellationToken)!;

    /// <summary>A takedown; null if none has this id.</summary>
    /// <param name="id">The takedown's id.</param>
    [Authorize(Policies.Editor)]
    public static Task<Takedown?> GetTakedownAsync(
        EditionId id,
        [Service] ReadTakedown takedown,
        CancellationToken cancellationToken
    ) => takedown.Handle(id, cancellationToken);
}

/// <summary>Lists takedowns, newest first.</summary>
public sealed class ListTakedowns(ReadContexts contexts, TimeProvider clock)
{
    private static readonly Keyset<Takedown, EditionId> Newest = new(t => t.WithdrawnAt, t => t.Id);

    public async Task<Connection<Takedown>> Handle(
        TakedownState state,
        PageArguments page,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        var list = ListHash.Of("desk takedowns").With(state.ToString());
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await Newest
            .Slice(Of(lease.Db), page, Keyset<Takedown, EditionId>.Read(list, page))
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            takedown => Cursor.Write(list, takedown.Id, takedown.WithdrawnAt),
            contexts.Counting(Of, () => contexts.Reads.AsItGoes),
            Keyset<Takedown, EditionId>.Within<Takedown>(list, page, t => (t.WithdrawnAt, t.Id))
        );

        IQueryable<Takedown> Of(CmsDbContext db) => db.Takedowns.AsNoTracking().In(state, db.Owed, now);
    }
}

/// <summary>Reads a takedown.</summary>
public sealed class ReadTakedown(ReadContexts contexts)
{
    public async Task<Takedown?> Handle(EditionId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.Takedowns.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
    }
}
