using Cms.Audit;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;

namespace Cms.Articles.Comments;

/// <summary>
/// A comment by a member of staff on an article, on a block of its body or on a take. It begins a thread or
/// replies to one.
/// </summary>
public sealed class Comment : IArticlePart, IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    ArticleId? IAudited.AuditArticle => ArticleId;

    public const int MaxLength = 4_000;
    public const int MaxMentions = 20;
    public const int MaxReplies = 200;
    public const int MaxThreads = 1_000;

    /// <summary>The comment's id. It never changes.</summary>
    public required CommentId Id { get; init; }

    public required ArticleId ArticleId { get; init; }

    /// <summary>The first comment of the thread; null if this is the first.</summary>
    public CommentId? ThreadId { get; init; }

    /// <summary>The revision that the author was reading.</summary>
    public required RevisionId RevisionId { get; init; }

    /// <summary>The id of the block in the body; null if the comment is not about a block.</summary>
    public string? BlockId { get; init; }

    /// <summary>The take; null if the comment is not about a take.</summary>
    public TakeId? TakeId { get; init; }

    /// <summary>The comment, as plain text; empty once it is deleted.</summary>
    public string Text { get; private set; } = "";

    public required Contributor Author { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// When the thread was resolved; null if it is open. Always null for a reply: read it from the first comment.
    /// </summary>
    public DateTimeOffset? ResolvedAt { get; private set; }

    public Contributor? ResolvedBy { get; private set; }

    /// <summary>When its author deleted it; null if it is not deleted.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Writes the text, or returns why it cannot be a comment.</summary>
    public Result<Comment> Write(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new CommentRequired() { Path = ["text"] };
        }

        if (text.Length > MaxLength)
        {
            return new TextTooLong("text", MaxLength) { Path = ["text"] };
        }

        Text = text.Trim();
        return this;
    }

    /// <summary>Resolves the thread, or opens it again.</summary>
    public void Resolve(bool isResolved, Contributor by, DateTimeOffset now)
    {
        if (isResolved != ResolvedAt is not null)
        {
            (ResolvedAt, ResolvedBy) = (isResolved ? now : null, isResolved ? by : null);
        }
    }

    /// <summary>Empties the comment. Its replies stay.</summary>
    public void Delete(DateTimeOffset now)
    {
        if (DeletedAt is null)
        {
            (Text, DeletedAt) = ("", now);
        }
    }
}

/// <summary>A person who is mentioned in a comment.</summary>
public sealed class CommentMention
{
    public required PersonKey PersonKey { get; init; }

    public required CommentId CommentId { get; init; }
}
