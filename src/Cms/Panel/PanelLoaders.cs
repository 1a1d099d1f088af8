using System.Linq.Expressions;
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
public sealed class TakeById(ReadContexts contexts, CompiledQueries queries)
    : RowById<TakeId, EditionTake, PublicTake>(contexts, queries)
{
    private protected override Projection<EditionTake, PublicTake> Rows => PublicTake.Columns;

    private protected override Expression<Func<CmsDbContext, TakeId, IQueryable<EditionTake>>> One { get; } =
        (db, id) =>
            db.EditionTakes.Where(t =>
                t.TakeId == id && db.TakeListings.Any(l => l.TakeId == t.TakeId && l.EditionId == t.EditionId)
            );

    private protected override Expression<Func<CmsDbContext, List<TakeId>, IQueryable<EditionTake>>> Many { get; } =
        (db, ids) =>
            db.EditionTakes.Where(t =>
                ids.Contains(t.TakeId) && db.TakeListings.Any(l => l.TakeId == t.TakeId && l.EditionId == t.EditionId)
            );

    private protected override TakeId KeyOf(PublicTake row) => row.Id;
}

/// <summary>Personas by id.</summary>
public sealed class PersonaById(ReadContexts contexts, CompiledQueries queries)
    : RowById<PersonaId, Persona, PublicPersona>(contexts, queries)
{
    private protected override Projection<Persona, PublicPersona> Rows => PublicPersona.Columns;

    private protected override Expression<Func<CmsDbContext, PersonaId, IQueryable<Persona>>> One { get; } =
        (db, id) => db.Personas.Where(p => p.Id == id);

    private protected override Expression<Func<CmsDbContext, List<PersonaId>, IQueryable<Persona>>> Many { get; } =
        (db, ids) => db.Personas.Where(p => ids.Contains(p.Id));

    private protected override PersonaId KeyOf(PublicPersona row) => row.Id;
}

/// <summary>One persona by what a URL says.</summary>
public sealed class ReadPersona(ReadContexts contexts, CompiledQueries queries)
{
    public Task<PublicPersona?> Handle(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        contexts.FirstAsync(
            queries,
            "persona by slug",
            slug,
            (db, s) => db.Personas.Where(p => p.Slug == s),
            PublicPersona.Columns,
            columns,
            cancellationToken
        );
}
