using System.Security.Cryptography;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Drafting;

internal static class ArticleSlugs
{
    // If all these numbers are taken, as by many drafts without a title, the slug gets a random number of six digits.
    private const int Numbers = 50;
    private const int RandomNumbers = 10;

    extension(CmsDbContext db)
    {
        /// <summary>
        /// Returns the requested slug if it is free. Without one, returns a slug made from the headline, numbered if
        /// that is taken. A slug is taken if another article has it or was public under it, because old URLs lead to
        /// that article.
        /// </summary>
        /// <param name="requested">The requested slug; null to make one.</param>
        /// <param name="headline">The headline of the article.</param>
        /// <param name="article">The article, which may use its earlier slugs again; null for a new one.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        public async Task<Result<string>> ClaimSlugAsync(
            string? requested,
            string headline,
            ArticleId? article,
            CancellationToken cancellationToken
        )
        {
            if (requested is not null && !Slug.IsWellFormed(requested))
            {
                return new SlugMalformed(requested) { Path = ["slug"] };
            }

            if ((requested ?? Slug.From(headline)) is not { } wanted)
            {
                return new SlugMalformed("") { Path = ["slug"] };
            }

            if (requested is not null && ReservedSlugs.Contains(requested))
            {
                return new SlugReserved(requested) { Path = ["slug"] };
            }

            List<string> candidates =
            [
                wanted,
                .. requested is null
                    ? Enumerable
                        .Range(2, Numbers)
                        .Concat(
                            Enumerable
                                .Range(0, RandomNumbers)
                                .Select(_ => RandomNumberGenerator.GetInt32(100_000, 1_000_000))
                        )
                        .Select(number => Slug.Numbered(wanted, number))
                    : Array.Empty<string>(),
            ];
            var taken = await db
                .Articles.Where(a => candidates.Contains(a.Slug) && a.Id != article)
                .Select(a => a.Slug)
                .Concat(
                    db.Editions.Where(e =>
                            candidates.Contains(e.Slug) && e.ArticleId != article && e.Kind != EditionKind.Advance
                        )
                        .Select(e => e.Slug)
                )
                .ToListAsync(cancellationToken);
            return
                candidates.Except(taken, StringComparer.Ordinal).FirstOrDefault(slug => !ReservedSlugs.Contains(slug))
                    is { } free
                ? free
                : new SlugTaken(wanted) { Path = ["slug"] };
        }

        /// <summary>
        /// Gives an article the slug of its new headline, if its slug follows the headline. If no slug can be made from
        /// the headline, the article keeps its slug: the words of a save are never rejected because of it.
        /// </summary>
        /// <param name="article">The article.</param>
        /// <param name="before">The headline before.</param>
        /// <param name="headline">The new headline.</param>
        /// <param name="cancellationToken">Cancels the operation.</param>
        /// <returns>Whether the slug changed.</returns>
        public async Task<bool> FollowHeadlineAsync(
            Article article,
            string before,
            string headline,
            CancellationToken cancellationToken
        )
        {
            // A change that the slug does not show leaves its number as it is.
            if (!article.SlugFollowsHeadline || Slug.From(headline) is not { } made || made == Slug.From(before))
            {
                return false;
            }

            var claimed = await db.ClaimSlugAsync(requested: null, headline, article.Id, cancellationToken);
            if (claimed.Value is not { } slug || slug == article.Slug)
            {
                return false;
            }

            article.FollowHeadline(slug);
            return true;
        }
    }
}
