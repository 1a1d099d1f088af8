using Cms.Articles;
using Cms.People;

namespace Cms.Partners.Usage;

/// <summary>Counts the requests of partners.</summary>
public sealed class RecordUse(UsageBuffer buffer)
{
    /// <param name="turn">A request that was answered.</param>
    /// <param name="status">The HTTP status of the answer.</param>
    /// <param name="bytes">The length of the answer.</param>
    public void Handle(PartnerTurn turn, int status, long bytes)
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
}
