using Cms.GraphQL;
using Cms.Partners.Takedowns;
using Cms.Partners.Usage;
using Cms.People;
using GraphQL.DataLoader;

namespace Cms.Partners.Portal;

[ObjectType<PartnerPortal>]
public static class PartnerPortalNode
{
    /// <summary>The partner's id, which mutations take.</summary>
    [ID]
    public static string GetPartnerId([Parent] PartnerPortal portal) => portal.Partner.Id.ToString();

    /// <summary>The partner's name.</summary>
    public static string GetName([Parent] PartnerPortal portal) => portal.Partner.Name;

    /// <summary>Whether the partner receives anything. Contacts of a suspended partner cannot change anything.</summary>
    public static PartnerState GetState([Parent] PartnerPortal portal) => portal.Partner.State;

    /// <summary>The feed keys, newest first, including those that are revoked.</summary>
    /// <param name="first">The most keys: 1–100.</param>
    /// <param name="before">Only keys that are older than this one. Default: all.</param>
    /// <param name="isRevoked">Only keys that are revoked, or only those that are not. Default: all.</param>
    [ListSize(3)]
    public static IDataLoaderResult<List<FeedKey>> GetFeedKeysAsync(
        [Parent] PartnerPortal portal,
        [Service] FeedKeysByPartner keys,
        int first = 20,
        FeedKeyId? before = null,
        bool? isRevoked = null
    ) => DeskPartnerNode.GetFeedKeysAsync(portal.Partner, keys, first, before, isRevoked);

    /// <summary>
    /// The withdrawals that the partner has to confirm, because it received the article, newest first. Contacts confirm them
    /// with `acknowledgeTakedown`, also while the partner receives nothing.
    /// </summary>
    /// <param name="state">Which takedowns to list: by default those that the partner has not confirmed.</param>
    public static Task<Connection<OwnTakedown>> GetTakedownsAsync(
        [Parent] PartnerPortal portal,
        PageArguments page,
        [Service] ListOwnTakedowns takedowns,
        CancellationToken cancellationToken,
        TakedownState state = TakedownState.Open
    ) => takedowns.Handle(portal.Partner.Id, state, page, cancellationToken);

    /// <summary>What the partner has used, newest first: one row for each day or month and each channel.</summary>
    /// <param name="from">The first day (UTC). Default: 30 days before the last one.</param>
    /// <param name="to">The last day (UTC), at most 25 months after the first. Default: today.</param>
    /// <param name="by">Whether each row is about a day or a month.</param>
    /// <param name="channel">Only this channel. Default: all.</param>
    public static Task<Connection<UsageSum>> GetUsageAsync(
        [Parent] PartnerPortal portal,
        PageArguments page,
        [Service] ListUsage usage,
        CancellationToken cancellationToken,
        DateOnly? from = null,
        DateOnly? to = null,
        UsagePeriod by = UsagePeriod.Day,
        UsageChannel? channel = null
    ) => PartnerUsageNode.GetUsageAsync(portal.Partner, page, usage, cancellationToken, from, to, by, channel);

    /// <summary>How many requests in this month (UTC) count towards the quota of the agreement.</summary>
    public static Task<int> GetRequestsThisMonthAsync(
        [Parent] PartnerPortal portal,
        [Service] PartnerLimits limits,
        CancellationToken cancellationToken
    ) => PartnerUsageNode.RequestsAsync(portal.Partner.Id, limits, cancellationToken);
}
