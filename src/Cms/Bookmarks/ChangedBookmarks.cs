using System.Linq.Expressions;
using Cms.Articles;
using Cms.Data;
using Cms.Panel;
using Cms.Reading;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Bookmarks;

internal static class ChangedBookmarks
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns a condition for bookmarks whose targets have changed or are no longer public, or for the others. The
        /// database finds each target by its key.
        /// </summary>
        public Expression<Func<Bookmark, bool>> HasChanged(bool expected)
        {
            var (articles, takes, tools) = (db.VisibleArticles, db.VisibleTakes, db.VisibleTools);

            // TargetId has its own type in C#, but its column has the same type as the ids of articles, takes and tools.
            Expression<Func<Bookmark, bool>> isSame = bookmark =>
                (
                    bookmark.TargetKind == BookmarkKind.Article
                    && articles.Any(l =>
                        l.ArticleId == EF.Property<ArticleId>(bookmark, nameof(Bookmark.TargetId))
                        && l.FacetId == FacetId.All
                        && db.Editions.Any(e => e.Id == l.EditionId && e.Number == bookmark.TargetVersion)
                    )
                )
                || (
                    bookmark.TargetKind == BookmarkKind.Take
                    && takes.Any(l =>
                        l.TakeId == EF.Property<TakeId>(bookmark, nameof(Bookmark.TargetId))
                        && db.Editions.Any(e => e.Id == l.EditionId && e.Number == bookmark.TargetVersion)
                    )
                )
                || (
                    bookmark.TargetKind == BookmarkKind.Tool
                    && tools.Any(t =>
                        t.Id == EF.Property<ToolId>(bookmark, nameof(Bookmark.TargetId))
                        && t.Version == bookmark.TargetVersion
                    )
                );
            return expected
                ? Expression.Lambda<Func<Bookmark, bool>>(Expression.Not(isSame.Body), isSame.Parameters)
                : isSame;
        }
    }
}
