using Cms.Articles.Desk;
using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Preview;

/// <summary>Defines whose newest revisions a viewer can read in the place of what is published.</summary>
internal static class Previewing
{
    extension(CmsDbContext db)
    {
        /// <summary>The links that still work.</summary>
        public IQueryable<PreviewLink> LivePreviewLinks(DateTimeOffset now) =>
            db.PreviewLinks.AsNoTracking().Where(l => l.ExpiresAt > now);

        /// <summary>
        /// Returns the articles that a viewer previews, as one query for each reason: the articles on their desk in the
        /// draft perspective, and the article of their link. The link is checked with every read, because a connection
        /// can outlive it. Articles in the trash have no preview.
        /// </summary>
        public IEnumerable<IQueryable<Article>> ArticlesPreviewedBy(Viewer viewer, DateTimeOffset now)
        {
            if (viewer.Perspective is Perspective.Draft)
            {
                yield return db.ArticlesOf(viewer).Where(a => a.TrashedAt == null);
            }

            if (viewer.Preview is { Link: var link, Article: var article })
            {
                var links = db.LivePreviewLinks(now).Where(l => l.Id == link && l.ArticleId == article);
                yield return db
                    .Articles.AsNoTracking()
                    .Where(a => a.Id == article && a.TrashedAt == null && links.Any());
            }
        }
    }
}
