using Cms.GraphQL;

namespace Cms.Articles.Comments;

/// <summary>The comment does not exist, or you cannot see its article.</summary>
/// <param name="CommentId">The id from the request.</param>
public sealed record CommentNotFound(CommentId CommentId)
    : UserError("There is no such comment. Reload the comments of the article.");

/// <summary>A comment needs text.</summary>
public sealed record CommentRequired() : UserError("Write the text of the comment.");

/// <summary>Only the author of a comment can delete it.</summary>
/// <param name="CommentId">The id of the comment.</param>
public sealed record CommentNotYours(CommentId CommentId)
    : UserError("Only its author can delete a comment. Reply to it, or resolve the thread.");

/// <summary>The body does not contain the requested block.</summary>
/// <param name="BlockId">The id of the block from the request.</param>
public sealed record BlockNotFound(string BlockId)
    : UserError("The newest revision has no such block. Reload the article, or comment on the article as a whole.");

/// <summary>The article has too many open threads, or the thread has too many replies.</summary>
/// <param name="Max">The maximum number.</param>
public sealed record TooManyComments(int Max)
    : UserError(
        $"There can be at most {Max} comments here. Resolve threads that are settled, or continue in a different one."
    );
