using System.Collections.Frozen;
using Cms.Access;
using Cms.Data;
using Cms.GraphQL;
using Cms.Panel;
using Cms.People;
using Cms.Reading;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Comments;

/// <summary>
/// A comment by a member of staff on an article, on a block of its body or on a take. It begins a thread or
/// replies to one.
/// </summary>
[ObjectType<Comment>(
    Name = "DeskComment",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Comment.Id),
        nameof(Comment.Text),
        nameof(Comment.CreatedAt),
        nameof(Comment.ResolvedAt),
        nameof(Comment.DeletedAt),
    ]
)]
public static class CommentNode
{
    /// <summary>The id of the article.</summary>
    public static ArticleId GetArticleId([Parent] Comment comment) => comment.ArticleId;

    /// <summary>The id of the first comment of the thread; null if this is the first.</summary>
    public static CommentId? GetThreadId([Parent] Comment comment) => comment.ThreadId;

    /// <summary>The id of the revision that was the newest when the comment was written.</summary>
    public static RevisionId GetRevisionId([Parent] Comment comment) => comment.RevisionId;

    /// <summary>The id of the block that the comment is about; null if it is not about a block.</summary>
    public static string? GetBlockId([Parent] Comment comment) => comment.BlockId;

    /// <summary>The id of the take that the comment is about; null if it is not about a take.</summary>
    public static TakeId? GetTakeId([Parent] Comment comment) => comment.TakeId;

    /// <summary>The name of the person who wrote it.</summary>
    public static string GetAuthor([Parent] Comment comment) => comment.Author.Name;

    /// <summary>The name of the person who resolved the thread; null if it is open. Always null for a reply.</summary>
    public static string? GetResolvedBy([Parent] Comment comment) => comment.ResolvedBy?.Name;

    /// <summary>Whether you wrote the comment and can therefore delete it.</summary>
    public static bool IsMine([Parent] Comment comment, Viewer viewer) => comment.Author.Key == viewer.Key?.ToString();

    /// <summary>
    /// Whether the block that the comment is about is no longer in the newest revision; false if it is not about a
    /// block.
    /// </summary>
    public static IDataLoaderResult<bool> IsBlockGoneAsync([Parent] Comment comment, [Service] HeadBlockIds blocks) =>
        comment.BlockId is { } block
            ? blocks.Load(comment.ArticleId).Then(ids => !ids.Contains(block))
            : LoaderResults.Ready(false);

    /// <summary>The people who are mentioned.</summary>
    [ListSize(2)]
    public static IDataLoaderResult<List<StaffMember>> GetMentionsAsync(
        [Parent] Comment comment,
        [Service] MentionsByComment mentions
    ) => mentions.Load(comment.Id);

    /// <summary>The replies, earliest first; empty for a reply.</summary>
    [ListSize(5)]
    public static IDataLoaderResult<List<Comment>> GetRepliesAsync(
        [Parent] Comment comment,
        [Service] RepliesByThread replies
    ) => replies.Load(comment.Id);
}

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticleComments
{
    /// <summary>The first comment of each thread, newest first.</summary>
    /// <param name="isResolved">Only resolved threads, or only open ones; both by default.</param>
    public static Task<Connection<Comment>> GetCommentsAsync(
        [Parent] Article article,
        bool? isResolved,
        PageArguments page,
        [Service] ListComments comments,
        CancellationToken cancellationToken
    ) => comments.Handle(article.Id, isResolved, page, cancellationToken);
}

/// <summary>Lists the threads of an article, newest first.</summary>
public sealed class ListComments(ReadContexts contexts)
{
    public async Task<Connection<Comment>> Handle(
        ArticleId article,
        bool? isResolved,
        PageArguments page,
        CancellationToken cancellationToken
    )
    {
        var list = ListHash.Of("comments").With($"{article} {isResolved}");
        using var lease = await contexts.RentAsync(cancellationToken);
        var threads = Threads(lease.Db);
        if (page.Cursor is { } cursor)
        {
            var from = Cursor.Read<CommentId>(list, cursor, []);
            threads = page.Backward ? threads.Where(c => c.Id > from) : threads.Where(c => c.Id < from);
        }

        if (page.Until is { } limit)
        {
            var until = Cursor.Read<CommentId>(list, limit, []);
            threads = page.Backward ? threads.Where(c => c.Id < until) : threads.Where(c => c.Id > until);
        }

        var rows = await (page.Backward ? threads.OrderBy(c => c.Id) : threads.OrderByDescending(c => c.Id))
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        return Connection.Page(
            rows,
            page,
            comment => Cursor.Write(list, comment.Id),
            contexts.Counting(Threads, () => contexts.Reads.AsItGoes)
        );

        IQueryable<Comment> Threads(CmsDbContext db)
        {
            var all = db.Comments.AsNoTracking().Where(c => c.ArticleId == article && c.ThreadId == null);
            return isResolved switch
            {
                true => all.Where(c => c.ResolvedAt != null),
                false => all.Where(c => c.ResolvedAt == null),
                null => all,
            };
        }
    }
}

/// <summary>Loads the replies of threads, earliest first.</summary>
public sealed class RepliesByThread(ReadContexts contexts) : GroupLoader<CommentId, Comment>
{
    protected override CommentId KeyOf(Comment row) => row.ThreadId!.Value;

    protected override async Task<List<Comment>> ReadRowsAsync(
        List<CommentId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Comments.AsNoTracking()
            .Where(c => c.ThreadId != null && keys.Contains(c.ThreadId.Value))
            .OrderBy(c => c.Id)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Loads the people who are mentioned in comments.</summary>
public sealed class MentionsByComment(ReadContexts contexts) : BatchLoader<CommentId, List<StaffMember>>
{
    protected override async Task<Dictionary<CommentId, List<StaffMember>>> ReadAsync(
        List<CommentId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await lease
            .Db.CommentMentions.AsNoTracking()
            .Where(m => keys.Contains(m.CommentId))
            .Join(lease.Db.Staff, m => m.PersonKey, s => s.Key, (mention, member) => new { mention.CommentId, member })
            .OrderBy(x => x.member.Name)
            .ToListAsync(cancellationToken);
        var found = rows.ToLookup(x => x.CommentId, x => x.member);
        return keys.ToDictionary(key => key, key => found[key].ToList());
    }
}

/// <summary>Loads the ids of all blocks in the newest revisions of articles.</summary>
public sealed class HeadBlockIds(ReadContexts contexts) : BatchLoader<ArticleId, IReadOnlySet<string>>
{
    protected override IReadOnlySet<string> Missing(ArticleId key) => FrozenSet<string>.Empty;

    protected override async Task<Dictionary<ArticleId, IReadOnlySet<string>>> ReadAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var bodies = await lease
            .Db.Articles.Where(a => keys.Contains(a.Id))
            .Join(
                lease.Db.Revisions,
                a => a.HeadId,
                r => r.Id,
                (article, head) => new { article.Id, head.Content.Body }
            )
            .ToListAsync(cancellationToken);
        return bodies.ToDictionary(x => x.Id, x => Commenting.BlockIdsOf(x.Body));
    }
}
