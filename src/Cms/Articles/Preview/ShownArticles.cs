using Cms.Articles.Reading;
using Cms.GraphQL;
using GraphQL.DataLoader;

namespace Cms.Articles.Preview;

/// <summary>
/// Loads articles for the places that show one by its id: the published article, or its newest revision if the viewer
/// previews it. Lists do not use this class, because they contain what is published.
/// </summary>
public sealed class ShownArticles(ArticleById published, PreviewedArticles previews)
{
    /// <summary>
    /// Returns an article that something refers to. It exists only if readers can see it, so that a preview does not add
    /// an article to what other articles refer to.
    /// </summary>
    public IDataLoaderResult<PublicArticle?> Load(ArticleId id, ColumnSet columns) =>
        previews.AreAny
            ? previews.Load(id).And(published.Load(id, columns), (preview, row) => row is null ? null : preview ?? row)
            : published.Load(id, columns);

    /// <summary>
    /// Returns an article that the request names, or whose part it shows. A previewed article exists even if readers
    /// cannot see it.
    /// </summary>
    public IDataLoaderResult<PublicArticle?> LoadNamed(ArticleId id, ColumnSet columns) =>
        previews.AreAny
            ? previews.Load(id).And(published.Load(id, columns), (preview, row) => preview ?? row)
            : published.Load(id, columns);

    /// <summary>Returns the article with a slug, given the published one; null if there is none.</summary>
    internal async Task<PublicArticle?> WithSlugAsync(
        string slug,
        PublicArticle? row,
        CancellationToken cancellationToken
    )
    {
        if (!previews.AreAny || (row?.Id ?? await previews.IdOfAsync(slug, cancellationToken)) is not { } id)
        {
            return row;
        }

        return await previews.Load(id).GetResultAsync(cancellationToken) ?? row;
    }

    /// <summary>Returns articles that something refers to, in order, without those that readers cannot see.</summary>
    public IDataLoaderResult<List<PublicArticle>> LoadMany(IReadOnlyCollection<ArticleId> ids, ColumnSet columns) =>
        LoaderResults.Gather(ids.Select(id => Load(id, columns))).Then(found => found.OfType<PublicArticle>().ToList());
}
