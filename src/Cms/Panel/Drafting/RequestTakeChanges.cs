using Cms.Access;
using Cms.Articles.Comments;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Drafting;

/// <summary>The take that needs changes, and a comment that describes the changes.</summary>
public sealed record RequestTakeChangesInput : MutationInput
{
    /// <summary>The id of the take.</summary>
    public required TakeId Id { get; init; }

    /// <summary>What to change. It begins a thread of comments on the take.</summary>
    public required string Comment { get; init; }

    /// <summary>The ids of the members of staff to mention, at most 20.</summary>
    [ListLength(Articles.Comments.Comment.MaxMentions)]
    public IReadOnlyList<StaffId> Mentions { get; init; } = [];

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Asks the writer of a take for changes and describes them in a comment.</summary>
public sealed class RequestTakeChanges(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Take>> Handle(RequestTakeChangesInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeTakeAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, take, token) =>
            {
                var now = clock.Now();
                var article = await db.Articles.SingleAsync(a => a.Id == take.ArticleId, token);
                var comment = await db.CommentAsync(
                    article,
                    new AddCommentInput
                    {
                        Article = article.Id,
                        Take = take.Id,
                        Text = input.Comment,
                        Mentions = input.Mentions,
                    },
                    actor,
                    now,
                    token
                );
                return comment.IsRefused
                    ? comment
                        .Errors.Select(error => error.Path is ["text"] ? error with { Path = ["comment"] } : error)
                        .ToList()
                    : take.RequestChanges(actor.Contributor, now);
            },
            cancellationToken
        );
}
