using Cms.Articles.Desk;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Comments;

/// <summary>The thread to resolve.</summary>
public sealed record ResolveCommentInput : MutationInput
{
    /// <summary>The id of a comment in the thread.</summary>
    public required CommentId Id { get; init; }

    /// <summary>False opens the thread again; default true.</summary>
    public bool IsResolved { get; init; } = true;
}

/// <summary>Resolves a comment thread, or opens it again.</summary>
public sealed class ResolveComment(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Comment>> Handle(ResolveCommentInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Comment>(
            actor,
            async (db, token) =>
            {
                if (
                    await db.Comments.FindAsync([input.Id], token) is not { } comment
                    || await db.ArticleForAsync(comment.ArticleId, actor, token) is null
                    || await db.ThreadOfAsync(comment.ArticleId, comment.Id, token) is not { } thread
                )
                {
                    return new CommentNotFound(input.Id) { Path = ["id"] };
                }

                thread.Resolve(input.IsResolved, actor.Contributor, clock.Now());
                return thread;
            },
            cancellationToken
        );
}
