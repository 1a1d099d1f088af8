using Cms.Articles;
using Cms.GraphQL;

namespace Cms.Fronts;

/// <summary>The list has too many articles.</summary>
/// <param name="Max">The maximum number of articles.</param>
public sealed record FrontTooLong(int Max) : UserError($"A front can have at most {Max} articles. Remove some.");

/// <summary>An article occurs twice in the list.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record ArticleTwiceOnFront(ArticleId ArticleId)
    : UserError("The article is on the front twice. Remove one of the two.");
