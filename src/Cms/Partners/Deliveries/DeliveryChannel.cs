using Cms.People;

namespace Cms.Partners.Deliveries;

/// <summary>How a partner received an article.</summary>
public enum DeliveryChannel
{
    /// <summary>A feed: RSS, Atom, JSON Feed or ninjs.</summary>
    Feed,

    /// <summary>The list of changes at <c>/p/{key}/changes</c>.</summary>
    Changes,

    /// <summary>GraphQL, with the token of an application or with a feed key.</summary>
    Graphql,

    /// <summary>The body of a webhook.</summary>
    Webhook,
}

internal static class DeliveryChannels
{
    /// <summary>Returns the channel of an operation.</summary>
    /// <param name="viewer">The partner.</param>
    /// <param name="operation">The name of the operation, by which the site's own documents are recognised.</param>
    public static DeliveryChannel Of(Viewer viewer, string? operation) =>
        viewer switch
        {
            { Partner: not null } => DeliveryChannel.Webhook,
            { FeedKey: not null } when operation is "SitePartnerFeed" => DeliveryChannel.Feed,
            { FeedKey: not null } when operation is "SitePartnerChanges" => DeliveryChannel.Changes,
            _ => DeliveryChannel.Graphql,
        };
}
