using Cms.Articles.Publishing;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Cms.References;

namespace Cms.Articles.Workflow;

/// <summary>The article to put in the trash.</summary>
public sealed record TrashArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>
    /// Whether to put the article in the trash even if a published article embeds it, a front contains it or the notice
    /// of a withdrawn article names it. By default, an article in use is not put in the trash, and the error lists the
    /// uses.
    /// </summary>
    public bool AcknowledgeUse { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Puts an article in the trash and cancels its schedule. Its revisions stay, and it can be restored.</summary>
public sealed class TrashArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(TrashArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                if (
                    article.Status is not ArticleStatus.Published
                    && article.TrashedAt is null
                    && !input.AcknowledgeUse
                    && ArticleInUse.Of(article.Id, await db.PublicUsagesAsync(article.Id, token)) is { } inUse
                )
                {
                    return inUse;
                }

                if (article.ScheduledAt is not null)
                {
                    await db.UnshowScheduledAsync(article.Id, token);
                }

                return article.Trash(actor.Contributor, clock.Now());
            },
            cancellationToken
        );
}

/// <summary>The article to take out of the trash.</summary>
public sealed record RestoreArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Takes an article out of the trash.</summary>
public sealed class RestoreArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(RestoreArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            (_, article, _) =>
            {
                article.Restore(actor.Contributor, clock.Now());
                return Task.FromResult<Result<Article>>(article);
            },
            cancellationToken
        );
}
