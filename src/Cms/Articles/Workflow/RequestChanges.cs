using Cms.Access;
using Cms.Articles.Comments;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Workflow;

/// <summary>The article that needs changes, and a comment that describes the changes.</summary>
public sealed record RequestChangesInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>What to change. The comment begins a thread.</summary>
    public required string Comment { get; init; }

    /// <summary>The ids of the members of staff to mention, at most 20.</summary>
    [ListLength(Comments.Comment.MaxMentions)]
    public IReadOnlyList<StaffId> Mentions { get; init; } = [];

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Asks the author for changes, and says which in a comment.</summary>
public sealed class RequestChanges(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Article>> Handle(RequestChangesInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                var now = clock.Now();
                var comment = await db.CommentAsync(
                    article,
                    new AddCommentInput
                    {
                        Article = article.Id,
                        Text = input.Comment,
                        Mentions = input.Mentions,
                    },
                    actor,
                    now,
                    token
                );
                if (comment.IsRefused)
                {
                    return comment
                        .Errors.Select(error =>
                            error.Path switch
                            {
                                ["text"] => error with { Path = ["comment"] },
                                ["article"] => error with { Path = ["id"] },
                                _ => error,
                            }
                        )
                        .ToList();
                }

                // The revision can have an approval from an earlier review.
                db.Attach(await db.HeadOfAsync(article, token)).Entity.Disapprove();
                return article.RequestChanges(actor.Contributor, now);
            },
            cancellationToken
        );
}
