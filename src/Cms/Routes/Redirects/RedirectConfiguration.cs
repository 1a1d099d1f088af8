using Cms.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Routes.Redirects;

internal sealed class RedirectConfiguration : IEntityTypeConfiguration<Redirect>
{
    public void Configure(EntityTypeBuilder<Redirect> redirect)
    {
        redirect.Property(r => r.From).HasMaxLength(SitePath.MaxLength);
        redirect.Property(r => r.To).HasMaxLength(WebAddress.MaxLength);
        redirect.Property(r => r.ToPath).HasMaxLength(SitePath.MaxLength);
        redirect.Property(r => r.UpdatedBy).HasMaxLength(200);
        redirect.Property(r => r.Version).IsConcurrencyToken();
        redirect.HasIndex(r => r.From).IsUnique();
        redirect.HasIndex(r => r.ToPath).HasFilter("ToPath IS NOT NULL");
        redirect.HasIndex(r => new { r.UpdatedAt, r.Id }).IsDescending();
    }
}
