using Cms.Access;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;

namespace Cms.Articles.Comments;

[MutationType]
public static class CommentMutations
{
    /// <summary>
    /// Adds a comment to an article, to a block of its body or to a take, or replies to a comment. Authors can comment
    /// on the articles they work on. A reply opens a resolved thread again. Comments do not change the article's
    /// version.
    /// </summary>
    [Authorize(Policies.Author)]
    [Payload("comment")]
    [Errors<ArticleNotFound, CommentNotFound, BlockNotFound, TakeNotFound, StaffNotFound>]
    [Errors<CommentRequired, TextTooLong, TooManyComments>]
    public static Task<Result<Comment>> AddCommentAsync(
        AddCommentInput input,
        Viewer viewer,
        [Service] AddComment operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Resolves a comment thread, or opens it again.</summary>
    [Authorize(Policies.Author)]
    [Payload("comment")]
    [Errors<CommentNotFound>]
    public static Task<Result<Comment>> ResolveCommentAsync(
        ResolveCommentInput input,
        Viewer viewer,
        [Service] ResolveComment operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);

    /// <summary>Deletes the text of a comment. Only its author can do that. The replies stay.</summary>
    [Authorize(Policies.Author)]
    [Payload("comment")]
    [Errors<CommentNotFound, CommentNotYours>]
    public static Task<Result<Comment>> DeleteCommentAsync(
        DeleteCommentInput input,
        Viewer viewer,
        [Service] DeleteComment operation,
        CancellationToken cancellationToken
    ) => operation.Handle(input, viewer.ToActor(), cancellationToken);
}
