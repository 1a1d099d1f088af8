using System.Runtime.CompilerServices;
using Cms.Articles.Reading;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Preview;

/// <summary>The preview of an article changed. Read it again.</summary>
/// <param name="ArticleId">The article's id.</param>
public sealed record PreviewChange(ArticleId ArticleId);

[ObjectType<PreviewChange>]
public static class PreviewChangeNode
{
    /// <summary>
    /// The article. It is the newest revision if you send a preview token or use the draft perspective; otherwise what
    /// is published. Null if you cannot see it, for example because the link has been revoked since.
    /// </summary>
    public static IDataLoaderResult<PublicArticle?> GetArticleAsync(
        [Parent] PreviewChange change,
        [Service] ShownArticles articles,
        IResolveFieldContext context
    ) => articles.LoadNamed(change.ArticleId, context.Asked<PublicArticle>());
}

/// <summary>Streams the changes to the newest revision of one article to those who can preview it.</summary>
public sealed class FollowPreview(
    PreviewFeed feed,
    IDbContextFactory<CmsDbContext> databases,
    DatabaseAvailability availability,
    TimeProvider clock
)
{
    /// <exception cref="RequestError">
    /// The viewer cannot preview the article, or it does not exist. Both have the same error.
    /// </exception>
    public async IAsyncEnumerable<PreviewChange> Handle(
        ArticleId id,
        Viewer viewer,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        // Staff can follow an article without the draft perspective.
        var onDesk = viewer with
        {
            Perspective = viewer.Is(Role.Author) ? Perspective.Draft : viewer.Perspective,
            Preview = null,
        };
        var isOnDesk = await MayPreviewAsync(id, onDesk, cancellationToken);
        if (!isOnDesk && !await MayPreviewAsync(id, viewer, cancellationToken))
        {
            throw new RequestError(
                ErrorCodes.NotAuthorized,
                "You cannot preview this article. Send the token of its preview link, or sign in as a member of staff who works on it."
            );
        }

        var link = isOnDesk ? null : viewer.Preview?.Link;
        var author = isOnDesk && !viewer.Is(Role.Editor) ? viewer.Key : null;
        await foreach (var article in feed.FollowAsync(id, link, author, cancellationToken))
        {
            yield return new PreviewChange(article);
        }
    }

    private Task<bool> MayPreviewAsync(ArticleId id, Viewer viewer, CancellationToken cancellationToken) =>
        availability.RunAsync(
            async token =>
            {
                await using var db = await databases.CreateDbContextAsync(token);
                foreach (var allowed in db.ArticlesPreviewedBy(viewer, clock.Now()))
                {
                    if (await allowed.AnyAsync(a => a.Id == id, token))
                    {
                        return true;
                    }
                }

                return false;
            },
            cancellationToken
        );
}

[SubscriptionType]
public static class PreviewSubscriptions
{
    /// <summary>
    /// Sends an item within a second after the newest revision, a take, the slug or the published edition of an article
    /// changes. Requires that you can see the article on the desk, or that you send the token of a preview link for it.
    /// Begin the subscription before you read the article. It ends when the link is revoked or expires, when the article
    /// is put in the trash, and when it no longer belongs to you and you are not an editor.
    /// </summary>
    /// <param name="article">The article's id.</param>
    public static IAsyncEnumerable<PreviewChange> PreviewChangedAsync(
        ArticleId article,
        Viewer viewer,
        [Service] FollowPreview previews
    ) => previews.Handle(article, viewer);
}
