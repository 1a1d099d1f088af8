using Cms.Articles;
using Cms.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Panel;

internal sealed class PersonaConfiguration : IEntityTypeConfiguration<Persona>
{
    public void Configure(EntityTypeBuilder<Persona> persona)
    {
        persona.ComplexProperty(p => p.Profile, profile => profile.AsColumns());
        persona.Property(p => p.Slug).HasMaxLength(Slug.MaxLength);
        persona.Property(p => p.AccentColour).HasMaxLength(7);
        persona.Property(p => p.UpdatedBy).HasMaxLength(200);
        persona.Property(p => p.Version).IsConcurrencyToken();
        persona.HasIndex(p => p.Slug).IsUnique();
        persona.HasIndex(p => new { p.Order, p.Id });
    }
}

internal sealed class PersonaProfileConfiguration : IEntityTypeConfiguration<PersonaProfileVersion>
{
    public void Configure(EntityTypeBuilder<PersonaProfileVersion> version)
    {
        version.HasKey(v => new { v.PersonaId, v.Number });
        version.ComplexProperty(v => v.Profile, profile => profile.AsColumns());
        version.HasOne<Persona>().WithMany().HasForeignKey(v => v.PersonaId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class TakeConfiguration : IEntityTypeConfiguration<Take>
{
    // The newest and the approved revision have no foreign keys, because revisions refer to the take.
    public void Configure(EntityTypeBuilder<Take> take)
    {
        take.Property(t => t.Brief).HasMaxLength(Take.MaxBrief);
        take.Property(t => t.RetractionReason).HasMaxLength(Take.MaxReason);
        take.Property(t => t.RequestedBy).HasMaxLength(200);
        take.Property(t => t.UpdatedBy).HasMaxLength(200);
        take.Property(t => t.Version).IsConcurrencyToken();
        take.HasIndex(t => new { t.ArticleId, t.PersonaId }).IsUnique();

        // The inbox. Most takes are assigned to nobody.
        take.HasIndex(t => new
            {
                t.AssigneeKey,
                t.Status,
                t.StatusChangedAt,
                t.Id,
            })
            .HasFilter("AssigneeKey IS NOT NULL");

        // The count of overdue takes. Other takes with a due date are approved, so the status comes first.
        take.HasIndex(t => new
            {
                t.Status,
                t.DueAt,
                t.ArticleId,
            })
            .HasFilter("DueAt IS NOT NULL");
        take.HasOne<Article>().WithMany().HasForeignKey(t => t.ArticleId).OnDelete(DeleteBehavior.NoAction);
        take.HasOne<Persona>().WithMany().HasForeignKey(t => t.PersonaId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class TakeRevisionConfiguration : IEntityTypeConfiguration<TakeRevision>
{
    public void Configure(EntityTypeBuilder<TakeRevision> revision)
    {
        revision.ComplexProperty(
            r => r.Content,
            content =>
            {
                content.Property(c => c.Text).HasMaxLength(8000).HasColumnName("Text");
                content.Property(c => c.Stance).HasColumnName("Stance");
                content.Property(c => c.Confidence).HasColumnName("Confidence");
                content.Property(c => c.Verdict).HasMaxLength(200).HasColumnName("Verdict");
            }
        );
        revision.ComplexProperty(r => r.Anchor, anchor => anchor.AsColumns());
        revision.ComplexProperty(r => r.DraftedWith, model => model.AsColumns());
        revision.ComplexProperty(r => r.Drafter, drafter => drafter.AsColumns("Drafter"));
        revision.Property(r => r.EditedBy).HasMaxLength(200);
        revision.ComplexProperty(r => r.Reviewer, reviewer => reviewer.AsColumns("Reviewer"));
        revision.HasIndex(r => new { r.TakeId, r.Number }).IsUnique();
        revision.HasOne<Take>().WithMany().HasForeignKey(r => r.TakeId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal static class PanelColumns
{
    extension(ComplexPropertyBuilder<PersonaProfile> profile)
    {
        public void AsColumns()
        {
            profile.Property(p => p.Name).HasMaxLength(120).HasColumnName("Name");
            profile.Property(p => p.Lens).HasMaxLength(120).HasColumnName("Lens");
            profile.Property(p => p.Bio).HasMaxLength(4000).HasColumnName("Bio");
            profile.Property(p => p.VoiceGuide).HasMaxLength(8000).HasColumnName("VoiceGuide");
        }
    }
}
