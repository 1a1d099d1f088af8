using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Articles.Presence;

internal sealed class ArticlePresenceConfiguration : IEntityTypeConfiguration<ArticlePresence>
{
    public void Configure(EntityTypeBuilder<ArticlePresence> presence)
    {
        presence.ToTable("ArticlePresence");
        presence.HasKey(p => new
        {
            p.ArticleId,
            p.PersonKey,
            p.Tab,
        });
        presence.Property(p => p.Tab).HasMaxLength(ArticlePresence.MaxTab);
        presence.Property(p => p.Name).HasMaxLength(200);

        // At most one tab holds the lease of an article, even if two ask for it at the same time.
        presence.HasIndex(p => p.ArticleId).IsUnique().HasFilter("IsHolder = 1");
    }
}
