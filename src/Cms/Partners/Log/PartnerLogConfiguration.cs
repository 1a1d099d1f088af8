using System.Security.Cryptography;
using Cms.Articles;
using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Partners.Log;

internal sealed class PartnerLogConfiguration : IEntityTypeConfiguration<PartnerLog>
{
    public void Configure(EntityTypeBuilder<PartnerLog> log)
    {
        log.HasKey(l => l.PartnerId);
        log.Property(l => l.Scope).HasMaxLength(SHA256.HashSizeInBytes * 2);
        log.Property(l => l.Version).IsConcurrencyToken();
        log.Property(l => l.Advances)
            .HasConversion(new IdListConverter<EditionId>(), IdListConverter<EditionId>.Comparer)
            .HasDefaultValueSql("'[]'");
        log.HasOne<Partner>().WithOne().HasForeignKey<PartnerLog>(l => l.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class PartnerArticleConfiguration : IEntityTypeConfiguration<PartnerArticle>
{
    // There is no foreign key to articles: their editions are never deleted, and its index would cost more than the log.
    public void Configure(EntityTypeBuilder<PartnerArticle> article)
    {
        article.HasKey(a => new { a.PartnerId, a.ArticleId });

        // The order in which the log is read.
        article.HasIndex(a => new
        {
            a.PartnerId,
            a.Seq,
            a.ArticleId,
        });
        article.HasOne<Partner>().WithMany().HasForeignKey(a => a.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}
