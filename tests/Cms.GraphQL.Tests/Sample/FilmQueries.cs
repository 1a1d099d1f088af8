using GraphQL;
using GraphQL.DataLoader;

namespace Cms.GraphQL.Tests.Sample;

/// <summary>A filter for films.</summary>
public sealed record FilmFilterInput
{
    /// <summary>Only films of this kind.</summary>
    public FilmKind? Kind { get; init; }

    /// <summary>Only films with these ids.</summary>
    public List<FilmId>? In { get; init; }

    /// <summary>Only films first shown at this time or later.</summary>
    public DateTimeOffset? ShownFrom { get; init; }

    /// <summary>All of these filters must match.</summary>
    public List<FilmFilterInput>? And { get; init; }
}

[QueryType]
public static class FilmQueries
{
    /// <summary>The film with this id.</summary>
    /// <param name="id">The film's id.</param>
    public static Film? GetFilm(FilmId id, [Service] FilmStore films) => films.Find(id);

    /// <summary>Films, newest first.</summary>
    /// <param name="where">The films to return.</param>
    public static Task<Connection<Film>> GetFilmsAsync(
        PageArguments page,
        [Service] FilmStore films,
        IResolveFieldContext context,
        FilmFilterInput? where = null
    )
    {
        var list = ListHash.Of("films").With(where);
        var wanted = films
            .Films.Where(x => where?.Kind is not { } kind || x.Kind == kind)
            .Where(x => where?.In is not { } ids || ids.Contains(x.Id))
            .Where(x => where?.ShownFrom is not { } from || x.ShownAt >= from)
            .ToList();
        var rows = page.Backward ? wanted.AsEnumerable().Reverse() : wanted;

        if (page.Cursor is { } cursor)
        {
            var keys = new CursorKey[1];
            var id = Cursor.Read<FilmId>(list, cursor, keys);
            rows = rows.SkipWhile(x => x.Id != id).Skip(1);
        }

        if (page.Until is { } until)
        {
            var end = Cursor.Read<FilmId>(list, until, new CursorKey[1]);
            rows = rows.TakeWhile(x => x.Id != end);
        }

        films.Log.Enqueue(string.Join(' ', Names(context.Asked<Film>("nodes") | context.Asked<Film>("edges", "node"))));
        return Task.FromResult(
            Connection.Page(
                [.. rows.Take(page.Size + 1)],
                page,
                x => Cursor.Write(list, x.Id, x.ShownAt),
                () =>
                {
                    films.Log.Enqueue("count");
                    return LoaderResults.Ready(wanted.Count);
                }
            )
        );
    }

    /// <summary>Films and studios whose title ends with a word.</summary>
    /// <param name="word">The word at the end of the title.</param>
    public static List<IFound> Search(string word, [Service] FilmStore films) =>
        [
            .. films.Films.Where(x => x.Title.EndsWith(word, StringComparison.Ordinal)),
            .. films.Studios.Where(x => x.Title.EndsWith(word, StringComparison.Ordinal)),
        ];

    /// <summary>Everything with a title.</summary>
    public static IReadOnlyList<ITitled> GetTitled([Service] FilmStore films) => [films.Films[0], films.Studios[0]];

    /// <summary>Returns the given day.</summary>
    /// <param name="day">A day.</param>
    public static DateOnly Echo(DateOnly day) => day;

    /// <summary>Returns the given number.</summary>
    /// <param name="number">The number.</param>
    public static int Same(int number = 7) => number;

    /// <summary>Fails with a message that contains a password.</summary>
    public static string? Boom() => throw new InvalidOperationException("Server=db;Password=hunter2");

    /// <summary>Fails when its loader reads.</summary>
    public static IDataLoaderResult<Studio?> GetBroken([Service] BrokenLoader broken) =>
        broken.Load(FilmStore.Id<StudioId>(1));

    /// <summary>Fails in the same batch.</summary>
    public static IDataLoaderResult<Studio?> GetBrokenToo([Service] BrokenLoader broken) =>
        broken.Load(FilmStore.Id<StudioId>(2));

    private static IEnumerable<string> Names(ColumnSet columns) => Columns.Of<Film>().Where((_, i) => columns.Has(i));
}

public sealed class BrokenLoader : BatchLoader<StudioId, Studio?>
{
    protected override Task<Dictionary<StudioId, Studio?>> ReadAsync(
        List<StudioId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException("the database is on fire");
}
