using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Workflow;

/// <summary>The article whose slug changes, and the new slug.</summary>
public sealed record ChangeSlugInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The new slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Sets the slug of an article, which no longer follows the headline then. If the article is published, this makes an
/// edition with the same content, and the old URL redirects to the new one.
/// </summary>
public sealed class ChangeSlug(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(ChangeSlugInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                if (input.Slug == article.Slug && !article.SlugFollowsHeadline)
                {
                    return article;
                }

                if (article.Released() is { } released)
                {
                    return released;
                }

                var claimed = await db.ClaimSlugAsync(input.Slug, headline: "", article.Id, token);
                if (!claimed.Succeeded(out var slug, out _))
                {
                    return claimed.Then(article);
                }

                var now = clock.Now();
                if (article.LiveEditionId is not { } liveId)
                {
                    article.ChangeSlug(slug, actor.Contributor, now);
                    return article;
                }

                var live = await db.Editions.AsNoTracking().SingleAsync(e => e.Id == liveId, token);
                var content = await db.ContentOfAsync(live, token);
                var panel = await db.PanelOfAsync(liveId, token);
                var moved = article.Move(live, content, slug, actor.Contributor, now);
                var issued = await db.ReissueAsync(article, moved, panel, token);
                return issued.Then(article);
            },
            cancellationToken
        );
}
