using System.Linq.Expressions;
using System.Reflection;
using Cms.Articles;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.Taxonomy;
using Cms.Tools;
using GraphQL.DataLoader;

namespace Cms.Reading;

/// <summary>
/// Who may see what, said once: every read that answers the public begins here. A listing stands exactly while readers
/// may see its article, so an article without one does not exist for them, by whatever way they come.
/// <para>
/// A category, tag, source or tool does not exist for readers before the first published edition that shows it. What is
/// reached from a published edition is public, so loaders by id apply no condition; whoever takes an id or a slug from a
/// reader asks here. Personas are public from the start: an editor puts each one on the panel, whose list readers see,
/// and a take does not bring a new one along as a story brings its tags.
/// </para>
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

    /// <summary>The visible term or tool of a slug.</summary>
    internal static Expression<Func<CmsDbContext, string, IQueryable<T>>> BySlug<T>()
        where T : class, ISlugged, IPublishedByEdition =>
        (db, slug) => db.Set<T>().Where(row => row.Slug == slug && row.FirstPublishedAt != null);

    /// <summary>The places of visible articles, for queries that are compiled: <see cref="Expand" /> puts the query in place of the call.</summary>
    internal static IQueryable<ArticleListing> Articles(CmsDbContext db) => db.VisibleArticles;

    /// <summary>The places of visible takes, as <see cref="Articles" /> those of articles.</summary>
    internal static IQueryable<TakeListing> Takes(CmsDbContext db) => db.VisibleTakes;

    /// <summary>A query with the calls of this class replaced by what they return.</summary>
    internal static Expression<T> Expand<T>(Expression<T> query) => (Expression<T>)new Expansion().Visit(query);

    /// <summary>Whether readers may see a row that was read by its id.</summary>
    internal static bool IsPublic(object row) => row is not IPublishedByEdition { FirstPublishedAt: null };

    extension<T>(IDataLoaderResult<T?> row)
        where T : class, IPublishedByEdition
    {
        /// <summary>The row where readers may see it; null otherwise, as for an id that leads nowhere.</summary>
        internal IDataLoaderResult<T?> IfVisible() =>
            row.Then(found => found is not null && IsPublic(found) ? found : null);
    }

    extension(CmsDbContext db)
    {
        /// <summary>The categories that readers may see.</summary>
        internal IQueryable<Category> VisibleCategories => db.Categories.Where(c => c.FirstPublishedAt != null);

        /// <summary>The tags that readers may see.</summary>
        public IQueryable<Tag> VisibleTags => db.Tags.Where(t => t.FirstPublishedAt != null);

        /// <summary>The sources that readers may see.</summary>
        internal IQueryable<Source> VisibleSources => db.Sources.Where(s => s.FirstPublishedAt != null);

        /// <summary>The tools that readers may see.</summary>
        public IQueryable<Tool> VisibleTools => db.Tools.Where(t => t.FirstPublishedAt != null);

        /// <summary>The places of visible articles in every list.</summary>
        public IQueryable<ArticleListing> VisibleArticles => db.ArticleListings;

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
        /// and of tools that they may see; and what stands in for one of these whose rights have ended.
        /// </summary>
        internal IQueryable<MediaAsset> VisibleMedia =>
            db.MediaAssets.Where(asset =>
                asset.DeletedAt == null
                && (
                    db.MediaUses.Any(use => use.MediaId == asset.Id && use.Kind == MediaUseKind.Persona)
                    || db.Tools.Any(tool => tool.LogoId == asset.Id && tool.FirstPublishedAt != null)
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
