using System.Linq.Expressions;
using System.Reflection;
using Cms.Articles;
using Cms.Authors;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL.DataLoader;

namespace Cms.Reading;

/// <summary>
/// Defines what readers can see. Every public read begins here. Listings exist for exactly the articles that readers
/// can see, so an article without a listing does not exist for readers, however they look for it.
/// <para>
/// A category, tag, source, author or tool does not exist for readers before an edition that shows it is published. Everything
/// that a published edition refers to is public, so loaders by id do not check this. Code that takes an id or a slug
/// from a reader must check it here. Personas are public as soon as an editor adds them to the panel, because readers
/// see the panel. An article can introduce new tags, but a take cannot introduce a new persona.
/// </para>
/// <para>
/// Only <c>ShownArticles</c> shows more: the newest revisions of the articles that a viewer previews.
/// </para>
/// </summary>
public static class Visibility
{
    /// <summary>Whether readers can see an edition.</summary>
    internal static Expression<Func<CmsDbContext, Edition, bool>> IsVisible { get; } =
        (db, edition) =>
            db.ArticleListings.Any(l =>
                l.ArticleId == edition.ArticleId && l.FacetId == FacetId.All && l.EditionId == edition.Id
            );

    /// <summary>The listings of visible articles in a facet.</summary>
    internal static Expression<Func<CmsDbContext, FacetId, IQueryable<ArticleListing>>> ArticlesOf { get; } =
        (db, facet) => db.ArticleListings.Where(l => l.FacetId == facet);

    /// <summary>Returns a query for the visible term or tool with a slug.</summary>
    internal static Expression<Func<CmsDbContext, string, IQueryable<T>>> BySlug<T>()
        where T : class, ISlugged, IPublishedByEdition =>
        (db, slug) => db.Set<T>().Where(row => row.Slug == slug && row.FirstPublishedAt != null);

    /// <summary>
    /// The listings of visible articles, for compiled queries. <see cref="Expand" /> replaces the call with the query.
    /// </summary>
    internal static IQueryable<ArticleListing> Articles(CmsDbContext db) => db.VisibleArticles;

    /// <summary>The listings of visible takes, for compiled queries.</summary>
    internal static IQueryable<TakeListing> Takes(CmsDbContext db) => db.VisibleTakes;

    /// <summary>
    /// Replaces calls of <see cref="Articles" /> and <see cref="Takes" /> in a query with the queries that they return.
    /// </summary>
    internal static Expression<T> Expand<T>(Expression<T> query) => (Expression<T>)new Expansion().Visit(query);

    /// <summary>Returns whether readers can see a row that was read by its id.</summary>
    internal static bool IsPublic(object row) => row is not IPublishedByEdition { FirstPublishedAt: null };

    extension<T>(IDataLoaderResult<T?> row)
        where T : class, IPublishedByEdition
    {
        /// <summary>Returns the row if readers can see it; otherwise null, as for an id without a row.</summary>
        internal IDataLoaderResult<T?> IfVisible() =>
            row.Then(found => found is not null && IsPublic(found) ? found : null);
    }

    extension(CmsDbContext db)
    {
        /// <summary>The categories that readers can see.</summary>
        internal IQueryable<Category> VisibleCategories => db.Categories.Where(c => c.FirstPublishedAt != null);

        /// <summary>The tags that readers can see.</summary>
        public IQueryable<Tag> VisibleTags => db.Tags.Where(t => t.FirstPublishedAt != null);

        /// <summary>The sources that readers can see.</summary>
        internal IQueryable<Source> VisibleSources => db.Sources.Where(s => s.FirstPublishedAt != null);

        /// <summary>The authors that readers can see.</summary>
        internal IQueryable<Author> VisibleAuthors => db.Authors.Where(a => a.FirstPublishedAt != null);

        /// <summary>The tools that readers can see.</summary>
        public IQueryable<Tool> VisibleTools => db.Tools.Where(t => t.FirstPublishedAt != null);

        /// <summary>The listings of visible articles in every list.</summary>
        public IQueryable<ArticleListing> VisibleArticles => db.ArticleListings;

        /// <summary>
        /// The past listings of articles, also of those that have been withdrawn since. Readers may see of a withdrawn
        /// article only that it was withdrawn, and why.
        /// </summary>
        internal IQueryable<PastListing> PastArticles => db.PastListings;

        /// <summary>
        /// Returns the editions that were public at a time, of articles that are still public. Articles that have been
        /// withdrawn since are not included.
        /// </summary>
        internal IQueryable<Edition> EditionsAt(DateTimeOffset at) =>
            db.Included(
                db.Editions.Where(edition =>
                    edition.LiveFrom <= at
                    && (edition.SupersededAt == null || edition.SupersededAt > at)
                    && edition.Kind != EditionKind.Withdrawn
                    && edition.Kind != EditionKind.Advance
                    && db.ArticleListings.Any(l => l.ArticleId == edition.ArticleId && l.FacetId == FacetId.All)
                )
            );

