using Cms.Articles;
using Cms.Data;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Reading;

/// <summary>A filter for takes.</summary>
public sealed record TakeFilterInput
{
    /// <summary>The persona that wrote the take.</summary>
    public PersonaFilterInput? Persona { get; init; }
}

/// <summary>A filter for personas.</summary>
public sealed record PersonaFilterInput
{
    /// <summary>The slug.</summary>
    public SlugOperationFilterInput? Slug { get; init; }
}

/// <summary>Lists the takes visible to readers, newest first.</summary>
public sealed class ListTakes(ReadContexts contexts, CompiledQueries queries)
{
    private static readonly Keyset<TakeListing, TakeId> ByPublishedAt = new(l => l.PublishedAt, l => l.TakeId);

    /// <summary>The pages of one persona's takes.</summary>
    internal static readonly RangePages<PersonaId, TakeListing, TakeId, EditionTake> PagesOfPersona = new(
        "takes of a persona",
        ByPublishedAt,
        (db, persona) => Visibility.Takes(db).Where(l => l.PersonaId == persona),
        (db, list) =>
            list.Join(
                db.EditionTakes,
                l => new { l.EditionId, l.TakeId },
                t => new { t.EditionId, t.TakeId },
                (l, t) => t
            )
    );

    public async Task<Connection<PublicTake>> Handle(
        PageArguments page,
        TakeFilterInput? where,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        var list = ListHash.Of("takes").With(where);
        var from = Keyset<TakeListing, TakeId>.Read(list, page);
        var isWithin = Keyset<TakeListing, TakeId>.Within<PublicTake>(list, page, row => (row.PublishedAt, row.Id));
        using var lease = await contexts.RentAsync(contexts.Reads.AsItGoes, cancellationToken);
        var personas = await PersonasAsync(lease.Db, where, cancellationToken);
        if (personas is [])
        {
            return Connection.Empty<PublicTake>(page);
        }

        List<PublicTake> rows;
        if (personas is [var only])
        {
            rows = await PagesOfPersona.ReadAsync(
                queries,
                lease.Db,
                only,
                page,
                from,
                descending: true,
                PublicTake.Columns,
                columns,
                cancellationToken
            );
        }
        else
        {
            var slices = Ranges(lease.Db, personas).ConvertAll(range => ByPublishedAt.Slice(range, page, from));
            rows = await ByPublishedAt
                .Merge(slices, page)
                .Join(
                    lease.Db.EditionTakes,
                    l => new { l.EditionId, l.TakeId },
                    t => new { t.EditionId, t.TakeId },
                    (l, t) => t
                )
                .Select(PublicTake.Columns.Of(columns))
                .ToListAsync(cancellationToken);
        }

        var read = new TakeListRead(
            personas,
            new(
                page.Backward,
                from is null ? null : (from.At, from.Id),
                rows.Count <= page.Size ? null : (rows[^1].PublishedAt, rows[^1].Id)
            )
        );
        contexts.Reads.List(read);
        contexts.Reads.Rows(rows.Take(page.Size).Select(take => take.ArticleId));
        return Connection.Page(
            rows,
            page,
            row => Cursor.Write(list, row.Id, row.PublishedAt),
            contexts.Counting(
                db => personas is null ? db.VisibleTakes : db.VisibleTakes.Where(l => personas.Contains(l.PersonaId)),
                () =>
                {
                    read.IsCounted = true;
                    return contexts.Reads.AsItGoes;
                }
            ),
            isWithin
        );
    }

    private static List<IQueryable<TakeListing>> Ranges(CmsDbContext db, List<PersonaId>? personas) =>
        personas is null
            ? [db.VisibleTakes]
            : [.. personas.Select(persona => db.VisibleTakes.Where(l => l.PersonaId == persona))];

    private async Task<List<PersonaId>?> PersonasAsync(
        CmsDbContext db,
        TakeFilterInput? where,
        CancellationToken cancellationToken
    )
    {
        if (where?.Persona?.Slug?.Slugs("where.persona.slug") is not { } slugs)
        {
            return null;
        }

        contexts.Reads.Any(ChangeSubject.Persona);
        return await db.Personas.Where(p => slugs.Contains(p.Slug)).Select(p => p.Id).ToListAsync(cancellationToken);
    }
}
