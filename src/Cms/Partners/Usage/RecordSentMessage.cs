using Cms.Articles;
using Cms.People;

namespace Cms.Partners.Usage;

/// <summary>Counts the attempts to send messages to the webhooks of partners.</summary>
public sealed class RecordSentMessage(UsageBuffer buffer)
{
    /// <param name="partner">The partner.</param>
    /// <param name="article">The article that the message is about; null if there is none.</param>
    /// <param name="isDelivered">Whether the webhook accepted the message.</param>
    public void Handle(PartnerId partner, ArticleId? article, bool isDelivered) =>
        buffer.Add(
            partner,
            UsageChannel.Webhook,
            isDelivered ? new UsageCounts { Delivered = 1 } : new UsageCounts { Failed = 1 },
            [],
            article ?? default
        );
}
