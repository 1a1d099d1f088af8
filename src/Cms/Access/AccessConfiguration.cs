using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Access;

internal sealed class BlockedPersonConfiguration : IEntityTypeConfiguration<BlockedPerson>
{
    public void Configure(EntityTypeBuilder<BlockedPerson> blocked)
    {
        blocked.HasKey(b => new { b.TenantId, b.ObjectId });
        blocked.Ignore(b => b.Key);
        blocked.Property(b => b.Name).HasMaxLength(BlockedPerson.MaxName);
        blocked.Property(b => b.Reason).HasMaxLength(BlockedPerson.MaxReason);
        blocked.Property(b => b.BlockedBy).HasMaxLength(80);
    }
}

internal sealed class ProtectionKeyConfiguration : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> key)
    {
        key.ToTable("DataProtectionKeys");
        key.Property(k => k.Name).HasMaxLength(200);
    }
}

internal sealed class BrowserSessionConfiguration : IEntityTypeConfiguration<BrowserSession>
{
    public void Configure(EntityTypeBuilder<BrowserSession> session)
    {
        session.HasKey(s => s.Hash);
        session.Property(s => s.Hash).HasMaxLength(64);
        session.HasIndex(s => s.ExpiresAt);
    }
}

internal sealed class StaffMemberConfiguration : IEntityTypeConfiguration<StaffMember>
{
    public void Configure(EntityTypeBuilder<StaffMember> member)
    {
        member.Property(m => m.Name).HasMaxLength(StaffMember.MaxName);
        member.HasIndex(m => m.Key).IsUnique();
        member.HasIndex(m => new { m.LastSeenAt, m.Id });
    }
}
