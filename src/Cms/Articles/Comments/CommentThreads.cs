using Cms.Data;

namespace Cms.Articles.Comments;

internal static class CommentThreads
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the first comments of the threads that are not resolved and have a comment that is not deleted.
        /// </summary>
        public IQueryable<Comment> OpenThreads() =>
            db.Comments.Where(c =>
                c.ThreadId == null
                && c.ResolvedAt == null
                && (c.DeletedAt == null || db.Comments.Any(reply => reply.ThreadId == c.Id && reply.DeletedAt == null))
            );
    }
}
