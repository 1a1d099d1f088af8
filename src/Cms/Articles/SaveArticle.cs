using Cms.Data;
using Cms.Results;

namespace Cms.Articles;

public sealed record SaveArticleInput
{
    public required ArticleId Id { get; init; }

    /// <summary>The whole working copy as it is now.</summary>
    public required ArticleContent Content { get; init; }

    public required Contributor By { get; init; }

    /// <summary>The version the editor began from; null overwrites whatever stands.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Keeps the working copy as a new revision. What readers see stays as it is.</summary>
public sealed class SaveArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(SaveArticleInput input, CancellationToken cancellationToken) =>
        database.WriteAsync<Article>(
            async (db, token) =>
            {
                if (await db.Articles.FindAsync([input.Id], token) is not { } article)
                {
                    return new ArticleNotFound(input.Id) { Path = ["id"] };
                }

                if (article.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                var refusals = input.Content.Refusals();
                refusals.AddRange(await db.MissingReferencesAsync(input.Content, token));
                if (refusals.Count > 0)
                {
                    return refusals;
                }

                db.Add(article.Save(input.Content, input.By, clock.Now()));
                return article;
            },
            cancellationToken
        );
}