        /// <summary>
        /// Returns the listings that were current at a time and have been superseded since, of articles that are still
        /// public.
        /// </summary>
        internal IQueryable<PastListing> LeftSince(DateTimeOffset at) =>
            db.PastListings.Where(past =>
                past.UpdatedAt <= at
                && past.SupersededAt > at
                && db.ArticleListings.Any(l => l.ArticleId == past.ArticleId && l.FacetId == FacetId.All)
            );

        /// <summary>
        /// The images that readers can see: those of current and past editions of visible articles, of personas, and of
        /// visible tools and authors. If the rights to such an image have ended, its substitute is included.
        /// </summary>
        internal IQueryable<MediaAsset> VisibleMedia =>
            db.MediaAssets.Where(asset =>
                asset.DeletedAt == null
                && (
                    db.MediaUses.Any(use => use.MediaId == asset.Id && use.Kind == MediaUseKind.Persona)
                    || db.Tools.Any(tool => tool.LogoId == asset.Id && tool.FirstPublishedAt != null)
                    || db.Authors.Any(author => author.AvatarId == asset.Id && author.FirstPublishedAt != null)
                    || db.EditionMedia.Any(shown =>
                        shown.MediaId == asset.Id
                        && db.ArticleListings.Any(l => l.ArticleId == shown.ArticleId && l.FacetId == FacetId.All)
                    )
                    || db.MediaAssets.Any(ended =>
                        ended.SubstituteId == asset.Id
                        && ended.ExpiredAt != null
                        && (
                            db.MediaUses.Any(use => use.MediaId == ended.Id && use.Kind == MediaUseKind.Persona)
                            || db.Tools.Any(tool => tool.LogoId == ended.Id && tool.FirstPublishedAt != null)
                            || db.Authors.Any(author => author.AvatarId == ended.Id && author.FirstPublishedAt != null)
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

        /// <summary>
        /// Returns the editions that are visible to somebody with early access: the public edition of each article, and
        /// the advance editions whose embargo ends within the lead time. Without a lead time, these are the editions
        /// that readers see.
        /// <para>
        /// An advance edition can show images, terms and tools that are not public. Its images need signed URLs.
        /// </para>
        /// </summary>
        /// <param name="lead">How long before the end of an embargo they can see a released article.</param>
        /// <param name="now">The current time.</param>
        internal IQueryable<Edition> EditionsFor(TimeSpan lead, DateTimeOffset now)
        {
            var until = now + lead;
            var hasLead = lead > TimeSpan.Zero;
            return db.Editions.Where(e =>
                db.ArticleListings.Any(l =>
                    l.ArticleId == e.ArticleId && l.FacetId == FacetId.All && l.EditionId == e.Id
                )
                || (
                    hasLead
                    && db.Articles.Any(a =>
                        a.Id == e.ArticleId && a.AdvanceEditionId == e.Id && a.EmbargoUntil <= until
                    )
                )
            );
        }

        /// <summary>
        /// Returns the editions under embargo that a partner sees now, in the order of their ids. There are few.
        /// </summary>
        internal IQueryable<EditionId> AdvancesFor(Entitlement entitlement) =>
            entitlement.SeesUntil is null
                ? db.Editions.Where(e => false).Select(e => e.Id)
                : db
                    .AdvanceListings.Where(advance =>
                        advance.FacetId == FacetId.All
                        && db.ArticleListings.Any(l =>
                            l.ArticleId == advance.ArticleId
                            && l.FacetId == FacetId.All
                            && l.EditionId == advance.EditionId
                        )
                    )
                    .OrderBy(advance => advance.EditionId)
                    .Select(advance => advance.EditionId);

        /// <summary>The listings of visible takes.</summary>
        internal IQueryable<TakeListing> VisibleTakes => db.TakeListings;
    }

    private sealed class Expansion : ExpressionVisitor
    {
        private static readonly Dictionary<MethodInfo, LambdaExpression> Queries = new()
        {
            [Method(nameof(Articles))] = (CmsDbContext db) => db.ArticleListings,
            [Method(nameof(Takes))] = (CmsDbContext db) => db.TakeListings,
        };

        protected override Expression VisitMethodCall(MethodCallExpression node) =>
            Queries.TryGetValue(node.Method, out var query)
                ? new Substitution(query.Parameters[0], node.Arguments[0]).Visit(query.Body)
                : base.VisitMethodCall(node);

        private static MethodInfo Method(string name) =>
            typeof(Visibility).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
    }
}
