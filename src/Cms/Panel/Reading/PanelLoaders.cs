using Cms.Articles;
using Cms.Delivery;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;

namespace Cms.Panel.Reading;

/// <summary>Loads the takes in editions, in panel order.</summary>
public abstract class TakesByEdition<TView>(ReadContexts contexts, CompiledQueries queries)
    : GroupLoader<EditionId, TView>
    where TView : TakeView
{
    private static readonly KeyedQuery<EditionId, EditionTake> ByEdition = new(
        $"{typeof(TView).Name} by edition",
        (db, id) => db.EditionTakes.Where(t => t.EditionId == id).OrderBy(t => t.Ordinal).ThenBy(t => t.TakeId),
        (db, ids) => db.EditionTakes.Where(t => ids.Contains(t.EditionId)).OrderBy(t => t.Ordinal).ThenBy(t => t.TakeId)
    );

    private protected abstract Projection<EditionTake, TView> Rows { get; }

    protected override EditionId KeyOf(TView row) => row.EditionId;

    protected override async Task<List<TView>> ReadRowsAsync(
        List<EditionId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(contexts.Reads.Parts, cancellationToken);
        return await queries
            .Read(ByEdition, lease.Db, keys, Rows.Read(columns).Bits, () => Rows.Of(columns))
            .ReadAllAsync(keys.Count * 4, cancellationToken);
    }
}

/// <summary>Loads the takes in current editions and in previews.</summary>
public sealed class CurrentTakes(ReadContexts contexts, CompiledQueries queries, PreviewedTakes previews)
    : TakesByEdition<PublicTake>(contexts, queries)
{
    private protected override Projection<EditionTake, PublicTake> Rows => PublicTake.Columns;

    protected override IDataLoaderResult<List<PublicTake>>? FindCached(EditionId key) => previews.Find(key);
}

/// <summary>Loads the takes in past editions.</summary>
public sealed class PastTakes(ReadContexts contexts, CompiledQueries queries)
    : TakesByEdition<TakeSnapshot>(contexts, queries)
{
    private protected override Projection<EditionTake, TakeSnapshot> Rows => TakeSnapshot.Columns;
}

/// <summary>Loads takes by id, if they are visible to readers.</summary>
public sealed class TakeById(ReadContexts contexts, CompiledQueries queries)
    : RowById<TakeId, EditionTake, PublicTake>(contexts, queries)
{
    private protected override Projection<EditionTake, PublicTake> Rows => PublicTake.Columns;

    private static readonly KeyedQuery<TakeId, EditionTake> ById = new(
        "take by id",
        (db, id) =>
            db.EditionTakes.Where(t =>
                t.TakeId == id && Visibility.Takes(db).Any(l => l.TakeId == t.TakeId && l.EditionId == t.EditionId)
            ),
        (db, ids) =>
            db.EditionTakes.Where(t =>
                ids.Contains(t.TakeId)
                && Visibility.Takes(db).Any(l => l.TakeId == t.TakeId && l.EditionId == t.EditionId)
            )
    );

    private protected override KeyedQuery<TakeId, EditionTake> Query => ById;

    private protected override TakeId KeyOf(PublicTake row) => row.Id;

    // A published take changes only when its article changes.
    private protected override void Record(ReadTracker reads, List<TakeId> keys, List<PublicTake> rows)
    {
        reads.Rows(rows.Select(take => take.ArticleId));
        if (rows.Count < keys.Count)
        {
            reads.Any(ChangeSubject.Article);
        }
    }
}

/// <summary>Loads personas by id.</summary>
public sealed class PersonaById(ReadContexts contexts, CompiledQueries queries, RowCache cache)
    : CachedRowById<PersonaId, Persona, PublicPersona>(contexts, queries, cache)
{
    private protected override ChangeSubject Subject => ChangeSubject.Persona;

    private protected override Projection<Persona, PublicPersona> Rows => PublicPersona.Columns;

    private static readonly KeyedQuery<PersonaId, Persona> ById = new(
        "persona by id",
        (db, id) => db.Personas.Where(p => p.Id == id),
        (db, ids) => db.Personas.Where(p => ids.Contains(p.Id))
    );

    private protected override KeyedQuery<PersonaId, Persona> Query => ById;

    private protected override PersonaId KeyOf(PublicPersona row) => row.Id;
}

/// <summary>Reads a persona by its slug.</summary>
public sealed class ReadPersona(ReadContexts contexts, CompiledQueries queries)
{
    private static readonly NamedQuery<string, Persona> BySlug = new(
        "persona by slug",
        (db, s) => db.Personas.Where(p => p.Slug == s)
    );

    public Task<PublicPersona?> Handle(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        contexts.FirstAsync(
            queries,
            BySlug,
            slug,
            PublicPersona.Columns,
            columns,
            ChangeSubject.Persona,
            row => row.Id,
            cancellationToken
        );
}
