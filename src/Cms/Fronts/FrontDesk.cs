using Cms.Articles;
using Cms.Articles.Desk;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using GraphQL.DataLoader;

namespace Cms.Fronts;

[ObjectType<DeskRoot>]
public static class FrontDesk
{
    /// <summary>The front of the home page or of a category; null if none was saved.</summary>
    /// <param name="category">The id of the category; null for the home page.</param>
    [Authorize(Policies.Editor)]
    public static Task<Front?> GetFrontAsync(
        [Service] ReadDeskFront front,
        CancellationToken cancellationToken,
        CategoryId? category = null
    ) => front.Handle(category, cancellationToken);
}

/// <summary>Reads a front, with articles that are not published.</summary>
public sealed class ReadDeskFront(ReadContexts contexts)
{
    public async Task<Front?> Handle(CategoryId? category, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.FrontOfAsync(category, cancellationToken);
    }
}

/// <summary>A front, with the data that only staff can see.</summary>
[ObjectType<Front>(
    Name = "DeskFront",
    Bind = Bind.Explicit,
    Fields = [nameof(Front.Id), nameof(Front.UpdatedAt), nameof(Front.UpdatedBy), nameof(Front.Version)]
)]
public static class DeskFrontNode
{
    /// <summary>The id of the category; null for the home page.</summary>
    public static CategoryId? GetCategoryId([Parent] Front front) => front.CategoryId;

    /// <summary>All articles on the front, in order. Readers see those whose status is PUBLISHED.</summary>
    [ListSize(Front.MaxArticles)]
    public static IDataLoaderResult<List<Article>>? GetArticlesAsync(
        [Parent] Front front,
        [Service] DeskArticleById articles
    ) => articles.LoadMany(front.Articles, ColumnSet.All).Then(found => found.OfType<Article>().ToList());
}
