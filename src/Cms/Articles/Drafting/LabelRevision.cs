using Cms.Articles.Desk;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Drafting;

/// <summary>The revision to name, and its name.</summary>
public sealed record LabelRevisionInput
{
    /// <summary>The article.</summary>
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
        database.WriteAsync<Article>(
            actor,
            async (db, token) =>
            {
                if (await db.ArticleForAsync(input.Id, actor, token) is not { } article)
                {
                    return new ArticleNotFound(input.Id) { Path = ["id"] };
                }

                if (input.Label?.Length > ArticleLimits.Label)
                {
                    return new TextTooLong("label", ArticleLimits.Label) { Path = ["label"] };
                }

                var found = await db.Revisions.SingleOrDefaultAsync(
                    r => r.Id == input.Revision && r.ArticleId == input.Id,
                    token
                );
                if (found is not { } revision)
                {
                    return new RevisionNotFound(input.Revision) { Path = ["revision"] };
                }

                revision.Name(input.Label);
                return article;
            },
            cancellationToken
        );
}
