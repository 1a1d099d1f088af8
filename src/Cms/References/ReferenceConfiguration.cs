using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.References;

internal sealed class ReferenceConfiguration : IEntityTypeConfiguration<Reference>
{
    public void Configure(EntityTypeBuilder<Reference> reference)
    {
        reference.ToTable("References");
        reference.HasKey(r => new
        {
            r.TargetId,
            r.Kind,
            r.UserId,
        });
        reference.HasIndex(r => new { r.UserId, r.Kind });
    }
}
