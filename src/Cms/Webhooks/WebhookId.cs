using Cms.GraphQL;

namespace Cms.Webhooks;

/// <summary>The id of a webhook.</summary>
public readonly record struct WebhookId(Guid Value) : IEntityId<WebhookId>
{
    public static string Prefix => "whk";

    public override string ToString() => this.Format();
}

/// <summary>The id of a delivery. Receivers get it as <c>webhook-id</c>, the same for each attempt.</summary>
public readonly record struct WebhookDeliveryId(Guid Value) : IEntityId<WebhookDeliveryId>
{
    public static string Prefix => "whd";

    public override string ToString() => this.Format();
}
