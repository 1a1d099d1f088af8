using Cms.Articles.Workflow;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Preview;

[MutationType]
public static class PreviewMutations
{
    /// <summary>
    /// Creates a link that lets anybody who has it read the newest revision of one article, until the link expires or is
    /// revoked. Authors can create links to the articles they work on. The token is returned only once.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("link")]
    [Errors<ArticleNotFound, ArticleTrashed, PreviewLifetimeOutOfRange, TooManyPreviewLinks>]
    public static Task<Result<PreviewLink>> CreatePreviewLinkAsync(
        CreatePreviewLinkInput input,
        Viewer viewer,
        [Service] CreatePreviewLink operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Revokes a preview link immediately. Open connections that use it no longer see the article.</summary>
    [Authorize(Policies.Author)]
    [Payload("link")]
    [Errors<PreviewLinkNotFound>]
    public static Task<Result<RevokedPreviewLink>> RevokePreviewLinkAsync(
        RevokePreviewLinkInput input,
        Viewer viewer,
        [Service] RevokePreviewLink operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
