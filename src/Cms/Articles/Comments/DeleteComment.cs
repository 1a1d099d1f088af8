using Cms.Articles.Desk;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Comments;

/// <summary>The comment to delete.</summary>
public sealed record DeleteCommentInput : MutationInput
{
    /// <summary>The id of the comment.</summary>
    public required CommentId Id { get; init; }
}

/// <summary>Deletes the text of a comment. Only its author can do that. The replies stay.</summary>
public sealed class DeleteComment(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Comment>> Handle(DeleteCommentInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Comment>(
            actor,
            async (db, token) =>
            {
                if (
                    await db.Comments.FindAsync([input.Id], token) is not { } comment
                    || await db.ArticleForAsync(comment.ArticleId, actor, token) is null
                )
                {
                    return new CommentNotFound(input.Id) { Path = ["id"] };
                }

                if (comment.Author.Key != actor.Contributor.Key)
                {
                    return new CommentNotYours(input.Id) { Path = ["id"] };
                }

                comment.Delete(clock.Now());
                db.RemoveRange(await db.CommentMentions.Where(m => m.CommentId == comment.Id).ToListAsync(token));
                return comment;
            },
            cancellationToken
        );
}
