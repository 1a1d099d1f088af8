using Cms.GraphQL;
using Cms.People;

namespace Cms.Partners.Usage;

[ObjectType<UsageSum>(Name = "PartnerUsage")]
public static class UsageSumNode
{
    /// <summary>Requests that were answered, also those whose answer was that nothing has changed.</summary>
    public static int GetHits([Parent] UsageSum sum) => Number(sum.Counts.Hits);

    /// <summary>Those of the hits whose answer was that nothing has changed (304). They do not count towards the quota.</summary>
    public static int GetNotModified([Parent] UsageSum sum) => Number(sum.Counts.NotModified);

    /// <summary>Requests that were refused because there were too many (429).</summary>
    public static int GetRefused([Parent] UsageSum sum) => Number(sum.Counts.Refused);

    /// <summary>The length of the answers in bytes, without their headers. It can be larger than an Int.</summary>
    public static double GetBytes([Parent] UsageSum sum) => sum.Counts.Bytes;

    /// <summary>How often an article was in an answer.</summary>
    public static int GetItems([Parent] UsageSum sum) => Number(sum.Counts.Items);

    /// <summary>Messages that a webhook accepted.</summary>
    public static int GetDelivered([Parent] UsageSum sum) => Number(sum.Counts.Delivered);

    /// <summary>Attempts to send a message to a webhook that failed.</summary>
    public static int GetFailed([Parent] UsageSum sum) => Number(sum.Counts.Failed);

    internal static int Number(long count) => (int)Math.Min(count, int.MaxValue);
}

[ObjectType<Partner>]
public static class PartnerUsageNode
{
    /// <summary>What the partner has used, newest first: one row for each day or month and each channel.</summary>
    /// <param name="from">The first day (UTC). Default: 30 days before the last one.</param>
    /// <param name="to">The last day (UTC), at most 25 months after the first. Default: today.</param>
    /// <param name="by">Whether each row is about a day or a month.</param>
    /// <param name="channel">Only this channel. Default: all.</param>
    public static Task<Connection<UsageSum>> GetUsageAsync(
        [Parent] Partner partner,
        PageArguments page,
        [Service] ListUsage usage,
        CancellationToken cancellationToken,
        DateOnly? from = null,
        DateOnly? to = null,
        UsagePeriod by = UsagePeriod.Day,
        UsageChannel? channel = null
    ) => usage.Handle(partner.Id, new UsageRange(from, to, by, channel), page, cancellationToken);

    /// <summary>How many requests in this month (UTC) count towards the quota of the agreement.</summary>
    public static Task<int> GetRequestsThisMonthAsync(
        [Parent] Partner partner,
        [Service] PartnerLimits limits,
        CancellationToken cancellationToken
    ) => RequestsAsync(partner.Id, limits, cancellationToken);

    internal static async Task<int> RequestsAsync(
        PartnerId partner,
        PartnerLimits limits,
        CancellationToken cancellationToken
    ) => UsageSumNode.Number(await limits.UsedAsync(partner, cancellationToken));
}

[ObjectType<OwnAgreement>]
public static class OwnUsageNode
{
    /// <summary>How many of your requests in this month (UTC) count towards your quota.</summary>
    public static Task<int> GetRequestsThisMonthAsync(
        [Parent] OwnAgreement agreement,
        Viewer viewer,
        [Service] PartnerLimits limits,
        CancellationToken cancellationToken
    ) => PartnerUsageNode.RequestsAsync(viewer.ActsFor!.Value, limits, cancellationToken);
}

[QueryType]
public static class UsageQueries
{
    /// <summary>
    /// What you have used as a partner, newest first: one row for each day or month and each channel. Null if your
    /// application belongs to no partner.
    /// </summary>
    /// <param name="from">The first day (UTC). Default: 30 days before the last one.</param>
    /// <param name="to">The last day (UTC), at most 25 months after the first. Default: today.</param>
    /// <param name="by">Whether each row is about a day or a month.</param>
    /// <param name="channel">Only this channel. Default: all.</param>
    [Authorize(Policies.Partner)]
    public static async Task<Connection<UsageSum>?> GetUsageAsync(
        Viewer viewer,
        PageArguments page,
        [Service] ListUsage usage,
        CancellationToken cancellationToken,
        DateOnly? from = null,
        DateOnly? to = null,
        UsagePeriod by = UsagePeriod.Day,
        UsageChannel? channel = null
    ) =>
        viewer.ActsFor is { } partner
            ? await usage.Handle(partner, new UsageRange(from, to, by, channel), page, cancellationToken)
            : null;
}
