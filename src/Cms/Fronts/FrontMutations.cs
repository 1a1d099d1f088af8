using Cms.Articles;
using Cms.Articles.Workflow;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Fronts;

[MutationType]
public static class FrontMutations
{
    /// <summary>
    /// Saves the list of articles for the home page or for a category, in order. The list can contain articles that are
    /// not published; readers see each article only while it is published.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("front")]
    [Errors<CategoryNotFound, TermMerged, VersionConflict>]
    [Errors<FrontTooLong, ArticleTwiceOnFront, ArticleNotFound, ArticleTrashed>]
    public static Task<Result<Front>> SaveFrontAsync(
        SaveFrontInput input,
        Viewer viewer,
        [Service] SaveFront operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
