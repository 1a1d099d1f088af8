using Cms.Articles;
using Cms.Data;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Fronts;

internal sealed class FrontConfiguration : IEntityTypeConfiguration<Front>
{
    public void Configure(EntityTypeBuilder<Front> front)
    {
        front
            .Property(f => f.Articles)
            .HasConversion(new IdListConverter<ArticleId>(), IdListConverter<ArticleId>.Comparer);
        front.Property(f => f.UpdatedBy).HasMaxLength(200);
        front.Property(f => f.Version).IsConcurrencyToken();
        front.HasIndex(f => f.CategoryId).IsUnique().HasFilter("CategoryId IS NOT NULL");
        front.HasOne<Category>().WithMany().HasForeignKey(f => f.CategoryId).OnDelete(DeleteBehavior.NoAction);
    }
}
