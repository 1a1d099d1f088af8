using Cms.Articles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Partners.Takedowns;

internal sealed class TakedownConfiguration : IEntityTypeConfiguration<Takedown>
{
    public void Configure(EntityTypeBuilder<Takedown> takedown)
    {
        takedown.Property(t => t.Reason).HasMaxLength(ArticleLimits.Note);
        takedown.Property(t => t.WithdrawnBy).HasMaxLength(200);

        // The list, newest first.
        takedown.HasIndex(t => new { t.WithdrawnAt, t.Id });

        // The takedowns of an article.
        takedown.HasIndex(t => new { t.ArticleId, t.EditionNumber });

        // What is due.
        takedown.HasIndex(t => t.AcknowledgeBy);

        // The inbox.
        takedown.HasIndex(t => new { t.EscalatedAt, t.Id });
    }
}

internal sealed class TakedownAcknowledgementConfiguration : IEntityTypeConfiguration<TakedownAcknowledgement>
{
    public void Configure(EntityTypeBuilder<TakedownAcknowledgement> acknowledgement)
    {
        acknowledgement.HasKey(a => new { a.TakedownId, a.PartnerId });
        acknowledgement.Property(a => a.By).HasMaxLength(TakedownAcknowledgement.MaxBy);
        acknowledgement
            .HasOne<Takedown>()
            .WithMany()
            .HasForeignKey(a => a.TakedownId)
            .OnDelete(DeleteBehavior.NoAction);
        acknowledgement.HasOne<Partner>().WithMany().HasForeignKey(a => a.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}
