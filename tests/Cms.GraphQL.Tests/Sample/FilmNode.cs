using GraphQL;
using GraphQL.DataLoader;

namespace Cms.GraphQL.Tests.Sample;

[ObjectType<Film>]
[Node]
public static class FilmNode
{
    [NodeResolver]
    public static Task<Film?> GetAsync(FilmId id, [Service] FilmStore films) => Task.FromResult(films.Find(id));

    /// <summary>The studio that made it.</summary>
    public static IDataLoaderResult<Studio?> GetStudioAsync(
        [Parent(requires: nameof(Film.StudioId))] Film film,
        [Service] StudioById studios,
        IResolveFieldContext context
    ) => studios.Load(film.StudioId, context.Asked<Studio>());

    /// <summary>The title, in capitals.</summary>
    public static string GetShout([Parent(requires: "Title Notes")] Film film) =>
        film.Title.ToUpperInvariant() + film.Notes;

    /// <summary>What a critic wrote about it.</summary>
    [Authorize(FilmPolicies.Critic)]
    public static string GetReview([Parent(requires: nameof(Film.Title))] Film film) => $"{film.Title} is a film.";

    /// <summary>The whole record as JSON.</summary>
    [GraphQLName("raw")]
    public static JsonText? GetEverything([Parent] Film film) => new($$"""{"title":"{{film.Title}}"}""");
}

[ObjectType<Studio>(Bind = Bind.Explicit, Fields = [nameof(Studio.Id), nameof(Studio.Title), nameof(Studio.Website)])]
[Node]
public static class StudioNode
{
    [NodeResolver]
    public static IDataLoaderResult<Studio?> GetAsync(StudioId id, [Service] StudioById studios) =>
        studios.Load(id, ColumnSet.All);

    /// <summary>Its films.</summary>
    public static IDataLoaderResult<List<Film>> GetFilmsAsync(
        [Parent(requires: nameof(Studio.Id))] Studio studio,
        [Service] FilmsByStudio films
    ) => films.Load(studio.Id);
}
