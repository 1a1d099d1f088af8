using Cms.Api;
using Cms.Articles;
using Cms.Data;

namespace Cms.Panel;

/// <summary>The takes that editions carry, in the panel's order.</summary>
public sealed class TakesByEdition(ReadContexts contexts, CompiledQueries queries) : GroupLoader<EditionId, PublicTake>
{
    protected override EditionId KeyOf(PublicTake row) => row.EditionId;

    protected override async Task<List<PublicTake>> ReadRowsAsync(
        List<EditionId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await queries
            .Read<EditionId, EditionTake, PublicTake>(
                "takes by edition",
                lease.Db,
                keys,
                PublicTake.Columns,
                columns,
                (db, id) => db.EditionTakes.Where(t => t.EditionId == id).OrderBy(t => t.Ordinal).ThenBy(t => t.TakeId),
                (db, ids) =>
                    db.EditionTakes.Where(t => ids.Contains(t.EditionId)).OrderBy(t => t.Ordinal).ThenBy(t => t.TakeId)
            )
            .ReadAllAsync(keys.Count * 4, cancellationToken);
    }
}

/// <summary>Visible takes by id.</summary>
public sealed class TakeById(ReadContexts contexts, CompiledQueries queries) : BatchLoader<TakeId, PublicTake?>
{
    protected override async Task<Dictionary<TakeId, PublicTake?>> ReadAsync(
        List<TakeId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await queries
            .Read<TakeId, EditionTake, PublicTake>(
                "takes by id",
                lease.Db,
                keys,
                PublicTake.Columns,
                columns,
                (db, id) =>
                    db.EditionTakes.Where(t =>
                        t.TakeId == id && db.TakeListings.Any(l => l.TakeId == t.TakeId && l.EditionId == t.EditionId)
                    ),
                (db, ids) =>
                    db.EditionTakes.Where(t =>
                        ids.Contains(t.TakeId)
                        && db.TakeListings.Any(l => l.TakeId == t.TakeId && l.EditionId == t.EditionId)
                    )
            )
            .ReadAllAsync(keys.Count, cancellationToken);
        return rows.ToDictionary(row => row.Id, PublicTake? (row) => row);
    }
}

/// <summary>Personas by id.</summary>
public sealed class PersonaById(ReadContexts contexts, CompiledQueries queries) : BatchLoader<PersonaId, PublicPersona?>
{
    protected override async Task<Dictionary<PersonaId, PublicPersona?>> ReadAsync(
        List<PersonaId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await queries
            .Read<PersonaId, Persona, PublicPersona>(
                "personas by id",
                lease.Db,
                keys,
                PublicPersona.Columns,
                columns,
                (db, id) => db.Personas.Where(p => p.Id == id),
                (db, ids) => db.Personas.Where(p => ids.Contains(p.Id))
            )
            .ReadAllAsync(keys.Count, cancellationToken);
        return rows.ToDictionary(row => row.Id, PublicPersona? (row) => row);
    }
}

/// <summary>One persona by what a URL says.</summary>
public sealed class ReadPersona(ReadContexts contexts, CompiledQueries queries)
{
    public async Task<PublicPersona?> Handle(string slug, ColumnSet columns, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await queries
            .Get<string, Persona, PublicPersona>(
                "persona by slug",
                PublicPersona.Columns.Read(columns).Bits,
                (db, s) => db.Personas.Where(p => p.Slug == s),
                () => PublicPersona.Columns.Of(columns)
            )(lease.Db, slug)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
