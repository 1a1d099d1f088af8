using Cms.Articles;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Drafting;

/// <summary>The only way to approve a take, for editors and imports.</summary>
internal static class TakeApproval
{
    extension(CmsDbContext db)
    {
        /// <summary>
        /// Approves a take for the article's next edition. It replaces every other approved take of the persona on the
        /// article.
        /// </summary>
        public async Task<Result<Take>> ApproveAsync(
            Take take,
            Contributor reviewer,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            // Lock the article's row. Otherwise, two simultaneous approvals would not see each other.
            await db.LockArticleAsync(take.ArticleId, cancellationToken);
            var approved = take.Approve(reviewer, now);
            if (approved.IsRefused)
            {
                return approved;
            }

            var replaced = db.Takes.Where(t =>
                t.ArticleId == take.ArticleId
                && t.PersonaId == take.PersonaId
                && t.Status == TakeStatus.Approved
                && t.Id != take.Id
            );
            await foreach (var earlier in replaced.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                earlier.Replace();
            }

            return approved;
        }
    }
}
