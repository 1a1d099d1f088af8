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

        // This index is used to find whether a public tool shows an image, which makes the image public.
        tool.HasIndex(t => new { t.LogoId, t.FirstPublishedAt });

        // An edit of a tool that is not public does not announce a change. If the tool is published during the edit,
        // this token makes the edit start again and announce the change. Publishing does not increase Version, because
        // editors do not need to review it.
        tool.Property(t => t.FirstPublishedAt).IsConcurrencyToken();
    }
}
