using System.Linq.Expressions;
using Cms.Articles;
using Cms.Media;

namespace Cms.Data;

/// <summary>
/// Who may see what, said once: every read that answers the public begins here. A listing stands exactly while readers
/// may see its article, so an article without one does not exist for them, by whatever way they come.
/// </summary>
public static class Visibility
{
    /// <summary>The editions that readers may see.</summary>
    internal static Expression<Func<CmsDbContext, Edition, bool>> IsVisible { get; } =
        (db, edition) =>
            db.ArticleListings.Any(l =>
                l.ArticleId == edition.ArticleId && l.FacetId == FacetId.All && l.EditionId == edition.Id
            );

    /// <summary>The places of visible articles in a facet's list.</summary>
    internal static Expression<Func<CmsDbContext, FacetId, IQueryable<ArticleListing>>> ArticlesOf { get; } =
        (db, facet) => db.ArticleListings.Where(l => l.FacetId == facet);

    extension(CmsDbContext db)
    {
        /// <summary>The places of visible articles in every list.</summary>
        internal IQueryable<ArticleListing> VisibleArticles => db.ArticleListings;

        /// <summary>
        /// The editions that readers saw at a time, of articles that they may still see: what was withdrawn since is
        /// gone from the past too.
        /// </summary>
        internal IQueryable<Edition> EditionsAt(DateTimeOffset at) =>
            db.Editions.Where(edition =>
                edition.LiveFrom <= at
                && (edition.SupersededAt == null || edition.SupersededAt > at)
                && edition.Kind != EditionKind.Withdrawn
                && db.ArticleListings.Any(l => l.ArticleId == edition.ArticleId && l.FacetId == FacetId.All)
            );

        /// <summary>The places that visible articles held at a time and have left since.</summary>
        internal IQueryable<PastListing> LeftSince(DateTimeOffset at) =>
            db.PastListings.Where(past =>
                past.UpdatedAt <= at
                && past.SupersededAt > at
                && db.ArticleListings.Any(l => l.ArticleId == past.ArticleId && l.FacetId == FacetId.All)
            );

        /// <summary>
        /// The images that readers may see: of editions, present and past, of articles that they may see, of personas
        /// and of tools; and what stands in for one of these whose rights have ended.
        /// </summary>
        internal IQueryable<MediaAsset> VisibleMedia =>
            db.MediaAssets.Where(asset =>
                asset.DeletedAt == null
                && (
                    db.MediaUses.Any(use =>
                        use.MediaId == asset.Id && (use.Kind == MediaUseKind.Persona || use.Kind == MediaUseKind.Tool)
                    )
                    || db.EditionMedia.Any(shown =>
                        shown.MediaId == asset.Id
                        && db.ArticleListings.Any(l => l.ArticleId == shown.ArticleId && l.FacetId == FacetId.All)
                    )
                    || db.MediaAssets.Any(ended =>
                        ended.SubstituteId == asset.Id
                        && ended.ExpiredAt != null
                        && (
                            db.MediaUses.Any(use =>
                                use.MediaId == ended.Id
                                && (use.Kind == MediaUseKind.Persona || use.Kind == MediaUseKind.Tool)
                            )
                            || db.EditionMedia.Any(shown =>
                                shown.MediaId == ended.Id
                                && db.ArticleListings.Any(l =>
                                    l.ArticleId == shown.ArticleId && l.FacetId == FacetId.All
                                )
                            )
                        )
                    )
                )
            );

        /// <summary>The places of visible takes in the lists of takes.</summary>
        internal IQueryable<TakeListing> VisibleTakes => db.TakeListings;
    }
}
