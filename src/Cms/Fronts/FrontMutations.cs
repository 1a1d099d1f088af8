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
    /// Saves the articles of the home page or of a category, in order. An article that is not published can be on the
    /// list: readers see it while it is published.
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
