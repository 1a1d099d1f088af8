using Cms.Articles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Search;

internal sealed class SearchDocumentConfiguration : IEntityTypeConfiguration<SearchDocument>
{
    public void Configure(EntityTypeBuilder<SearchDocument> document)
    {
        document.Property(d => d.Headline).HasMaxLength(ArticleLimits.Headline);
        document.Property(d => d.Summary).HasMaxLength(ArticleLimits.Summary);
        document.HasIndex(d => d.ArticleId).IsUnique();
        document.HasOne<Article>().WithMany().HasForeignKey(d => d.ArticleId).OnDelete(DeleteBehavior.NoAction);
    }
}
