using System.Linq.Expressions;
using Cms.Articles;
using Cms.Data;
using Cms.Panel;
using Cms.People;
using Cms.Taxonomy;
using Cms.Tools;
using Microsoft.EntityFrameworkCore;

namespace Cms.Reading;

/// <summary>
/// The database as one partner sees it. Its model limits the listings of articles and takes, and the takes of editions,
/// to what the partner's agreement includes. Every public read begins at these tables (<see cref="Visibility" />), so
/// lists, counts, searches and nested fields all obey the agreement, also those that are written in the future.
/// </summary>
internal class PartnerDbContext(DbContextOptions<CmsDbContext> options) : CmsDbContext(options)
{
    private Entitlement? _entitlement;

    // Query filters can refer only to members of the context. EF reads them again for each execution.
    private IReadOnlyList<CategoryId> OnlyCategories { get; set; } = [];
    private IReadOnlyList<TagId> OnlyTags { get; set; } = [];
    private IReadOnlyList<TagId> ExcludedTags { get; set; } = [];
    private IReadOnlyList<ToolId> OnlyTools { get; set; } = [];
    private IReadOnlyList<string> OnlyLanguages { get; set; } = [];
    private IReadOnlyList<PersonaId> HiddenPersonas { get; set; } = [];
    private IReadOnlyList<FacetId> HiddenFacets { get; set; } = [];
    private bool HasCategories { get; set; }
    private bool HasTags { get; set; }
    private bool HasExcludedTags { get; set; }
    private bool HasTools { get; set; }
    private bool HasLanguages { get; set; }
    private bool HidesTakes { get; set; }
    private DateTimeOffset SeesUntil { get; set; }

    /// <summary>Whether the model also has what is released under embargo.</summary>
    private protected virtual bool SeesEmbargoed => false;

    /// <summary>What the partner receives. A context serves one partner after another.</summary>
    public Entitlement Entitlement
    {
        get => _entitlement ?? throw new InvalidOperationException("The context serves no partner yet.");
        set
        {
            _entitlement = value;
            (OnlyCategories, HasCategories) = (value.Categories, value.Categories.Count > 0);
            (OnlyTags, HasTags) = (value.Tags, value.Tags.Count > 0);
            (ExcludedTags, HasExcludedTags) = (value.ExcludedTags, value.ExcludedTags.Count > 0);
            (OnlyTools, HasTools) = (value.Tools, value.Tools.Count > 0);
            (OnlyLanguages, HasLanguages) = (value.Languages, value.Languages.Count > 0);
            SeesUntil = value.SeesUntil ?? default;
            (HiddenPersonas, HidesTakes) = (value.HiddenPersonas, value.HiddenPersonas.Count > 0);

            // These lists would tell which articles have takes that the partner does not receive.
            HiddenFacets = HidesTakes
                ? [FacetId.Split, .. value.HiddenPersonas.Select(persona => FacetId.Of(persona))]
                : [];
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        Expression<Func<ArticleListing, bool>> article = SeesEmbargoed
            ? l => (!HidesTakes || !HiddenFacets.Contains(l.FacetId)) && l.PublishedAt <= SeesUntil
            : l => !HidesTakes || !HiddenFacets.Contains(l.FacetId);
        Expression<Func<TakeListing, bool>> take = SeesEmbargoed
            ? l => (!HidesTakes || !HiddenPersonas.Contains(l.PersonaId)) && l.PublishedAt <= SeesUntil
            : l => !HidesTakes || !HiddenPersonas.Contains(l.PersonaId);
        modelBuilder.Entity<ArticleListing>().HasQueryFilter(Included(article, l => l.EditionId));
        modelBuilder.Entity<TakeListing>().HasQueryFilter(Included(take, l => l.EditionId));
        modelBuilder
            .Entity<PastListing>()
            .HasQueryFilter(
                Included<PastListing>(l => !HidesTakes || !HiddenFacets.Contains(l.FacetId), l => l.EditionId)
            );
        modelBuilder.Entity<EditionTake>().HasQueryFilter(t => !HidesTakes || !HiddenPersonas.Contains(t.PersonaId));
    }

    internal override IQueryable<Edition> Included(IQueryable<Edition> editions) =>
        editions.Where(Included<Edition>(_ => true, edition => edition.Id));

    // Adds to a condition that the agreement includes the edition.
    private Expression<Func<T, bool>> Included<T>(
        Expression<Func<T, bool>> condition,
        Expression<Func<T, EditionId>> editionOf
    )
    {
        // The database changes the letters, not a culture of this process.
#pragma warning disable CA1304, CA1311, CA1862, MA0011
        Expression<Func<EditionId, bool>> isIncluded = edition =>
            (
                !HasCategories
                || Editions.Any(e =>
                    e.Id == edition
                    && e.Content!.CategoryId != null
                    && OnlyCategories.Contains(e.Content!.CategoryId!.Value)
                )
            )
            && (
                !HasLanguages
                || Editions.Any(e =>
                    e.Id == edition
                    && OnlyLanguages.Any(range => EF.Functions.Like(e.Content!.Language.ToLower() + "-", range + "-%"))
                )
            )
            && (!HasTags || EditionTags.Any(t => t.EditionId == edition && OnlyTags.Contains(t.TagId)))
            && (!HasExcludedTags || !EditionTags.Any(t => t.EditionId == edition && ExcludedTags.Contains(t.TagId)))
            && (!HasTools || EditionTools.Any(t => t.EditionId == edition && OnlyTools.Contains(t.ToolId)));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        var row = condition.Parameters[0];
        var edition = new Substitution(editionOf.Parameters[0], row).Visit(editionOf.Body);
        return Expression.Lambda<Func<T, bool>>(
            Expression.AndAlso(
                condition.Body,
                new Substitution(isIncluded.Parameters[0], edition).Visit(isIncluded.Body)
            ),
            row
        );
    }
}

/// <summary>
/// The database as a partner sees it who receives work under embargo early. The listings of its model also contain what is
/// released under embargo. Nobody else has this model.
/// </summary>
internal sealed class EarlyPartnerDbContext(DbContextOptions<CmsDbContext> options) : PartnerDbContext(options)
{
    private protected override bool SeesEmbargoed => true;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder
            .Entity<ArticleListing>()
            .ToSqlQuery(
                """
                SELECT "ArticleId", "FacetId", "EditionId", "PublishedAt", "UpdatedAt" FROM "ArticleListings"
                UNION ALL
                SELECT "ArticleId", "FacetId", "EditionId", "PublishedAt", "UpdatedAt" FROM "AdvanceListings"
                """
            );
        modelBuilder
            .Entity<TakeListing>()
            .ToSqlQuery(
                """
                SELECT "TakeId", "PersonaId", "EditionId", "PublishedAt", "Stance" FROM "TakeListings"
                UNION ALL
                SELECT "TakeId", "PersonaId", "EditionId", "PublishedAt", "Stance" FROM "AdvanceTakeListings"
                """
            );
    }
}

/// <summary>The models of the database, for those who read.</summary>
internal enum ReadModel
{
    /// <summary>What readers see.</summary>
    Public,

    /// <summary>What a partner's agreement includes of it.</summary>
    Partner,

    /// <summary>The same, and what is released under embargo.</summary>
    EarlyPartner,
}

internal static class ReadModels
{
    extension(Entitlement? entitlement)
    {
        /// <summary>The model that a caller reads.</summary>
        public ReadModel Model =>
            entitlement switch
            {
                null => ReadModel.Public,
                { SeesUntil: null } => ReadModel.Partner,
                _ => ReadModel.EarlyPartner,
            };
    }
}
