using System.Diagnostics;
using Cms.GraphQL;
using Cms.Webhooks;

namespace Cms.Server.Telemetry;

/// <summary>The traces of the server. Without a listener they cost almost nothing.</summary>
internal static class ServerTraces
{
    /// <summary>The name of the source.</summary>
    public const string Name = "Cms";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Begins one run of timed work.</summary>
    /// <param name="work">The name of the work.</param>
    public static Activity? Timed(string work)
    {
        var activity = Source.StartActivity($"timed {work}", ActivityKind.Internal, default(ActivityContext));
        activity?.SetTag("cms.work", work);
        return activity;
    }

    /// <summary>Begins one delivery of a webhook. Its URL can contain a secret, so traces do not name it.</summary>
    public static Activity? Delivery(WebhookId webhook)
    {
        var activity = Source.StartActivity("deliver webhook", ActivityKind.Client);
        activity?.SetTag("cms.webhook", EntityId.Format(webhook));
        return activity;
    }
}
