using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Articles.Preview;

internal sealed class PreviewLinkConfiguration : IEntityTypeConfiguration<PreviewLink>
{
    public void Configure(EntityTypeBuilder<PreviewLink> link)
    {
        link.Property(l => l.TokenHash).HasMaxLength(SHA256.HashSizeInBytes).IsFixedLength();
        link.Property(l => l.CreatedBy).HasMaxLength(PreviewLink.MaxName);

        // Finds the link of a token.
        link.HasIndex(l => l.TokenHash).IsUnique();
        // Lists the links of an article.
        link.HasIndex(l => new { l.ArticleId, l.Id });
        // Finds the links of a person who is blocked.
        link.HasIndex(l => l.CreatorKey);
        // Finds the links that have expired.
        link.HasIndex(l => l.ExpiresAt);
        link.HasOne<Article>().WithMany().HasForeignKey(l => l.ArticleId).OnDelete(DeleteBehavior.NoAction);
    }
}
