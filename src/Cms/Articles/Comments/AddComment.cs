using System.Collections.Frozen;
using Cms.Access;
using Cms.Articles.Desk;
using Cms.Body;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Comments;

/// <summary>The comment to add.</summary>
public sealed record AddCommentInput : MutationInput
{
    /// <summary>The id of the article.</summary>
    public required ArticleId Article { get; init; }

    /// <summary>The comment, as plain text of at most 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>The id of the block that the comment is about: a block of the article's body.</summary>
    public string? BlockId { get; init; }

    /// <summary>The id of the take that the comment is about.</summary>
    public TakeId? Take { get; init; }

    /// <summary>The id of a comment in the thread to reply to; null to begin a thread.</summary>
    public CommentId? InReplyTo { get; init; }

    /// <summary>The ids of the members of staff to mention, at most 20.</summary>
    [ListLength(Comment.MaxMentions)]
    public IReadOnlyList<StaffId> Mentions { get; init; } = [];
}

/// <summary>
/// Adds a comment to an article. It does not change the article, so nobody who is editing gets a conflict.
/// </summary>
public sealed class AddComment(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Comment>> Handle(AddCommentInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Comment>(
            actor,
            async (db, token) =>
                await db.ArticleForAsync(input.Article, actor, token) is { } article
                    ? await db.CommentAsync(article, input, actor, clock.Now(), token)
                    : new ArticleNotFound(input.Article) { Path = ["article"] },
            cancellationToken
        );
}

internal static class Commenting
{
    extension(CmsDbContext db)
    {
        /// <summary>Adds a comment to an article that the actor may work on.</summary>
        public async Task<Result<Comment>> CommentAsync(
            Article article,
            AddCommentInput input,
            Actor actor,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            // Otherwise, an autosave could replace the newest revision while the comment refers to it.
            await db.LockArticleAsync(article.Id, cancellationToken);
            var head = await db.HeadOfAsync(article, cancellationToken);
            List<UserError> refusals = [];
            Comment? thread = null;
            if (input.InReplyTo is { } reply)
            {
                thread = await db.ThreadOfAsync(article.Id, reply, cancellationToken);
                if (thread is null)
                {
                    refusals.Add(new CommentNotFound(reply) { Path = ["inReplyTo"] });
                }
            }

            if (
                input.Take is { } take
                && !await db.Takes.AnyAsync(t => t.Id == take && t.ArticleId == article.Id, cancellationToken)
            )
            {
                refusals.Add(new TakeNotFound(take) { Path = ["take"] });
            }

            if (input.BlockId is { } block && !BlockIdsOf(head.Content.Body).Contains(block))
            {
                refusals.Add(new BlockNotFound(block) { Path = ["blockId"] });
            }

            var mentions = await db.StaffAsync(input.Mentions, "mentions", cancellationToken);
            refusals.AddRange(mentions.Errors);
            var comment = new Comment
            {
                Id = CommentId.New(),
                ArticleId = article.Id,
                ThreadId = thread?.Id,
                RevisionId = head.Id,
                BlockId = thread is null ? input.BlockId : thread.BlockId,
                TakeId = thread is null ? input.Take : thread.TakeId,
                Author = actor.Contributor,
                CreatedAt = now,
            };
            refusals.AddRange(comment.Write(input.Text).Errors);
            if (refusals.Count > 0)
            {
                return refusals;
            }

            var threadId = thread?.Id;
            var max = threadId is null ? Comment.MaxThreads : Comment.MaxReplies;
            if (
                await db.Comments.CountAsync(
                    c => c.ArticleId == article.Id && c.ThreadId == threadId && c.ResolvedAt == null,
                    cancellationToken
                ) >= max
            )
            {
                return new TooManyComments(max) { Path = [threadId is null ? "article" : "inReplyTo"] };
            }

            // A reply says that the question is open again.
            thread?.Resolve(isResolved: false, actor.Contributor, now);
            db.Add(comment);
            db.AddRange(mentions.Value!.Select(key => new CommentMention { PersonKey = key, CommentId = comment.Id }));
            return comment;
        }

        /// <summary>Returns the first comment of the thread that a comment belongs to; null if there is none.</summary>
        public async Task<Comment?> ThreadOfAsync(
            ArticleId article,
            CommentId id,
            CancellationToken cancellationToken
        ) =>
            await db.Comments.FindAsync([id], cancellationToken) is not { } comment || comment.ArticleId != article
                ? null
            : comment.ThreadId is { } thread ? await db.Comments.FindAsync([thread], cancellationToken)
            : comment;
    }

    /// <summary>Returns the ids of all blocks in a stored body.</summary>
    public static IReadOnlySet<string> BlockIdsOf(string? body) =>
        body is null
            ? FrozenSet<string>.Empty
            : RichText
                .OfStored(body)
                .Blocks.SelectMany(block => block.SelfAndDescendants())
                .Select(block => block.Id)
                .ToHashSet(StringComparer.Ordinal);
}
