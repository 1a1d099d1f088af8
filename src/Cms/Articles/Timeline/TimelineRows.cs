using Cms.Articles.Comments;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.Panel;
using Cms.Partners.Takedowns;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Articles.Timeline;

/// <summary>The rows that lists in order of time consist of.</summary>
internal static class TimelineRows
{
    public static Keyset<Revision, RevisionId> BySave { get; } = new(r => r.SavedAt, r => r.Id);

    public static Keyset<Edition, EditionId> ByIssue { get; } = new(e => e.LiveFrom, e => e.Id);

    public static Keyset<Comment, CommentId> ByComment { get; } = new(c => c.CreatedAt, c => c.Id);

    public static Keyset<Take, TakeId> ByTake { get; } = new(t => t.StatusChangedAt, t => t.Id);

    public static Keyset<Takedown, EditionId> ByEscalation { get; } = new(t => t.EscalatedAt!.Value, t => t.Id);

    public static Keyset<DeskListing, ArticleId> ByReview { get; } =
        new(l => l.ReviewChangedAt!.Value, l => l.ArticleId);

    public static Keyset<DeskListing, ArticleId> ByTrash { get; } = new(l => l.TrashedAt!.Value, l => l.ArticleId);

    public static Keyset<DeskListing, ArticleId> ByAssignment { get; } =
        new(l => l.AssignedAt!.Value, l => l.ArticleId);

    public static Keyset<DeskListing, ArticleId> ByRefusal { get; } =
        new(l => l.ScheduleRefusedAt!.Value, l => l.ArticleId);

    public static Keyset<DeskListing, ArticleId> BySchedule { get; } = new(l => l.ScheduledAt!.Value, l => l.ArticleId);

    public static Keyset<DeskListing, ArticleId> ByWithdrawal { get; } =
        new(l => l.WithdrawAt!.Value, l => l.ArticleId);

    public static Keyset<DeskListing, ArticleId> ByEmbargo { get; } = new(l => l.EmbargoUntil!.Value, l => l.ArticleId);

    public static Keyset<DeskListing, ArticleId> ByDueDate { get; } = new(l => l.DueAt!.Value, l => l.ArticleId);

    public static Keyset<DeskListing, ArticleId> ByPublication { get; } =
        new(l => l.PublishedAt!.Value, l => l.ArticleId);

    extension(IQueryable<DeskListing> listings)
    {
        /// <summary>Returns the listings of articles that are not in the trash.</summary>
        public IQueryable<DeskListing> Untrashed()
        {
            // SQLite finds the rows in an index only if the column is compared with a value.
            var isTrashed = false;
            return listings.Where(l => l.IsTrashed == isTrashed);
        }
    }

    extension(CmsDbContext db)
    {
        /// <summary>Returns the listings of the articles that a viewer is allowed to see.</summary>
        public IQueryable<DeskListing> ListingsOf(Viewer viewer, bool areMany = true) =>
            viewer.Is(Role.Editor) ? db.DeskListings : db.ListingsOf(db.OwnArticles(viewer), areMany);

        /// <summary>
        /// Returns the listings of articles. If they are few, they are read first. Otherwise, the list is read in its
        /// order, and each article is looked up among them.
        /// </summary>
        public IQueryable<DeskListing> ListingsOf(IQueryable<DeskFacet> own, bool areMany) =>
            areMany
                ? db.DeskListings.Where(l => own.Any(f => f.ArticleId == l.ArticleId))
                // SQLite reads the tables of a CROSS JOIN from left to right.
                : own.SelectMany(_ => db.DeskListings, (facet, listing) => new { facet, listing })
                    .Where(pair => pair.facet.ArticleId == pair.listing.ArticleId)
                    .Select(pair => pair.listing);

        /// <summary>Returns the facets of the articles that a person works on.</summary>
        public IQueryable<DeskFacet> OwnArticles(Viewer viewer)
        {
            var me = DeskFacetValue.Of(viewer.Key.GetValueOrDefault());
            return db.DeskFacets.Where(f => f.Kind == DeskFacetKind.Member && f.Value == me);
        }

        /// <summary>Returns the facets of the articles that a person writes.</summary>
        public IQueryable<DeskFacet> WrittenArticles(Viewer viewer)
        {
            var me = DeskFacetValue.Of(viewer.Key.GetValueOrDefault());
            return db.DeskFacets.Where(f => f.Kind == DeskFacetKind.Author && f.Value == me);
        }

        /// <summary>
        /// Returns whether a viewer sees many articles: all of the newsroom, or <see cref="DeskCounts.Most" /> of their
        /// own outside the trash.
        /// </summary>
        public async Task<bool> SeesManyAsync(Viewer viewer, CancellationToken cancellationToken) =>
            viewer.Is(Role.Editor)
            || await db.OwnArticles(viewer).Untrashed().Take(DeskCounts.Most).CountAsync(cancellationToken)
                == DeskCounts.Most;
    }

    extension(IQueryable<DeskFacet> facets)
    {
        /// <summary>Returns the facets of articles that are not in the trash.</summary>
        public IQueryable<DeskFacet> Untrashed()
        {
            var isTrashed = false;
            return facets.Where(f => f.IsTrashed == isTrashed);
        }
    }
}
