using System.Net;
using Cms.GraphQL;
using Cms.Webhooks;

namespace Cms.Server.Webhooks;

internal static class WebhookHosting
{
    /// <summary>Adds what sends webhooks.</summary>
    /// <exception cref="CannotStartException">Webhooks may send to this machine in Production.</exception>
    public static void AddWebhookSender(this WebApplicationBuilder builder, WebhookSettings settings)
    {
        if (settings.AllowLoopback && builder.Environment.IsProduction())
        {
            throw new CannotStartException(
                "Cms__Webhooks__AllowLoopback lets webhooks reach programs on this machine and must not be set in production: unset it, or set ASPNETCORE_ENVIRONMENT to an environment other than Production."
            );
        }

        builder
            .Services.AddSingleton(settings)
            .AddSingleton<ResolveHost>(_ => Dns.GetHostAddressesAsync)
            .AddSingleton<AddressGuard>()
            .AddSingleton<WebhookClient>()
            .AddHostedService<WebhookWatch>()
            .AddHostedService<WebhookSweep>();
    }
}
