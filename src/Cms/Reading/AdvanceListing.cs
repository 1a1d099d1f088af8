using Cms.Articles;
using Cms.Foundation;
using Cms.Panel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Reading;

/// <summary>
/// The position of an article that is released under embargo, in one list. Only partners whose agreement lets them see it
/// read these rows, together with the listings that readers see. The publication date is the end of the embargo.
/// </summary>
public sealed class AdvanceListing : IRewritten
{
    public required EditionId EditionId { get; init; }

    public required FacetId FacetId { get; init; }

    public required ArticleId ArticleId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>The position of a take on an article that is released under embargo.</summary>
public sealed class AdvanceTakeListing : IRewritten
{
    public required EditionId EditionId { get; init; }

    public required TakeId TakeId { get; init; }

    public required PersonaId PersonaId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required Stance Stance { get; init; }
}

internal sealed class AdvanceListingConfiguration : IEntityTypeConfiguration<AdvanceListing>
{
    public void Configure(EntityTypeBuilder<AdvanceListing> listing)
    {
        listing.HasKey(l => new { l.EditionId, l.FacetId });

        // The order in which lists are read.
        listing.HasIndex(l => new
        {
            l.FacetId,
            l.PublishedAt,
            l.ArticleId,
        });
    }
}

internal sealed class AdvanceTakeListingConfiguration : IEntityTypeConfiguration<AdvanceTakeListing>
{
    public void Configure(EntityTypeBuilder<AdvanceTakeListing> listing) =>
        listing.HasKey(l => new { l.EditionId, l.TakeId });
}
