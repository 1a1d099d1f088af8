using Cms.Partners;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Webhooks;

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    // An encrypted secret has about 150 bytes.
    private const int MaxSealed = 1000;

    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.Property(w => w.Url).HasMaxLength(WebhookUrl.MaxLength);
        webhook.Property(w => w.Description).HasMaxLength(Webhook.MaxDescription);
        webhook.Property(w => w.DisabledBecause).HasMaxLength(Webhook.MaxReason);
        webhook.Property(w => w.SealedSecret).HasMaxLength(MaxSealed);
        webhook.Property(w => w.SealedFormerSecret).HasMaxLength(MaxSealed);
        webhook.Property(w => w.SecretEnding).HasMaxLength(4);
        webhook.Property(w => w.UpdatedBy).HasMaxLength(200);
        webhook.Property(w => w.Version).IsConcurrencyToken();
        webhook.HasIndex(w => new
        {
            w.PartnerId,
            w.CreatedAt,
            w.Id,
        });
        webhook.HasOne<Partner>().WithMany().HasForeignKey(w => w.PartnerId).OnDelete(DeleteBehavior.NoAction);
    }
}

internal sealed class WebhookProgressConfiguration : IEntityTypeConfiguration<WebhookProgress>
{
    public void Configure(EntityTypeBuilder<WebhookProgress> progress)
    {
        progress.HasKey(p => p.WebhookId);
        progress
            .HasOne<Webhook>()
            .WithOne()
            .HasForeignKey<WebhookProgress>(p => p.WebhookId)
            .OnDelete(DeleteBehavior.NoAction);
    }
}

// Deliveries do not refer to their webhook, because those of a deleted webhook are deleted later, in batches.
internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        // In SQLite, making the column required would rewrite the whole table.
        delivery.Property(d => d.Type).HasMaxLength(WebhookDelivery.MaxType).IsRequired(false);

        // Another server can take a delivery over after its lease.
        delivery.Property(d => d.Claim).IsConcurrencyToken();

        // What is due.
        delivery.HasIndex(d => new
        {
            d.WebhookId,
            d.State,
            d.DueAt,
        });

        // The deliveries about the same content.
        delivery.HasIndex(d => new
        {
            d.WebhookId,
            d.SubjectId,
            d.Seq,
        });

        // The list of deliveries.
        delivery.HasIndex(d => new
        {
            d.WebhookId,
            d.CreatedAt,
            d.Id,
        });

        // What is old enough to be deleted.
        delivery.HasIndex(d => d.FinishedAt);
    }
}

internal sealed class WebhookAttemptConfiguration : IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<WebhookAttempt> attempt)
    {
        attempt.HasKey(a => new { a.DeliveryId, a.Number });
        attempt.Property(a => a.Reply).HasMaxLength(WebhookAttempt.MaxReply);
        attempt.Property(a => a.Error).HasMaxLength(WebhookAttempt.MaxError);
        attempt.HasOne<WebhookDelivery>().WithMany().HasForeignKey(a => a.DeliveryId).OnDelete(DeleteBehavior.NoAction);
    }
}
