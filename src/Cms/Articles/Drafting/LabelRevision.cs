using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Drafting;

/// <summary>The revision to name, and its name.</summary>
public sealed record LabelRevisionInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>The revision to name.</summary>
    public required RevisionId Revision { get; init; }

    /// <summary>The name, at most 120 characters; null removes it.</summary>
    public string? Label { get; init; }
}

/// <summary>Names a revision, so that it is easy to find. Autosaves do not replace a revision that has a name.</summary>
public sealed class LabelRevision(CmsDatabase database)
{
    public Task<Result<Article>> Handle(LabelRevisionInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync<Article>(
            actor,
            input.Id,
            expectedVersion: null,
            async (db, article, token) =>
            {
                if (input.Label?.Length > ArticleLimits.Label)
                {
                    return new TextTooLong("label", ArticleLimits.Label) { Path = ["label"] };
                }

                await db.LockArticleAsync(article.Id, token);
                var found = await db.Revisions.SingleOrDefaultAsync(
                    r => r.Id == input.Revision && r.ArticleId == input.Id,
                    token
                );
                if (found is not { } revision)
                {
                    return new RevisionNotFound(input.Revision) { Path = ["revision"] };
                }

                revision.SetLabel(input.Label);
                return article;
            },
            cancellationToken
        );
}
