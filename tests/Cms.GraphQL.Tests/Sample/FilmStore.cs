using System.Collections.Concurrent;

namespace Cms.GraphQL.Tests.Sample;

/// <summary>An in-memory store of films that logs each read.</summary>
public sealed class FilmStore
{
    public static readonly DateTimeOffset FirstNight = new(2026, 4, 23, 9, 0, 0, TimeSpan.Zero);

    public List<Studio> Studios { get; } =
    [.. Enumerable.Range(1, 3).Select(x => new Studio { Id = Id<StudioId>(x), Title = $"Studio {x}" })];

    public List<Film> Films { get; } =
    [
        .. Enumerable
            .Range(1, 30)
            .Select(x => new Film
            {
                Id = Id<FilmId>(x),
                Title = $"Film {x}",
                ShownAt = FirstNight.AddDays(-x),
                Minutes = x % 2 == 0 ? 90 : null,
                StudioId = Id<StudioId>((x % 3) + 1),
            }),
    ];

    public ConcurrentQueue<string> Log { get; } = [];

    public static TId Id<TId>(int number)
        where TId : struct, IEntityId<TId> => new() { Value = new Guid(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0) };

    public Film? Find(FilmId id) => Films.Find(x => x.Id == id);
}

public sealed class StudioById(FilmStore films) : BatchLoader<StudioId, Studio?>
{
    protected override Task<Dictionary<StudioId, Studio?>> ReadAsync(
        List<StudioId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        films.Log.Enqueue($"studios {keys.Count}");

        return Task.FromResult(films.Studios.Where(x => keys.Contains(x.Id)).ToDictionary(x => x.Id, x => (Studio?)x));
    }
}

public sealed class FilmsByStudio(FilmStore films) : GroupLoader<StudioId, Film>
{
    protected override StudioId KeyOf(Film row) => row.StudioId;

    protected override Task<List<Film>> ReadRowsAsync(
        List<StudioId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        films.Log.Enqueue($"films of {keys.Count}");
        return Task.FromResult(films.Films.Where(x => keys.Contains(x.StudioId)).ToList());
    }
}
