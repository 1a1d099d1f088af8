using Cms.Data;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Desk;

/// <summary>Authors see the articles that belong to them, and the parts of these articles.</summary>
internal sealed class OwnArticles : ICommitStep
{
    public async Task<bool> MayRepeatAsync(
        CmsDbContext db,
        object result,
        Actor actor,
        CancellationToken cancellationToken
    ) => result is not IArticlePart part || !await db.IsHiddenFromAsync(part.ArticleId, actor, cancellationToken);
}

/// <summary>
/// An article belongs to its assignee, its reviewer, every person who drafted one of its revisions, and every person
/// who is assigned to write one of its takes.
/// </summary>
internal static class Authorship
{
    extension(CmsDbContext db)
    {
        /// <summary>Returns the articles that belong to this person.</summary>
        public IQueryable<Article> ArticlesBy(PersonKey person)
        {
            var drafter = person.ToString();
            return db.Articles.Where(a =>
                a.AssigneeKey == person
                || a.ReviewerKey == person
                || db.Takes.Any(t => t.ArticleId == a.Id && t.AssigneeKey == person)
                || db.Revisions.Any(r =>
                    r.ArticleId == a.Id && r.Drafter.Kind == ContributorKind.Person && r.Drafter.Key == drafter
                )
            );
        }

        /// <summary>Returns the article if it exists and the actor is allowed to work on it; otherwise null.</summary>
        public async Task<Article?> ArticleForAsync(ArticleId id, Actor actor, CancellationToken cancellationToken) =>
            await db.IsHiddenFromAsync(id, actor, cancellationToken)
                ? null
                : await db.Articles.FindAsync([id], cancellationToken);

        /// <summary>Returns whether an article does not exist on the desk of this person.</summary>
        public async Task<bool> IsHiddenFromAsync(ArticleId id, Actor actor, CancellationToken cancellationToken) =>
            !actor.Is(Role.Editor) && !await db.ArticlesBy(actor.Person).AnyAsync(a => a.Id == id, cancellationToken);
    }
}
