using Cms.Articles;
using Cms.Articles.Reading;
using Cms.GraphQL;
using Cms.Reading;
using Cms.Taxonomy;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Fronts;

/// <summary>A front for readers, with only the requested columns.</summary>
public sealed class PublicFront
{
    public FrontId Id { get; init; }

    public CategoryId? CategoryId { get; init; }

    public IReadOnlyList<ArticleId> Articles { get; init; } = [];

    /// <summary>When an editor last saved the front.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    internal static Projection<Front, PublicFront> Columns { get; } =
        new(
            front => new PublicFront
            {
                Id = front.Id,
                CategoryId = front.CategoryId,
                Articles = front.Articles,
                UpdatedAt = front.UpdatedAt,
            },
            nameof(Id)
        );
}

/// <summary>Reads the front of the home page or of a public category.</summary>
public sealed class ReadFront(ReadContexts contexts, CompiledQueries queries, ReadTerm terms)
{
    private static readonly NamedQuery<CategoryId, Front> OfCategory = new(
        "front of a category",
        (db, category) => db.Fronts.Where(f => f.CategoryId == category)
    );

    private static readonly NamedQuery<FrontId, Front> ById = new(
        "front by id",
        (db, id) => db.Fronts.Where(f => f.Id == id)
    );

    public async Task<PublicFront?> Handle(string? category, ColumnSet columns, CancellationToken cancellationToken)
    {
        if (category is null)
        {
            return await ReadAsync(ById, FrontId.Home);
        }

        var found = await terms.CategoryAsync(category, Columns.Set<Category>(nameof(Category.Id)), cancellationToken);
        return found is null ? null : await ReadAsync(OfCategory, found.Id);

        Task<PublicFront?> ReadAsync<TArgument>(NamedQuery<TArgument, Front> query, TArgument argument) =>
            contexts.FirstAsync(
                queries,
                query,
                argument,
                PublicFront.Columns,
                columns,
                ChangeSubject.Front,
                row => row.Id,
                cancellationToken
            );
    }
}

[QueryType]
public static class FrontQueries
{
    /// <summary>
    /// The articles that editors have chosen for the home page or for the page of a category. Null if no list was ever
    /// saved, or if no public category has this slug.
    /// </summary>
    /// <param name="category">The slug of a category, or a slug that it had before; null for the home page.</param>
    public static Task<PublicFront?> GetFrontAsync(
        [Service] ReadFront fronts,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        string? category = null
    ) => fronts.Handle(category, context.Asked<PublicFront>(), cancellationToken);
}

/// <summary>The articles that editors have chosen for the home page or for the page of a category.</summary>
[ObjectType<PublicFront>(Name = "Front", Bind = Bind.Explicit, Fields = [nameof(PublicFront.UpdatedAt)])]
public static class FrontNode
{
    /// <summary>The category; null for the home page.</summary>
    public static IDataLoaderResult<Category?>? GetCategoryAsync(
        [Parent(nameof(PublicFront.CategoryId))] PublicFront front,
        [Service] CategoryById categories,
        IResolveFieldContext context
    ) => front.CategoryId is { } id ? categories.Load(id, context.Asked<Category>()) : null;

    /// <summary>The published articles on the front, in the order that the editors chose, at most 20.</summary>
    [ListSize(Front.MaxArticles)]
    public static IDataLoaderResult<List<PublicArticle>> GetArticlesAsync(
        [Parent(nameof(PublicFront.Articles))] PublicFront front,
        [Service] ArticleById articles,
        IResolveFieldContext context
    ) =>
        articles
            .LoadMany(front.Articles, context.Asked<PublicArticle>())
            .Then(found => found.OfType<PublicArticle>().ToList());
}
