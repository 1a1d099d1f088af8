using Cms.GraphQL;
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
}
