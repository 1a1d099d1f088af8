using Cms.Articles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Search;

internal sealed class SearchDocumentConfiguration : IEntityTypeConfiguration<SearchDocument>
{
    public void Configure(EntityTypeBuilder<SearchDocument> document)
    {
        document.AsText();
        document.HasOne<Article>().WithMany().HasForeignKey(d => d.ArticleId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class DeskDocumentConfiguration : IEntityTypeConfiguration<DeskDocument>
{
    // There is no foreign key: a document is deleted after its article.
    public void Configure(EntityTypeBuilder<DeskDocument> document) => document.AsText();
}

internal static class SearchableTextColumns
{
    extension<T>(EntityTypeBuilder<T> document)
        where T : SearchableText
    {
        public void AsText()
        {
            document.Property(d => d.Headline).HasMaxLength(ArticleLimits.Headline);
            document.Property(d => d.Summary).HasMaxLength(ArticleLimits.Summary);
            document.HasIndex(d => d.ArticleId).IsUnique();
        }
    }
}
