using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cms.Articles.Desk;

internal sealed class DeskListingConfiguration : IEntityTypeConfiguration<DeskListing>
{
    // There are no foreign keys: the rows are rewritten when the article has changed or is gone.
    public void Configure(EntityTypeBuilder<DeskListing> listing)
    {
        listing.HasKey(l => l.ArticleId);

        // Each list is in order of the last change, and leaves out the trash or shows only the trash.
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.UpdatedAt,
                l.ArticleId,
            })
            .IsDescending(false, true, true);
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.Status,
                l.UpdatedAt,
                l.ArticleId,
            })
            .IsDescending(false, false, true, true);
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.Review,
                l.UpdatedAt,
                l.ArticleId,
            })
            .IsDescending(false, false, true, true);
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.CategoryId,
                l.UpdatedAt,
                l.ArticleId,
            })
            .IsDescending(false, false, true, true);
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.AssigneeKey,
                l.UpdatedAt,
                l.ArticleId,
            })
            .IsDescending(false, false, true, true);

        // The review is included for the count of articles that wait for a person's review.
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.ReviewerKey,
                l.UpdatedAt,
                l.ArticleId,
                l.Review,
            })
            .IsDescending(false, false, true, true, false);
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.HasOpenComments,
                l.UpdatedAt,
                l.ArticleId,
            })
            .IsDescending(false, false, true, true);

        // Few articles are due, scheduled or under embargo.
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.DueAt,
                l.ArticleId,
            })
            .HasFilter("DueAt IS NOT NULL");
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.ScheduledAt,
                l.ArticleId,
            })
            .HasFilter("ScheduledAt IS NOT NULL");
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.EmbargoUntil,
                l.ArticleId,
            })
            .HasFilter("EmbargoUntil IS NOT NULL");
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.WithdrawAt,
                l.ArticleId,
            })
            .HasFilter("WithdrawAt IS NOT NULL");

        // The calendar, the activity and the inbox.
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.PublishedAt,
                l.ArticleId,
            })
            .HasFilter("PublishedAt IS NOT NULL");
        listing.HasIndex(l => new { l.ReviewChangedAt, l.ArticleId }).HasFilter("ReviewChangedAt IS NOT NULL");
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.Review,
                l.ReviewChangedAt,
                l.ArticleId,
            })
            .HasFilter("ReviewChangedAt IS NOT NULL");
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.AssigneeKey,
                l.Review,
                l.AssignedAt,
                l.ArticleId,
            })
            .HasFilter("AssigneeKey IS NOT NULL");
        listing
            .HasIndex(l => new
            {
                l.IsTrashed,
                l.ReviewerKey,
                l.Review,
                l.ReviewChangedAt,
                l.ArticleId,
            })
            .HasFilter("ReviewerKey IS NOT NULL");
        listing.HasIndex(l => new { l.TrashedAt, l.ArticleId }).HasFilter("TrashedAt IS NOT NULL");
        listing
            .HasIndex(l => new
            {
                l.ScheduleRefusedTo,
                l.ScheduleRefusedAt,
                l.ArticleId,
            })
            .HasFilter("ScheduleRefusedTo IS NOT NULL");
    }
}

internal sealed class DeskFacetConfiguration : IEntityTypeConfiguration<DeskFacet>
{
    public void Configure(EntityTypeBuilder<DeskFacet> facet)
    {
        facet.HasKey(f => new
        {
            f.ArticleId,
            f.Kind,
            f.Value,
        });
        facet
            .Property(f => f.Value)
            .HasConversion(new DeskFacetValueConverter())
            .HasMaxLength(DeskFacetValueConverter.Length)
            .IsFixedLength();
        facet
            .HasIndex(f => new
            {
                f.Kind,
                f.Value,
                f.IsTrashed,
                f.UpdatedAt,
                f.ArticleId,
            })
            .IsDescending(false, false, false, true, true);
    }
}

/// <summary>Stores a value that the desk filters by as two times sixteen bytes.</summary>
internal sealed class DeskFacetValueConverter()
    : ValueConverter<DeskFacetValue, byte[]>(value => Write(value), bytes => Read(bytes))
{
    public const int Length = 32;

    public static byte[] Write(DeskFacetValue value) =>
        [.. value.First.ToByteArray(bigEndian: true), .. value.Second.ToByteArray(bigEndian: true)];

    private static DeskFacetValue Read(byte[] bytes) =>
        new(new Guid(bytes.AsSpan(0, 16), bigEndian: true), new Guid(bytes.AsSpan(16), bigEndian: true));
}
