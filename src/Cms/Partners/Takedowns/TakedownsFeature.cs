using Cms.GraphQL.Execution;
using Cms.Partners.Deliveries;
using Cms.Partners.Takedowns.Receipts;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Partners.Takedowns;

internal static class TakedownsFeature
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds takedowns, and the record of what partners received on which they rely.</summary>
        public IServiceCollection AddTakedowns() =>
            services
                .AddSingleton<DeliveryMemory>()
                .AddSingleton<SaveLastDeliveries>()
                .AddSingleton<RecordDeliveries>()
                .AddSingleton<RepeatDeliveries>()
                .AddSingleton<ObserveAnswer>(provider => provider.GetRequiredService<RecordDeliveries>().Handle)
                .AddSingleton<AcknowledgeTakedown>()
                .AddSingleton<AcknowledgeByWebhook>()
                .AddSingleton<EscalateTakedowns>()
                .AddSingleton<SignReceipts>()
                .AddSingleton<ListReceiptKeys>()
                .AddScoped<ListOwnTakedowns>()
                .AddScoped<ListTakedowns>()
                .AddScoped<ReadTakedown>()
                .AddScoped<TakedownById>()
                .AddScoped<TakedownByArticle>()
                .AddScoped<CountsOfTakedown>()
                .AddScoped<PartnersOfTakedown>()
                .AddScoped<ReceiptOfTakedown>();
    }
}
