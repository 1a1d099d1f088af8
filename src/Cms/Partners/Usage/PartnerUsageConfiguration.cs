using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Partners.Usage;

internal sealed class PartnerUsageConfiguration : IEntityTypeConfiguration<PartnerUsage>
{
    // There is no foreign key to articles: the counts are kept when an article is deleted.
    public void Configure(EntityTypeBuilder<PartnerUsage> usage)
    {
        usage.HasKey(u => new
        {
            u.PartnerId,
            u.Day,
            u.Channel,
            u.ArticleId,
        });

        // Finds what is too old.
        usage.HasIndex(u => u.Day);
        usage.HasOne<Partner>().WithMany().HasForeignKey(u => u.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class PartnerUsageDayConfiguration : IEntityTypeConfiguration<PartnerUsageDay>
{
    public void Configure(EntityTypeBuilder<PartnerUsageDay> usage)
    {
        usage.HasKey(u => new
        {
            u.PartnerId,
            u.Day,
            u.Channel,
        });
        usage.HasIndex(u => u.Day);
        usage.HasOne<Partner>().WithMany().HasForeignKey(u => u.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}
