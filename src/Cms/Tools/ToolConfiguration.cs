using Cms.Data;
using Cms.Foundation;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Tools;

internal sealed class ToolConfiguration : IEntityTypeConfiguration<Tool>
{
    public void Configure(EntityTypeBuilder<Tool> tool)
    {
        tool.Property(t => t.Slug).HasMaxLength(Slug.MaxLength);
        tool.Property(t => t.Name).HasMaxLength(120);
        tool.Property(t => t.Maker).HasMaxLength(120);
        tool.Property(t => t.Url).HasMaxLength(WebAddress.MaxLength);
        tool.Property(t => t.Summary).HasMaxLength(1000);
        tool.Property(t => t.Tags).HasConversion(new IdListConverter<TagId>(), IdListConverter<TagId>.Comparer);
        tool.Property(t => t.UpdatedBy).HasMaxLength(200);
        tool.Property(t => t.Version).IsConcurrencyToken();
        tool.HasIndex(t => t.Slug).IsUnique();
        tool.HasPublicIndex();

        // Whether readers see an image because a public tool shows it.
        tool.HasIndex(t => new { t.LogoId, t.FirstPublishedAt });

        // An edit of a hidden tool announces nothing. If the tool was published meanwhile, the edit starts over and
        // announces itself. Version would do the same, but publishing is not a change that an editor has to look at.
        tool.Property(t => t.FirstPublishedAt).IsConcurrencyToken();
    }
}
