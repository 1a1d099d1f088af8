using Cms.Changes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.Webhooks;

internal static class WebhooksFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddWebhooks()
        {
            services.TryAddSingleton(new WebhookSettings());
            return services
                .AddSingleton<WebhookSignal>()
                .AddSingleton<IChangeReader>(provider => provider.GetRequiredService<WebhookSignal>())
                .AddSingleton<CheckDocument>()
                .AddSingleton<CreateWebhook>()
                .AddSingleton<SaveWebhook>()
                .AddSingleton<RotateWebhookSecret>()
                .AddSingleton<EnableWebhook>()
                .AddSingleton<DisableWebhook>()
                .AddSingleton<DeleteWebhook>()
                .AddSingleton<PingWebhook>()
                .AddSingleton<RedeliverWebhook>()
                .AddSingleton<FollowPartner>()
                .AddSingleton<PlanDeliveries>()
                .AddSingleton<ListDueWebhooks>()
                .AddSingleton<CountPendingDeliveries>()
                .AddSingleton<ClaimDeliveries>()
                .AddSingleton<ReleaseDelivery>()
                .AddSingleton<RecordAttempt>()
                .AddSingleton<AskAsReceiver>()
                .AddSingleton<ReadPartnerEvent>()
                .AddSingleton<ComposeMessage>()
                .AddSingleton<ForgetDeliveries>()
                .AddScoped<ListWebhooks>()
                .AddScoped<ReadDeskWebhook>()
                .AddScoped<PartnerOfWebhook>()
                .AddScoped<ProgressOfWebhook>()
                .AddScoped<AttemptsOfDelivery>()
                .AddScoped<DeliveriesOfWebhook>();
        }
    }
}
