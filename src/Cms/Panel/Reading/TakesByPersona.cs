using Cms.Articles;
using Cms.GraphQL;
using Cms.Reading;

namespace Cms.Panel.Reading;

/// <summary>Loads pages of personas' takes that are visible to readers, newest first.</summary>
public sealed class TakesByPersona(ReadContexts contexts, CompiledQueries queries, TakeCountByPersona counts)
    : PagesByParent<PersonaId, TakeListing, TakeId, EditionTake, PublicTake>(contexts, queries, counts)
{
    private static readonly FirstPages<PersonaId, EditionTake> First = new(
        "takes by persona",
        (db, personas, size) =>
            from persona in personas.AsQueryable()
            join listing in Visibility.Takes(db) on persona equals listing.PersonaId
            where
                listing.PublishedAt
                >= (
                    Visibility
                        .Takes(db)
                        .Where(l => l.PersonaId == persona)
                        .OrderByDescending(l => l.PublishedAt)
                        .Select(l => (DateTimeOffset?)l.PublishedAt)
                        .Skip(size)
                        .FirstOrDefault()
                    ?? DateTimeOffset.MinValue
                )
            join take in db.EditionTakes
                on new { listing.EditionId, listing.TakeId } equals new { take.EditionId, take.TakeId }
            select new Belonging<PersonaId, EditionTake> { Parent = persona, Row = take },
        (db, personas, size) =>
            from persona in personas.AsQueryable()
            join listing in Visibility.Takes(db) on persona equals listing.PersonaId
            where
                listing.PublishedAt
                <= (
                    Visibility
                        .Takes(db)
                        .Where(l => l.PersonaId == persona)
                        .OrderBy(l => l.PublishedAt)
                        .Select(l => (DateTimeOffset?)l.PublishedAt)
                        .Skip(size)
                        .FirstOrDefault()
                    ?? DateTimeOffset.MaxValue
                )
            join take in db.EditionTakes
                on new { listing.EditionId, listing.TakeId } equals new { take.EditionId, take.TakeId }
            select new Belonging<PersonaId, EditionTake> { Parent = persona, Row = take }
    );

    private protected override RangePages<PersonaId, TakeListing, TakeId, EditionTake> One => ListTakes.PagesOfPersona;

    private protected override FirstPages<PersonaId, EditionTake> Several => First;

    private protected override Projection<EditionTake, PublicTake> Rows => PublicTake.Columns;

    private protected override ListHash HashOf(PersonaId parent) => ListHash.Of("takes of").With(parent.Value);

    private protected override (DateTimeOffset At, TakeId Id) PlaceOf(PublicTake row) => (row.PublishedAt, row.Id);

    private protected override Action Record(
        ReadTracker reads,
        PersonaId parent,
        PageArguments page,
        (DateTimeOffset At, TakeId Id)? from,
        List<PublicTake> rows
    )
    {
        var read = new TakeListRead(
            [parent],
            new(page.Backward, from, rows.Count <= page.Size ? null : PlaceOf(rows[^1]))
        );
        reads.List(read);
        reads.Rows(rows.Take(page.Size).Select(take => take.ArticleId));
        return () => read.IsCounted = true;
    }
}

/// <summary>Counts the takes of each persona that are visible to readers.</summary>
public sealed class TakeCountByPersona(ReadContexts contexts, CompiledQueries queries)
    : CountByParent<PersonaId>(contexts, queries)
{
    private static readonly NamedQuery<List<PersonaId>, Counted<PersonaId>> ByPersona = new(
        "take count by persona",
        (db, personas) =>
            Visibility
                .Takes(db)
                .Where(l => personas.Contains(l.PersonaId))
                .GroupBy(l => l.PersonaId)
                .Select(group => new Counted<PersonaId> { Parent = group.Key, Count = group.Count() })
    );

    private protected override NamedQuery<List<PersonaId>, Counted<PersonaId>> Query => ByPersona;
}
