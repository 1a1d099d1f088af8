using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>Finds the articles that a person has worked on: those with a revision that the person drafted.</summary>
internal static class Authorship
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns the articles with a revision drafted by this person.</summary>
        public IQueryable<Article> ArticlesBy(string? key) =>
            db.Articles.Where(a =>
                db.Revisions.Any(r =>
                    r.ArticleId == a.Id && r.Drafter.Kind == ContributorKind.Person && r.Drafter.Key == key
                )
            );

        /// <summary>Returns the article if it exists and the actor is allowed to work on it; otherwise null.</summary>
        public async Task<Article?> ArticleForAsync(ArticleId id, Actor actor, CancellationToken cancellationToken) =>
            !actor.Is(Role.Editor)
            && !await db.ArticlesBy(actor.Contributor.Key).AnyAsync(a => a.Id == id, cancellationToken)
                ? null
                : await db.Articles.FindAsync([id], cancellationToken);
    }
}
