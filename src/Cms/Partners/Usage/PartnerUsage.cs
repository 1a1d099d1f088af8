using Cms.Articles;
using Cms.Foundation;
using Cms.People;

namespace Cms.Partners.Usage;

/// <summary>What is counted.</summary>
public readonly record struct UsageCounts
{
    /// <summary>Requests that were answered, also those whose answer was that nothing has changed.</summary>
    public long Hits { get; init; }

    /// <summary>Those of the hits whose answer was that nothing has changed (304).</summary>
    public long NotModified { get; init; }

    /// <summary>Requests that were refused because there were too many (429).</summary>
    public long Refused { get; init; }

    /// <summary>The length of the answers as they were made, in bytes, without their headers.</summary>
    public long Bytes { get; init; }

    /// <summary>How often an article was in an answer.</summary>
    public long Items { get; init; }

    /// <summary>Messages that a webhook accepted.</summary>
    public long Delivered { get; init; }

    /// <summary>Attempts to send a message to a webhook that failed.</summary>
    public long Failed { get; init; }

    public static UsageCounts operator +(UsageCounts left, UsageCounts right) =>
        new()
        {
            Hits = left.Hits + right.Hits,
            NotModified = left.NotModified + right.NotModified,
            Refused = left.Refused + right.Refused,
            Bytes = left.Bytes + right.Bytes,
            Items = left.Items + right.Items,
            Delivered = left.Delivered + right.Delivered,
            Failed = left.Failed + right.Failed,
        };

    public static UsageCounts Add(UsageCounts left, UsageCounts right) => left + right;
}

/// <summary>A row of counts.</summary>
internal interface IUsageRow
{
    PartnerId PartnerId { get; }

    DateOnly Day { get; }

    UsageChannel Channel { get; }

    long Hits { get; }

    long NotModified { get; }

    long Refused { get; }

    long Bytes { get; }

    long Items { get; }

    long Delivered { get; }

    long Failed { get; }
}

/// <summary>What a partner has used on one day by one channel, for one article.</summary>
public sealed class PartnerUsage : IUsageRow, IRewritten
{
    public required PartnerId PartnerId { get; init; }

    /// <summary>The day (UTC).</summary>
    public required DateOnly Day { get; init; }

    public required UsageChannel Channel { get; init; }

    /// <summary>The article; zero for what is about the requests, not about one article.</summary>
    public required ArticleId ArticleId { get; init; }

    public long Hits { get; init; }

    public long NotModified { get; init; }

    public long Refused { get; init; }

    public long Bytes { get; init; }

    public long Items { get; init; }

    public long Delivered { get; init; }

    public long Failed { get; init; }
}

/// <summary>What a partner has used on one day by one channel: the sum of the rows of all articles.</summary>
public sealed class PartnerUsageDay : IUsageRow, IRewritten
{
    public required PartnerId PartnerId { get; init; }

    /// <summary>The day (UTC).</summary>
    public required DateOnly Day { get; init; }

    public required UsageChannel Channel { get; init; }

    public long Hits { get; init; }

    public long NotModified { get; init; }

    public long Refused { get; init; }

    public long Bytes { get; init; }

    public long Items { get; init; }

    public long Delivered { get; init; }

    public long Failed { get; init; }
}
