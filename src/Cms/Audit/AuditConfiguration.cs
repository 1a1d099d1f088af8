using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    // There are no foreign keys: entries outlive what they describe.
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.HasKey(e => e.Seq);
        entry.Property(e => e.Seq).ValueGeneratedNever();
        entry.Property(e => e.ActorName).HasMaxLength(AuditEntry.MaxName);
        entry.Property(e => e.Action).HasMaxLength(AuditEntry.MaxAction).IsUnicode(false);
        entry.Property(e => e.Subject).HasMaxLength(AuditEntry.MaxSubject).IsUnicode(false);
        entry.Property(e => e.Summary).HasMaxLength(AuditEntry.MaxSummary);
        entry.Property(e => e.PreviousHash).HasMaxLength(64).IsUnicode(false);
        entry.Property(e => e.Hash).HasMaxLength(64).IsUnicode(false);

        // Each list of the desk is a range of one of these.
        entry.HasIndex(e => new { e.At, e.Seq });
        entry
            .HasIndex(e => new
            {
                e.ActorKey,
                e.At,
                e.Seq,
            })
            .HasFilter("ActorKey IS NOT NULL");
        entry.HasIndex(e => new
        {
            e.Action,
            e.At,
            e.Seq,
        });
        entry.HasIndex(e => new
        {
            e.Subject,
            e.At,
            e.Seq,
        });
        entry
            .HasIndex(e => new
            {
                e.ArticleId,
                e.At,
                e.Seq,
            })
            .HasFilter("ArticleId IS NOT NULL");
    }
}

internal sealed class AuditCounterConfiguration : IEntityTypeConfiguration<AuditCounter>
{
    public void Configure(EntityTypeBuilder<AuditCounter> counter)
    {
        counter.Property(c => c.Id).ValueGeneratedNever();
        counter.Property(c => c.Hash).HasMaxLength(64).IsUnicode(false);
        counter.HasData(
            new AuditCounter
            {
                Id = 1,
                Seq = 0,
                Hash = AuditEntry.FirstHash,
            }
        );
    }
}
