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
internal sealed class PartnerDbContext(DbContextOptions<CmsDbContext> options) : CmsDbContext(options)
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
        modelBuilder
            .Entity<ArticleListing>()
            .HasQueryFilter(
                Included<ArticleListing>(l => !HidesTakes || !HiddenFacets.Contains(l.FacetId), l => l.EditionId)
            );
        modelBuilder
            .Entity<TakeListing>()
            .HasQueryFilter(
                Included<TakeListing>(l => !HidesTakes || !HiddenPersonas.Contains(l.PersonaId), l => l.EditionId)
            );
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
