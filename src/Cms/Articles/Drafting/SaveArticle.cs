using Cms.Articles.Desk;
using Cms.Body;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;

namespace Cms.Articles.Drafting;

public sealed record SaveArticleInput
{
    public required ArticleId Id { get; init; }

    /// <summary>The complete working copy.</summary>
    public required ArticleContent Content { get; init; }

    /// <summary>The body in the form the author sent; null if the content already has the body.</summary>
    public BodyInput? Body { get; init; }

    /// <summary>The version that the editor last read; null overwrites any newer version.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Saves the working copy as a new revision. The public article does not change.</summary>
public sealed class SaveArticle(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(SaveArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Article>(
            actor,
            async (db, token) =>
            {
                if (await db.ArticleForAsync(input.Id, actor, token) is not { } article)
                {
                    return new ArticleNotFound(input.Id) { Path = ["id"] };
                }

                if (article.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                var written = await db.WithBodyAsync(input.Content, input.Body, !actor.Is(Role.Editor), token);
                var refusals = input.Content.Refusals();
                refusals.AddRange(await db.MissingReferencesAsync(input.Content, token));
                refusals.AddRange(written.Errors);
                var images = (written.Value ?? input.Content).Images();
                refusals.AddRange(await db.MissingMediaAsync(images, token));
                if (refusals.Count > 0)
                {
                    return refusals;
                }

                db.Add(article.Save(written.Value!, actor.Contributor, clock.Now()));
                await db.RecordUsesAsync(
                    MediaUseKind.WorkingCopy,
                    article.Id,
                    images.Select(image => image.Media),
                    token
                );
                return article;
            },
            cancellationToken
        );
}
