using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>Whose article it is: whoever drafted one of its revisions.</summary>
internal static class Authorship
{
    extension(CmsDbContext db)
    {
        /// <summary>The articles that a person drafted a revision of.</summary>
        public IQueryable<Article> ArticlesBy(string? key) =>
            db.Articles.Where(a =>
                db.Revisions.Any(r =>
                    r.ArticleId == a.Id && r.Drafter.Kind == ContributorKind.Person && r.Drafter.Key == key
                )
            );

        /// <summary>The article as somebody may work on it; what is hidden from them and what is missing are both null.</summary>
        public async Task<Article?> ArticleForAsync(ArticleId id, Actor actor, CancellationToken cancellationToken) =>
            !actor.Is(Role.Editor)
            && !await db.ArticlesBy(actor.Contributor.Key).AnyAsync(a => a.Id == id, cancellationToken)
                ? null
                : await db.Articles.FindAsync([id], cancellationToken);
    }
}
