using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Preview;

/// <summary>The preview link to revoke.</summary>
public sealed record RevokePreviewLinkInput : MutationInput
{
    /// <summary>The link's id.</summary>
    public required PreviewLinkId Id { get; init; }
}

/// <summary>A preview link that was revoked.</summary>
/// <param name="PreviewLinkId">The id that it had.</param>
/// <param name="ArticleId">The article that it opened.</param>
public sealed record RevokedPreviewLink(PreviewLinkId PreviewLinkId, ArticleId ArticleId) : IStoredResult, IArticlePart;

/// <summary>Revokes a preview link. From then on, its token is worth nothing.</summary>
public sealed class RevokePreviewLink(CmsDatabase database)
{
    public Task<Result<RevokedPreviewLink>> Handle(
        RevokePreviewLinkInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<RevokedPreviewLink>(
            actor,
            async (db, token) =>
            {
                if (
                    await db.PreviewLinks.FindAsync([input.Id], token) is not { } link
                    || await db.IsHiddenFromAsync(link.ArticleId, actor, token)
                )
                {
                    return new PreviewLinkNotFound(input.Id) { Path = ["id"] };
                }

                db.Remove(link);
                return new RevokedPreviewLink(link.Id, link.ArticleId);
            },
            cancellationToken
        );
}
