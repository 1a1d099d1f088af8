using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Partners.Deliveries;

// There is no foreign key to editions: they are never deleted, and its index would be as large as the table.
internal sealed class PartnerDeliveryConfiguration : IEntityTypeConfiguration<PartnerDelivery>
{
    public void Configure(EntityTypeBuilder<PartnerDelivery> delivery)
    {
        delivery.HasKey(d => new { d.PartnerId, d.EditionId });

        // Finds who has an article.
        delivery.HasIndex(d => new { d.ArticleId, d.PartnerId });
        delivery.HasOne<Partner>().WithMany().HasForeignKey(d => d.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}
