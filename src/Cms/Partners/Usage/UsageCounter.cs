using Cms.Articles;
using Cms.People;

namespace Cms.Partners.Usage;

/// <summary>Counts the requests of partners, and the messages to their webhooks.</summary>
public sealed class UsageCounter(UsageBuffer buffer)
{
    /// <summary>Counts a request.</summary>
    /// <param name="turn">A request that was answered.</param>
    /// <param name="status">The HTTP status of the answer.</param>
    /// <param name="bytes">The length of the answer.</param>
    public void CountRequest(PartnerTurn turn, int status, long bytes)
    {
        // A failure of the newsroom is no use of the partner.
        if (turn is not { Partner: { } partner, Channel: { } channel } || status >= 500)
        {
            return;
        }

        if (turn.IsRefused)
        {
            buffer.Add(partner, channel, new UsageCounts { Refused = 1 }, []);
            return;
        }

        var isSame = status == 304;
        buffer.Add(
            partner,
            channel,
            new UsageCounts
            {
                Hits = 1,
                NotModified = isSame ? 1 : 0,
                Bytes = bytes,
            },
            // A client that asks only for headers receives no articles.
            isSame || bytes == 0
                ? []
                : turn.Articles
        );
    }

    /// <summary>Counts an attempt to send a message to a webhook.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="article">The article that the message is about; null if there is none.</param>
    /// <param name="isDelivered">Whether the webhook accepted the message.</param>
    public void CountMessage(PartnerId partner, ArticleId? article, bool isDelivered) =>
        buffer.Add(
            partner,
            UsageChannel.Webhook,
            isDelivered ? new UsageCounts { Delivered = 1 } : new UsageCounts { Failed = 1 },
            [],
            article ?? default
        );
}
