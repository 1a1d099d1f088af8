using Cms.GraphQL;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Reading;

/// <summary>Lists the personas, in panel order.</summary>
public sealed class ListPersonas(ReadContexts contexts)
{
    private static readonly ListHash List = ListHash.Of("personas");

    public async Task<Connection<PublicPersona>> Handle(
        PageArguments page,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(contexts.Reads.Any(ChangeSubject.Persona), cancellationToken);
        var personas = lease.Db.Personas.AsNoTracking();
        if (page.Cursor is { } cursor)
        {
            Span<CursorKey> keys = stackalloc CursorKey[1];
            var id = Cursor.Read<PersonaId>(List, cursor, keys);
            var order = (int)keys[0].Bits;
            personas = page.Backward
                ? personas.Where(p => p.Order <= order && (p.Order < order || p.Id < id))
                : personas.Where(p => p.Order >= order && (p.Order > order || p.Id > id));
        }

        if (page.Until is { } end)
        {
            Span<CursorKey> keys = stackalloc CursorKey[1];
            var id = Cursor.Read<PersonaId>(List, end, keys);
            var order = (int)keys[0].Bits;
            personas = page.Backward
                ? personas.Where(p => p.Order >= order && (p.Order > order || p.Id > id))
                : personas.Where(p => p.Order <= order && (p.Order < order || p.Id < id));
        }

        var ordered = page.Backward
            ? personas.OrderByDescending(p => p.Order).ThenByDescending(p => p.Id)
            : personas.OrderBy(p => p.Order).ThenBy(p => p.Id);
        var rows = await ordered
            .Take(page.Size + 1)
            .Select(PublicPersona.Columns.Of(columns))
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            row => Cursor.Write(List, row.Id, row.Order),
            contexts.Counting(db => db.Personas, () => contexts.Reads.Any(ChangeSubject.Persona))
        );
    }
}
